"""Documents and stored guides as the notes check sees them."""

import json
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from uuid import UUID

from quizzes.actions.notes import check_notes
from quizzes.actions.publishing import publish_document
from quizzes.generation.pins import Pin, PinKind, Pins, read_pins
from quizzes.notes_check.checking import findings_of
from quizzes.notes_check.findings import Code, Finding
from studysite.accounts.models import User
from tables.models import Guide
from tables.reader import read
from tables.versions.merging import merge
from tables.versions.state import GuideState
from tests.edits import SEED, Edit, seed

SHIPPED_PINS = json.loads(SEED.with_suffix(".pins.json").read_text(encoding="utf-8"))
LIBRARIES = """
### Libraries

| Library | Maker |
|---|---|
| Acme DDP | Acme |
| Torch DDP | Torch |
| Torch FSDP | Meta |
"""


def state_of(text: str, before: GuideState | None = None) -> GuideState:
    """What a document makes of a guide: a new one unless `before` is given."""
    reading = read(text.encode(), "notes.md")
    return merge(before or GuideState(UUID(int=1), title=""), reading, datetime(2026, 1, 1, tzinfo=UTC)).state


def found_in(text: str, pins: Pins | None = None) -> list[Finding]:
    """The findings of a document."""
    return findings_of(state_of(text), pins)


def sentences(text: str, code: Code, pins: Pins | None = None) -> list[str]:
    """What is said of one kind in a document."""
    return [finding.sentence for finding in found_in(text, pins) if finding.code is code]


@cache
def seed_state() -> GuideState:
    """The seed as a guide."""
    return state_of(seed())


@cache
def seed_pins() -> Pins:
    """The pins that are shipped with the seed."""
    return read_pins(json.dumps(SHIPPED_PINS))


@cache
def seed_findings() -> tuple[Finding, ...]:
    """The findings of the seed."""
    return tuple(findings_of(seed_state(), seed_pins()))


def edited_findings(edit: Edit) -> list[Finding]:
    """The findings of the seed after an edit was imported over it."""
    return findings_of(state_of(edit(seed()), seed_state()), seed_pins())


def counts(findings: list[Finding] | tuple[Finding, ...]) -> dict[Code, int]:
    """How many of each kind."""
    return dict(Counter(finding.code for finding in findings))


def same_fact(table: str, prompt: str, value: str, kind: PinKind = PinKind.SAME_FACT) -> Pins:
    """One pin about two places."""
    return Pins([Pin(kind, table, prompt, (value,), "")])


def publish(text: str, owner: User | None = None, **more) -> Guide:
    """A stored guide made of a document."""
    source = text.encode()
    return publish_document(None, read(source, "notes.md"), source, by=owner, **more).publication.guide


def first(guide: Guide, code: Code) -> Finding:
    """The first finding of a kind in a stored guide."""
    return next(finding for finding in check_notes(guide).findings if finding.code is code)


def gap_of(guide: Guide, name: str) -> Finding:
    """The first value that a row of a stored guide lacks."""
    gaps = [finding for finding in check_notes(guide).findings if finding.code is Code.PLACEHOLDER]
    return next(gap for gap in gaps if gap.places[0].name == name)


def grid(header: str, *rows: str, title: str = "Stores", more: str = "") -> str:
    """A document of one table, its cells written with pipes."""
    dashes = "|".join("---" for _ in header.split("|"))
    lines = "\n".join(f"| {row} |" for row in rows)
    return f"# Guide\n\n## Topic\n\n### {title}\n\n| {header} |\n|{dashes}|\n{lines}\n{more}"
