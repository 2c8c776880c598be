"""What the tests of quizzes share: a guest, and alice, each in the middle of a sitting of five questions."""

import pytest
from django.test import Client

from quizzes.models import Sitting
from tests.factories import make_learner, make_user
from tests.quizzes.bank import be_guest, make_exam, make_sitting


@pytest.fixture
def alice(db) -> Client:
    """A client that is signed in."""
    client = Client()
    client.user = make_user("alice")
    client.force_login(client.user)
    return client


@pytest.fixture
def hers(alice) -> Sitting:
    """Alice's sitting."""
    return make_sitting(make_learner(alice.user), count=5)


@pytest.fixture
def guest(db) -> Client:
    """A client without an account that has begun to learn."""
    client = Client()
    client.learner = make_learner()
    be_guest(client, client.learner)
    return client


@pytest.fixture
def theirs(guest) -> Sitting:
    """The guest's sitting."""
    return make_sitting(guest.learner, count=5)


@pytest.fixture
def exam(guest) -> Sitting:
    """The guest's exam of five questions."""
    return make_exam(guest.learner)
