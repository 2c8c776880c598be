import re

import pytest
from django.urls import reverse

from studysite.accounts.models import User
from tests.factories import PASSWORD, make_user

FOR_VISITORS = [
    ("account_login", "Sign in"),
    ("account_signup", "Create your account"),
    ("account_reset_password", "Forgot your password?"),
    ("account_reset_password_done", "Look in your mail"),
    ("account_reset_password_from_key_done", "Your new password is set"),
    ("account_email_verification_sent", "Look in your mail"),
    ("account_inactive", "This account is closed"),
]
FOR_PEOPLE = [
    ("account_change_password", "Change password"),
    ("account_email", "Email"),
    ("account_logout", "Sign out?"),
    ("account_reauthenticate", "Your password, please"),
]
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


@pytest.fixture
def mail(settings):
    settings.SENDS_MAIL = True
    settings.ACCOUNT_LOGIN_METHODS = {"username", "email"}
    settings.ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    settings.ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True


def sign_up(client, name="dora", **fields):
    return client.post(reverse("account_signup"), {"username": name, "password1": PASSWORD, **fields})


def sign_in(client, name="alice", password=PASSWORD, **fields):
    return client.post(reverse("account_login"), {"login": name, "password": password, **fields})


def name_of(client):
    """Who is signed in, as the session says it."""
    user = User.objects.filter(pk=client.session.get("_auth_user_id")).first()
    return user.username if user else None


def without_tokens(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def assert_is_one_of_ours(page, heading):
    assert f"<h1>{heading}</h1>" in page
    assert page.count("<h1") == 1
    assert page.count('<header class="top">') == page.count('<footer class="foot">') == 1
    assert " · Studysite</title>" in page
    assert not re.search(r" style=|<style|<script(?! src=)| on\w+=", page)


@pytest.mark.parametrize(("name", "heading"), FOR_VISITORS)
def test_pages_for_visitors_have_our_looks(client, db, mail, name, heading):
    response = client.get(reverse(name))

    assert_is_one_of_ours(response.content.decode(), heading)


@pytest.mark.parametrize(("name", "heading"), FOR_PEOPLE)
def test_pages_for_people_have_our_looks(client, db, name, heading):
    client.force_login(make_user(email="alice@example.org"))

    response = client.get(reverse(name))

    assert_is_one_of_ours(response.content.decode(), heading)


@pytest.mark.parametrize("name", [name for name, _ in FOR_PEOPLE if name != "account_logout"])
def test_pages_for_people_send_visitors_to_sign_in(client, db, name):
    response = client.get(reverse(name))

    assert response.headers["Location"] == f"/accounts/login/?next={reverse(name)}"


def test_a_dead_link_of_a_mail_says_so(client, db):
    reset = client.get(reverse("account_reset_password_from_key", args=["1", "abc-def"]))
    confirm = client.get(reverse("account_confirm_email", args=["abc"]))

    assert_is_one_of_ours(reset.content.decode(), "This link no longer works")
    assert_is_one_of_ours(confirm.content.decode(), "This link no longer works")


def test_signing_up_signs_in_and_goes_where_one_came_from(client, db):
    response = sign_up(client, next="/progress/")

    assert response.headers["Location"] == "/progress/"
    assert name_of(client) == "dora"


def test_without_mail_nobody_is_asked_for_an_address(client, db):
    page = client.get(reverse("account_signup")).content.decode()
    forgotten = client.get(reverse("account_reset_password")).content.decode()

    assert 'type="email"' not in page + forgotten
    assert "This site sends no email" in forgotten


def test_taken_name_is_said_at_its_field(client, db):
    make_user("dora")

    response = sign_up(client, "dora")

    assert response.context["form"].errors.keys() == {"username"}
    assert 'aria-describedby="id_username_error id_username_hint"' in response.content.decode()
    assert name_of(client) is None


@pytest.mark.parametrize("password", ["short", "password1234", "dora-dora-dora"])
def test_weak_password_is_refused_at_its_field(client, db, password):
    response = client.post(reverse("account_signup"), {"username": "dora-dora-dora", "password1": password})

    assert response.context["form"].errors.keys() == {"password1"}
    assert not User.objects.exists()


def test_nobody_makes_themselves_staff(client, db):
    sign_up(client, is_staff="on", is_superuser="on", id="99")

    user = User.objects.get()
    assert (user.is_staff, user.is_superuser, user.pk == 99) == (False, False, False)


def test_wrong_password_is_said_below_the_password(client, db):
    make_user()

    page = sign_in(client, password="not the password").content.decode()

    assert 'aria-describedby="id_password_error"' in page
    assert 'id="id_password_error"' in page
    assert name_of(client) is None


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


def test_new_password_is_set_by_the_link_of_a_mail(client, db, mail, mailoutbox):
    make_user(email="alice@example.org").emailaddress_set.create(email="alice@example.org", verified=True)
    client.post(reverse("account_reset_password"), {"email": "alice@example.org"})
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mailoutbox[0].body)[1]

    form = client.get(link, follow=True)
    new = {"password1": "another long one", "password2": "another long one"}
    done = client.post(form.redirect_chain[-1][0], new, follow=True)
    sign_in(client, password="another long one")

    assert_is_one_of_ours(form.content.decode(), "Set a new password")
    assert_is_one_of_ours(done.content.decode(), "Your new password is set")
    assert name_of(client) == "alice"


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


def test_sign_out_needs_a_post(client, db):
    client.force_login(make_user())

    client.get(reverse("account_logout"))
    stayed = name_of(client)
    client.post(reverse("account_logout"))

    assert (stayed, name_of(client)) == ("alice", None)


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

    assert "Too many failed login attempts" in refused.content.decode()
    assert other.status_code == 302


def test_guessing_names_ends_whatever_the_forwarded_address_says(client, db):
    make_user()
    for attempt in range(10):
        forwarded = {"X-Forwarded-For": f"203.0.113.{attempt}"}
        client.post(reverse("account_login"), {"login": f"name{attempt}", "password": "x"}, headers=forwarded)

    refused = client.post(
        reverse("account_login"), {"login": "alice", "password": PASSWORD}, headers={"X-Forwarded-For": "203.0.113.99"}
    )

    assert "Too many failed login attempts" in refused.content.decode()


def test_too_many_sign_ups_are_answered_429_in_our_looks(client, db):
    responses = [client.get(reverse("account_signup")) for _ in range(21)]
    responses += [sign_up(client, "x") for _ in range(21)]

    last = responses[-1]
    assert last.status_code == 429
    assert_is_one_of_ours(last.content.decode(), "Too many tries in a short time")
