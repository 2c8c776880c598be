import pytest
from django.contrib.auth.hashers import MD5PasswordHasher

from tests.accounts.people import name_of, sign_in
from tests.factories import PASSWORD, make_user

ADDRESS = "dora@example.org"
pytestmark = pytest.mark.usefixtures("db", "mail")


@pytest.fixture
def hashed(monkeypatch):
    """Every password that is hashed from now on."""
    passwords = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, word, salt: passwords.append(word) or encode(self, word, salt)
    )
    return passwords


def having(name, *, verified, password=PASSWORD):
    """Somebody who gave the address."""
    user = make_user(name, email=ADDRESS)
    user.set_password(password)
    user.save()
    user.emailaddress_set.create(email=ADDRESS, verified=verified)
    return user


@pytest.mark.parametrize("others", [[], [True], [False], [False, False], [True, False]])
@pytest.mark.parametrize("said", [ADDRESS, ADDRESS.upper(), "dora-0"])
def test_one_password_is_hashed_whoever_has_the_address(client, hashed, others, said):
    for number, verified in enumerate(others):
        having(f"dora-{number}", verified=verified)
    hashed.clear()

    sign_in(client, said, "not the password")

    assert len(hashed) == 1


@pytest.mark.parametrize("said", [ADDRESS, "Dora@Example.org", "dora", "DORA"])
def test_somebody_signs_in_by_name_and_by_address(client, said):
    having("dora", verified=False)

    sign_in(client, said)

    assert name_of(client) == "dora"


def test_address_on_the_account_alone_lets_in_too(client):
    make_user("dora", email=ADDRESS)

    sign_in(client, ADDRESS)

    assert name_of(client) == "dora"


def test_address_is_theirs_who_confirmed_it(client):
    having("first", verified=False, password="a first password")
    having("dora", verified=True)

    sign_in(client, ADDRESS, "a first password")
    assert name_of(client) is None
    sign_in(client, ADDRESS)
    assert name_of(client) == "dora"


def test_address_that_nobody_confirmed_is_theirs_who_gave_it_first(client):
    having("dora", verified=False)
    having("later", verified=False, password="a later password")

    sign_in(client, ADDRESS, "a later password")
    assert name_of(client) is None
    sign_in(client, ADDRESS)
    assert name_of(client) == "dora"


def test_nobody_is_kept_out_by_who_has_their_name_as_address(client):
    make_user(ADDRESS)
    having("other", verified=True, password="another password")

    sign_in(client, ADDRESS)

    assert name_of(client) == ADDRESS


def test_closed_account_is_said_to_be_closed_to_who_knows_its_password(client):
    user = having("dora", verified=True)
    user.is_active = False
    user.save()

    response = sign_in(client, ADDRESS)

    assert response.headers["Location"] == "/accounts/inactive/"
    assert name_of(client) is None
