import io
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from cryptography.fernet import InvalidToken
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from studysite.accounts.adapter import SecondFactorAdapter
from tests.accounts.people import name_of, sign_in
from tests.accounts.test_pages import assert_is_one_of_ours
from tests.factories import PASSWORD, make_user

NEW = {"password1": "another long one", "password2": "another long one"}


def code_of(secret):
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def here(client, db):
    """alice, who has just said her password once more."""
    make_user()
    sign_in(client)
    confirm(client)
    return client


def confirm(client):
    """Give the password that is asked for before anything that could lock one out."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def set_up(client):
    """Turn the app on; its secret and the recovery codes then shown."""
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'id="secret" value="(\w+)"', page)[1]
    shown = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    return secret, re.findall(r"<code>(\d+)</code>", shown.content.decode())


def test_app_is_set_up_by_a_picture_or_a_key(here):
    page = here.get(reverse("mfa_activate_totp")).content.decode()

    assert_is_one_of_ours(page, "Set up an authenticator app")
    assert 'src="data:image/svg+xml' in page


def test_with_an_app_a_password_alone_lets_nobody_in(here):
    secret, codes = set_up(here)
    other = Client()

    asked = sign_in(other)
    page = other.get(asked.headers["Location"]).content.decode()
    refused = other.post(reverse("mfa_authenticate"), {"code": "000000"})
    before = name_of(other)
    other.post(reverse("mfa_authenticate"), {"code": codes[0]})

    assert len(codes) == 10
    assert "<h1>Second factor</h1>" in page
    assert "That did not match" in refused.content.decode()
    assert (before, name_of(other)) == (None, "alice")


def test_recovery_code_lets_in_once(here):
    _, codes = set_up(here)
    for browser in (first := Client(), second := Client()):
        sign_in(browser)
        browser.post(reverse("mfa_authenticate"), {"code": codes[0]})

    assert [name_of(first), name_of(second)] == ["alice", None]


def test_recovery_codes_are_shown_once(here):
    _, codes = set_up(here)

    page = here.get(reverse("mfa_view_recovery_codes")).content.decode()

    assert not any(code in page for code in codes)
    assert here.get(reverse("mfa_download_recovery_codes")).status_code == 403


def test_secrets_lie_encrypted_in_the_database(here, settings):
    secret, _ = set_up(here)
    stored = Authenticator.objects.get(type="totp").data["secret"]

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new key", [settings.SECRET_KEY]
    by_fallback = SecondFactorAdapter().decrypt(stored)
    settings.SECRET_KEY_FALLBACKS = []

    assert secret not in str(stored)
    assert by_fallback == secret
    with pytest.raises(InvalidToken):
        SecondFactorAdapter().decrypt(stored)


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("mfa_index", "Second factor"),
        ("mfa_list_webauthn", "Passkeys and security keys"),
        ("mfa_deactivate_totp", "Turn the authenticator app off?"),
        ("mfa_generate_recovery_codes", "Make new recovery codes?"),
        ("mfa_view_recovery_codes", "Recovery codes"),
        ("mfa_reauthenticate", "Your code, please"),
    ],
)
def test_pages_have_our_looks(here, name, heading):
    set_up(here)

    response = here.get(reverse(name))

    assert_is_one_of_ours(response.content.decode(), heading)


@pytest.mark.parametrize(
    "junk",
    [
        "", "x", "{}", "[]", "null", '{"id": 1}', '{"id":"a","rawId":"b","response":{},"type":"public-key"}',
        '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"YQ","authenticatorData":"YQ",'
        '"signature":"YQ","userHandle":"YQ"}}',
    ],
)  # fmt: skip
def test_broken_key_is_a_wrong_key(client, here, junk):
    visitor = Client()
    visitor.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    here.get(reverse("mfa_add_webauthn"))

    given = visitor.post(reverse("mfa_login_webauthn"), {"credential": junk})
    added = here.post(reverse("mfa_add_webauthn"), {"name": "k", "credential": junk})

    assert (given.status_code, added.status_code) == (302, 200)
    assert name_of(visitor) is None
    assert not Authenticator.objects.exists()


def test_staff_without_second_factor_is_led_to_one_where_the_host_says_so(client, db, settings):
    make_user("carol", is_staff=True)
    sign_in(client, "carol")
    before = client.get("/progress/").status_code
    settings.STAFF_MFA = True

    led = client.get("/admin/", follow=True)
    elsewhere = client.get("/progress/")
    confirm(client)
    set_up(client)
    after = client.get("/progress/")
    kept = client.post(reverse("mfa_deactivate_totp"))

    assert (before, elsewhere.headers["Location"], after.status_code) == (200, "/accounts/2fa/", 200)
    assert "sign in with a second factor" in led.content.decode()
    assert "keep one" in kept.content.decode()
    assert Authenticator.objects.filter(type="totp").exists()


def test_nobody_else_is_led_there(here, settings):
    settings.STAFF_MFA = True

    assert [each.get("/progress/").status_code for each in (here, Client())] == [200, 200]


def reset_link(*args):
    out = io.StringIO()
    call_command("reset_link", *args, stdout=out, stderr=io.StringIO())
    return out.getvalue().strip()


def test_link_from_the_host_sets_a_password_once(here, settings):
    settings.SITE_URL = "https://study.example"
    visitor, late = Client(), Client()

    link = reset_link("alice")
    path = link.removeprefix("https://study.example")
    form = visitor.get(path, follow=True)
    visitor.post(form.redirect_chain[-1][0], NEW)
    sign_in(visitor, password=NEW["password1"])

    assert name_of(visitor) == "alice"
    assert name_of(here) is None
    assert "This link no longer works" in late.get(path).content.decode()


def test_link_may_take_a_lost_second_factor_away(here):
    set_up(here)

    reset_link("alice")
    kept = Authenticator.objects.count()
    reset_link("alice", "--without-second-factor")

    assert (kept, Authenticator.objects.count()) == (2, 0)


def test_link_for_nobody_is_an_error_in_words(db):
    with pytest.raises(CommandError, match="nobody here by the name of zoe"):
        reset_link("zoe")
