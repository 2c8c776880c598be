"""Plain Python: the fields of a form in, what the learner gave to a question of some kind out."""

from collections.abc import Mapping, Sequence
from typing import Any

from quizzes.generation.made import WRITTEN, QuestionKind
from quizzes.marking.typed import LONGEST
from studysite.numbers import number_in

type Given = dict[str, Any]
"""{"choice": place}, {"ticked": [places]}, {"order": [places]}, {"text": "as typed"} or, of a table that is rebuilt,
{"placed": [[hole, place in the tray]]} in the order of placing; all counted from 0."""

type Fields = Mapping[str, Sequence[str]]


class Unreadable(ValueError):
    """Nothing that could be judged was given; the message says what to do."""


def read_reply(kind: str, options: int, fields: Fields, *, holes: int = 0) -> Given | None:
    """
    What was given, None for "I don't know". `options` is how many were shown; in rebuild, how many values the tray has
    for so many `holes`.

    Raises Unreadable where nothing was given, or something that was not shown.
    """
    if "unknown" in fields.get("choice", ()):
        return None
    if kind in WRITTEN:
        return _typed(fields)
    if kind == QuestionKind.SELECT_ALL:
        return _ticked(options, fields)
    if kind == QuestionKind.ORDER_BY:
        return _ordered(options, fields)
    if kind == QuestionKind.REBUILD:
        return _placed(holes, options, fields)
    return _chosen(options, fields)


def _chosen(options: int, fields: Fields) -> Given:
    choice = (fields.get("choice") or [""])[-1]
    if not choice:
        raise Unreadable("Choose an answer first, or say that you don’t know.")
    return {"choice": _place(choice, options)}


def _ticked(options: int, fields: Fields) -> Given:
    ticked = sorted({_place(tick, options) for tick in fields.get("tick", ())})
    if not ticked:
        raise Unreadable("Tick at least one, or say that you don’t know.")
    return {"ticked": ticked}


def _ordered(options: int, fields: Fields) -> Given:
    numbers = [(fields.get(f"place-{place}") or [""])[-1] for place in range(1, options + 1)]
    if sorted(numbers) != sorted(str(number) for number in range(1, options + 1)):
        raise Unreadable(f"Give each one a number of its own, from 1 to {options}.")
    return {"order": sorted(range(options), key=lambda place: int(numbers[place]))}


def _placed(holes: int, tray: int, fields: Fields) -> Given:
    given = {hole: (fields.get(f"cell-{hole + 1}") or [""])[-1] for hole in range(holes)}
    placed = {hole: _place(number, tray) for hole, number in given.items() if number}
    if not placed:
        raise Unreadable("Put at least one value back, or say that you don’t know.")
    sequence = (fields.get("sequence") or [""])[-1].split(",")
    turns = {number: turn for turn, number in enumerate(sequence)}
    in_turn = sorted(placed, key=lambda hole: turns.get(str(hole + 1), len(turns)))
    return {"placed": [[hole, placed[hole]] for hole in in_turn]}


def _typed(fields: Fields) -> Given:
    text = (fields.get("text") or [""])[-1].replace("\x00", "").strip()[:LONGEST]
    if not text:
        raise Unreadable("Type an answer first, or say that you don’t know.")
    return {"text": text}


def _place(text: str, options: int) -> int:
    place = number_in(text)
    if not 1 <= place <= options:
        raise Unreadable("This page was out of date. Look at your answer once more and send it again.")
    return place - 1
