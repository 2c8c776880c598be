from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.actions.adoption import adopt_guest
from quizzes.actions.bank import refresh_bank
from quizzes.actions.dealing import NothingToAsk
from quizzes.actions.rule_out import begin_rule_out, strike
from quizzes.generation.made import QuestionKind
from quizzes.generation.options import right_option, wrong_option
from quizzes.models import Answer, AnswerFact, Confusion, Event, Memory, RuleOut, Sitting, new_token
from quizzes.rule_out import Verdict, stand, tellable
from tests.factories import ACTIVATIONS, DECISIONS, make_guide, make_learner, make_table, make_topic, make_user
from tests.quizzes.bank import address, be_guest, give, make_asked_guide, make_exam, make_sitting, right, wrong
from tests.quizzes.full import seed_full_bank
from tests.quizzes.guides import seed_tables
from tests.quizzes.pages import without_tokens

TABLES = {table.key: table for table in seed_tables()}


def made_of(stem):
    asked = {QuestionKind.DECISION, QuestionKind.LOOKUP}
    return next(made for made in seed_full_bank().questions if made.kind in asked and made.stem == stem)


def standings_of(stem):
    made = made_of(stem)
    wrong = [wrong_option(candidate) for candidate in made.candidates]
    told = tellable(made.asks, right_option(made), wrong, TABLES)
    return {each.text: each for each in stand(made.asks, [right_option(made), *told], TABLES)}


@pytest.fixture
def run(guest):
    return begin_rule_out(guest.learner, make_asked_guide(), new_token())


def page_of(run):
    return reverse("quizzes:rule-out", args=[run.pk])


def number_of(standing, column):
    return [cell.column for cell in standing.cells].index(column) + 1


def send(client, run, place, column=None):
    """Strike an option by a column; by the one that decides, unless said otherwise."""
    standing = run.standings[place]
    fields = {"option": place + 1, "column": number_of(standing, column or standing.deciding.column)}
    return client.post(page_of(run), fields)


def wrong_places(run):
    return [place for place, standing in enumerate(run.standings) if not standing.is_right]


def right_place(run):
    return next(place for place, standing in enumerate(run.standings) if standing.is_right)


def undeciding(standing):
    return next(line.column for line in standing.contrast.lines if not line.is_same and not line.decides)


def test_each_wrong_option_is_excluded_by_the_column_of_its_contrast():
    found = standings_of("Multi-class classification output?")

    assert {text: each.deciding.column for text, each in found.items() if each.contrast} == {
        "Sigmoid": "Output Layer", "ReLU": "Output Layer", "TanH": "Output Layer", "Swish": "Output Layer",
    }  # fmt: skip
    assert found["Softmax"].is_right


def test_another_differing_cell_is_true_and_does_not_decide():
    sigmoid = standings_of("Multi-class classification output?")["Sigmoid"]

    assert sigmoid.judge("Output Layer") is Verdict.DECIDES
    assert sigmoid.judge("Range") is Verdict.DIFFERS


def test_equal_cell_excludes_nothing_and_nothing_excludes_the_answer():
    found = standings_of("RNN?")

    assert found["Sigmoid"].judge("Issue") is Verdict.SAME
    assert found["TanH"].judge("Hidden Layer") is Verdict.ANSWER


@pytest.mark.parametrize("stem", ["Need HPC networking?", "Predicting continuous values?", "Model >1B parameters?"])
def test_question_whose_answers_share_no_table_is_not_to_be_ruled_out(stem):
    assert standings_of(stem) == {}


def test_most_questions_of_the_author_can_be_ruled_out():
    asked = [made for made in seed_full_bank().questions if made.kind in {"decision", "lookup"}]

    assert sum(bool(standings_of(made.stem)) for made in asked) >= 20


def test_standing_is_kept_as_plain_values():
    for standing in standings_of("RNN?").values():
        assert type(standing).from_json(standing.to_json()) == standing


def test_form_begins_a_question_once(guest):
    guide = make_asked_guide()
    fields = {"guide": guide.slug, "token": new_token()}

    first = guest.post("/quiz/rule-out/", fields)
    again = guest.post("/quiz/rule-out/", fields)

    assert first.status_code == again.status_code == 303
    assert first.url == again.url
    assert RuleOut.objects.count() == 1


def test_every_option_stands_with_its_row_and_nothing_tells_the_answer(guest, run):
    page = guest.get(page_of(run)).content.decode()

    for standing in run.standings:
        assert f'Strike out<span class="vh"> {standing.text}</span>' in page
        assert all(cell.value in page for cell in standing.cells if cell.value.isalpha())
    assert "is_right" not in page
    assert "key-row" not in page
    assert "The answer is" not in page


def test_true_cell_that_does_not_decide_gets_a_new_try(guest, run):
    place = wrong_places(run)[0]
    column = undeciding(run.standings[place])

    response = send(guest, run, place, column)
    page = guest.get(response.url).content.decode()
    run.refresh_from_db()

    assert f"<b>{column}</b>: true, but does it decide?" in page
    assert run.struck == []
    assert send(guest, run, place).status_code == 303
    run.refresh_from_db()
    assert run.struck == [place]


def test_answer_is_shown_once_all_others_are_struck(guest, run):
    for place in wrong_places(run):
        assert "The answer is" not in guest.get(page_of(run)).content.decode()
        send(guest, run, place)

    page = guest.get(page_of(run)).content.decode()
    run.refresh_from_db()

    assert run.finished_at
    assert f"The answer is {run.standings[right_place(run)].text}" in page
    assert page.count("decides it") == len(wrong_places(run))
    assert "You picked" not in page


def test_striking_the_answer_is_told_kindly_and_strikes_nothing(guest, run):
    place = right_place(run)

    send(guest, run, place, run.standings[place].cells[0].column)
    page = guest.get(page_of(run)).content.decode()
    run.refresh_from_db()

    assert "cannot be ruled out: it is the answer" in page
    assert run.struck == []


def test_strike_sent_twice_or_from_a_second_tab_counts_once(guest, run):
    first, second = wrong_places(run)[:2]

    for place in (first, first, second, first):
        send(guest, run, place)
    run.refresh_from_db()

    assert run.struck == [first, second]


def test_nothing_changes_once_it_is_over(guest, run):
    for place in wrong_places(run):
        send(guest, run, place)
    before = without_tokens(guest.get(page_of(run)))

    send(guest, run, right_place(run), run.standings[0].cells[0].column)

    def neutral(page):
        return page.split("Another question")[0].split('name="token"')[0]

    assert neutral(without_tokens(guest.get(page_of(run)))) == neutral(before)


@pytest.mark.parametrize(
    "fields", [{}, {"option": "1"}, {"option": "99", "column": "1"}, {"option": "1", "column": "0"}]
)
def test_strike_without_a_cell_is_asked_for_one(guest, run, fields):
    response = guest.post(page_of(run), fields)

    assert response.status_code == 422
    assert "Choose the cell that rules it out" in response.content.decode()


def test_no_memory_moves_and_nothing_is_counted(guest, run):
    send(guest, run, wrong_places(run)[0], undeciding(run.standings[wrong_places(run)[0]]))
    for place in [right_place(run), *wrong_places(run)]:
        send(guest, run, place, run.standings[place].cells[0].column if run.standings[place].is_right else None)

    for model in (Answer, AnswerFact, Confusion, Event, Memory, Sitting):
        assert not model.objects.exists()


def test_history_says_what_was_ruled_out(guest, run):
    page = guest.get(reverse("quizzes:rule-out-start")).content.decode()

    assert 'id="ruled-out"' in page
    assert page_of(run) in page


def test_verdict_leads_to_ruling_the_same_options_out_once(guest):
    sitting = make_sitting(guest.learner, make_asked_guide(), kinds=("decision",))
    slot = sitting.slots.first()
    verdict = give(guest, slot, wrong(slot)).content.decode()

    first = guest.post(address(slot, "rule-out-others"))
    again = guest.post(address(slot, "rule-out-others"))
    run = RuleOut.objects.get()

    assert address(slot, "rule-out-others") in verdict
    assert first.url == again.url == page_of(run)
    assert [standing.text for standing in run.standings] == [option["text"] for option in slot.options]


def test_question_not_answered_or_of_an_exam_under_way_cannot_be_ruled_out(guest):
    slot = make_sitting(guest.learner, make_asked_guide()).slots.first()
    exam_slot = make_exam(guest.learner).slots.first()

    for each in (slot, exam_slot):
        assert guest.post(address(each, "rule-out-others")).url == address(each)
    assert not RuleOut.objects.exists()


def test_question_not_ruled_out_yet_comes_first(guest):
    guide = make_asked_guide()
    table = guide.tables.get(kind="decision")

    runs = [begin_rule_out(guest.learner, guide, new_token(), table=table) for _ in range(5)]

    assert len({run.question_id for run in runs}) == 5


def test_table_with_decision_questions_leads_to_ruling_out(guest):
    table = make_asked_guide().tables.get(kind="decision")

    page = guest.get(table.get_absolute_url()).content.decode()

    assert f"/quiz/rule-out/?guide={table.guide.slug}&amp;table={table.slug}" in page


def test_guide_without_such_questions_says_so(guest):
    guide = make_guide()
    make_table(make_topic(guide))
    refresh_bank(guide)

    response = guest.post("/quiz/rule-out/", {"guide": guide.slug, "token": new_token()})

    assert response.status_code == 422
    assert "No question here can be ruled out" in response.content.decode()
    with pytest.raises(NothingToAsk):
        begin_rule_out(guest.learner, guide, new_token())


def test_what_a_guest_ruled_out_becomes_the_accounts(guest, run):
    user = make_user("alice")
    learner = make_learner(user)
    RuleOut.objects.create(learner=learner, question=run.question, token=run.token, stem="s", context="", options=[])

    adopt_guest(guest.learner.guest_key.hex, user)

    assert RuleOut.objects.filter(learner=learner).count() == 2


def test_page_stays_as_it_was_when_the_document_changes(guest, run):
    before = without_tokens(guest.get(page_of(run)))

    run.question.guide.tables.update(archived_at=timezone.now() - timedelta(days=1))

    assert without_tokens(guest.get(page_of(run))).split("<form")[0] == before.split("<form")[0]
    send(guest, run, wrong_places(run)[0])
    run.refresh_from_db()
    assert run.struck == [wrong_places(run)[0]]


@pytest.mark.parametrize("copies", [1, 6])
def test_queries_do_not_grow_with_the_guide(db, client, django_assert_max_num_queries, copies):
    guide = make_guide()
    for number in range(copies):
        topic = make_topic(guide, title=f"Topic {number}")
        make_table(topic, title=f"Functions {number}", grid=ACTIVATIONS)
        make_table(topic, title=f"Which {number}?", grid=DECISIONS, kind="decision")
    refresh_bank(guide)
    learner = make_learner()
    be_guest(client, learner)

    with django_assert_max_num_queries(11):  # two begin and end a savepoint, which only tests have
        run = begin_rule_out(learner, guide, new_token())
    with django_assert_max_num_queries(6):
        client.get(page_of(run))
    with django_assert_max_num_queries(10):
        send(client, run, wrong_places(run)[0])


def test_cell_that_is_not_there_is_refused(run):
    with pytest.raises(ValueError, match="no cell"):
        strike(run, 0, "No such column")


def test_right_answer_offers_to_rule_out_the_others_too(guest):
    slot = make_sitting(guest.learner, make_asked_guide(), kinds=("decision",)).slots.first()

    page = give(guest, slot, right(slot)).content.decode()

    assert "Rule the others out" in page
