from collections.abc import Iterator

from quizzes.contrasts.cards import Contrast, Layout, Role
from quizzes.contrasts.verdicts import contrasts_of, things_of
from quizzes.generation.drawing import draw
from quizzes.generation.made import ONE_CHOICE, WRITTEN, Made, QuestionKind
from quizzes.generation.sources import SourceTable
from quizzes.marking.judging import Asked
from quizzes.shown import shown_of
from tests.quizzes.full import find, seed_full_bank
from tests.quizzes.guides import seed_tables


def asked_of(made: Made) -> Asked:
    """A question as a slot holds it."""
    drawn = draw(made, seed=1, first_sight=False)
    right = next((place for place, option in enumerate(drawn.options) if option.is_right), None)
    shown = shown_of(made, drawn, [None for _ in drawn.facts], answer=made.answer)
    one = right if made.kind in ONE_CHOICE else None
    return Asked(made.kind, made.stem, made.table_key, drawn.options, one, shown)


def not_knowing(asked: Asked) -> tuple[Contrast, ...]:
    """What is shown after "I don't know", made from no more rows than are fetched."""
    return contrasts_of(asked, None, None, at_hand(asked), is_right=False)


def at_hand(asked: Asked) -> dict[str, SourceTable]:
    things = things_of(asked, None)
    rows = {thing.row_key for thing in things}
    whole = {thing.table_key for thing in things if thing.header}
    return {
        table.key: SourceTable(
            table.key, table.topic, table.title, table.kind, table.headers,
            tuple(row for row in table.rows if row.key in rows or table.key in whole),
        )
        for table in seed_tables()
        if table.key in {thing.table_key for thing in things}
    }  # fmt: skip


def cells_asked() -> Iterator[Asked]:
    """Every question of the seed about one cell."""
    for made in seed_full_bank().questions:
        if made.subject and made.kind in ONE_CHOICE | WRITTEN and made.kind is not QuestionKind.REVERSED:
            yield asked_of(made)


def test_the_column_asked_decides_every_question_of_a_cell() -> None:
    beside = 0
    for asked in cells_asked():
        (shown,) = not_knowing(asked)
        deciding = [
            line.column
            for line in (*shown.lines, *(line for card in shown.cards for line in card.lines))
            if line.decides
        ]

        assert deciding == [asked.shown.column], asked.stem
        beside += shown.layout is Layout.NEIGHBOUR

    assert beside > 500


def test_a_row_that_says_the_same_makes_way_for_the_most_similar_that_could_be_chosen() -> None:
    asked = asked_of(find("T23", QuestionKind.FORWARD, "Inference", column="Use Case"))

    (shown,) = not_knowing(asked)

    assert (shown.lines[0].column, shown.lines[0].right) == ("Use Case", "Inference")
    assert shown.lines[0].other in {option.text for option in asked.options if not option.is_right}
    assert shown.other.role is Role.NEIGHBOUR


def test_not_knowing_which_to_tick_shows_each_beside_one_that_is_wrong() -> None:
    for made in seed_full_bank().questions:
        if made.kind is QuestionKind.SELECT_ALL:
            pairs = not_knowing(asked_of(made))

            rows = {row.name: row for row in made.rows}
            assert pairs
            assert all(rows[pair.right.name].is_right and not rows[pair.other.name].is_right for pair in pairs)
            assert all(pair.other.role is Role.NEIGHBOUR for pair in pairs)


def test_not_knowing_the_order_shows_which_comes_before_which() -> None:
    made = next(made for made in seed_full_bank().questions if made.kind is QuestionKind.ORDER_BY)
    asked = asked_of(made)

    first, *_ = not_knowing(asked)

    names = [asked.options[place].text for place in asked.shown.order]
    assert (first.right.name, first.other.name) == (names[0], names[1])
    assert "".join(run.text for run in first.sentences[0]).startswith(f"By {made.column} {names[0]} comes first (")
