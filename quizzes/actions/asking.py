"""Which facts are asked for now, where questions that ask for them were hidden or are asked again."""

from django.db.models import Exists, OuterRef, QuerySet

from quizzes.generation.made import QuestionKind
from quizzes.models import Fact, Question


def mark_asked(facts: QuerySet[Fact]) -> None:
    """Mark these facts as asked or not, by the questions that may be asked for them. 1 query."""
    through = Question.facts.through
    asking = Question.objects.asked().exclude(kind=QuestionKind.REBUILD).values("pk")
    links = through._default_manager.filter(fact_id=OuterRef("pk"), question__in=asking)
    Fact.objects.filter(pk__in=facts.values("pk")).update(is_asked=Exists(links))
