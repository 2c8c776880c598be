"""A person at the pages of accounts: what they send, and who the session then says they are."""

import re

from django.urls import reverse

from studysite.accounts.models import User
from tests.factories import PASSWORD


def sign_up(client, name="dora", **fields):
    """Send the sign-up form."""
    return client.post(reverse("account_signup"), {"username": name, "password1": PASSWORD, **fields})


def sign_in(client, name="alice", password=PASSWORD, **fields):
    """Send the sign-in form."""
    return client.post(reverse("account_login"), {"login": name, "password": password, **fields})


def name_of(client):
    """Who is signed in, as the session says it."""
    user = User.objects.filter(pk=client.session.get("_auth_user_id")).first()
    return user.username if user else None


def without_tokens(response):
    """A page without its form tokens, which are new each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
