"""
A file of own data with anything in the place of anything: it is refused whole, or all that it became can be looked at.

FUZZ=2000 puts every bad value into every place.
"""

import copy
import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle, islice
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quizzes.actions.covering import review
from quizzes.actions.rebuild import choices_in, question_of, start_rebuild
from quizzes.actions.rule_out import begin_rule_out
from quizzes.actions.setting_aside import set_aside
from quizzes.models import Answer, Event, Fact, Outlook, RuleOut, Sitting, Slot, Study, new_token
from tables.models import Topic
from tests.factories import make_learner
from tests.fuzz.values import EXAMPLES
from tests.quizzes.bank import address, be_guest, give_right, make_asked_guide, make_sitting

pytestmark = pytest.mark.django_db
PARTS = (("learner", "studies", "sittings", "events", "set_aside", "outlooks", "rule_outs"), ("answers",))
KEPT = (Answer, Event, Outlook, RuleOut, Sitting, Slot, Study)
BAD = [
    None, "", "abc", "a\0b", "\ud800", "0" * 32, "x" * 5000, "0001-01-01T00:00:00+14:00", "9999-12-31", True, -1, 1.5,
    10**6, 10**12, 2**63, float("nan"), float("inf"), [], [1], [[[]]], {}, {"a": 1}, "deep",
]  # fmt: skip
PER_PLACE = len(BAD) if EXAMPLES else 1

type Place = tuple[str | int, ...]


def lived() -> Client:
    """A guest who has answered a question of every kind right and wrong, and something is in every list."""
    client, guide = Client(), make_asked_guide()
    client.learner = learner = make_learner()
    be_guest(client, learner)
    for run in (make_sitting(learner, guide, kinds=(), count=24), make_sitting(learner, guide, count=2)):
        for slot in run.slots.all():
            if slot.position % 2 or run.slots.count() == 2:
                give_right(client, slot, confidence="sure")
            else:
                client.post(address(slot), {"token": slot.token, "choice": 1, "tick": 1, "text": "x", "place-1": 1})
    client.post(address(run.slots.last(), "undo"))
    table = guide.tables.get(kind="entity")
    question = question_of(table)
    rebuilding = start_rebuild(learner, question, choices_in(question).taken("column-1"), new_token()).slots.get()
    client.post(address(rebuilding), {"token": rebuilding.token, "cell-1": 1, "cell-2": 2})
    learner.refresh_from_db()
    review(learner, Fact.objects.asked().filter(table=table).first(), knew=True)
    set_aside(learner, Fact.objects.asked()[:1])
    client.post(reverse("quizzes:over", args=[guide.slug, table.slug]), {"name": table.name})
    begin_rule_out(learner, guide, new_token())
    topic, day = Topic.objects.first(), timezone.localdate()
    Study.objects.create(
        learner=learner, guide=guide, pass_mark=70, weights={str(topic.pk): 3}, leading_topic=topic, exam_on=day,
    )  # fmt: skip
    Outlook.objects.create(
        learner=learner, guide=guide, on=day - timedelta(days=1), for_day=day, mean=0.7, low=0.6, high=0.8,
        now=0.65, answers=60,
    )  # fmt: skip
    return client


def small_file() -> dict[str, Any]:
    """What they took out, with one answer of each kind, and that of the covered cell."""
    stored = json.loads(b"".join(lived().get(reverse("quizzes:data-json")).streaming_content))
    of_a_kind = {(each["slot"]["kind"], each["contrast"] is None): each for each in stored["answers"]}
    of_events = {event["answer"] for event in stored["events"]}
    stored["answers"] = [*of_a_kind.values(), *(each for each in stored["answers"] if each["token"] in of_events)]
    return stored


def places(value: Any, place: Place = ()) -> Iterator[Place]:
    """Every place of a value, those that hold others too."""
    if place:
        yield place
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inner:
        yield from places(each, (*place, name))


def each_sort(stored: dict[str, Any], part: str) -> list[Place]:
    """One place of each sort: the first, of those that are alike but for their numbers."""
    found: dict[tuple[object, ...], Place] = {}
    for place in places(stored[part], (part,)):
        found.setdefault(tuple("" if isinstance(name, int) else name for name in place), place)
    return list(found.values())


def with_bad(stored: dict[str, Any], place: Place, bad: Any) -> bytes:
    """The file with something else in one place; of the answers it holds that one alone, so that it is soon read."""
    changed = copy.deepcopy(stored)
    inner: Any = changed
    for name in place[:-1]:
        inner = inner[name]
    inner[place[-1]] = "DEEP" if bad == "deep" else bad
    if place[0] == "answers" and len(place) > 1:
        changed["answers"] = [changed["answers"][int(place[1])]]
    return json.dumps(changed).replace('"DEEP"', "[" * 3000 + "]" * 3000).encode()


def look_at_all(client: Client) -> list[tuple[str, int]]:
    """Every page and file that shows what was taken in, with its status."""
    names = ("data-json", "data-answers", "data-memory", "progress")
    paths = [reverse(f"quizzes:{name}") for name in names]
    paths += [reverse("quizzes:report", args=[run.pk]) for run in Sitting.objects.filter(learner=client.learner)]
    paths += [address(slot) for slot in Slot.objects.filter(learner=client.learner)]
    paths += [reverse("quizzes:rule-out", args=[run.pk]) for run in RuleOut.objects.filter(learner=client.learner)]
    found = []
    for path in paths:
        response = client.get(path)
        b"".join(response)
        found.append((path, response.status_code))
    return found


def fault_of(client: Client, sent: bytes) -> str:
    """What was wrong with taking a file in, and looking at what it became; empty where nothing was."""
    try:
        response = client.post(reverse("quizzes:data"), {"file": SimpleUploadedFile("studysite.json", sent)})
        if response.status_code == 422:
            kept = [model.__name__ for model in KEPT if model.objects.filter(learner=client.learner).exists()]
            return f"refused, but kept: {kept}" if kept else ""
        failed = [path for path, status in look_at_all(client) if status >= 400]
        return f"{response.status_code}, then {failed}" if response.status_code != 303 or failed else ""
    except Exception as fault:  # the name of the place is worth more than where it was raised
        return f"{type(fault).__name__}: {fault}"[:200]


@pytest.mark.parametrize("parts", PARTS)
def test_bad_value_anywhere_is_refused_whole_or_can_be_looked_at(parts):
    stored = small_file()
    other = Client()
    other.learner = make_learner()
    be_guest(other, other.learner)
    assert fault_of_undone(other, json.dumps(stored).encode()) == ""

    values = cycle(BAD)
    faults = {}
    for place in (place for part in parts for place in each_sort(stored, part)):
        for bad in islice(values, PER_PLACE):
            fault = fault_of_undone(other, with_bad(stored, place, bad))
            if fault:
                faults[place, repr(bad)[:20]] = fault
    assert not faults, "\n".join(f"{place}: {fault}" for place, fault in faults.items())


def fault_of_undone(client: Client, sent: bytes) -> str:
    """The same, and nothing of it stays."""
    with transaction.atomic():
        fault = fault_of(client, sent)
        transaction.set_rollback(True)
    return fault
