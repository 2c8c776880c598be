import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.actions.bank import refresh_bank
from quizzes.models import Answer, Confusion, Memory, Question, Slot
from tables.models import Table
from tests.factories import TECHNIQUES, make_guide, make_table, make_topic
from tests.quizzes.bank import address, give, give_right, make_sitting, wrong

COMPARED = [
    ("Aspect", "Batch", "Stream", "Hybrid"),
    ("Latency", "Hours of waiting", "Milliseconds at most", "Minutes mostly"),
    ("Tooling", "Airflow pipelines", "Kafka topics", "Spark jobs"),
    ("Cost", "Cheap nightly runs", "Dear standing clusters", "Middling"),
]


@pytest.fixture
def table(db) -> Table:
    guide = make_guide()
    table = make_table(make_topic(guide), title="Memory Techniques", grid=TECHNIQUES)
    refresh_bank(guide)
    return table


def how_of(name: str) -> str:
    return next(row[1] for row in TECHNIQUES if row[0] == name)


def asked_how(guest, table: Table) -> Slot:
    sitting = make_sitting(guest.learner, table.guide, kinds=("typed",))
    return next(slot for slot in sitting.slots.all() if slot.right_text == how_of("Activation Offloading"))


def hide(slot: Slot) -> None:
    Question.objects.filter(pk=slot.question_id).update(hidden_at=timezone.now())


def mix_up(guest, slot: Slot):
    text = how_of("Gradient Checkpointing")
    return guest.post(address(slot), {"token": slot.token, "text": text}).content.decode()


def test_answer_to_a_question_in_doubt_moves_neither_memory_nor_mix_ups_and_says_so(guest, table):
    slot = asked_how(guest, table)
    hide(slot)

    page = mix_up(guest, slot)

    assert "nothing is remembered of your answer" in page
    assert Answer.objects.count() == 1
    assert not Memory.objects.exists()
    assert not Confusion.objects.exists()


def test_right_answer_in_doubt_lets_no_mix_up_fade(guest, table):
    mix_up(guest, asked_how(guest, table))
    slot = asked_how(guest, table)
    hide(slot)

    give_right(guest, slot)

    assert Confusion.objects.get().last_right_on is None


def test_what_was_not_counted_in_doubt_is_not_taken_back_either(guest, table):
    mix_up(guest, asked_how(guest, table))
    slot = asked_how(guest, table)
    hide(slot)
    mix_up(guest, slot)
    Question.objects.update(hidden_at=None)

    guest.post(address(slot, "count"))

    assert Confusion.objects.get().count == 1


def test_counting_as_right_takes_back_mixed_up_columns_of_an_aspect_table(guest):
    guide = make_guide()
    make_table(make_topic(guide), title="Batch vs Stream", grid=COMPARED, kind="aspect")
    refresh_bank(guide)
    sitting = make_sitting(guest.learner, guide, kinds=("typed",))
    slot = next(slot for slot in sitting.slots.all() if slot.right_text == "Kafka topics")
    guest.post(address(slot), {"token": slot.token, "text": "Airflow pipelines"})
    assert Confusion.objects.get().count == 1

    guest.post(address(slot, "count"))

    assert Confusion.objects.get().count == 0


def test_verdict_leads_to_the_cell_that_was_asked_for(guest, table):
    page = mix_up(guest, asked_how(guest, table))

    column = table.columns.get(name="How It Works")
    cell = f"row-activation-offloading.{column.slug}"
    assert f'href="{table.get_absolute_url()}#{cell}">See it in the table' in page
    assert f'<td id="{cell}"' in guest.get(table.get_absolute_url()).content.decode()


def test_cell_of_a_companion_is_found_on_the_page_that_shows_it(guest, table):
    topic = table.topic
    companion = make_table(topic, label="Costs", grid=COMPARED, shown_with=table)
    row, column = companion.rows.first(), companion.columns.last()

    address_of_cell = companion.address_of(row, column)

    page, _, anchor = address_of_cell.partition("#")
    assert page == reverse("tables:table", args=[table.guide.slug, table.slug])
    assert f' id="{anchor}"' in guest.get(page).content.decode()


def test_a_missed_question_put_in_doubt_meanwhile_does_not_come_back(guest):
    sitting = make_sitting(guest.learner, count=2)
    for slot in sitting.slots.all():
        give(guest, slot, wrong(slot))
    Question.objects.filter(slots__sitting=sitting).update(hidden_at=timezone.now())

    response = guest.get(reverse("quizzes:sitting", args=[sitting.pk]), follow=True)

    assert response.request["PATH_INFO"] == reverse("quizzes:report", args=[sitting.pk])
    assert sitting.slots.count() == 2
