import re

import pytest
from django.urls import reverse

from studysite.accounts.models import User
from tests.accounts.people import name_of, sign_in, sign_up
from tests.factories import make_user

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


def test_wrong_password_is_said_below_the_password(client, db):
    make_user()

    page = sign_in(client, password="not the password").content.decode()

    assert 'aria-describedby="id_password_error"' in page
    assert 'id="id_password_error"' in page
    assert name_of(client) is None


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


def test_too_many_sign_ups_are_answered_429_in_our_looks(client, db):
    responses = [client.get(reverse("account_signup")) for _ in range(21)]
    responses += [sign_up(client, "x") for _ in range(21)]

    last = responses[-1]
    assert last.status_code == 429
    assert_is_one_of_ours(last.content.decode(), "Too many tries in a short time")
