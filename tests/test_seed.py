"""The document that ships with the project, its fixture and what the database holds are the same, cell by cell."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from quizzes.actions.publishing import check_document, publish_document
from quizzes.models import Bank, Fact, Question
from tables.actions.publishing import find_guide
from tables.actions.states import load
from tables.models import Column, DecisionQuestion, Guide, Point, Row, Table, Topic
from tables.reader import read
from tests.edits import SEED

FIXTURE = SEED.with_suffix(".json")
PINS = SEED.with_suffix(".pins.json")

FACETS = [
    ("neural-network-types", "Input"),
    ("activation-functions", "Output Layer"),
    ("activation-functions", "Issue"),
    ("rnn-topologies", "Input"),
    ("rnn-topologies", "Output"),
    ("transformer-models", "Size"),
    ("transfer-learning-approaches", "Modify Base Model"),
    ("transfer-learning-approaches", "Add Layers"),
    ("transfer-learning-approaches", "Learning Rate"),
    ("distributed-training-libraries", "Provider"),
    ("distributed-training-libraries", "Frameworks"),
    ("distributed-training-libraries", "SageMaker Config"),
    ("memory-optimization-techniques", "Trade-off"),
    ("gpu-instance-types-for-ml", "Hardware"),
    ("gpu-instance-types-for-ml", "Use Case"),
]


@pytest.fixture(scope="module")
def _seed(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        call_command("loaddata", "section-6", verbosity=0)
        yield
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def loaded(_seed, db):
    return Guide.objects.get(slug="section-6-model-training-tuning-and-evaluation-comparison")


def reading():
    return read(SEED.read_bytes(), SEED.name)


def test_document_and_fixture_hold_the_same_cells():
    records = json.loads(FIXTURE.read_text(encoding="utf-8"))
    tables = [record["fields"] for record in records if record["model"] == "tables.table"]
    columns = [record["fields"] for record in records if record["model"] == "tables.column"]
    rows = [record["fields"] for record in records if record["model"] == "tables.row"]

    written = []
    for table in tables:
        keys = [column["key"].replace("-", "") for column in columns if column["table"] == [table["key"]]]
        of_table = [row["cells"] for row in rows if row["table"] == [table["key"]]]
        written.append([[cells[key]["source"] for key in keys] for cells in of_table])
    assert written == [[[cell.source for cell in row.cells] for row in table.rows] for table in reading().tables]


def test_database_holds_every_part_of_the_document_in_its_order(loaded):
    document = reading()

    topics = list(Topic.objects.order_by("position"))
    tables = list(Table.objects.order_by("position"))
    assert [topic.title for topic in topics] == [topic.title for topic in document.topics]
    assert [(t.title, t.label, t.kind) for t in tables] == [(t.title, t.label, t.kind) for t in document.tables]
    for stored, table in zip(tables, document.tables, strict=True):
        columns = list(stored.columns.order_by("position"))
        rows = list(stored.rows.order_by("position"))
        assert [(c.source, c.text, c.html) for c in columns] == [(h.source, h.text, h.html) for h in table.head]
        assert [[row.cell(column) for column in columns] for row in rows] == [list(row.cells) for row in table.rows]
        assert [row.line for row in rows] == [row.line for row in table.rows]


def test_database_holds_as_much_as_was_counted_by_hand(loaded):
    cells = sum(len(row.cells) for row in Row.objects.all())

    assert (Topic.objects.count(), Table.objects.count(), Row.objects.count()) == (9, 28, 129)
    assert (Column.objects.count(), cells, Point.objects.count()) == (95, 438, 4)
    kinds = [DecisionQuestion.objects.filter(table__kind=kind).count() for kind in ("decision", "lookup")]
    assert kinds == [19, 11]
    assert sorted(Table.objects.values_list("kind", flat=True)) == (
        ["aspect"] * 4 + ["decision"] * 4 + ["entity"] * 18 + ["lookup"] * 2
    )
    assert (Fact.objects.filter(authored=None).count(), Fact.objects.exclude(authored=None).count()) == (279, 30)


def test_points_stand_under_their_table_with_their_label(loaded):
    table = Table.objects.get(title="Learning Rate vs Batch Size Effects")

    assert table.points_label == "Key Exam Points"
    assert [point.text for point in table.points.all()] == [
        "Large learning rate = overshoot correct solution",
        "Small learning rate = slow training",
        "Small batch size = escape local minima",
        "Large batch size = may converge on wrong solution",
    ]


def test_labelled_table_is_shown_with_the_table_above(loaded):
    table = Table.objects.get(label="When to Use")

    assert table.name == "Activation Functions: When to Use"
    assert table.shown_with == Table.objects.get(slug="activation-functions")


def test_chips_are_offered_for_the_fifteen_columns_that_deserve_them(loaded):
    columns = Column.objects.filter(is_facet=True).order_by("table__position", "position")

    assert list(columns.values_list("table__slug", "name")) == FACETS


@pytest.mark.parametrize(
    "text",
    ["2(P*R)/(P+R)", "<100MB", "smdistributed.dataparallel", "-inf to inf", "~-0.3 to inf", "Models >1B parameters"],
)
def test_texts_that_markdown_could_hurt_are_kept_character_for_character(loaded, text):
    texts = {cell["text"] for row in Row.objects.all() for cell in row.cells.values()}

    assert text in texts


def test_thirty_questions_are_ready_with_the_authors_pins(loaded):
    pinned = Question.objects.get(stem="Model >1B parameters?")

    offered = {candidate["text"] for candidate in pinned.prepared["candidates"]}
    assert Question.objects.asked().filter(kind="decision").count() == 19
    assert Question.objects.asked().filter(kind="lookup").count() == 11
    assert not {"Model Parallelism", "MiCS/Sharded + P4de"} & offered
    assert Bank.objects.get().pins == json.loads(PINS.read_text(encoding="utf-8"))
    assert Bank.objects.get().version == loaded.version


def test_document_over_the_loaded_fixture_is_no_change(loaded):
    outcome = check_document(find_guide(reading()), reading())

    assert outcome.publication.guide == loaded
    assert outcome.summary == "No changes."


def test_loading_the_fixture_again_leaves_other_guides_alone(loaded):
    other = publish_document(None, read(b"# Mine\n\n| A | B |\n|---|---|\n| c | d |\n"), b"").publication.guide
    before = load(other)

    call_command("loaddata", "section-6", verbosity=0)

    assert load(other) == before
    assert Guide.objects.count() == 2
    assert Row.objects.filter(table__guide__slug__startswith="section-6").count() == 129


def test_fixture_names_no_path_and_no_person():
    text = FIXTURE.read_text(encoding="utf-8")

    assert "/work" not in text
    assert str(Path.home()) not in text
    assert '"imported_by": null' in text
