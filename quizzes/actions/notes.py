"""What an author may want to mend in a guide's notes, and what they say to it. Addresses of the places too."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain, combinations

from quizzes.actions.bank import read_pins_of
from quizzes.actions.pinning import StoredPin, add_pins
from quizzes.generation.made import FactKey
from quizzes.generation.pins import PinKind, Pins
from quizzes.models import Bank, Dismissal, Fact
from quizzes.notes_check.checking import findings_in
from quizzes.notes_check.findings import SEPARATOR, Code, Finding, Place
from quizzes.notes_check.notes import Notes
from quizzes.notes_check.unasked import Unasked, unasked_facts, unasked_in
from studysite.accounts.models import User
from tables.actions.states import load
from tables.models import Column, Guide, Point, Row, Table
from tables.versions.state import GuideState

REASON = "An editor said so when the notes were checked."


class NothingToSettle(ValueError):
    """The finding is gone, or it is not one that can be answered in this way."""


@dataclass(frozen=True, slots=True)
class NotesCheck:
    """
    What the check of one guide found: what waits, what was dismissed and still stands so, both in the order shown.

    `unasked` are facts that no question asks for. They are no findings: most of them are as their author wants them.
    """

    findings: tuple[Finding, ...]
    dismissed: tuple[Finding, ...] = ()
    unasked: tuple[Unasked, ...] = ()

    def counts(self) -> list[tuple[Code, int]]:
        """How many findings of each kind wait, those of no kind left out."""
        counted = [(code, sum(finding.code is code for finding in self.findings)) for code in Code]
        return [(code, count) for code, count in counted if count]


def check_notes_of(
    state: GuideState, pins: Pins | None = None, dismissed: Collection[str] = (), *, with_unasked: bool = False
) -> NotesCheck:
    """
    Check a guide that need not be stored: the state a document would bring it to, say. No query.

    `dismissed` are the keys of findings that were put aside: see `dismissed_in`. To know which facts cannot be asked
    all questions must be made: three times the work, done only where it is wished for.
    """
    notes = Notes(state, pins or Pins())
    checked = _checked(notes, dismissed)
    return replace(checked, unasked=tuple(unasked_in(notes))) if with_unasked else checked


def check_notes(guide: Guide) -> NotesCheck:
    """Check a guide as it is stored. 9 queries, however large it is. Raises BadPin for pins that mean nothing."""
    bank = Bank.objects.filter(guide=guide).first() or Bank(guide=guide)
    notes = Notes(load(guide).state, read_pins_of(bank))
    checked = _checked(notes, dismissed_in(guide))
    is_current = bank.version == guide.version  # else facts may be new that no question was made for yet
    unasked = unasked_facts(notes, _asked_in(guide), bank.skips) if is_current else []
    return replace(checked, unasked=tuple(unasked))


def dismissed_in(guide: Guide) -> set[str]:
    """The keys of the findings that editors of this guide put aside. 1 query; none for a guide that is not stored."""
    return set(Dismissal.objects.filter(guide=guide).values_list("finding_key", flat=True)) if guide.pk else set()


def _checked(notes: Notes, dismissed: Collection[str]) -> NotesCheck:
    found = findings_in(notes)
    return NotesCheck(
        findings=tuple(finding for finding in found if finding.key not in dismissed),
        dismissed=tuple(finding for finding in found if finding.key in dismissed),
    )


def _asked_in(guide: Guide) -> set[FactKey]:
    names = ("table__key", "row__key", "column__name", "authored__key")
    facts = Fact.objects.asked().filter(guide=guide, retired_at=None).values_list(*names)
    return {
        FactKey(table.hex, question_key=question.hex) if question else FactKey(table.hex, row.hex, column)
        for table, row, column, question in facts.iterator()
    }


def dismiss(guide: Guide, finding: Finding, by: User | None) -> None:
    """Put a finding aside until one of its cells changes. Done twice it is done once."""
    Dismissal.objects.get_or_create(guide=guide, finding_key=finding.key, defaults={"by": by})


def bring_back(guide: Guide, key: str) -> None:
    """Let a finding that was put aside wait again."""
    Dismissal.objects.filter(guide=guide, finding_key=key).delete()


def link(guide: Guide, finding: Finding) -> bool:
    """Pin that the places of a finding teach the same fact. See `add_pins`. Raises NothingToSettle."""
    if not finding.can_be_linked:
        raise NothingToSettle
    return add_pins(guide, _pins_between(PinKind.SAME_FACT, finding.places))


def split(guide: Guide, finding: Finding) -> bool:
    """Pin that the places of a finding teach different facts. See `add_pins`. Raises NothingToSettle."""
    if not finding.can_be_split:
        raise NothingToSettle
    return add_pins(guide, _pins_between(PinKind.NOT_SAME_FACT, finding.places))


def settle_meaning(guide: Guide, finding: Finding, name: str) -> bool:
    """Pin which thing a short name stands for. See `add_pins`. Raises NothingToSettle."""
    if name not in finding.meanings:
        raise NothingToSettle
    pin: StoredPin = {"kind": PinKind.ALIAS.value, "prompt": finding.word, "values": [name], "reason": REASON}
    return add_pins(guide, [pin])


def _pins_between(kind: PinKind, places: Iterable[Place]) -> list[StoredPin]:
    """A pin ties its prompt to each of its values: one pin for each pair holds whichever of them leaves the notes."""
    return [
        {
            "kind": kind.value,
            "table": one.table,
            "prompt": one.path,
            "values": [f"{other.table}{SEPARATOR}{other.path}"],
            "reason": REASON,
        }
        for one, other in combinations(places, 2)
    ]


def addresses_of(guide: Guide, places: Iterable[Place]) -> dict[Place, str]:
    """Where each of these places of a stored guide is shown: the very cell, or the key point. 4 queries."""
    places = list(places)
    tables = {table.key.hex: table for table in guide.tables.live().select_related("guide", "shown_with__guide")}
    rows = _by_key(Row.objects.filter(key__in=_keys(place.row_key for place in places)))
    columns = _by_key(Column.objects.filter(key__in=_keys(place.column_key for place in places)))
    points = _by_key(Point.objects.filter(key__in=_keys(place.point_key for place in places)))
    return {
        place: _address(
            tables[place.table_key],
            rows.get(place.row_key),
            columns.get(place.column_key),
            points.get(place.point_key),
        )
        for place in places
        if place.table_key in tables
    }


def _address(table: Table, row: Row | None, column: Column | None, point: Point | None) -> str:
    return table.address_of_point(point.pk) if point else table.address_of(row, column)


def _by_key[P: (Row, Column, Point)](parts: Iterable[P]) -> Mapping[str, P]:
    return {part.key.hex: part for part in parts}


def _keys(keys: Iterable[str]) -> set[str]:
    return set(filter(None, keys))


def places_of(findings: Iterable[Finding], unasked: Iterable[Unasked] = ()) -> set[Place]:
    """Every place that these speak of."""
    return {*chain.from_iterable(finding.places for finding in findings), *(each.place for each in unasked)}
