import pytest
from django.urls import reverse
from zeal import zeal_ignore

from tests.accounts.people import sign_in
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("wish", "given"), [("action_add", "new@example.org"), ("action_remove", "old@example.org")])
def test_address_is_changed_only_by_who_knows_the_password(client, wish, given):
    alice = make_user()
    alice.emailaddress_set.create(email="old@example.org", verified=False, primary=False)
    sign_in(client)

    asked = client.post(reverse("account_email"), {wish: "", "email": given})

    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert [each.email for each in alice.emailaddress_set.all()] == ["old@example.org"]


def test_address_is_added_once_the_password_was_given(client):
    alice = make_user()
    sign_in(client)
    asked = client.post(reverse("account_email"), {"action_add": "", "email": "new@example.org"})

    with zeal_ignore():  # allauth, going on with the first form, looks for the address again
        client.post(asked.headers["Location"], {"password": PASSWORD})

    assert [each.email for each in alice.emailaddress_set.all()] == ["new@example.org"]
