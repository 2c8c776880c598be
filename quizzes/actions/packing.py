"""The questions of a guide as other programs take them, one after another, and how many of them there are."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from quizzes.generation.made import WRITTEN, QuestionKind
from quizzes.models import Fact, Learner, Memory, Question
from quizzes.packages.cards import FRONTS
from quizzes.packages.items import Item, Place, item_of
from quizzes.packages.plain import ARROW, WEIGHT
from tables.models import Guide, Table

CHUNK = 200
MISREAD = Q(kind__in=list(WRITTEN)) & (Q(answer__contains=ARROW) | Q(answer__startswith=WEIGHT))
"""What `quizzes.packages.plain.is_misread` says, for the database."""


@dataclass(frozen=True, slots=True)
class Stock:
    """
    What there is to pack: questions by kind, facts of the guide, those that are asked, and those that make a card.

    `misread` counts the questions to be typed whose answer GIFT would misread, `missed` the cards for facts that the
    learner last got wrong.
    """

    kinds: Counter[str]
    misread: int
    facts: int
    asked: int
    cards: int
    missed: int


def stock_of(guide: Guide, learner: Learner) -> Stock:
    """What a guide has to pack. 4 queries."""
    questions = Question.objects.asked().filter(guide=guide).order_by()
    counts = list(questions.values_list("kind").annotate(all=Count("pk"), misread=Count("pk", filter=MISREAD)))
    carded = questions.filter(kind__in=FRONTS)
    facts = Fact.objects.filter(guide=guide, retired_at=None).aggregate(
        all=Count("pk"), asked=Count("pk", filter=Q(is_asked=True))
    )
    return Stock(
        kinds=Counter({kind: count for kind, count, _ in counts}),
        misread=sum(misread for *_, misread in counts),
        facts=facts["all"],
        asked=facts["asked"],
        cards=carded.values("fact").distinct().count(),
        missed=carded.filter(fact__in=_missed(learner)).values("fact").distinct().count() if learner.pk else 0,
    )


def items_of(
    guide: Guide,
    kinds: Iterable[QuestionKind],
    *,
    misread: bool = True,
    table: Table | None = None,
    missed_by: Learner | None = None,
) -> Iterator[Item]:
    """
    The questions of these kinds in the order of the document.

    Those of one table and the tables shown with it, or those for facts that a learner last got wrong, if so wished;
    without `misread` none whose typed answer GIFT would take for something else.

    2 queries; no more than `CHUNK` questions are held at a time.
    """
    questions = Question.objects.asked().filter(guide=guide, kind__in=list(kinds))
    if not misread:
        questions = questions.exclude(MISREAD)
    if table:
        questions = questions.filter(Q(table=table) | Q(table__shown_with=table))
    if missed_by:
        questions = questions.filter(fact__in=_missed(missed_by))
    places = _places(guide)
    for question in questions.order_by("position", "pk").iterator(chunk_size=CHUNK):
        keys = [UUID(key) for key in question.prepared["keys"]]
        if keys and question.table_id in places:
            yield item_of(question.made, question.key, keys, places[question.table_id])


def _missed(learner: Learner) -> QuerySet[Memory, int]:
    return Memory.objects.of(learner).filter(is_right=False).values_list("fact", flat=True)


def _places(guide: Guide) -> dict[int, Place]:
    tables = Table.objects.live().filter(guide=guide, topic__archived_at=None).select_related("topic")
    return {
        table.pk: Place(guide.title, table.topic.title, table.name, table.topic.slug, table.slug) for table in tables
    }
