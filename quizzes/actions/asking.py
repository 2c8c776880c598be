"""Which facts are asked for now, where questions that ask for them were hidden or are asked again."""

from itertools import batched

from django.db.models import Exists, F, OuterRef, QuerySet

from quizzes.generation.made import QuestionKind
from quizzes.models import Fact, Question
from tables.models import Guide

BATCH = 500


def mark_asked(facts: QuerySet[Fact]) -> None:
    """
    Mark these facts as asked or not, by the questions that may be asked for them.

    1 query, and 1 more for each 500 facts. They are named one by one, and the questions are looked for from the fact:
    PostgreSQL, which knows nothing yet of rows just written, would else go through all questions for each fact.
    """
    asking = Question.objects.asked().exclude(kind=QuestionKind.REBUILD).filter(facts=OuterRef("pk"))
    for some in batched(set(facts.values_list("pk", flat=True)), BATCH):
        Fact.objects.filter(pk__in=some).update(is_asked=Exists(asking))


def tell_pages(guide: int) -> None:
    """Let no page that is kept for everybody offer a quiz by what was asked of this guide before. 1 query."""
    Guide.objects.filter(pk=guide).update(asked_version=F("asked_version") + 1)
