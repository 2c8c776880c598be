"""Plain Python: a question of the bank in, what of it any other program can hold out."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from quizzes.generation.drawing import Drawn, draw
from quizzes.generation.made import ONE_CHOICE, WRITTEN, Made, QuestionKind
from quizzes.generation.options import Option

SEED = 0
"""Options are drawn with the same seed each time: a file made twice holds the same ones."""
TYPE_IT = " Type it."


@dataclass(frozen=True, slots=True)
class Choice:
    """One option; `says` is what its feedback tells, empty where nothing is known of it."""

    text: str
    is_right: bool
    says: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question belongs: the titles of guide, topic (may be empty) and table, and the slugs of the last two."""

    guide: str
    topic: str
    table: str
    topic_slug: str
    table_slug: str


@dataclass(frozen=True, slots=True)
class Item:
    """
    One question.

    `id` begins with the key of its fact, where it asks for one alone, else with its own, and ends with its kind.
    `choices` are shuffled; of what is put in order they stand in the right one. `answers` are all texts that are right
    when typed, the answer itself first.
    """

    id: str
    fact: UUID
    kind: QuestionKind
    place: Place
    context: str
    stem: str
    choices: tuple[Choice, ...] = ()
    answers: tuple[str, ...] = ()

    @property
    def answer(self) -> str:
        """The right answer of a choice or of what is typed, as text."""
        return self.answers[0] if self.answers else ", ".join(each.text for each in self.choices if each.is_right)

    @property
    def name(self) -> str:
        """The question on one line, with its table."""
        return " ".join(f"{self.context}: {self.stem}".split())


def item_of(made: Made, key: UUID, facts: Sequence[UUID], place: Place) -> Item:
    """A question as an exam would ask somebody who begins. `key` is its own, `facts` are the keys of those it asks."""
    drawn = draw(made, seed=SEED, first_sight=True)
    is_one = len(facts) == 1 and not made.about
    context = f"{made.context} ({made.antecedent})" if made.antecedent else made.context
    return Item(
        id=f"{facts[0] if is_one else key}-{made.kind.value}",
        fact=facts[0],
        kind=made.kind,
        place=place,
        context=context,
        stem=made.stem.removesuffix(TYPE_IT) if made.kind in WRITTEN else made.stem,
        choices=_choices(made, drawn),
        answers=tuple(dict.fromkeys((made.answer, *made.accepted))) if made.kind in WRITTEN else (),
    )


def _choices(made: Made, drawn: Drawn) -> tuple[Choice, ...]:
    if made.kind is QuestionKind.ORDER_BY:
        return tuple(Choice(drawn.options[place].text, True, drawn.options[place].answer_to) for place in drawn.order)
    return tuple(Choice(each.text, each.is_right, _says(made, each)) for each in drawn.options)


def _says(made: Made, option: Option) -> str:
    """What there is to say of an option once it was chosen."""
    if made.kind is QuestionKind.SELECT_ALL:
        return f"{option.text} has {option.answer_to}."
    if option.is_right and made.kind in ONE_CHOICE and made.kind is not QuestionKind.REVERSED:
        return f"The answer to “{made.asks}” is {option.text}."
    if option.is_right or not option.answer_to:
        return ""
    if made.kind is QuestionKind.REVERSED:
        return f"{option.text} is answered by {option.answer_to}."
    return f"{option.text} is the answer to “{option.answer_to}”."
