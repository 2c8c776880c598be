import pytest
from django.template import loader
from django.test import Client

from studysite.environment import sender
from tests.accounts.people import sign_up
from tests.factories import make_guide, make_learner, make_user
from tests.quizzes.bank import make_asked_guide, make_sitting

NAME = 'Ann <b>& "Bob"'


@pytest.fixture
def named(settings, db):
    settings.SITE_NAME = NAME


@pytest.mark.parametrize("path", ["/search/", "/accounts/login/", "/no/such/page/"])
def test_every_page_carries_the_name_of_the_site(client, named, path):
    page = client.get(path).content.decode()

    assert "Ann &lt;b&gt;&amp; &quot;Bob&quot;</title>" in page
    assert "<span>Ann &lt;b&gt;&amp; &quot;Bob&quot;</span></a>" in page
    assert "Studysite" not in page


@pytest.mark.parametrize("error_page", ["500.html", "503.html", "400.html"])
def test_page_of_a_broken_site_carries_its_name_too(named, error_page):
    assert "Ann &lt;b&gt;&amp; &quot;Bob&quot;</title>" in loader.render_to_string(error_page)


def test_question_that_htmx_brings_carries_the_name(client, named):
    user = make_user()
    client.force_login(user)
    sitting = make_sitting(make_learner(user), make_asked_guide())

    page = client.get(f"/quiz/{sitting.pk}/1/", headers={"HX-Request": "true", "HX-Target": "main"}).content.decode()

    assert page.count("Ann &lt;b&gt;&amp; &quot;Bob&quot;</title>") == 1


def test_mail_says_the_name_as_it_is(client, named, mailoutbox, settings):
    settings.SENDS_MAIL = True
    settings.ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"

    sign_up(client, "dora", email="dora@example.org")

    assert f"dora gave this address at {NAME}." in mailoutbox[0].body


def test_sender_is_quoted_as_a_header_needs_it():
    assert sender('Ann, "Bob"', "study.example") == '"Ann, \\"Bob\\"" <no-reply@study.example>'


def test_public_page_holds_the_name_once_for_all(client, named):
    guide = make_guide()

    assert client.get(guide.get_absolute_url()).content == Client().get(guide.get_absolute_url()).content


def test_site_on_a_home_screen_has_its_name(client, named):
    assert client.get("/manifest.webmanifest").json()["name"] == NAME
