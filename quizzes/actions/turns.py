"""
Whose turn it is among drafts that wait for a process of their own: one of each author's, and few on the whole site.

Nobody stands guard over it: whoever is done with a draft, and whoever asks how far theirs is, has the next ones begun.
"""

import subprocess
import sys
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from studysite.held import hold, is_held
from tables.models import Draft

LONGEST = timedelta(hours=1)
"""How long a draft may take to be published; one that was held for longer is not asked after any more."""


def start_next() -> None:
    """Begin with drafts that wait, the oldest first, as far as there is room. 1 query where none waits."""
    if _next():  # looked at without a lock first: a page that only asks waits for nobody who writes
        for number in _called():
            _spawn(number)


@transaction.atomic
def _called() -> list[int]:
    """The drafts whose turn it is, by id; that a process was called to them counts as a sign of life."""
    hold("turns of drafts")
    called = _next()
    Draft.objects.filter(pk__in=called).update(alive_at=timezone.now())
    return called


def _next() -> list[int]:
    waiting = list(Draft.objects.waiting_for_room().order_by("pk").values_list("pk", "by"))
    busy = _authors_at_work() if waiting else []
    called = []
    for number, author in waiting:
        if len(busy) < settings.IMPORTS_AT_ONCE and author not in busy:
            busy.append(author)
            called.append(number)
    return called


def _authors_at_work() -> list[int]:
    """Whose drafts are worked on, once for each. 2 queries, and 1 for each that is silent since it is published."""
    busy = list(Draft.objects.at_work().values_list("by", flat=True))
    silent = Draft.objects.lost().filter(stage=Draft.Stage.PUBLISHING, alive_at__gt=timezone.now() - LONGEST)
    return busy + [author for number, author in silent.values_list("pk", "by") if is_held(_name_of(number))]


def _spawn(number: int) -> None:
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work_on_draft", str(number)]
    subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True)


def hold_for_publishing(draft: Draft) -> None:
    """Publish a draft alone, until the transaction under way ends. 1 query."""
    hold(_name_of(draft.pk))


def _name_of(number: int) -> str:
    return f"draft {number}"


def listen_for(draft: Draft) -> None:
    """
    Count it as a sign of life of a draft that somebody is publishing it still; it is not saved.

    The page of a large draft would say otherwise that the work has stopped: what is done in one transaction tells
    nobody how far it is. 1 query, none for a draft that is not lost.
    """
    if draft.is_lost and is_held(_name_of(draft.pk)):
        draft.alive_at = timezone.now()
