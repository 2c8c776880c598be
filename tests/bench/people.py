"""The learners, sittings and sessions of the measurements."""

import uuid
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from quizzes.actions.bank import refresh_bank
from quizzes.actions.dealing import make_slots
from quizzes.demo.documents import documents
from quizzes.middleware import GUEST_KEY
from quizzes.models import Learner, Question, Sitting, Slot, new_token
from studysite.accounts.actions.groups import start_group
from studysite.accounts.models import Membership, User
from tables.actions.concepts import refresh_concepts
from tables.actions.publishing import publish
from tables.models import Guide, Table
from tables.reader import read
from tests.factories import make_user
from tests.quizzes.lived import live_through

TABLE = "activation-functions"
PAST = 600
"""Answers of the learner who looks at everything."""
MEMBERS, PAST_OF_MEMBERS = 11, 60
ANSWERING, ANSWERS_EACH = 200, 60
KINDS = (Question.Kind.DECISION, Question.Kind.FORWARD, Question.Kind.REVERSE)


def make_cast(folder: Path) -> dict[str, Any]:
    """All of it, as the plain values that fill the addresses, and the cookies by who sends them."""
    guide = Guide.objects.get(title__startswith="Section 6")
    refresh_bank(guide)
    long = _long_table()
    name = f"bench-{uuid.uuid4().hex[:8]}"  # one database may be measured often
    alice = make_user(name)
    learner = Learner.objects.create(user=alice)
    live_through(learner, guide, PAST, rights=(True, True, False))
    sitting = _sitting(learner, guide, 20)
    group = start_group(alice, uuid.uuid4(), name="Bench")
    for number in range(MEMBERS):
        member = User.objects.create(username=f"{name}-{number}")
        Membership.objects.create(group=group, user=member)
        live_through(Learner.objects.create(user=member), guide, PAST_OF_MEMBERS, rights=(True, False))
    group.studies.add(guide)
    (folder / "answers.tsv").write_text("\n".join(_answers(guide)))
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(alice)
    client.get("/quiz/")  # where a browser is given what it sends with every page from then on
    return {
        "guide": guide.slug,
        "table": TABLE,
        "long_guide": long.guide.slug,
        "long_table": long.slug,
        "sitting": sitting.pk,
        "group": group.pk,
        "cookies": {"": "", "alice": "; ".join(f"{name}={each.value}" for name, each in client.cookies.items())},
    }


def _long_table() -> Table:
    """A table of 100 rows and 6 columns, in a guide of its own."""
    [document] = documents(tables=1, rows=100, columns=6, seed=0)
    source = document.text.replace("Demo 1", "Bench").encode()
    guide = publish(None, read(source), source).guide
    refresh_concepts(guide)
    return guide.tables.select_related("guide").get()


def _sitting(learner: Learner, guide: Guide, count: int) -> Sitting:
    sitting = Sitting.objects.create(learner=learner, guide=guide, scope=Sitting.Scope.GUIDE, seed=1)
    questions = Question.objects.asked().filter(guide=guide, kind__in=KINDS).order_by("position")[:count]
    Slot.objects.bulk_create(make_slots(sitting, list(questions), {}))
    return sitting


@transaction.atomic
def _answers(guide: Guide) -> list[str]:
    """
    What is sent to answer: address, cookie and form, divided by tabs; the learners in turns.

    Half of the answers are wrong. Each learner is a guest with a session and an open sitting.
    """
    secret = get_token(RequestFactory().get("/"))
    first = _sitting(Learner.objects.create(guest_key=uuid.uuid4()), guide, ANSWERS_EACH)
    patterns = list(first.slots.order_by("position"))
    guests = Learner.objects.bulk_create(Learner(guest_key=uuid.uuid4()) for _ in range(ANSWERING))
    sittings = Sitting.objects.bulk_create(
        Sitting(learner=guest, guide=guide, scope=Sitting.Scope.GUIDE, seed=1) for guest in guests
    )
    slots, cookies = [], {}
    for guest, sitting in zip(guests, sittings, strict=True):
        session = SessionStore()
        session[GUEST_KEY] = guest.guest_key.hex
        session.create()
        cookies[sitting.pk] = f"sessionid={session.session_key}; csrftoken={secret}"
        slots += [_copied(pattern, sitting) for pattern in patterns]
    Slot.objects.bulk_create(slots, batch_size=1000)
    slots.sort(key=lambda slot: slot.position)
    rights = islice(cycle((True, False)), len(slots))
    return [
        f"/quiz/{slot.sitting_id}/{slot.position}/\t{cookies[slot.sitting_id]}\t"
        f"csrfmiddlewaretoken={secret}&token={slot.token}&choice={_choice(slot, is_right)}"
        for slot, is_right in zip(slots, rights, strict=True)
    ]


def _copied(pattern: Slot, sitting: Sitting) -> Slot:
    names = ("question_id", "position", "kind", "context", "stem", "options", "shown", "value_hash", "right")
    return Slot(
        learner=sitting.learner, sitting=sitting, token=new_token(), **{name: getattr(pattern, name) for name in names}
    )


def _choice(slot: Slot, is_right: bool) -> int:
    """Counted from 1, as in the form."""
    return (slot.right if is_right else (slot.right + 1) % len(slot.options)) + 1
