"""Plain Python: what a contrast shows, said in a sentence that is right for any column of any table."""

from collections.abc import Sequence

from quizzes.contrasts.cards import Card, Line, Run, Sentence, Side
from quizzes.generation.options import Option
from quizzes.generation.words import comparable


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


def choosing(said: str, right: Side, other: Side, line: Line) -> Sentence:
    """What was chosen, what the chosen row has in the deciding column, and what the right one has there."""
    opening = (Run("You chose “"), Run(said, True), Run("”"))
    belongs: Sentence = (Run(f": that is what {other.name} has under "), Run(line.column, True))
    has: Sentence = (Run(". "), *_under(line.column, other.name, line.other))
    is_value = comparable(said) == comparable(line.other)
    return (*opening, *(belongs if is_value else has), Run(". "), *_has(right.name, line.right), Run("."))


def borrowing(said: str, title: str, right: Side, column: str, value: str) -> Sentence:
    """What was chosen, from which other table it is, and what the right row has."""
    opening = (Run("You chose “"), Run(said, True), Run(f"”: that is from “{title}”. "))
    return (*opening, *_under(column, right.name, value), Run("."))


def ordering(first: Side, second: Side, line: Line) -> Sentence:
    """Which of two rows comes first by a column, though they were put the other way round."""
    return (Run(f"You put {second.name} before {first.name}. "), *preceding(first, second, line))


def preceding(first: Side, second: Side, line: Line) -> Sentence:
    """Which of two rows comes first by a column, with both numbers."""
    opening = (Run("By "), Run(line.column, True))
    numbers = (Run(line.right, True), Run("), then "), Run(f"{second.name} ("), Run(line.other, True), Run(")."))
    return (*opening, Run(f" {first.name} comes first ("), *numbers)


def placing(said: str, right: Side, other: Side, line: Line) -> Sentence:
    """Which value was put into the right row, where it belongs, and what the right row has."""
    opening = (Run("You put “"), Run(said, True), Run(f"” beside {right.name}: it belongs to {other.name}. "))
    return (*opening, *_under(line.column, right.name, line.right), Run("."))


def ticking(right: Side, ticked: Side, line: Line) -> Sentence:
    """What a row has that was ticked wrongly, and what one has that is right."""
    opening = (Run(f"{ticked.name} is not one of them. "), *_under(line.column, ticked.name, line.other))
    return (*opening, Run(". "), *_has(right.name, line.right), Run("."))


def leaving_out(left_out: Side, other: Side, line: Line) -> Sentence:
    """What a row has that should have been ticked, and what one has that should not."""
    opening = (Run(f"{left_out.name} is one of them. "), *_under(line.column, left_out.name, line.right), Run(". "))
    return (*opening, *_has(other.name, line.other), Run("."))


def _under(column: str, name: str, value: str) -> Sentence:
    return (Run("Under "), Run(column, True), Run(", "), *_has(name, value))


def _has(name: str, value: str) -> Sentence:
    return (Run(f"{name} has “"), Run(value, True), Run("”")) if value else (Run(f"{name} has no value"),)


def _there(value: str) -> Sentence:
    return (Run(" it has “"), Run(value, True), Run("”"))
