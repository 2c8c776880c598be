import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.actions.bank import refresh_bank
from quizzes.actions.publishing import check_document, publish_document
from quizzes.facts import value_hash
from quizzes.generation.pins import BadPin
from quizzes.models import Bank, Fact, Question
from tables.actions.editing import save_row
from tables.actions.states import BATCH
from tables.models import DecisionQuestion, Guide, Row, Table
from tables.reader import read
from tests.tables.readings import DOCUMENT, DROPOUTS, INSTANCES, changed, make_reading

pytestmark = pytest.mark.django_db

CELLS, QUESTIONS = 12, 3
PINS = {
    "pins": [
        {"kind": "never-offer", "table": "Which Regularization?", "prompt": "Keep all features?", "values": ["Dropout"]}
    ]
}


def published(guide=None, document=DOCUMENT, **options):
    return publish_document(guide, make_reading(document), b"", **options)


def instances(grid):
    return {**DOCUMENT, "EC2": {"GPU Instances": grid}}


def live_facts():
    return {fact.key: fact.value_hash for fact in Fact.objects.filter(retired_at=None)}


def test_every_value_cell_and_every_question_is_a_fact():
    outcome = published()

    cells = Fact.objects.filter(authored=None)
    fact = cells.get(row__slug="p3", column__slug="hardware")
    assert cells.count() == CELLS
    assert Fact.objects.exclude(authored=None).count() == QUESTIONS
    assert fact.value_hash == value_hash("8x Tesla V100")
    assert outcome.summary == "New guide: 2 topics, 2 tables, 7 rows and 15 facts."


def test_questions_are_made_with_the_guide():
    guide = published().publication.guide

    authored = Question.objects.asked().filter(kind="decision")
    assert [(q.stem, q.answer, q.context) for q in authored] == [
        (question, answer, "Which Regularization?") for question, answer in DROPOUTS[1:]
    ]
    assert Question.objects.filter(fact__authored__question=DROPOUTS[1][0], kind="decision").count() == 1
    assert guide.bank.version == guide.version == 1


@pytest.mark.parametrize(
    ("directive", "asked", "not_asked"),
    [
        ('skip="Trade-off"', ["16-bit floats"], ["Less precise"]),
        ("none=placeholder", ["Less precise"], ["None"]),
        ("kind=entity", ["Less precise", "None"], []),
    ],
)
def test_directives_of_the_author_say_what_is_not_asked(directive, asked, not_asked):
    document = f"""# Memory

## Techniques

<!-- study: {directive} -->
| Technique | How It Works | Trade-off |
|---|---|---|
| Mixed Precision | 16-bit floats | Less precise |
| Offloading | Move to CPU | Slower |
| Checkpointing | Recompute on the way back | More computing |
| Sharding | Split over machines | More traffic |
| Pruning | Drop small weights | None |
"""

    publish_document(None, read(document.encode()), document.encode())

    answers = set(Question.objects.filter(kind="typed").values_list("answer", flat=True))
    assert set(asked) <= answers
    assert not answers & set(not_asked)


def test_one_changed_value_leaves_learners_all_other_facts():
    guide = published().publication.guide
    before = live_facts()

    outcome = published(guide, instances(changed(INSTANCES, 1, 1, "4x Tesla V100")))

    after = live_facts()
    assert before.keys() == after.keys()
    assert sum(before[key] != after[key] for key in before) == 1
    assert outcome.summary == "1 row changed. Learners keep progress on 14 of 15 facts."


def test_facts_of_what_is_gone_are_retired_and_come_back_as_themselves():
    guide = published().publication.guide
    before = live_facts()

    gone = published(guide, {"EC2": DOCUMENT["EC2"]})
    between = live_facts()
    back = published(guide)

    assert len(between) == CELLS
    assert Fact.objects.count() == CELLS + QUESTIONS
    assert live_facts() == before
    assert gone.summary == "1 topic removed, 1 table removed. Learners keep progress on 12 of 15 facts."
    assert back.summary == "1 topic returned, 1 table returned. Learners keep progress on 12 of 12 facts."
    assert Question.objects.asked().count() == Question.objects.count()
    assert Question.objects.filter(kind="decision").count() == QUESTIONS


def test_questions_of_what_is_gone_are_asked_no_more():
    guide = published().publication.guide

    published(guide, {"EC2": DOCUMENT["EC2"]})

    assert Question.objects.filter(kind="decision").count() == QUESTIONS
    assert not Question.objects.asked().filter(kind="decision").exists()
    assert not Fact.objects.asked().exclude(authored=None).exists()
    assert not guide.tables.get(slug="which-regularization").bank.asked().exists()


def test_value_that_returns_has_its_old_hash_again():
    guide = published().publication.guide
    before = live_facts()

    published(guide, instances(changed(INSTANCES, 1, 1, "4x Tesla V100")))
    published(guide)

    assert live_facts() == before


def test_same_document_again_writes_nothing_about_facts_and_questions():
    guide = published().publication.guide

    with CaptureQueriesContext(connection) as queries:
        outcome = published(guide)

    writes = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert outcome.summary == "No changes."
    assert len(writes) == 1
    assert "tables_version" in writes[0]


def test_change_of_kind_brings_questions_and_retires_cells():
    entity = {**DOCUMENT, "Quick Decisions": {"Which Regularization?": changed(DROPOUTS, 0, 0, "Problem")}}
    guide = published(document=entity).publication.guide

    published(guide, accept_renames=True)

    table = Table.objects.get(slug="which-regularization")
    assert Fact.objects.filter(table=table, retired_at=None, authored__isnull=False).count() == 3
    assert Fact.objects.filter(table=table, retired_at__isnull=False, authored=None).count() == 3


def test_check_tells_the_numbers_and_writes_nothing():
    guide = published().publication.guide

    outcome = check_document(guide, make_reading({"EC2": DOCUMENT["EC2"]}))

    assert outcome.facts.kept == CELLS
    assert outcome.facts.retired == QUESTIONS
    assert len(live_facts()) == CELLS + QUESTIONS
    assert check_document(None, make_reading()).summary == "New guide: 2 topics, 2 tables, 7 rows and 15 facts."


def test_questions_that_cannot_be_made_leave_the_old_guide_whole():
    guide = published().publication.guide

    with pytest.raises(BadPin):
        published(guide, {"EC2": DOCUMENT["EC2"]}, pins={"pins": [{"kind": "unheard of"}]})

    guide.refresh_from_db()
    assert guide.version == 1
    assert len(live_facts()) == CELLS + QUESTIONS
    assert Table.objects.filter(archived_at=None).count() == 2


def test_pins_shape_the_questions_and_stay_with_the_guide():
    grid = [*DROPOUTS, ["Validation accuracy dropping?", "Early Stopping"]]
    document = {"Quick Decisions": {"Which Regularization?": grid}}
    guide = published(document=document, pins=PINS).publication.guide

    def lures():
        question = Question.objects.get(stem="Keep all features?", kind="decision")
        return {candidate["text"] for candidate in question.prepared["candidates"]}

    assert lures() == {"L1 (Lasso)", "Early Stopping"}
    published(guide, {"Quick Decisions": {"Which Regularization?": changed(grid, 4, 1, "Stopping early")}})
    assert lures() == {"L1 (Lasso)", "Stopping early"}
    assert Bank.objects.get().pins == PINS


def test_questions_follow_what_an_editor_wrote_when_they_are_next_asked_for():
    guide = published().publication.guide
    question = DecisionQuestion.objects.get(question="Keep all features?")
    answer = question.table.columns.get(slug="answer")

    save_row(question.table, question.row.key, {answer.key: "Ridge"})
    made, again = refresh_bank(guide), refresh_bank(guide)

    asked = Question.objects.get(fact__authored=question, kind="decision")
    assert (made, again) == (True, False)
    assert asked.answer == "Ridge"
    assert asked.fact.value_hash == value_hash("Ridge")


def test_bank_in_step_costs_one_small_query(django_assert_num_queries):
    guide = published().publication.guide

    with django_assert_num_queries(1):
        refresh_bank(guide)


def test_queries_do_not_grow_with_rows_save_for_batches():
    def queries(rows: int) -> int:
        Guide.objects.all().delete()
        grid = [["Name", "Value"], *([f"name {row}", f"value {row}"] for row in range(rows))]
        with CaptureQueriesContext(connection) as captured:
            published(document={"Topic": {"Table": grid}})
        return len(captured)

    assert queries(3) == queries(90)
    assert queries(120) == queries(300)  # links are written in shorter tables alone
    assert queries(2 * BATCH) <= queries(3) + 4


def test_row_without_a_name_is_shown_and_no_fact():
    published(document={"Topic": {"Table": [["Name", "Value"], ["", "a"], ["x", "b"]]}})

    assert Row.objects.count() == 2
    assert Fact.objects.get().row.subject == "x"
