"""A document handed in on the site: kept as a draft, read, published. Long work is done by a process of its own."""

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.utils import timezone

from quizzes.actions.bank import read_pins_of
from quizzes.actions.notes import check_notes_of, dismissed_in
from quizzes.actions.pinning import is_small
from quizzes.actions.publishing import Outcome, check_document, publish_document
from quizzes.actions.sheets import document_of_sheet
from quizzes.actions.turns import hold_for_publishing, start_next
from quizzes.imports import checked_of, place_elsewhere
from quizzes.models import Bank
from studysite.accounts.models import Group, User
from tables.actions.limits import site_limits
from tables.actions.publishing import GuideHasMoved, NotPublished, RenamesAreGuessed, find_guide
from tables.models import Draft, Guide, Version
from tables.models.guides import edits_all
from tables.reader import read
from tables.reader.document import Reading
from tables.spreadsheets import is_sheet
from tables.versions.merging import Choices
from tables.versions.state import GuideState

AT_ONCE = 60_000
"""Bytes of a document that are read while its author waits: well under a second."""
MOST_FINDINGS = 200
TELL_EVERY = 0.5
"""Seconds between two signs of life."""


class Refused(Exception):
    """The document was not taken; the message says why and what to do."""


class _Cancelled(Exception):
    """The draft is not there to be published any more, its author threw it away or another worker did it."""


def may_import(user: User | AnonymousUser) -> bool:
    """Whether somebody may make guides of their own: who is signed in, unless the host keeps that to the staff."""
    return user.is_authenticated and (settings.MEMBERS_IMPORT or edits_all(user))


def begin_draft(
    by: User, *, source: bytes, name: str, guide: Guide | None, visibility: str, group: Group | None = None
) -> Draft:
    """
    Keep a document that was handed in, and have it read.

    Without a guide it becomes a newer version of the one of its author's that has its id or title, if there is one; its
    author can say otherwise. Raises Refused.
    """
    if not source.strip():
        raise Refused("There is nothing in it. Choose a file, or paste your tables.")
    most = site_limits().size
    if len(source) > most:
        raise Refused(f"The file is {len(source) / 1e6:.1f} MB; the limit is {most // 10**6} MB. Split it by topic.")
    choices = {"is_sheet": True} if is_sheet(name) else {}
    draft = Draft.objects.create(
        by=by, guide=guide, name=name[:255], source=source, visibility=visibility, group=group, choices=choices
    )
    start(draft)
    return draft


def start(draft: Draft) -> None:
    """
    Have a draft worked on: at once where it is small, else in its turn by a process that goes on when the page is left.

    A small one for a large guide is compared with all of that: it is not small. 1 query where there is a guide.
    """
    if len(draft.source) <= AT_ONCE and (draft.guide is None or is_small(draft.guide)):
        work_on(draft)
    else:
        transaction.on_commit(start_next)


def work_on(draft: Draft) -> bool:
    """
    Read a draft or publish it, whichever it waits for; its stage and `checked` tell what came of it.

    Then it is the turn of those that wait. Returns False where somebody else works on it, or nothing is to be done.
    """
    try:
        return _work_on(draft)
    except _Cancelled:
        return True
    finally:
        Draft.objects.filter(pk=draft.pk, stage=Draft.THROWN_AWAY).delete()
        start_next()


def _work_on(draft: Draft) -> bool:
    waiting = Draft.objects.to_be_worked_on().filter(pk=draft.pk)
    draft.refresh_from_db()
    publishes = draft.stage in (Draft.Stage.TO_PUBLISH, Draft.Stage.PUBLISHING)
    stage = Draft.Stage.PUBLISHING if publishes else Draft.Stage.CHECKING
    if not waiting.update(stage=stage, alive_at=timezone.now(), done=0, total=0):
        return False
    draft.refresh_from_db()
    (_publish if publishes else _check)(draft)
    return True


def choices_of(draft: Draft) -> Choices:
    """What the author decided over the guesses."""
    kinds = {int(place): kind for place, kind in draft.choices.get("kinds", {}).items()}
    told = ties_told(draft)
    ties = {key: place for key, place in told.items() if isinstance(place, int)}
    moves = {key: place_elsewhere(place) for key, place in told.items() if isinstance(place, str)}
    return Choices(kinds, frozenset(UUID(key) for key in draft.choices.get("apart", ())), ties, moves)


def ties_told(draft: Draft) -> dict[UUID, int | str]:
    """What the author tied by hand, by key: a place in its own table, or one in another table as a word."""
    return {UUID(key): place for key, place in draft.choices.get("ties", {}).items()}


def _read(draft: Draft) -> Reading:
    return read(bytes(draft.source), draft.name, site_limits(), tell=_teller(draft))


def _teller(draft: Draft) -> Callable[[int, int], None]:
    """What writes down how far the work is, now and then; nothing inside a transaction, where nobody would see it."""
    last = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last < TELL_EVERY or connection.in_atomic_block:
            return
        last = time.monotonic()
        mine = Draft.objects.filter(pk=draft.pk, stage=draft.stage)
        if not mine.update(done=done, total=total, alive_at=timezone.now()):
            raise _Cancelled

    return tell


def _read_sheet(draft: Draft) -> Reading:
    """What a sheet says; the draft is the document that it makes from now on. What makes none stays as it came."""
    made = document_of_sheet(bytes(draft.source), draft.name, draft.guide)
    if isinstance(made, Reading):
        return made
    draft.source, draft.choices = made, {}
    Draft.objects.filter(pk=draft.pk, stage=draft.stage).update(source=made, choices={})
    return _read(draft)


def _check(draft: Draft) -> None:
    reading = _read_sheet(draft) if draft.choices.get("is_sheet") else _read(draft)
    if draft.guide is None and not draft.choices.get("is_new"):
        draft.guide = own_guide_of(draft.by, reading)
    outcome = check_document(draft.guide, reading, choices_of(draft))
    _keep_check(draft, reading, outcome)


def _keep_check(draft: Draft, reading: Reading, outcome: Outcome) -> None:
    made = outcome.publication
    ties = ties_told(draft)
    draft.checked = checked_of(reading, made.before, made.after, made.diff, guessed=made.guessed, ties=ties)
    draft.checked["summary"] = "" if reading.errors else f"{outcome.summary} {outcome.fates}".strip()
    draft.checked["findings"] = [] if reading.errors else _findings(made.guide, made.after)
    mine = Draft.objects.filter(pk=draft.pk, stage=draft.stage)  # whoever was slow has nothing to say any more
    mine.update(guide=draft.guide, checked=draft.checked, stage=Draft.Stage.CHECKED)


def _findings(guide: Guide, after: GuideState) -> list[dict[str, Any]]:
    """What the notes check says of the document, without what the guide's editors put aside; the first of many."""
    bank = Bank.objects.filter(guide=guide).first() if guide.pk else None
    checked = check_notes_of(after, read_pins_of(bank) if bank else None, dismissed_in(guide))
    return [
        {"title": finding.code.heading, "sentence": finding.sentence, "line": finding.line}
        for finding in checked.findings[:MOST_FINDINGS]
    ]


def own_guide_of(by: User, reading: Reading) -> Guide | None:
    """The guide that this document is likely a newer version of, among those on its author's own shelf."""
    return find_guide(reading, Guide.objects.on_shelf_of(by).filter(archived_at=None))


def _publish(draft: Draft) -> None:
    """Publish what was checked; where that cannot be, the draft is checked anew and says why."""
    reading = _read(draft)
    try:
        with transaction.atomic():
            hold_for_publishing(draft)
            _publish_reading(draft, reading)
    except RenamesAreGuessed:
        _refuse(draft, "Some renames are guessed. Say of each whether it is one, then publish.")
    except GuideHasMoved:
        _refuse(draft, "The guide has changed since you looked at this. Here is what your document would change now.")
    except NotPublished as refused:
        _refuse(draft, str(refused))


def _publish_reading(draft: Draft, reading: Reading) -> None:
    if not Draft.objects.filter(pk=draft.pk, stage=Draft.Stage.PUBLISHING).exists():
        raise _Cancelled
    if draft.group:  # it is not closed meanwhile; who joins waits for nothing
        Group.objects.select_for_update(no_key=True).get(pk=draft.group.pk)
    if draft.group and not Group.objects.edited_by(draft.by).filter(pk=draft.group.pk).exists():
        raise NotPublished(f"You do not edit for {draft.group} any more. Choose who may read it, then publish.")
    outcome = publish_document(
        draft.guide,
        reading,
        bytes(draft.source),
        name=draft.name,
        by=draft.by,
        against=draft.checked.get("against") if draft.guide else None,
        accept_renames=bool(draft.choices.get("accepts_renames")),
        visibility=draft.visibility,
        group=draft.group,
        choices=choices_of(draft),
    )
    guide = outcome.publication.guide
    is_there = Draft.objects.filter(pk=draft.pk, stage=Draft.Stage.PUBLISHING).update(
        guide=guide,
        version=Version.objects.filter(guide=guide).order_by("-pk").first(),
        stage=Draft.Stage.PUBLISHED,
        fault="",
        source=b"",
        checked={"summary": f"{outcome.summary} {outcome.fates}".strip(), "against": guide.version},
    )
    if not is_there:
        raise _Cancelled


def _refuse(draft: Draft, fault: str) -> None:
    if Draft.objects.filter(pk=draft.pk, stage=Draft.Stage.PUBLISHING).update(fault=fault):
        draft.refresh_from_db()
        _check(draft)


def publish_draft(draft: Draft, *, accepts_renames: bool) -> None:
    """Have a checked draft published; sent twice it is published once."""
    checked = Draft.objects.filter(pk=draft.pk, stage=Draft.Stage.CHECKED)
    draft.choices["accepts_renames"] = accepts_renames
    if checked.update(
        stage=Draft.Stage.TO_PUBLISH, alive_at=None, fault="", choices=draft.choices, visibility=draft.visibility,
        group=draft.group,
    ):  # fmt: skip
        start(draft)


def throw_away(draft: Draft) -> bool:
    """
    Let go of a draft; False where it was published meanwhile.

    While a process is at it the draft is only hidden, so that it takes up room until that process has noticed.
    """
    mine = Draft.objects.of(draft.by).open().filter(pk=draft.pk)
    if mine.at_work().update(stage=Draft.THROWN_AWAY, source=b""):
        return True
    deleted, _ = mine.delete()
    return bool(deleted)


def look_again(draft: Draft) -> None:
    """Have a draft read again, after a choice of its author's or when whoever worked on it was lost."""
    again = Draft.objects.of(draft.by).open().filter(pk=draft.pk)
    stage = Draft.Stage.TO_PUBLISH if draft.stage == Draft.Stage.PUBLISHING else Draft.Stage.TO_CHECK
    if again.update(
        stage=stage, guide=draft.guide, visibility=draft.visibility, group=draft.group, choices=draft.choices,
        alive_at=None, fault="",
    ):  # fmt: skip
        start(draft)
