"""Ways by which somebody on the staff could come to powers that they were not given."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from studysite.accounts.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db
MODELS = ("user", "emailaddress", "usersession", "authenticator", "group")


@pytest.fixture(autouse=True)
def _two_people_in_a_request():
    """Who asks and who is looked at are two look-ups of a user, and no mistake."""
    with zeal_ignore():
        yield


@pytest.fixture
def ada():
    """Somebody who may do everything, signed in elsewhere, with an address and a second factor."""
    ada = User.objects.create_superuser("ada", password="a long password")
    EmailAddress.objects.create(user=ada, email="ada@example.org", verified=True, primary=True)
    Authenticator.objects.create(user=ada, type="totp", data={"secret": "the-secret-of-ada"})
    UserSession.objects.create(
        user=ada, session_key="the-session-of-ada", ip="192.0.2.1", last_seen_at=timezone.now(), user_agent="Firefox"
    )
    return ada


@pytest.fixture
def carol(client):
    """Somebody on the staff who may do everything with people, but is not mighty."""
    carol = make_user("carol", is_staff=True)
    carol.user_permissions.set(Permission.objects.filter(content_type__model__in=MODELS))
    client.force_login(carol)
    return client


@pytest.mark.parametrize("kind", [UserSession, Authenticator])
def test_no_page_shows_what_opens_a_session_or_stands_for_a_second_factor(ada, client, kind):
    client.force_login(ada)
    name, row = f"admin:{kind._meta.app_label}_{kind._meta.model_name}", kind.objects.get()

    pages = [client.get(reverse(f"{name}_changelist")), client.get(reverse(f"{name}_change", args=[row.pk]))]

    assert [page.status_code for page in pages] == [200, 200]
    assert not any("-of-ada" in page.content.decode() for page in pages)
    assert client.get(reverse(f"{name}_add")).status_code == 403


def test_address_of_the_mighty_is_out_of_reach_for_the_staff(ada, carol):
    change = reverse("admin:account_emailaddress_change", args=[EmailAddress.objects.get().pk])
    listed = reverse("admin:account_emailaddress_changelist")

    carol.post(change, {"user": ada.pk, "email": "carol@example.org", "verified": "on", "primary": "on"})
    carol.post(listed, {"action": "delete_selected", "_selected_action": EmailAddress.objects.get().pk, "post": "yes"})

    assert EmailAddress.objects.get().email == "ada@example.org"
    assert "ada@example.org" not in carol.get(listed).content.decode()


def test_address_is_never_given_to_somebody_else(ada, carol):
    alices = EmailAddress.objects.create(user=make_user(), email="alice@example.org")

    carol.post(
        reverse("admin:account_emailaddress_change", args=[alices.pk]), {"user": ada.pk, "email": "c@example.org"}
    )
    carol.post(reverse("admin:account_emailaddress_add"), {"user": ada.pk, "email": "d@example.org", "verified": "on"})

    assert list(ada.emailaddress_set.values_list("email", flat=True)) == ["ada@example.org"]


def test_powers_of_a_group_are_given_by_nobody_who_lacks_them(ada, carol):
    group = Group.objects.create(name="Editors")
    User.objects.get(username="carol").groups.add(group)
    every = [permission.pk for permission in Permission.objects.all()]

    carol.post(reverse("admin:auth_group_change", args=[group.pk]), {"name": "Editors", "permissions": every})

    assert not group.permissions.exists()


def test_password_of_others_on_the_staff_is_out_of_reach(carol):
    dora = make_user("dora", is_staff=True)
    path = reverse("admin:auth_user_password_change", args=[dora.pk])

    given = carol.post(path, {"password1": "mine now, long", "password2": "mine now, long"})

    assert given.status_code == 403
    assert not Client().login(username="dora", password="mine now, long")
