import pytest
from django.urls import reverse

from quizzes.actions.bank import refresh_bank
from quizzes.models import Answer, AnswerFact, Event, Memory, Question, Sitting, Slot
from tests.factories import make_guide, make_learner, make_table, make_topic
from tests.quizzes.bank import address, give_right, given_right, make_sitting, wrong

MODELS = [
    ("Model", "Year", "Size", "Innovation"),
    ("LeNet-5", "1998", "Small", "Convolutions"),
    ("AlexNet", "2012", "Large", "ReLU and dropout"),
    ("VGG", "2014", "Large", "Small filters"),
    ("ResNet", "2015", "Large", "Residual connections"),
    ("MobileNet", "2017", "Small", "Separable convolutions"),
    ("EfficientNet", "2019", "Small", "Compound scaling"),
]


@pytest.fixture
def guide(db):
    guide = make_guide(title="Networks")
    make_table(make_topic(guide), title="CNN Architectures", grid=MODELS)
    refresh_bank(guide)
    return guide


@pytest.fixture
def ask(guest, guide):
    """A function that begins a sitting of one kind and gives the slot of one question: `ask("typed", "Year")`."""

    def slot(kind: str, column: str = "", **plan) -> Slot:
        sitting = make_sitting(guest.learner, guide, kinds=(kind,), **plan)
        return next(slot for slot in sitting.slots.all() if column in slot.shown.get("column", ""))

    return slot


def send(client, slot, **fields):
    return client.post(address(slot), {"token": slot.token, **fields})


@pytest.mark.parametrize("kind", ["forward", "reverse", "select-all", "order-by", "typed", "typed-name"])
def test_right_answer_to_every_kind_is_right_and_moves_its_facts(guest, ask, kind):
    slot = ask(kind)

    asked, told = guest.get(address(slot)), give_right(guest, slot)

    answer = Answer.objects.get()
    assert asked.status_code == told.status_code == 200
    assert (answer.is_right, answer.outcome, answer.points) == (True, "right", 1)
    assert "Right, " in told.content.decode()
    assert f" {slot.right_text}</h1>" in told.content.decode()
    facts = {fact[0] for fact in slot.shown["facts"] if fact}
    assert set(Memory.objects.values_list("fact", flat=True)) == facts
    assert set(slot.question.facts.values_list("pk", flat=True)) >= facts


@pytest.mark.parametrize("kind", ["forward", "reverse", "select-all", "order-by", "typed", "typed-name"])
def test_not_knowing_is_always_an_answer(guest, ask, kind):
    slot = ask(kind)

    told = send(guest, slot, choice="unknown").content.decode()

    answer = Answer.objects.get()
    assert (answer.outcome, answer.points, answer.given) == ("unknown", 0, None)
    assert all(AnswerFact.objects.values_list("is_unknown", flat=True))
    assert f" {slot.right_text}</h1>" in told


@pytest.mark.parametrize("kind", ["forward", "reverse", "select-all", "order-by", "typed", "typed-name"])
def test_nothing_given_is_asked_again(guest, ask, kind):
    response = send(guest, ask(kind))

    assert response.status_code == 422
    assert 'class="note bad"' in response.content.decode()
    assert not Answer.objects.exists()


@pytest.mark.parametrize("kind", ["select-all", "order-by", "typed", "typed-name"])
def test_page_of_a_question_does_not_hold_its_answer(guest, ask, kind):
    slot = ask(kind, "Innovation" if kind.startswith("typed") else "")

    page = guest.get(address(slot)).content.decode()

    for key in ("is_right", "row_key", "answer_to", "accepted", "guess_chance"):
        assert key not in page
    if kind.startswith("typed"):
        assert slot.right_text not in page.split("<main")[1]


def test_ticks_that_miss_a_row_are_partly_right_and_half_a_point(guest, ask):
    slot = ask("select-all")
    ticks = given_right(slot)["tick"]

    told = send(guest, slot, tick=ticks[1:]).content.decode()

    answer = Answer.objects.get()
    assert (answer.outcome, answer.points, answer.is_right) == ("partly", 0.5, False)
    assert "Partly right: all of them:" in told
    assert "is one of them" in told


def test_how_many_are_right_is_not_told(guest, ask):
    slot = ask("select-all")

    page = guest.get(address(slot)).content.decode()

    assert page.count('type="checkbox" name="tick"') == len(slot.options)
    assert "Select all." in page


def test_wrong_tick_is_laid_beside_a_right_row_and_counts_as_mixed_up(guest, ask):
    slot = ask("select-all")
    wrong_tick = next(n for n, option in enumerate(slot.options, start=1) if not option["is_right"])

    told = send(guest, slot, tick=[wrong_tick]).content.decode()

    assert "You picked" in told
    assert guest.learner.confusions.get().count == 1


@pytest.mark.parametrize("kind", ["forward", "select-all", "order-by"])
def test_not_knowing_is_met_with_rows_side_by_side_and_mixes_nothing_up(guest, ask, kind):
    slot = ask(kind)

    told = send(guest, slot, choice="unknown").content.decode()

    assert "side by side" in told
    assert not guest.learner.confusions.exists()


def test_swapped_rows_are_laid_side_by_side_with_their_numbers(guest, ask):
    slot = ask("order-by")
    first, second, *rest = slot.shown["order"]
    numbers = {place: number for number, place in enumerate((second, first, *rest), start=1)}

    told = send(guest, slot, **{f"place-{place + 1}": number for place, number in numbers.items()}).content.decode()

    assert Answer.objects.get().outcome == "partly"
    assert "comes first" in told


@pytest.mark.parametrize("numbers", [["1", "1"], ["0", "2"], ["9", "1"], ["x", "1"], ["", "1"]])
def test_order_that_is_none_is_asked_again(guest, ask, numbers):
    slot = ask("order-by")
    fields = {f"place-{place}": str(place) for place in range(1, len(slot.options) + 1)}

    response = send(guest, slot, **fields | {"place-1": numbers[0], "place-2": numbers[1]})

    assert response.status_code == 422
    assert not Answer.objects.exists()


def test_slip_of_spelling_gets_one_second_try_with_nothing_told(guest, ask):
    slot = ask("typed", "Innovation", scope="guide")
    slip = slot.right_text[:-2] + slot.right_text[-1] + slot.right_text[-2]

    first = send(guest, slot, text=slip).content.decode()
    second = send(guest, slot, text=slot.right_text)

    assert "Almost: check the spelling" in first
    assert f'value="{slip}"' in first
    assert slot.right_text not in first.split("<main")[1]
    assert second.status_code == 200
    assert Answer.objects.get().is_right


def test_second_slip_is_wrong(guest, ask):
    slot = ask("typed", "Innovation")
    slip = slot.right_text[:-2] + slot.right_text[-1] + slot.right_text[-2]

    send(guest, slot, text=slip)
    told = send(guest, slot, text=slip).content.decode()

    assert not Answer.objects.get().is_right
    assert "Mine means the same" in told


def test_name_of_another_row_is_that_row_and_no_slip(guest, ask):
    slot = ask("typed-name", "Year")
    other = next(row[0] for row in MODELS[1:] if row[0] != slot.right_text)

    told = send(guest, slot, text=other).content.decode()

    assert f"It is {slot.right_text}, not {other}" in told
    assert "You picked" in told
    assert guest.learner.confusions.get().count == 1


def test_mine_means_the_same_counts_as_right_and_the_log_keeps_both(guest, ask):
    slot = ask("typed", "Innovation")
    send(guest, slot, text="something else entirely")

    response = guest.post(reverse("quizzes:count", args=[slot.sitting_id, slot.position]))
    guest.post(reverse("quizzes:count", args=[slot.sitting_id, slot.position]))

    answer, memory = Answer.objects.get(), Memory.objects.get()
    assert response.status_code == 303
    assert (answer.is_right, answer.slot.points, Event.objects.get().answer) == (False, 1, answer)
    assert (memory.asked, memory.missed, memory.is_right) == (1, 0, True)
    assert "Counted as right" in guest.get(address(slot)).content.decode()


def test_a_chosen_answer_cannot_be_counted_as_right(guest, ask):
    slot = ask("forward")
    send(guest, slot, choice=wrong(slot))

    guest.post(reverse("quizzes:count", args=[slot.sitting_id, slot.position]))

    assert not Event.objects.exists()
    assert Slot.objects.get(pk=slot.pk).points == 0


@pytest.mark.parametrize(("sent", "kept"), [("sure", "sure"), ("guess", "guess"), ("", ""), ("certain", "")])
def test_how_sure_one_is_may_be_said_and_never_must(guest, ask, sent, kept):
    slot = ask("forward")

    send(guest, slot, choice=wrong(slot), confidence=sent)

    assert Answer.objects.get().confidence == kept
    assert Memory.objects.get().is_sure == (kept == "sure")


def test_missed_ones_come_back_once_at_the_end(guest, guide):
    sitting = make_sitting(guest.learner, guide, kinds=("forward",), count=3, returns_missed=True)
    for slot in sitting.slots.all():
        send(guest, slot, choice=wrong(slot) if slot.position == 2 else slot.right + 1)

    response = guest.get(reverse("quizzes:sitting", args=[sitting.pk]))
    again = sitting.slots.get(position=4)
    told = send(guest, again, choice=wrong(again)).content.decode()

    assert response.headers["Location"] == address(again)
    assert again.question == sitting.slots.get(position=2).question
    assert "See the report" in told
    assert Sitting.objects.get().finished_at is not None
    assert "2 right, 1 to look at again" in guest.get(reverse("quizzes:report", args=[sitting.pk])).content.decode()


def test_try_again_first_tells_nothing_and_counts_the_first_try(guest, ask):
    slot = ask("forward", tries_first=True)

    first = send(guest, slot, choice=wrong(slot)).content.decode()
    second = send(guest, slot, choice=slot.right + 1).content.decode()

    answer = Answer.objects.get()
    assert "Not yet. Try once more" in first
    assert (answer.is_right, answer.given["again_right"]) == (False, True)
    assert "Your second try was right" in second


def test_from_the_third_right_answer_in_a_row_a_fact_is_typed(guest, guide):
    fact = Question.objects.filter(kind="typed", guide=guide, table__title="CNN Architectures").first().fact
    table = fact.table

    kinds = []
    for _ in range(5):
        kinds_of_one = ("forward", "reverse", "typed", "typed-name")
        sitting = make_sitting(guest.learner, guide, kinds=kinds_of_one, scope="table", table=table)
        slot = next(slot for slot in sitting.slots.all() if slot.shown["facts"][0][0] == fact.pk)
        kinds.append(slot.kind)
        give_right(guest, slot)

    assert [kind.startswith("typed") for kind in kinds] == [False, False, False, True, False]


def test_same_fact_elsewhere_is_named(guest, db):
    guide = make_guide()
    topic = make_topic(guide)
    make_table(topic, title="CNN Architectures", grid=MODELS)
    make_table(topic, title="Networks Again", grid=[MODELS[0][:2], *(row[:2] for row in MODELS[1:])])
    refresh_bank(guide)
    sitting = make_sitting(guest.learner, guide, kinds=("forward",), scope="table", table=guide.tables.first())
    slot = next(slot for slot in sitting.slots.all() if slot.shown["column"] == "Year")

    told = give_right(guest, slot).content.decode()

    assert "Also in" in told
    assert "Networks Again</a>" in told


@pytest.mark.parametrize("kind", ["forward", "select-all", "order-by", "typed"])
def test_number_of_queries_is_within_budget_for_every_kind(alice, guide, kind, django_assert_max_num_queries):
    sitting = make_sitting(make_learner(alice.user), guide, kinds=(kind,))
    slot = sitting.slots.first()
    with django_assert_max_num_queries(10):
        alice.get(address(slot))
    fields = {"choice": wrong(slot)} if kind == "forward" else {"tick": [1, 2]} | {"text": MODELS[1][3]}
    fields |= {f"place-{place}": len(slot.options) + 1 - place for place in range(1, len(slot.options) + 1)}

    with django_assert_max_num_queries(14 + 2):  # two begin and end a savepoint, which only tests have
        assert send(alice, slot, **fields).status_code == 200
