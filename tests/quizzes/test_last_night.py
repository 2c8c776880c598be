from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.last_night import LINES, Apart, Cell, WeakPair, WeakRow, fitting, shortened
from quizzes.memory.states import recall
from quizzes.models import Confusion, Fact, Memory, Question, SetAside, Study
from tests.quizzes.bank import make_asked_guide
from tests.quizzes.lived import live_through


@pytest.fixture
def guide(db):
    return make_asked_guide()


def sheet_of(client, guide):
    return client.get(f"/progress/last-night/{guide.slug}/").context["sheet"]


def test_new_learner_is_told_how_many_answers_are_needed(client, guide):
    page = client.get(f"/progress/last-night/{guide.slug}/").content.decode()

    assert "50 more answers and it is here" in page


def test_under_fifty_answers_the_sheet_says_how_many_are_missing(guest, guide):
    live_through(guest.learner, guide, 30)

    page = guest.get(f"/progress/last-night/{guide.slug}/").content.decode()

    assert "20 more answers and it is here" in page


def test_nothing_weak_is_one_friendly_sentence(guest, guide):
    Study.objects.create(learner=guest.learner, guide=guide, exam_on=guest.learner.today)
    live_through(guest.learner, guide, 60, days=1)

    page = guest.get(f"/progress/last-night/{guide.slug}/").content.decode()

    assert "Nothing is weak: sleep well" in page


def test_only_facts_under_80_percent_on_the_exam_day_are_on_it_the_weakest_first(guest, guide):
    Study.objects.create(learner=guest.learner, guide=guide, exam_on=guest.learner.today + timedelta(2))
    live_through(guest.learner, guide, 90, rights=(True, False, True, True), days=20)

    sheet = sheet_of(guest, guide)

    chances = {
        memory.fact_id: recall(memory.state, sheet.until)
        for memory in Memory.objects.filter(learner=guest.learner, fact__is_asked=True)
    }
    shown = sum(len(row.cells) for row in sheet.weak)
    strong = Fact.objects.filter(pk__in=[fact for fact, chance in chances.items() if chance > 0.97], authored=None)
    texts = {(row.name, cell.column) for row in sheet.weak for cell in row.cells}
    assert 0 < shown < len(chances)
    assert not {(fact.row.subject, fact.column.text) for fact in strong} & texts


def test_sure_but_wrong_stands_first_and_once(guest, guide):
    forward = Question.objects.filter(guide=guide, kind="forward").select_related("fact__row")
    questions = list({question.fact_id: question for question in forward}.values())[:2]
    live_through(guest.learner, guide, 60, rights=(False,), confidence="sure", questions=questions)

    sheet = sheet_of(guest, guide)

    named = {(row.name, cell.column) for row in sheet.sure_wrong for cell in row.cells}
    assert named == {(each.fact.row.subject, each.fact.column.text) for each in questions}
    assert len(named) == 2
    assert not sheet.weak


def test_pairs_are_laid_side_by_side_by_what_is_weak_of_them(guest, guide):
    table = guide.tables.first()
    relu, leaky = table.rows.get(slug="relu"), table.rows.get(slug="leaky-relu")
    question = Question.objects.filter(fact__row=relu, fact__column__name="Range", kind="forward").first()
    Confusion.objects.create(learner=guest.learner, table=table, asked=relu.key, said=leaky.key, count=3)
    live_through(guest.learner, guide, 60, rights=(False,), questions=[question])

    pair = sheet_of(guest, guide).pairs[0]

    assert (pair.one, pair.other) == ("ReLU", "Leaky ReLU")
    assert pair.differences == (Apart("Range", "0 to inf", "-inf to inf"),)


def test_hidden_and_set_aside_facts_are_not_on_it(guest, guide):
    forward = Question.objects.filter(guide=guide, kind="forward").select_related("fact")
    questions = list({question.fact_id: question for question in forward}.values())[:3]
    live_through(guest.learner, guide, 180, rights=(False,), questions=questions)
    Fact.objects.filter(pk=questions[0].fact_id).update(is_asked=False)
    SetAside.objects.create(learner=guest.learner, fact=questions[1].fact)

    sheet = sheet_of(guest, guide)

    assert sum(len(row.cells) for row in sheet.weak) == 1


def test_sheet_is_as_black_on_white_as_it_is_private(guest, guide):
    response = guest.get(f"/progress/last-night/{guide.slug}/")

    assert response.headers["Cache-Control"] == "private, no-store"


texts = st.text("abc ", min_size=1, max_size=600)
rows = st.builds(WeakRow, texts, texts, st.lists(st.builds(Cell, texts, texts), min_size=1, max_size=6).map(tuple))


@given(st.lists(rows, max_size=40), st.floats(0, LINES))
def test_what_is_taken_never_needs_more_lines_than_there_are(items, lines):
    kept, left = fitting(items, lines)

    assert left >= 0
    assert sum(item.lines for item in kept) + left == pytest.approx(lines)
    assert all(item.lines > left for item in items if item not in kept)


def test_short_row_behind_a_long_one_still_finds_its_place():
    long, short = WeakRow("a" * 900, "", (Cell("", "b"),)), WeakRow("a", "", (Cell("", "b"),))

    assert fitting([long, short], 5)[0] == [short]


def test_pair_takes_more_lines_the_more_it_says():
    one = WeakPair("a", "b", "t", (Apart("c", "x", "y"),))
    more = WeakPair("a", "b", "t", (Apart("c", "x", "y" * 100),))

    assert more.lines > one.lines


def test_very_long_text_is_cut_with_an_ellipsis():
    assert shortened("a" * 400) == "a" * 400
    assert shortened("a" * 401).endswith("a…")
    assert len(shortened("a" * 9000)) == 400
