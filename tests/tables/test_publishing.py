from dataclasses import replace
from hashlib import sha256
from itertools import count

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from tables.actions import states
from tables.actions.publishing import (
    GuideHasMoved,
    ReadingHasErrors,
    RenamesAreGuessed,
    check,
    find_guide,
    publish,
)
from tables.actions.states import BATCH, load
from tables.actions.writing import upsert
from tables.models import Column, DecisionQuestion, Guide, Point, Row, Table, Topic, Version
from tables.reader.document import Problem, Reading, Severity
from tests.factories import make_guide, make_user
from tests.tables.readings import DOCUMENT, DROPOUTS, INSTANCES, changed, make_reading, make_table

pytestmark = pytest.mark.django_db


class PowerCut(Exception):
    """What happens at the worst moment."""


def published(guide=None, document=DOCUMENT, **options):
    return publish(guide, make_reading(document), b"# Section 6\n", **options)


def with_errors(reading: Reading) -> Reading:
    problem = Problem("no-tables", Severity.ERROR, 1, "The document has no tables.")
    return Reading(reading.title, {}, (), reading.topics, (problem,))


def test_new_guide_is_public_and_holds_what_was_read():
    publication = published(name="notes.md")

    guide = Guide.objects.get()
    table = Table.objects.get(slug="gpu-instances")
    row = table.rows.get(slug="trn1")
    assert (guide.title, guide.slug, guide.version, guide.visibility) == ("Section 6", "section-6", 1, "public")
    assert (table.row_count, table.column_count, table.topic.title) == (4, 4, "EC2")
    assert [row.cell(column).text for column in table.columns.all()] == ["Trn1", "AWS Trainium", "Training",
                                                                         "50% cost savings"]  # fmt: skip
    assert row.folded == "trn1\naws trainium\ntraining\n50% cost savings"
    assert [column.name for column in table.columns.filter(is_facet=True)] == ["Use Case"]
    assert publication.is_first


def test_rows_of_decision_tables_become_questions():
    published()

    questions = DecisionQuestion.objects.filter(table__slug="which-regularization")
    assert [(question.question, question.answer) for question in questions] == [tuple(row) for row in DROPOUTS[1:]]
    assert all(question.row.subject == question.question for question in questions)


def test_companion_is_shown_with_the_first_table_of_its_heading():
    companion = replace(make_table("GPUs", DROPOUTS, label="When to Use"), companion=True)

    published(document={"EC2": [make_table("GPUs", INSTANCES), companion]})

    table = Table.objects.get(label="When to Use")
    assert table.shown_with == Table.objects.get(label="")
    assert (table.name, table.slug) == ("GPUs: When to Use", "gpus-when-to-use")


def test_second_table_of_a_name_below_one_heading_is_called_by_its_number():
    second = replace(make_table("GPUs", DROPOUTS), number=2)

    published(document={"EC2": [make_table("GPUs", INSTANCES), second]})

    assert [table.name for table in Table.objects.order_by("position")] == ["GPUs", "GPUs (2)"]
    assert [table.slug for table in Table.objects.order_by("position")] == ["gpus", "gpus-2"]


def test_column_that_a_directive_names_names_the_rows():
    grid = [["Year", "Model"], ["2012", "AlexNet"], ["2015", "ResNet"]]

    published(document={"T": [replace(make_table("CNNs", grid, directive={"subject": "Model"}), subject=1)]})

    assert [(row.subject, row.slug) for row in Row.objects.all()] == [("AlexNet", "alexnet"), ("ResNet", "resnet")]


def test_same_reading_again_writes_a_line_of_history_and_nothing_else():
    guide = published().guide
    stored = load(guide)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        again = published(guide)

    guide.refresh_from_db()
    writes = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert again.diff.is_empty
    assert guide.version == 1
    assert load(guide) == stored
    assert len(writes) == 1
    assert [version.summary for version in Version.objects.all()] == ["No changes.", "2 topics added, 2 tables added."]


def test_history_keeps_the_bytes_and_who_brought_them():
    alice = make_user("alice")

    publish(None, make_reading(), b"caf\xc3\xa9\r\n", name="notes.md", by=alice)

    version = Version.objects.get()
    assert bytes(version.source) == b"caf\xc3\xa9\r\n"
    assert (version.name, version.imported_by, version.number) == ("notes.md", alice, 1)
    assert version.sha256 == sha256(b"caf\xc3\xa9\r\n").hexdigest()


def test_newer_reading_keeps_what_did_not_change():
    guide = published().guide
    keys = set(Row.objects.values_list("key", flat=True))

    published(guide, {**DOCUMENT, "EC2": {"GPU Instances": changed(INSTANCES, 1, 3, "Fast")}})

    guide.refresh_from_db()
    assert guide.version == 2
    assert set(Row.objects.values_list("key", flat=True)) == keys
    assert Row.objects.get(subject="P3").folded.endswith("fast")


def test_removed_table_is_archived_and_returns_under_its_old_keys():
    guide = published().guide
    before = load(guide)
    published(guide, {"Quick Decisions": DOCUMENT["Quick Decisions"]})
    gone = Table.objects.get(slug="gpu-instances")

    published(guide)

    assert gone.archived_at is not None
    assert not Row.objects.exclude(table=gone).exclude(archived_at=None).exists()
    assert load(guide) == before
    assert Topic.objects.count() == 2


def test_reading_with_errors_is_refused_and_nothing_is_written():
    with pytest.raises(ReadingHasErrors):
        publish(None, with_errors(make_reading()), b"")

    assert not Guide.objects.exists()


def test_guessed_renames_stop_publishing_until_they_are_accepted():
    guide = published().guide
    renamed = {**DOCUMENT, "EC2": {"GPU Instances": changed(INSTANCES, 1, 0, "P3 (2017)")}}

    with pytest.raises(RenamesAreGuessed) as refused:
        published(guide, renamed)
    accepted = published(guide, renamed, accept_renames=True)

    assert [change.sentence for change in refused.value.diff.guessed] == ["Row renamed: GPU Instances: P3 -> P3 (2017)"]
    assert accepted.diff.summary == "1 row renamed."
    assert Row.objects.get(slug="p3").subject == "P3 (2017)"


def test_guide_that_moved_since_it_was_compared_is_left_alone():
    guide = published().guide
    seen = check(guide, make_reading({"EC2": DOCUMENT["EC2"]})).diff
    published(guide, {"EC2": {"GPU Instances": changed(INSTANCES, 1, 1, "Other")}})

    with pytest.raises(GuideHasMoved):
        published(guide, {"EC2": DOCUMENT["EC2"]}, against=seen.against)

    guide.refresh_from_db()
    assert guide.version == 2


def test_check_writes_nothing():
    guide = published().guide
    stored = load(guide)

    publication = check(guide, make_reading({"EC2": DOCUMENT["EC2"]}))
    new = check(None, make_reading(title="Another"))

    assert publication.diff.summary == "1 topic removed, 1 table removed."
    assert new.diff.summary == "2 topics added, 2 tables added."
    assert load(guide) == stored
    assert Version.objects.count() == Guide.objects.count() == 1


@pytest.mark.parametrize("model", [Topic, Table, Column, Row, Point, DecisionQuestion, Version])
def test_failure_at_any_point_leaves_the_old_guide_whole(model, monkeypatch):
    guide = published().guide
    stored = load(guide)

    def upsert_and_fail(written, *args, **kwargs):
        upsert(written, *args, **kwargs)
        if written is model:
            raise PowerCut

    def create_and_fail(self, **kwargs):
        create(self, **kwargs)
        if self.model is model:
            raise PowerCut

    create = QuerySet.create
    monkeypatch.setattr(states, "upsert", upsert_and_fail)
    monkeypatch.setattr(QuerySet, "create", create_and_fail)
    with pytest.raises(PowerCut):
        published(guide, {"Other": [make_table("T", [["Question", "Answer"], ["Q?", "A"]], points=["Mind this."])]})

    guide.refresh_from_db()
    assert guide.version == 1
    assert load(guide) == stored
    assert Version.objects.count() == 1


def test_queries_do_not_grow_with_rows_save_for_batches():
    numbers = count()

    def queries(rows: int) -> int:
        grid = [["Name", "Value"], *([f"name {next(numbers)}", f"value {row}"] for row in range(rows))]
        guide = make_guide()
        with CaptureQueriesContext(connection) as captured:
            published(guide, {"Topic": {"Table": grid}})
        return len(captured)

    assert queries(3) == queries(300)
    assert queries(2 * BATCH) <= queries(3) + 5  # rows, and entries for the search


def test_guide_is_found_by_its_document_id_before_its_title():
    of_title = make_guide(title="Section 6")
    of_id = make_guide(title="Another title")
    Guide.objects.filter(pk=of_id.pk).update(document_id="section-6")
    make_guide(title="Hidden", visibility="private")
    reading = make_reading()

    assert find_guide(reading) == of_title
    assert find_guide(Reading("Section 6", {"id": "section-6"}, (), (), ())) == of_id
    assert find_guide(Reading("Hidden", {}, (), (), ())) is None


def test_slug_of_a_guide_avoids_words_that_addresses_need_and_other_guides():
    slugs = [publish(None, make_reading(title=title), b"").guide.slug for title in ("Quiz", "Notes", "Notes", "🙂")]

    assert slugs == ["quiz-table", "notes", "notes-2", "guide"]


def test_kind_that_an_editor_chose_survives_imports():
    guide = published().guide
    Table.objects.filter(slug="gpu-instances").update(kind="plain", kind_is_set=True, kind_reason="chosen by an editor")

    published(guide)

    table = Table.objects.get(slug="gpu-instances")
    assert (table.kind, table.kind_reason) == ("plain", "chosen by an editor")
