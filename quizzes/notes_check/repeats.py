"""Plain Python: what the notes say in several places, where these pull apart, and which of two lists is shorter."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from quizzes.generation.made import FactKey
from quizzes.generation.same_facts import Disagreement
from quizzes.generation.values import states_something
from quizzes.generation.words import comparable, is_formula, parts
from quizzes.notes_check.findings import Code, Finding, Place, make_finding
from quizzes.notes_check.naming import SHORT_NAME
from quizzes.notes_check.notes import Notes
from tables.reader.document import Kind
from tables.reader.forms import is_placeholder

MEND_SAME = "Change all of them when you change one. They are asked once a day, and feedback names the others."
MEND_APART = "Mend the one that is wrong, or say what sets them apart."
MEND_LIST = "Add what is missing, or say why it is left out."

_COMMAS = re.compile(r"\s*[,;，、；،؛]\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+")
LONGEST_PIECE = 40

type Owner = tuple[str, str, str]
"""What a fact is about: table with row or column, or with the question."""


def same_facts(notes: Notes) -> Iterator[Finding]:
    """Facts told in several places. What two places have in common is one finding, however many cells it fills."""
    for facts in _told_together(notes):
        places = notes.in_order({notes.place_of(fact) for fact in facts})
        tables = list(dict.fromkeys(f"“{place.table}”" for place in places))
        where = _listed(tables) if len(tables) > 1 else f"more than one table called {tables[0]}"
        sentence = f"{_listed(_subjects(notes, facts))}: the same stands in {where}."
        yield make_finding(Code.SAME, places, sentence, MEND_SAME)


def _told_together(notes: Notes) -> list[list[FactKey]]:
    """
    The groups of same facts, and each question with the cell that asks the same where the answer stands beside it.

    Those that tie the very same two rows or questions together are one.
    """
    merged: list[list[FactKey]] = []
    number_of: dict[object, int] = {}
    beside = [(each.one, each.other) for each in notes.disagreements if _stands_beside(notes, each)]
    for group in (*notes.groups, *beside):
        owners = dict.fromkeys(_owner(notes, fact) for fact in group)
        ties = [*group, *(frozenset(pair) for pair in combinations(owners, 2))]
        number = next((number_of[tie] for tie in ties if tie in number_of), len(merged))
        if number == len(merged):
            merged.append([])
        merged[number].extend(group)
        number_of.update({tie: number for tie in ties if tie not in number_of})
    return merged


def _owner(notes: Notes, fact: FactKey) -> Owner:
    if fact.question_key:
        return fact.table_key, "", fact.question_key
    is_aspect = notes.tables[fact.table_key].kind is Kind.ASPECT
    return (fact.table_key, "", fact.header) if is_aspect else (fact.table_key, fact.row_key, "")


def _subjects(notes: Notes, facts: Iterable[FactKey]) -> list[str]:
    """What these facts are about: the names of their rows, else the questions."""
    places = [notes.place_of(fact) for fact in facts]
    names = {comparable(place.name): place.name for place in places if place.name}
    return list(names.values()) or [places[0].text]


def apart(notes: Notes) -> Iterator[Finding]:
    """Places that ask or say the same of different things; places that teach the same fact count as one."""
    group_of = {fact: number for number, group in enumerate(notes.groups) for fact in group}
    found: dict[frozenset[object], set[Place]] = {}
    asks: dict[frozenset[object], str] = {}
    for each in notes.disagreements:
        if _stands_beside(notes, each):
            continue
        sides: frozenset[object] = frozenset(group_of.get(fact, fact) for fact in (each.one, each.other))
        found.setdefault(sides, set()).update((notes.place_of(each.one), notes.place_of(each.other)))
        asks.setdefault(sides, each.asks)
    for sides, set_of_places in found.items():
        places = notes.in_order(set_of_places)
        answers = list({comparable(text): f"“{text}”" for text in map(_answer, places)}.values())
        sentence = f"“{asks[sides]}” leads to {_listed(answers)}."
        yield make_finding(Code.APART, places, sentence, MEND_APART)


def _stands_beside(notes: Notes, each: Disagreement) -> bool:
    """Whether the row whose cell says what a question asks has its answer in another cell, so that both agree."""
    if each.other.question_key:
        return False
    named = {comparable(part) for part in parts(each.answers[0])}
    own = (part for place in _values_beside(notes, each.other) for part in parts(place.text))
    return any(
        states_something(part) and (comparable(part) in named or _is_short_for(part, each.answers[0])) for part in own
    )


def _is_short_for(part: str, name: str) -> bool:
    return SHORT_NAME.fullmatch(part) is not None and part in name.split()


def _answer(place: Place) -> str:
    return place.text if place.question else place.name


def left_out(notes: Notes) -> Iterator[Finding]:
    """Of two lists about the same thing, the one that holds less than the other."""
    for facts in _told_together(notes):
        lists = _lists_about(notes, facts)
        for (short, short_place), (long, long_place) in combinations(lists, 2):
            if len(short) > len(long):
                (short, short_place), (long, long_place) = (long, long_place), (short, short_place)
            if short_place.table_key != long_place.table_key and short.keys() < long.keys():
                missing = _listed([text for form, text in long.items() if form not in short])
                sentence = f"“{short_place.text}” leaves out {missing}, which “{long_place.table}” has."
                yield make_finding(Code.LEFT_OUT, (short_place, long_place), sentence, MEND_LIST)


def _lists_about(notes: Notes, facts: Sequence[FactKey]) -> list[tuple[dict[str, str], Place]]:
    """Every list among the answers of these questions and the values of these rows, with its place."""
    places: dict[Place, None] = {}
    for fact in facts:
        if fact.question_key:
            places[notes.place_of(fact)] = None
        else:
            places.update(dict.fromkeys(_values_beside(notes, fact)))
    return [(pieces, place) for place in places if (pieces := list_in(place.text))]


def _values_beside(notes: Notes, fact: FactKey) -> Iterator[Place]:
    table = notes.tables[fact.table_key]
    if table.kind is Kind.ASPECT:
        yield from (notes.place_of_cell(table.key, row.key, fact.header) for row in table.rows)
        return
    yield from (notes.place_of_cell(table.key, fact.row_key, header) for header in table.headers[1:])


def list_in(text: str) -> dict[str, str]:
    """The items of a list by their comparable form, at least two; empty for what is no list of short names."""
    if is_formula(text) or is_placeholder(text):
        return {}
    pieces = [piece.strip(" .") for piece in _COMMAS.split(text)]
    if len(pieces) < 2 or not all(0 < len(piece) <= LONGEST_PIECE for piece in pieces):
        return {}
    items = {comparable(piece): piece for piece in pieces}
    return items if len(items) > 1 else {}


def _listed(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"
