"""What the tests of people's own pages share."""

import pytest

from tests.factories import make_user


@pytest.fixture
def alice(client, db):
    """Somebody who is signed in."""
    user = make_user(email="alice@example.org")
    client.force_login(user)
    return user
