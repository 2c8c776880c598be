import pytest
from django.core.cache import caches
from django.urls import reverse

from studysite.accounts.models import User
from tests.accounts.people import name_of, sign_in, sign_up, without_tokens
from tests.factories import PASSWORD, make_user

OFF_HOST = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\thttps://evil.example",
    "/\t/evil.example",
    "https:evil.example",
    "https:///evil.example",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "javascript:alert(1)",
    "%2F%2Fevil.example",
    " //evil.example",
]


def test_nobody_makes_themselves_staff(client, db):
    sign_up(client, is_staff="on", is_superuser="on", id="99")

    user = User.objects.get()
    assert (user.is_staff, user.is_superuser, user.pk == 99) == (False, False, False)


def test_wrong_password_and_unknown_name_are_answered_alike(client, db):
    make_user()

    wrong = sign_in(client, "alice", "not the password")
    unknown = sign_in(client, "alicf", "not the password")

    assert wrong.status_code == unknown.status_code
    assert without_tokens(wrong) == without_tokens(unknown).replace("alicf", "alice")


def test_taken_address_is_not_told_at_sign_up(client, db, mail, mailoutbox):
    make_user(email="alice@example.org").emailaddress_set.create(email="alice@example.org", verified=True)

    taken = sign_up(client, "dora", email="alice@example.org")
    client.logout()
    free = sign_up(client, "emil", email="emil@example.org")

    assert (taken.status_code, taken.headers["Location"]) == (free.status_code, free.headers["Location"])
    assert [message.to for message in mailoutbox] == [["alice@example.org"], ["emil@example.org"]]


def test_unknown_address_is_not_told_when_asking_for_a_new_password(client, db, mail, mailoutbox):
    make_user(email="alice@example.org").emailaddress_set.create(email="alice@example.org", verified=True)

    known = client.post(reverse("account_reset_password"), {"email": "alice@example.org"}, follow=True)
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"}, follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    assert without_tokens(known) == without_tokens(unknown)
    assert [message.to for message in mailoutbox] == [["alice@example.org"], ["nobody@example.org"]]


def test_links_in_mails_lead_to_the_configured_site(client, db, mail, settings, mailoutbox):
    settings.SITE_URL = "https://study.example"
    settings.ALLOWED_HOSTS = ["*"]
    make_user(email="alice@example.org").emailaddress_set.create(email="alice@example.org", verified=True)

    forged = {"Host": "evil.example"}
    client.post(reverse("account_reset_password"), {"email": "alice@example.org"}, headers=forged)
    client.post(reverse("account_reset_password"), {"email": "nobody@example.org"}, headers=forged)

    for message in mailoutbox:
        assert "https://study.example/accounts/" in message.body
        assert "evil.example" not in message.subject + message.body


@pytest.mark.parametrize("address", OFF_HOST)
def test_nobody_is_sent_off_the_site(client, db, address):
    make_user()

    up = sign_up(client, next=address)
    out = client.post(reverse("account_logout"), {"next": address})
    into = sign_in(client, next=address)
    again = client.get(reverse("account_login"), {"next": address})

    for response in (up, out, into, again):
        assert response.status_code == 302
        assert response.headers["Location"] in {"/", "/%2F%2Fevil.example", "%2F%2Fevil.example"}


@pytest.mark.parametrize(
    ("address", "followed"),
    [("/groups/", True), ("http://testserver/groups/", False), ("https://testserver/groups/", False)],
)
def test_sign_in_leads_on_to_a_path_and_to_no_whole_address(client, db, address, followed):
    make_user()

    response = sign_in(client, next=address)

    assert response.headers["Location"] == ("/groups/" if followed else "/")


def test_sign_out_needs_a_post(client, db):
    client.force_login(make_user())

    client.get(reverse("account_logout"))
    stayed = name_of(client)
    client.post(reverse("account_logout"))

    assert (stayed, name_of(client)) == ("alice", None)


@pytest.mark.parametrize("address", ["account_logout", "admin:logout"])
def test_browser_forgets_its_pages_at_sign_out(client, db, address):
    client.force_login(make_user(is_staff=True))

    asked = client.get(reverse("account_logout"))
    done = client.post(reverse(address))

    assert "Clear-Site-Data" not in asked.headers
    assert done.headers["Clear-Site-Data"] == '"cache"'
    assert name_of(client) is None


def test_session_gets_a_new_id_at_sign_in(client, db):
    make_user()
    client.session.save()
    before = client.session.session_key

    sign_in(client)

    assert client.session.session_key != before
    assert name_of(client) == "alice"


def test_other_sessions_end_when_the_password_is_changed(client, db):
    user, elsewhere = make_user(), type(client)()
    client.force_login(user)
    elsewhere.force_login(user)

    new = {"oldpassword": PASSWORD, "password1": "another long one", "password2": "another long one"}
    client.post(reverse("account_change_password"), new)

    page = reverse("account_change_password")
    assert (client.get(page).status_code, elsewhere.get(page).status_code) == (200, 302)


def test_disabled_person_is_refused_at_the_next_request(client, db):
    client.force_login(make_user())
    User.objects.update(is_active=False)

    response = client.get(reverse("account_change_password"))

    assert response.status_code == 302


def test_guessing_one_persons_password_ends_after_five_tries(client, db):
    make_user()
    make_user("bob")
    for attempt in range(5):
        sign_in(client, password=f"guess {attempt}")

    refused = sign_in(client)
    other = sign_in(client, "bob")

    assert "Too many tries" in refused.content.decode()
    assert other.status_code == 302


def test_guessing_one_persons_password_ends_whatever_port_the_host_header_names(client, db):
    make_user()
    form = {"login": "alice", "password": "x"}
    for attempt in range(5):
        client.post(reverse("account_login"), form, headers={"Host": f"localhost:{9000 + attempt}"})

    refused = client.post(reverse("account_login"), {**form, "password": PASSWORD}, headers={"Host": "localhost:9999"})

    assert "Too many tries" in refused.content.decode()


def test_guessing_names_ends_whatever_the_forwarded_address_says(client, db):
    make_user()
    for attempt in range(10):
        forwarded = {"X-Forwarded-For": f"203.0.113.{attempt}"}
        client.post(reverse("account_login"), {"login": f"name{attempt}", "password": "x"}, headers=forwarded)

    refused = client.post(
        reverse("account_login"), {"login": "alice", "password": PASSWORD}, headers={"X-Forwarded-For": "203.0.113.99"}
    )

    assert "Too many tries" in refused.content.decode()


def test_guessing_ends_after_five_tries_however_much_else_the_caches_hold(client, caches_in_tables):
    make_user()
    for attempt in range(5):
        sign_in(client, password=f"guess {attempt}")
        for number in range(90):
            for cache in caches.all():
                cache.set(f"zz/{attempt}/{number}", 1)

    refused = sign_in(client)

    assert "Too many tries" in refused.content.decode()
