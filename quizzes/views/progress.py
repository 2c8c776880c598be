"""How far a learner is in a guide, what to expect of the exam, and all they have sat through."""

from collections.abc import Sequence

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quizzes.actions.dashboard import DAYS_AHEAD, Dashboard, dashboard_of
from quizzes.actions.forecasts import EXAM_QUESTIONS, Compared, effort_of
from quizzes.actions.knowing import known_of
from quizzes.charts.bands import Band, BandChart, Told, band_chart, percent, told
from quizzes.charts.bars import bar_chart
from quizzes.charts.calendar import WEEKDAYS
from quizzes.memory.readiness import Forecast
from quizzes.middleware import knowledge_of
from quizzes.models import Learner, Report, Sitting, sittings_told
from studysite.web import private, render_part
from tables.actions.readable import readable_guide
from tables.models import Guide

SITTINGS_SHOWN = 20
REPORTS_SHOWN = 20
MOST_GUIDES = 50


@private
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """One guide as a dashboard, the others to choose; below, the history of sittings."""
    learner: Learner = request.learner
    guides = guides_studied(request)
    guide = guide_shown(request, guides)
    context = {
        "guides": guides,
        "page": history(learner, request.GET.get("page"), chosen_mode(request)),
        "modes": Sitting.Mode.choices,
        "mode": chosen_mode(request),
        "reports": reports_of(learner) if not guides or vars(guides[0])["has_reports"] else [],
    }
    if guide and learner.pk:
        has_mocks = any(vars(each)["has_mocks"] for each in guides if each == guide)
        context |= figures(dashboard_of(learner, guide, knowledge_of(request, guide), has_mocks=has_mocks))
    return render(request, "quizzes/progress.html", context)


@private
@require_safe
def effort(request: HttpRequest, guide: str) -> HttpResponse:
    """How many answers a day would lead to 90 %: it takes up to a second, so it is asked for."""
    learner: Learner = request.learner
    shown = readable_guide(request.user, guide)
    context: dict[str, object] = {"guide": shown}
    if learner.pk:
        known = known_of(learner, shown)
        facts, aim = known.facts, known.aim
        context |= {"effort": effort_of(learner, shown, facts, aim) if facts else None, "aim": aim}
    return render_part(request, "quizzes/effort.html", "effort", context)


def guides_studied(request: HttpRequest) -> list[Guide]:
    """
    The guides that this person may read and has begun.

    Each says whether they sat mock exams of it (`has_mocks`), and the same of all (`has_reports`) whether they ever
    said that something was wrong: most have done neither, and then nothing more is asked.
    """
    mine = Sitting.objects.of(request.learner).filter(guide=OuterRef("pk")).order_by()
    guides = Guide.objects.visible_to(request.user).filter(Exists(mine))
    reports = Report.objects.of(request.learner).order_by()
    return list(guides.annotate(has_mocks=Exists(mine.mocks()), has_reports=Exists(reports))[:MOST_GUIDES])


def guide_shown(request: HttpRequest, guides: list[Guide]) -> Guide | None:
    """The guide that the address names, else the last one studied. Raises Http404."""
    slug = request.GET.get("guide", "")
    if slug:
        named = next((guide for guide in guides if guide.slug == slug), None)
        named = named or Guide.objects.visible_to(request.user).filter(slug=slug).first()
        if named is None:
            raise Http404
        return named
    last = Sitting.objects.of(request.learner).filter(guide__in=guides).values_list("guide", flat=True).first()
    return next((guide for guide in guides if guide.pk == last), None)


def reports_of(learner: Learner) -> Sequence[Report]:
    """What they said was wrong, newest first. 1 query."""
    return Report.objects.of(learner).with_places()[:REPORTS_SHOWN]


def chosen_mode(request: HttpRequest) -> str:
    """The kind of sitting that the address asks the history for; empty for all, and for one that is unknown."""
    mode = request.GET.get("sittings", "")
    return mode if mode in Sitting.Mode else ""


def history(learner: Learner, page: str | None, mode: str = "") -> Page[Sitting]:
    """
    A page of sittings, newest first; only its own are counted through, however many there are.

    1 query for the first page, 2 for any other.
    """
    mine = sittings_told(Sitting.objects.of(learner))
    pages = Paginator(mine.filter(mode=mode) if mode else mine, SITTINGS_SHOWN)
    if page in (None, "1"):
        shown = list(with_all_told(pages.object_list[:SITTINGS_SHOWN], count_of(pages.object_list)))
        pages.count = shown[0].count if shown else 0
        found = pages.page(1)
    else:
        found = pages.get_page(page)
        shown = list(with_all_told(found.object_list, Value(pages.count)))
    found.object_list = shown
    return found


def count_of(sittings: QuerySet[Sitting]) -> Subquery:
    """How many of one learner there are, to be put into another query."""
    return Subquery(sittings.order_by().values("learner").annotate(count=Count("pk")).values("count"))


def with_all_told(sittings: QuerySet[Sitting], count: Subquery | Value) -> QuerySet[Sitting]:
    """A slice of sittings with all that the history tells of each, and with the `count` of all."""
    shown = Sitting.objects.filter(pk__in=sittings.values("pk")).with_progress()
    return shown.select_related("guide", "topic", "table").annotate(count=count)


def figures(dashboard: Dashboard) -> dict[str, object]:
    """A dashboard with its charts."""
    prospect = dashboard.prospect
    return {
        "board": dashboard,
        "guide": dashboard.guide,
        "questions": EXAM_QUESTIONS,
        "scores": score_chart(dashboard),
        "now": told_of(prospect.today),
        "then": told_of(prospect.then),
        "score": told_of(prospect.then.score(EXAM_QUESTIONS) if prospect.then else None),
        "compared": [compared(each) for each in dashboard.compared],
        "days_to_go": (prospect.exam_on - dashboard.today).days if prospect.exam_on else None,
        "weekdays": WEEKDAYS,
        "fading": bar_chart(dashboard.fading, dashboard.today, f"Fading over the next {DAYS_AHEAD} days"),
    }


def told_of(forecast: Forecast | None) -> Told | None:
    """A forecast in whole percents."""
    return told(forecast.mean, forecast.low, forecast.high) if forecast else None


def compared(each: Compared) -> dict[str, object]:
    """An exam beside its forecast, in whole percents."""
    return {
        "on": each.on,
        "sitting": each.sitting,
        "expected": told_of(each.outcome.expected),
        "came": percent(each.outcome.score),
        "is_within": each.outcome.is_within,
        "is_better": each.outcome.difference > 0,
    }


def score_chart(dashboard: Dashboard) -> BandChart | None:
    """The score to be expected today and on the day that counts; None where there is no forecast yet."""
    prospect = dashboard.prospect
    if prospect.today is None or prospect.then is None:
        return None
    expected = [("Today", prospect.today)]
    if prospect.until > dashboard.today:
        expected.append((f"{prospect.until.day} {prospect.until:%b}", prospect.then))
    scores = [(label, forecast.score(EXAM_QUESTIONS)) for label, forecast in expected]
    bands = [Band(label, score.mean, score.low, score.high) for label, score in scores]
    return band_chart(bands, dashboard.study.pass_mark if dashboard.study else None)
