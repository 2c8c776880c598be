import pytest
from django.contrib.auth.models import Permission
from django.forms import ModelForm
from django.urls import reverse
from zeal import zeal_ignore

from studysite.accounts.actions.groups import close_group
from studysite.accounts.models import User
from tests.accounts.people import name_of, sign_in
from tests.factories import PASSWORD, make_user
from tests.groups import make_group, meanwhile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _two_people_in_a_request():
    """Who asks and who is looked at are two look-ups of a user, and no mistake."""
    with zeal_ignore():
        yield


@pytest.fixture
def boss(client):
    client.force_login(User.objects.create_superuser("ada", password="a long password"))
    return client


@pytest.fixture
def editor(client):
    """Somebody on the staff who may change people, and has no other power."""
    user = make_user("carol", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user"]))
    client.force_login(user)
    return client


def address(user, name="change"):
    return reverse(f"admin:accounts_user_{name}", args=[user.pk])


def test_admin_bears_the_name_of_the_site(boss):
    page = boss.get("/admin/").content.decode()

    assert "Django administration" not in page
    assert "Studysite" in page


def test_forgotten_password_is_set_anew_by_the_staff(boss):
    alice, elsewhere = make_user(), type(boss)()

    boss.post(
        address(alice).replace("change", "password"),
        {"password1": "a new one, long", "password2": "a new one, long"},
    )
    sign_in(elsewhere, password="a new one, long")

    assert name_of(elsewhere) == "alice"


def test_people_are_found_and_never_deleted(boss):
    alice = make_user()

    found = boss.get(reverse("admin:accounts_user_changelist"), {"q": "ali"})

    assert "alice" in found.content.decode()
    assert boss.get(address(alice)).status_code == 200
    assert boss.get(address(alice, "delete")).status_code == 403


def test_powers_are_given_by_nobody_who_lacks_them(editor):
    alice = make_user()
    fields = {
        "username": "alice",
        "email": "new@example.org",
        "is_active": "on",
        "is_staff": "on",
        "is_superuser": "on",
    }

    editor.post(address(alice), fields)

    alice.refresh_from_db()
    assert (alice.email, alice.is_staff, alice.is_superuser) == ("new@example.org", False, False)


def test_password_of_the_mighty_is_out_of_reach_for_the_staff(editor):
    ada = User.objects.create_superuser("ada", password="a long password")

    given = editor.post(
        address(ada).replace("change", "password"), {"password1": "mine now, long", "password2": "mine now, long"}
    )

    ada.refresh_from_db()
    assert given.status_code == 403
    assert ada.check_password("a long password")


def test_study_group_is_looked_at_and_renamed_and_its_people_are_not_changed(boss):
    group = make_group(make_user("alice"))
    change = reverse("admin:accounts_group_change", args=[group.pk])
    assert "alice" in boss.get(change).content.decode()
    assert boss.get(reverse("admin:accounts_group_changelist"), {"q": "alice"}).status_code == 200

    forms = {"memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "1", "memberships-0-role": "member"}
    forms |= {"memberships-0-id": group.memberships.get().pk, "memberships-0-group": group.pk}
    boss.post(change, {"name": "Renamed", "exam_on": "", **forms})

    group.refresh_from_db()
    assert (group.name, group.memberships.get().role) == ("Renamed", "owner")


def test_study_group_closed_meanwhile_stays_closed(boss, monkeypatch):
    group = make_group(make_user("alice"))
    forms = {"memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "1"}
    forms |= {"memberships-0-id": group.memberships.get().pk, "memberships-0-group": group.pk}
    meanwhile(monkeypatch, ModelForm, lambda: close_group(group))

    boss.post(reverse("admin:accounts_group_change", args=[group.pk]), {"name": "Renamed", **forms})

    group.refresh_from_db()
    assert (group.name, group.closed_at is None) == ("Renamed", False)


def test_staff_change_of_somebody_is_of_that_alone(boss, monkeypatch):
    alice = make_user("alice", email="old@example.org")
    meanwhile(monkeypatch, ModelForm, lambda: User.objects.filter(pk=alice.pk).update(wants_mail=True, is_active=False))

    boss.post(address(alice), {"username": "alicia", "is_active": "on", "date_joined_0": "2026-01-01"})

    alice.refresh_from_db()
    assert (alice.username, alice.wants_mail, alice.is_active) == ("alicia", True, False)


def sign_out_everywhere(client, *users):
    chosen = {"action": "sign_out", "_selected_action": [user.pk for user in users]}
    return client.post(reverse("admin:accounts_user_changelist"), chosen, follow=True)


def test_somebody_is_signed_out_everywhere_by_the_staff(editor):
    phone, alice = type(editor)(), make_user()
    sign_in(phone)

    page = sign_out_everywhere(editor, alice).content.decode()

    assert "1 sessions ended" in page
    assert name_of(phone) is None


def test_the_mighty_are_not_signed_out_by_the_staff(editor):
    elsewhere, ada = type(editor)(), User.objects.create_superuser("ada", password=PASSWORD)
    sign_in(elsewhere, "ada")

    sign_out_everywhere(editor, ada)

    assert name_of(elsewhere) == "ada"


@pytest.mark.parametrize("number", ["9" * 40, str(2**63), "²", "-1", "x"])
def test_number_that_no_row_has_is_said_to_be_none(boss, number):
    form = {"name": "Editors", "permissions": number}

    page = boss.post(reverse("admin:auth_group_add"), form)

    assert page.status_code == 200
    assert "is not" in page.content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        f"id__in=1,{2**63}",
        "id__exact=" + "9" * 40,
        "_to_field=",
        "username__regex=(a%2B)%2B$",
        "id__range=",
        "last_login__year=-1",
        "last_login__year=2026&last_login__month=99999999999",
        "last_login__year=0000",
        "last_login__year=10000",
        "p=" + "9" * 400,
    ],
)
@pytest.mark.parametrize("page", ["change", "changelist"])
def test_address_that_no_database_understands_is_not_understood(boss, page, asked):
    path = address(make_user()) if page == "change" else reverse("admin:accounts_user_changelist")

    assert boss.get(f"{path}?{asked}").status_code == 400
    assert boss.get(f"{path}?q={'9' * 40}").status_code == 200
