"""Plain Python: a question as it was shown and what was given in; each fact's grade, and the option chosen, out."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.generation.made import WRITTEN, QuestionKind
from quizzes.generation.options import Option
from quizzes.generation.sources import SourceTable
from quizzes.marking.accepted import Synonyms
from quizzes.marking.grades import Grade, Mark, grade_choice, grade_order, grade_ticks, grade_typed, grade_unknown
from quizzes.marking.rebuilt import grade_table
from quizzes.marking.replies import Given
from quizzes.marking.spelling import Notation
from quizzes.marking.typed import Expected, Judgement, Rival, check_typed, rivals_of_name, rivals_of_value
from quizzes.shown import Shown


@dataclass(frozen=True, slots=True)
class Asked:
    """
    One question as a slot holds it.

    `right` is the place of the right option where one is right. `table` and `synonyms` are those of what is typed:
    the whole table of the cell asked, and the texts of the guide that mean the same.
    """

    kind: str
    stem: str
    table_key: str
    options: Sequence[Option]
    right: int | None
    shown: Shown
    table: SourceTable | None = None
    synonyms: Synonyms | None = None

    @property
    def right_option(self) -> Option:
        """The right answer of a choice, or of what is typed."""
        if self.right is not None:
            return self.options[self.right]
        shown = self.shown
        return Option(shown.answer, True, self.table_key, shown.asks, shown.things, shown.has_own_row)


@dataclass(frozen=True, slots=True)
class Judged:
    """
    An answer as judged; facts are named by their place in `Shown.facts`.

    `grade` is None while nothing can be judged: a near miss, which is to be tried again (or nothing typed).
    `chosen` is the option chosen, or the row whose name or value was typed. `missing` are the parts not typed.
    """

    grade: Grade[int] | None
    chosen: Option | None = None
    missing: tuple[str, ...] = ()


def judge(asked: Asked, given: Given | None, *, is_second_try: bool = False) -> Judged:
    """Judge what was given, None for "I don't know". Raises ValueError for what was not shown."""
    facts = [place for place, fact in enumerate(asked.shown.facts) if fact]
    if given is None:
        return Judged(grade_unknown(facts, asked.shown.guess_chance))
    if asked.kind in WRITTEN:
        return _typed(asked, given["text"], is_second_try)
    if asked.kind == QuestionKind.SELECT_ALL:
        right = [place for place, option in enumerate(asked.options) if option.is_right]
        shown = range(len(asked.options))
        return Judged(grade_ticks(shown, right=right, ticked=given["ticked"], facts={each: each for each in facts}))
    if asked.kind == QuestionKind.ORDER_BY:
        return Judged(grade_order(asked.shown.order, given["order"], {each: each for each in facts}))
    if asked.kind == QuestionKind.REBUILD:
        return Judged(grade_table(asked.shown, given)[0])
    chosen = given["choice"]
    grade = grade_choice(0, right=asked.right or 0, chosen=chosen, options=len(asked.options))
    return Judged(grade, asked.options[chosen])


def _typed(asked: Asked, text: str, is_second_try: bool) -> Judged:
    found = check_typed(text, _expected(asked))
    grade = grade_typed(0, found.outcome, is_second_try=is_second_try)
    if grade is not None and grade.mark is Mark.RIGHT:
        return Judged(grade, asked.right_option)
    return Judged(grade, _claimed(asked, found), found.missing)


def _expected(asked: Asked) -> Expected:
    shown = asked.shown
    return Expected(
        shown.answer,
        rivals=_rivals(asked),
        synonyms=asked.synonyms or {},
        also=shown.accepted,
        extras=shown.extras,
        notation=Notation(shown.notation),
        asked=asked.stem,
    )


def _rivals(asked: Asked) -> tuple[Rival, ...]:
    subject, table = asked.shown.subject, asked.table
    if subject is None or table is None:
        return tuple(Rival(option.text, option.things[0] if option.things else None) for option in asked.options)
    if asked.kind == QuestionKind.TYPED_NAME:
        return rivals_of_name(table, subject)
    return rivals_of_value(table, subject, asked.shown.column)


def _claimed(asked: Asked, found: Judgement) -> Option | None:
    """The other row, or the other question's answer, that was typed."""
    rival = found.chosen
    if rival is None:
        return None
    shown = next((option for option in asked.options if option.text == rival.text), None)
    things = (rival.thing,) if rival.thing else ()
    return shown or Option(rival.text, False, asked.table_key, "", things, bool(things))
