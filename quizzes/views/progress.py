"""How far a learner is, guide by guide, and all they have sat through."""

from collections import defaultdict
from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quizzes.actions.mixups import mixed_up_pairs
from quizzes.models import Fact, Learner, Report, Sitting
from quizzes.progress import Tally, total
from studysite.web import private
from tables.models import Guide, Table, Topic

SITTINGS_SHOWN = 20
REPORTS_SHOWN = 20


@private
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """Asked, right at last sight and missed, for each guide, topic and table; below, the history of sittings."""
    learner: Learner = request.learner
    history = Sitting.objects.of(learner).with_progress().select_related("guide", "topic", "table")
    page = Paginator(history, SITTINGS_SHOWN).get_page(request.GET.get("page"))
    guides = Guide.objects.visible_to(request.user).filter(sittings__in=Sitting.objects.of(learner)).distinct()
    guides = list(guides)
    context = {
        "guides": list(by_guide(guides, learner)),
        "page": page,
        "mixed_up": mixed_up_pairs(learner, guides),
        "reports": Report.objects.of(learner).with_places()[:REPORTS_SHOWN],
    }
    return render(request, "quizzes/progress.html", context)


def by_guide(guides: Iterable[Guide], learner: Learner) -> Iterable[dict[str, object]]:
    """
    Each guide with the tally of all its questions, and with its topics, each with its tables, that have questions.

    3 queries, however many guides, topics and tables.
    """
    guides = list(guides)
    asked = Fact.objects.asked().filter(guide__in=guides)
    tallies = {
        row["table"]: Tally(row["questions"], row["asked"], row["right"])
        for row in asked.tallied(Learner.objects.filter(pk=learner.pk)[:1])
    }
    tables = Table.objects.with_topic().filter(pk__in=tallies).order_by("position")
    topics: dict[int, dict[Topic, list[tuple[Table, Tally]]]] = defaultdict(lambda: defaultdict(list))
    for table in tables:
        topics[table.guide_id][table.topic].append((table, tallies[table.pk]))
    for guide in guides:
        yield {
            "guide": guide,
            "tally": total(tally for tables in topics[guide.pk].values() for _, tally in tables),
            "topics": [
                {"topic": topic, "tally": total(tally for _, tally in tables), "tables": tables}
                for topic, tables in topics[guide.pk].items()
            ],
        }
