"""What of a guide's questions is written when its document comes again, a little changed or as it was."""

import pytest

from quizzes.actions import bank_questions
from quizzes.actions.bank import refresh_bank
from quizzes.actions.publishing import publish_document
from quizzes.models import Question
from tables.reader import read

STORES = "".join(
    f"| Store {place} | reads {place} of kind {place % 5} | since {place + 1980} |\n" for place in range(8)
)
LOGS = "".join(f"| Log {place} | keeps {place} days, sort {place % 3} | from {place + 2000} |\n" for place in range(8))
HEAD = "| Name | Use | Year |\n|---|---|---|\n"
DOCUMENT = f"# Guide\n\n## Storage\n\n### Stores\n\n{HEAD}{STORES}\n### Logs\n\n{HEAD}{LOGS}"


@pytest.fixture
def written(monkeypatch):
    """The values of each question that is written."""
    rows = []

    def noting(write):
        def noted(model, names, values, *more):
            values = list(values)
            rows.extend(dict(zip(names, row, strict=True)) for row in values)
            return write(model, names, values, *more)

        return noted

    for name in ("upsert", "insert_numbered"):
        monkeypatch.setattr(bank_questions, name, noting(getattr(bank_questions, name)))
    return rows


def publish(text, guide=None):
    source = text.encode()
    return publish_document(guide, read(source), source).publication.guide


@pytest.mark.django_db
def test_only_the_table_that_changed_has_its_questions_written(written):
    guide = publish(DOCUMENT)
    written.clear()

    publish(DOCUMENT.replace("reads 3 of kind 3", "burns to the ground"), guide)

    assert {row["table"] for row in written} == {guide.tables.get(title="Stores").pk}


@pytest.mark.django_db
def test_row_more_does_not_move_the_questions_of_the_tables_behind(written):
    guide = publish(DOCUMENT)
    written.clear()

    publish(DOCUMENT.replace("| Store 7 |", "| Store 8 | new use | 1960 |\n| Store 7 |"), guide)

    assert {row["table"] for row in written} == {guide.tables.get(title="Stores").pk}


@pytest.mark.django_db
def test_made_anew_without_a_change_nothing_is_written(written):
    guide = publish(DOCUMENT)
    guide.bank.version = 0
    guide.bank.save()
    before = list(Question.objects.values())
    written.clear()

    is_made = refresh_bank(guide)

    assert is_made
    assert not written
    assert list(Question.objects.values()) == before


@pytest.mark.django_db
def test_questions_written_in_many_batches_are_tied_to_the_facts_they_ask(monkeypatch):
    monkeypatch.setattr(bank_questions, "BATCH", 7)
    guide = publish(DOCUMENT)
    nets = HEAD + STORES.replace("Store", "Net").replace("reads", "sends")

    publish(DOCUMENT.replace("### Logs", f"### Nets\n\n{nets}\n### Logs"), guide)

    questions = Question.objects.filter(guide=guide, retired_at=None).prefetch_related("facts")
    assert {question.table.title for question in questions.select_related("table")} == {"Stores", "Nets", "Logs"}
    for question in questions:
        assert {fact.key.hex for fact in question.facts.all()} == set(question.prepared["keys"])
