import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.actions.bank import refresh_bank
from quizzes.generation.symbols import MOST, is_symbol, spoken, symbols_in
from quizzes.models import Slot
from quizzes.place_map import draw_place
from tests.factories import make_guide, make_table, make_topic
from tests.quizzes.bank import address, make_sitting
from tests.quizzes.test_kinds import MODELS

RANGES = [
    ("Function", "Range", "Grows"),
    ("ReLU", "0 to inf", "x · 2"),
    ("TanH", "−1 to 1", "σ(x) × 2"),
    ("Swish", "-0.28 to inf", "≥ x²"),
    ("Softmax", "0 to 1 each", "with x"),
]


@pytest.fixture
def sit(guest, db):
    """A function that begins a sitting of one kind over a grid and gives its slots."""

    def begin(kind, grid=MODELS):
        guide = make_guide(title="Networks")
        make_table(make_topic(guide), title="Things", grid=grid)
        refresh_bank(guide)
        return list(make_sitting(guest.learner, guide, kinds=(kind,), is_shuffled=False).slots.all())

    return begin


def page(client, slot):
    return client.get(address(slot)).content.decode()


@pytest.mark.parametrize("kind", ["typed", "forward"])
def test_question_about_one_cell_stands_beside_a_map_with_a_hole_there(guest, sit, kind):
    slot = next(slot for slot in sit(kind) if slot.shown["column"] == "Year" and "ResNet" in slot.stem)

    asked = page(guest, slot)

    assert 'aria-label="The cell asked for: row 4 of 6, column 1 of 3"' in asked
    assert asked.count('class="h"') == 1


@pytest.mark.parametrize("kind", ["reverse", "typed-name", "select-all", "order-by"])
def test_no_map_stands_beside_questions_whose_answer_it_would_show(guest, sit, kind):
    assert 'class="hole"' not in page(guest, sit(kind)[0])


def test_no_map_once_the_cell_has_left_the_document(guest, sit):
    slot = sit("typed")[0]
    slot.question.fact.retired_at = "2026-01-01T00:00Z"
    slot.question.fact.save()

    assert 'class="hole"' not in page(guest, slot)


def test_signs_of_the_whole_guide_stand_beside_every_typed_answer_whatever_is_asked(guest, sit):
    slots = sit("typed", RANGES)

    shown = {tuple(slot.shown["symbols"]) for slot in slots}

    assert len(shown) == 1
    assert {"∞", "−"} <= set(shown.pop())
    assert 'aria-label="infinity" data-symbol="∞"' in page(guest, slots[0])


def test_guide_without_signs_has_no_buttons(guest, sit):
    assert "data-symbol" not in page(guest, sit("typed")[0])


def test_buttons_come_from_questions_that_are_typed_alone(guest, sit, django_assert_max_num_queries):
    slot = sit("forward", RANGES)[0]

    with django_assert_max_num_queries(10):
        asked = page(guest, slot)

    assert "symbols" not in Slot.objects.get(pk=slot.pk).shown
    assert "data-symbol" not in asked


@pytest.mark.parametrize(
    ("texts", "signs"),
    [
        (["σ(x) × 2", "σ"], ("σ", "×")),
        (["-inf to inf"], ("−", "∞")),
        (["x² + 1 = y", "a-b ~ c"], ("²",)),
        (["information", "naïve – no"], ()),
        ([], ()),
    ],
)
def test_signs_in_texts(texts, signs):
    assert symbols_in(texts) == signs


@pytest.mark.parametrize(("sign", "name"), [("σ", "sigma"), ("∞", "infinity"), ("°", "degree"), ("×", "times")])
def test_signs_are_called_as_people_call_them(sign, name):
    assert spoken(sign) == name


@given(st.lists(st.text(max_size=20), max_size=20))
def test_never_more_than_ten_signs_and_nothing_that_keyboards_have(texts):
    signs = symbols_in(texts)

    assert len(signs) == len(set(signs)) <= MOST
    assert all(is_symbol(sign) for sign in signs)


@given(st.integers(1, 200), st.integers(1, 40), st.data())
def test_hole_lies_within_the_map_of_a_table_of_any_size(rows, columns, data):
    row, column = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))

    drawn = draw_place(rows, columns, row, column)

    x, y = (float(number) for number in drawn.hole[1:].split("h")[0].split())
    assert 15 <= x <= drawn.width - 8
    assert 8 <= y <= drawn.height - 8
    assert drawn.others.count("M") == min(rows, 14) * min(columns, 10) - 1


@pytest.mark.parametrize("place", [(3, 0), (0, 2), (-1, 0)])
def test_place_outside_the_table_is_not_drawn(place):
    assert draw_place(3, 2, *place) is None
