import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quizzes.actions.bank import refresh_bank
from quizzes.actions.rebuild import choices_in, question_of, start_rebuild
from quizzes.generation.drawing import take_out
from quizzes.generation.made import QuestionKind
from quizzes.marking.rebuilt import choices_of
from quizzes.models import Answer, AnswerFact, Memory, Sitting, new_token
from tests.factories import make_guide, make_learner, make_table, make_topic
from tests.quizzes.bank import HTMX, address
from tests.quizzes.full import made_in, seed_full_bank
from tests.quizzes.pages import without_tokens
from tests.quizzes.test_kinds import MODELS

START = "/quiz/rebuild/"
TRADE_OFFS = [("Aspect", "HPO", "Auto"), ("Trials", "Up to 100", "Varies"), ("Data", "Any", "Tabular only")]


@pytest.fixture
def table(db):
    guide = make_guide()
    table = make_table(make_topic(guide))
    refresh_bank(guide)
    return table


@pytest.fixture
def begin(guest, table):
    """A function that takes something out of a table and gives the slot: `begin("column-1")`."""

    def slot(taken="column-1", table=table):
        question = question_of(table)
        return start_rebuild(guest.learner, question, choices_in(question).taken(taken), new_token()).slots.get()

    return slot


def fits(slot):
    """The fields that put everything back, in the order of the holes."""
    return {f"cell-{place}": hole["right"][0] + 1 for place, hole in enumerate(slot.shown["holes"], start=1)}


def send(client, slot, fields, **headers):
    return client.post(address(slot), {"token": slot.token, **fields}, headers=headers)


def swapped(fields, one="cell-1", other="cell-2"):
    return fields | {one: fields[other], other: fields[one]}


def test_table_page_offers_it_only_where_there_is_something_to_rebuild(client, table):
    guide = make_guide()
    lookup = make_table(make_topic(guide), title="Pairs", grid=[("Function", "Range"), ("ReLU", "0 to inf")])
    refresh_bank(guide)

    assert "Rebuild it</a>" in client.get(table.get_absolute_url()).content.decode()
    assert "Rebuild it</a>" not in client.get(lookup.get_absolute_url()).content.decode()
    assert client.get(START, {"guide": guide.slug, "table": lookup.slug}).status_code == 404
    assert f"table={table.slug}" in client.get(START, {"guide": table.guide.slug}).content.decode()
    assert START in client.get("/quiz/", {"guide": table.guide.slug}).content.decode()


def test_form_offers_everything_each_column_and_each_row(client, table):
    page = client.get(START, {"guide": table.guide.slug, "table": table.slug}).content.decode()

    assert "Everything (21 cells)" in page
    assert '<option value="column-1" selected>Range (6 cells)' in page
    assert '<option value="row-1">ReLU (4 cells)' in page


def test_form_sent_twice_starts_one_sitting(client, table):
    fields = {"guide": table.guide.slug, "table": table.slug, "taken": "column-1", "token": new_token()}

    first, second = (client.post(START, fields) for _ in range(2))

    sitting = Sitting.objects.get()
    assert first.status_code == second.status_code == 303
    assert first.url == second.url == reverse("quizzes:sitting", args=[sitting.pk])
    assert (sitting.mode, sitting.name) == ("rebuild", "Rebuild: Activation Functions")


@pytest.mark.parametrize("taken", ["", "column-9", "all the rest"])
def test_what_is_not_offered_cannot_be_taken_out(client, table, taken):
    fields = {"guide": table.guide.slug, "table": table.slug, "taken": taken, "token": new_token()}

    response = client.post(START, fields)

    assert response.status_code == 422
    assert "Choose what is taken out" in response.content.decode()
    assert not Sitting.objects.exists()


def test_each_hole_is_a_labelled_list_and_placeholders_are_printed(guest, begin):
    slot = begin("column-4")

    page = guest.get(address(slot)).content.decode()

    assert page.count("<select") == len(slot.shown["holes"]) == 3
    assert 'aria-label="Issue of ReLU"' in page
    assert 'aria-label="Issue of Swish"' not in page
    assert "<td>-</td>" in page
    assert '<th scope="col">Function</th>' in page
    for key in ("row_key", "guess_chance", "is_right"):
        assert key not in page


def test_all_put_back_is_right_and_all_but_the_forced_last_cell_are_remembered(guest, begin):
    slot = begin()

    told = send(guest, slot, fits(slot)).content.decode()

    answer = Answer.objects.get()
    assert (answer.outcome, answer.points) == ("right", 1)
    assert "All 6 cells right</h1>" in told
    chances = sorted(AnswerFact.objects.values_list("guess_chance", flat=True))
    assert chances == pytest.approx([1 / 6, 1 / 5, 1 / 4, 1 / 3, 1 / 2])
    assert Memory.objects.filter(is_right=True).count() == 5


def test_order_of_placing_says_which_cell_was_forced(guest, begin):
    slot = begin()

    send(guest, slot, fits(slot) | {"sequence": "6,5,4,3,2,1"})

    forced = slot.shown["facts"][0][0]
    assert forced not in AnswerFact.objects.values_list("fact", flat=True)


def test_swapped_cells_are_half_a_point_told_in_words_and_laid_side_by_side(guest, begin):
    slot = begin()

    told = send(guest, slot, swapped(fits(slot))).content.decode()

    answer = Answer.objects.get()
    put, right = slot.shown["holes"][1]["row"]["value"], slot.shown["holes"][0]["row"]["value"]
    assert (answer.outcome, answer.points, answer.is_right) == ("partly", 0.5, False)
    assert "4 of 6 cells right</h1>" in told
    assert f'you put </span><s>{put}</s><br><span class="vh">it is </span><b>{right}</b>' in told
    assert "ReLU side by side</caption>" in told
    assert guest.learner.confusions.get().count == 1


def test_at_most_three_pairs_are_laid_side_by_side(guest, begin):
    slot = begin()
    values = list(fits(slot).values())

    told = send(guest, slot, dict(zip(fits(slot), values[1:] + values[:1], strict=True))).content.decode()

    assert "None of 6 cells right</h1>" in told
    assert told.count("side by side</caption>") == 3


def test_empty_cell_was_not_known(guest, begin):
    slot = begin()
    fields = fits(slot) | {"cell-2": ""}

    told = send(guest, slot, fields).content.decode()

    assert "5 of 6 cells right</h1>" in told
    assert "left empty" in told
    assert AnswerFact.objects.get(is_unknown=True).fact_id == slot.shown["facts"][1][0]


def test_not_knowing_is_an_answer(guest, begin):
    told = send(guest, begin(), {"choice": "unknown"}).content.decode()

    assert Answer.objects.get().outcome == "unknown"
    assert "None of 6 cells right</h1>" in told
    assert told.count("left empty") == 6


def test_nothing_put_back_gets_a_sentence(guest, begin):
    response = send(guest, begin(), {})

    assert response.status_code == 422
    assert "Put at least one value back" in response.content.decode()
    assert not Answer.objects.exists()


@pytest.mark.parametrize("number", ["7", "-1", "x", "99999", "²"])
def test_value_that_was_not_shown_gets_a_sentence_and_the_rest_stays(guest, begin, number):
    slot = begin()
    fields = fits(slot) | {"cell-1": number}

    response = send(guest, slot, fields)

    page = response.content.decode()
    assert response.status_code == 422
    assert "out of date" in page
    assert page.count(" selected>") == 5
    assert not Answer.objects.exists()


def test_first_answer_stands_however_often_it_is_sent(guest, begin):
    slot = begin()

    first = send(guest, slot, fits(slot))
    again = send(guest, slot, {"choice": "unknown"})
    looked = guest.get(address(slot))

    assert Answer.objects.count() == 1
    assert AnswerFact.objects.count() == 5
    assert without_tokens(first) == without_tokens(again) == without_tokens(looked)


def test_row_taken_out_is_chosen_from_all_its_values_and_moves_no_memory(guest, begin):
    slot = begin("row-3")

    page = guest.get(address(slot)).content.decode()
    send(guest, slot, fits(slot))

    assert page.count("<select") == 4
    assert page.count('<option value="1">') == 4
    assert Answer.objects.get().points == 1
    assert not AnswerFact.objects.exists()


def test_everything_can_be_taken_out_and_put_back(guest, begin):
    slot = begin("all")

    told = send(guest, slot, fits(slot)).content.decode()

    assert "All 21 cells right</h1>" in told
    assert Answer.objects.get().points == 1


def test_table_whose_columns_are_its_things_stands_as_it_was_written(guest, begin):
    guide = make_guide()
    aspects = make_table(make_topic(guide), title="Tuning", grid=TRADE_OFFS, kind="aspect")
    refresh_bank(guide)

    page = guest.get(address(begin("all", aspects))).content.decode()

    assert '<th scope="col">Aspect</th><th scope="col">HPO</th><th scope="col">Auto</th>' in page
    assert '<th scope="row">Trials</th>' in page
    assert 'aria-label="Trials of HPO"' in page


def test_signed_out_learner_comes_back_to_what_was_placed(client, guest, begin):
    slot = begin()
    fields = fits(slot)

    response = send(client, slot, fields, **HTMX)
    page = guest.get(address(slot), fields).content.decode()

    assert response.status_code == 401
    assert response.headers["HX-Retarget"] == "#problem"
    assert page.count(" selected>") == 6


def test_sitting_is_over_with_its_table_and_the_report_paints_it(guest, begin):
    slot = begin()
    send(guest, slot, swapped(fits(slot)))

    report = guest.get(reverse("quizzes:report", args=[slot.sitting_id])).content.decode()
    history = guest.get("/progress/").content.decode()

    assert "<h1>4 of 6 cells right</h1>" in report
    assert report.count('class="misses"') == 2
    assert "side by side</caption>" in report
    assert "Rebuild: Activation Functions" in history


@pytest.mark.parametrize("taken", ["all", "column-2", "row-3"])
def test_retry_takes_out_the_same_again_once(guest, begin, taken):
    slot = begin(taken)
    send(guest, slot, {"choice": "unknown"})
    fields = {"token": new_token(), "only": "missed"}

    first, second = (guest.post(reverse("quizzes:retry", args=[slot.sitting_id]), fields) for _ in range(2))

    again = Sitting.objects.get(retry_of=slot.sitting_id)
    assert first.url == second.url == reverse("quizzes:question", args=[again.pk, 1])
    assert [hole["row"] for hole in again.slots.get().shown["holes"]] == [hole["row"] for hole in slot.shown["holes"]]


def test_sitting_of_somebody_else_is_not_there(guest, alice, begin):
    slot = begin()

    assert alice.get(address(slot)).status_code == 404
    assert send(alice, slot, fits(slot)).status_code == 404


def test_questions_of_any_kind_leave_it_to_its_own_mode(guest, table):
    guest.post("/quiz/", {
        "guide": table.guide.slug, "scope": "guide", "count": "all", "order": "document", "last": "all",
        "token": new_token(), "kinds": ["decision", "choice", "several", "typed"],
    })  # fmt: skip

    assert not Sitting.objects.get().slots.filter(kind="rebuild").exists()


def queries_of(client, learner, grid):
    guide = make_guide()
    table = make_table(make_topic(guide), grid=grid)
    refresh_bank(guide)
    question = question_of(table)
    slot = start_rebuild(learner, question, choices_in(question).taken("all"), new_token()).slots.get()
    with CaptureQueriesContext(connection) as asking:
        client.get(address(slot))
    with CaptureQueriesContext(connection) as answering:
        send(client, slot, swapped(fits(slot)))
    return len(asking), len([query for query in answering if "SAVEPOINT" not in query["sql"]])


def test_number_of_queries_does_not_grow_with_the_table(alice):
    learner = make_learner(alice.user)
    more = [(f"Net {number}", str(1960 + number), f"{number} layers", f"Trick {number}") for number in range(30)]

    small, large = queries_of(alice, learner, MODELS[:4]), queries_of(alice, learner, [*MODELS, *more])

    assert small == large
    assert small[0] <= 10
    assert small[1] <= 14


def test_22_tables_of_the_seed_offer_it():
    assert len(made_in(seed_full_bank(), QuestionKind.REBUILD)) == 22


def test_equal_cells_of_the_seed_fit_any_of_their_rows():
    made = next(made for made in made_in(seed_full_bank(), QuestionKind.REBUILD) if made.table_key == "T21")

    drawn = take_out(made, seed=1, column="Frameworks")

    same = [hole for hole in drawn.holes if hole.row.value == "PyTorch"]
    assert len(same) == 5
    assert {len(hole.right) for hole in same} == {5}
    texts = [text for _, text in choices_of(drawn.holes, drawn.tray)[0]]
    assert texts.count("PyTorch") == 1


def test_same_seed_takes_out_the_same_tray():
    made = made_in(seed_full_bank(), QuestionKind.REBUILD)[1]

    assert take_out(made, seed=7, column="Range") == take_out(made, seed=7, column="Range")
    assert not take_out(made, seed=7, column="No such column").holes
