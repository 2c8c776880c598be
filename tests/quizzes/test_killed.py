"""A server killed in the middle of an answer, and a database that goes away: what is sent again is kept once."""

import os
import signal
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client

from quizzes.models import Answer, AnswerFact, Memory, Sitting, Slot
from quizzes.views import question
from tests.factories import make_learner
from tests.quizzes.bank import address, be_guest, give, make_sitting, wrong
from tests.quizzes.pages import without_tokens

SERVER = """
import os, signal, sys
import django
django.setup()
from django.test import Client
from quizzes.actions import memory
from quizzes.views import question

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

moment, session, path, token, choice = sys.argv[1:]
if moment == "after the commit":
    question.show_verdict = die
else:
    memory.keep_memories = die
client = Client(SERVER_NAME="localhost")
client.cookies[django.conf.settings.SESSION_COOKIE_NAME] = session
client.post(path, {"token": token, "choice": choice})
"""


def address_of_database() -> str:
    """Where the database of this test is, as the site's settings take it."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    user, password, host = (quote(at[part]) for part in ("USER", "PASSWORD", "HOST"))
    socket, host = (f"?host={at['HOST']}", "") if at["HOST"].startswith("/") else ("", host)
    return f"postgres://{user}:{password}@{host}{':' + at['PORT'] if at['PORT'] else ''}/{at['NAME']}{socket}"


def killed_while_answering(client: Client, slot: Slot, moment: str) -> int:
    """Let a process of its own take the answer and die at a moment. Gives how it ended."""
    environment = {
        **os.environ,
        "DATABASE_URL": address_of_database(),
        "DJANGO_SETTINGS_MODULE": "studysite.settings",
        "SECRET_KEY": settings.SECRET_KEY,
    }
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    told = [moment, session, address(slot), slot.token, wrong(slot)]
    return subprocess.run(
        [sys.executable, "-c", SERVER, *told], env=environment, cwd=settings.BASE_DIR, check=False
    ).returncode


@pytest.fixture
def client(transactional_db) -> Client:
    """A guest's client that gets the answers a browser would get."""
    client = Client(raise_request_exception=False)
    client.learner = make_learner()
    be_guest(client, client.learner)
    return client


@pytest.fixture
def slot(client) -> Slot:
    return make_sitting(client.learner, count=1).slots.get()


@pytest.mark.parametrize(("moment", "kept"), [("before the commit", 0), ("after the commit", 1)])
def test_answer_of_a_killed_server_is_kept_once_when_it_is_sent_again(client, slot, moment, kept):
    ended = killed_while_answering(client, slot, moment)
    found = Answer.objects.count()

    first, second = give(client, slot, wrong(slot)), give(client, slot, wrong(slot))

    assert ended == -signal.SIGKILL
    assert found == kept
    assert first.status_code == second.status_code == 200
    assert without_tokens(first) == without_tokens(second)
    assert Answer.objects.count() == AnswerFact.objects.count() == 1
    assert Memory.objects.get().asked == 1
    assert Sitting.objects.get().finished_at is not None


@pytest.mark.parametrize("name", ["own_slot_to_answer", "record_answer"])
def test_answer_to_a_database_that_is_away_waits_in_its_form_and_is_kept_later(client, slot, monkeypatch, name):
    def away(*_, **__):
        raise OperationalError("the connection was closed")

    with monkeypatch.context() as outage:
        outage.setattr(question, name, away)
        plain, by_htmx = give(client, slot, wrong(slot)), give(client, slot, wrong(slot), **{"HX-Request": "true"})

    assert plain.status_code == by_htmx.status_code == 503
    assert plain.headers["Retry-After"] == by_htmx.headers["Retry-After"] == "5"
    assert by_htmx.headers["HX-Retarget"] == "#toasts"
    assert not Answer.objects.exists()
    assert give(client, slot, wrong(slot)).status_code == 200
