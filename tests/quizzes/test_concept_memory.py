import pytest

from quizzes.actions.bank import refresh_bank
from tables.models import Table
from tests.factories import TECHNIQUES, make_guide, make_table, make_topic
from tests.quizzes.bank import address, make_sitting

ACTIVATION, GRADIENT = "Activation Checkpointing", "Gradient Checkpointing"
CHOICES = [("Question", "Answer"), ("Fewer stored gradients?", GRADIENT), ("Move to CPU?", "Activation Offloading")]


@pytest.fixture
def table(db) -> Table:
    guide = make_guide(title="Distributed Training")
    topic = make_topic(guide)
    table = make_table(topic, title="Memory Optimization Techniques", grid=TECHNIQUES)
    make_table(topic, title="Which Technique?", grid=CHOICES, kind="decision")
    refresh_bank(guide)
    return table


def page_of(client, table: Table, slug: str = "gradient-checkpointing") -> str:
    return client.get(f"{table.guide.get_absolute_url()}concepts/{slug}/").content.decode()


def write(client, table: Table, name: str, said: str) -> None:
    """Write what the technique `said` does where that of `name` is asked."""
    how = dict(row[:2] for row in TECHNIQUES)
    sitting = make_sitting(client.learner, table.guide, kinds=("typed",), scope="table", table=table)
    slot = next(slot for slot in sitting.slots.all() if slot.right_text == how[name])
    client.post(address(slot), {"token": slot.token, "text": how[said]})


def test_learner_sees_recall_of_each_fact_and_what_the_thing_is_mixed_up_with(guest, table):
    write(guest, table, GRADIENT, ACTIVATION)

    page = page_of(guest, table)

    assert ">What you remember<" in page
    assert "How It Works" in page.partition(">What you remember<")[2]
    assert "You mix it up with" in page
    assert (
        f"/progress/mixed-up/{table.guide.slug}/{table.slug}/gradient-checkpointing/activation-checkpointing/" in page
    )
    assert "1 time<" in page
    assert "You mix it up with" in page_of(guest, table, "activation-checkpointing")
    assert "You mix it up with" not in page_of(guest, table, "activation-offloading")


def test_visitor_gets_a_page_without_anything_about_learners(client, table):
    response = client.get(f"{table.guide.get_absolute_url()}concepts/gradient-checkpointing/")

    assert "What you remember" not in response.content.decode()
    assert "public" in response.headers["Cache-Control"]


@pytest.mark.parametrize("answers", [1, 4])
def test_queries_of_a_learner_do_not_grow_with_answers(guest, table, django_assert_num_queries, answers):
    for _ in range(answers):
        write(guest, table, GRADIENT, ACTIVATION)

    with django_assert_num_queries(13):
        page_of(guest, table)


def compared(client, table: Table, *slugs: str) -> str:
    rows = ",".join(f"{table.slug}.{slug}" for slug in slugs)
    return client.get(f"{table.guide.get_absolute_url()}compare/?rows={rows}").content.decode()


def test_rows_side_by_side_tell_what_is_remembered_of_each_and_mixed_up(guest, table):
    write(guest, table, GRADIENT, ACTIVATION)

    page = compared(guest, table, "gradient-checkpointing", "activation-checkpointing", "activation-offloading")

    assert ">Your memory<" in page
    assert "% of Gradient Checkpointing" in page
    assert page.count("not asked yet") == 2
    assert "1 time." in page
    assert "separates them is <b>How It Works</b>" in page
    assert "Drill this pair" not in compared(guest, table, "gradient-checkpointing", "activation-offloading")


def test_rows_side_by_side_tell_a_visitor_nothing_about_learners(client, table):
    page = compared(client, table, "gradient-checkpointing", "activation-checkpointing")

    assert "Your memory" not in page
    assert "Drill" not in page


@pytest.mark.parametrize("answers", [1, 4])
def test_queries_of_a_comparison_do_not_grow_with_answers(guest, table, django_assert_num_queries, answers):
    for _ in range(answers):
        write(guest, table, GRADIENT, ACTIVATION)

    with django_assert_num_queries(13):
        compared(guest, table, "gradient-checkpointing", "activation-checkpointing")
