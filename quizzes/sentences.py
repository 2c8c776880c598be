"""Plain Python: what a contrast shows, said in a sentence that is right for any column of any table."""

from collections.abc import Sequence

from quizzes.cards import Card, Line, Run, Sentence, Side
from quizzes.generation.options import Option


def telling_apart(right: Side, other: Side, lines: Sequence[Line]) -> Sentence:
    """Which column tells two rows apart, with both values; or that they differ only there; or not at all."""
    differing = [line for line in lines if not line.is_same]
    if not differing:
        return (Run(f"{right.name} and {other.name} have the same values in every column of “{right.table}”."),)
    line = differing[0]
    column = Run(line.column, True)
    only: Sentence = (Run("They differ only in "), column, Run(": "))
    first: Sentence = (column, Run(" tells them apart: "))
    opening = only if len(differing) == 1 else first
    return (*opening, *_has(right.name, line.right), Run(", "), *_has(other.name, line.other), Run("."))


def answering(asks: str, right: str) -> Sentence:
    """The question with its right answer."""
    return (Run(f"The answer to “{asks}” is "), Run(right, True), Run("."))


def standing_in(card: Card) -> Sentence:
    """In which table a row stands, with the cell that answers the question if there is one."""
    opening = (Run(card.side.name, True), Run(f" is in “{card.side.table}”"))
    if card.deciding is None:
        return (*opening, Run("."))
    return (*opening, Run("; under "), Run(card.deciding.column, True), *_there(card.deciding.value), Run("."))


def about_chosen(chosen: Option, title: str) -> Sentence | None:
    """What the chosen option does answer, or the title of the table it was borrowed from; None if neither is known."""
    if chosen.answer_to:
        return (Run(f"{chosen.text} is the answer to “{chosen.answer_to}”."),)
    return (Run(f"{chosen.text} is from “{title}”."),) if title else None


def _has(name: str, value: str) -> Sentence:
    return (Run(f"{name} has “"), Run(value, True), Run("”")) if value else (Run(f"{name} has no value"),)


def _there(value: str) -> Sentence:
    return (Run(" it has “"), Run(value, True), Run("”"))
