"""
What this page's reader knows of a guide and its tables, for pages that know nothing of learners.

One query a page counts all tables of a guide; where maps are drawn, two read all that is known of it. A visitor costs
none, or one where they are offered questions.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django import template
from django.conf import settings
from django.db.models import Exists, QuerySet, Subquery
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from quizzes.actions.forecasts import prospect_of
from quizzes.actions.planning import Due, due_of
from quizzes.actions.scopes import about
from quizzes.charts.bands import told
from quizzes.exams import earliest_open
from quizzes.memory.fading import Band, band_of
from quizzes.middleware import OfLearner, knowledge_of, known_learner
from quizzes.models import Fact, Learner, Question, Sitting
from quizzes.progress import Square, Tally, draw_map, total
from studysite.prepared import Prepared
from tables.actions.readable import Edition
from tables.models import Guide, Table

register = template.Library()

TINTS = {
    Band.NOT_SEEN: ' class="e"', Band.WEAK: ' class="a"', Band.FADING: ' class="b"', Band.GOOD: ' class="c"',
    Band.STRONG: "",
}  # fmt: skip
"""What the stylesheet calls the squares of a map."""


def once[Found](request: HttpRequest, name: str, guide: int, find: Callable[[], Found]) -> Found:
    """What `find` gives, found once for a request and guide."""
    kept = vars(request).setdefault("progress", {})
    if (name, guide) not in kept:
        kept[name, guide] = find()
    return kept[name, guide]


_TALLIED = OfLearner(lambda learners, guide: Fact.objects.asked().filter(guide=guide).tallied(learners), "guide")


def tallies(request: HttpRequest, guide: int) -> dict[int, Tally]:
    """What the reader showed of each page of a guide, by the id of its table; empty for who has not begun."""
    found: dict[int, Tally] = defaultdict(Tally)
    for row in _TALLIED(request, guide=guide):
        page = row["table__shown_with"] or row["table"]
        found[page] += Tally(row["questions"], row["asked"], row["right"])
    return found


def squares(
    request: HttpRequest, guide: Guide
) -> tuple[dict[int, list[Square]], dict[int, set[tuple[int, int]]] | None]:
    """
    The cells of each table that the reader was asked, with how well they are recalled, by the table's id.

    Then the places in each of which something is asked of the reader; None, which is all, for one who is not known.
    """
    found: dict[int, list[Square]] = defaultdict(list)
    if known_learner(request) is None or request.learner.pk is None:
        return found, None
    asked: dict[int, set[tuple[int, int]]] = defaultdict(set)
    knowledge = knowledge_of(request, guide)
    for fact in knowledge.counted:
        if fact.square is None:
            continue
        asked[fact.planned.table].add(fact.square)
        recall = knowledge.recalls.get(fact.planned.fact)
        if recall is not None:
            found[fact.planned.table].append(Square(*fact.square, band_of(recall)))
    return found, asked


def tally_of(context: dict[str, Any], table: Table) -> Tally:
    """What the reader of this page showed of one table, with those shown on its page."""
    request = context["request"]
    return once(request, "tallies", table.guide_id, lambda: tallies(request, table.guide_id)).get(table.pk, Tally())


def _shelf(learners: QuerySet[Learner], readable: QuerySet[Guide]) -> QuerySet[Fact, dict[str, int]]:
    begun = Sitting.objects.filter(learner=Subquery(learners.values("pk"))).order_by().values("guide")
    return Fact.objects.asked().filter(guide__in=readable.filter(pk__in=begun)).tallied(learners, "guide")


_SHELF_OF_ACCOUNT = OfLearner(
    lambda learners, account: _shelf(learners, Guide.objects.visible_to_account(account)), "account"
)
_SHELF_OF_GUEST = OfLearner(lambda learners: _shelf(learners, Guide.objects.visible_to_visitors()))


def shelf_tallies(request: HttpRequest) -> dict[int, Tally]:
    """
    What the reader showed of each guide that they have begun, by its id. One query.

    It grows with those guides, not with all that the site has.
    """
    is_account = request.user.is_authenticated
    rows = _SHELF_OF_ACCOUNT(request, account=request.user.pk) if is_account else _SHELF_OF_GUEST(request)
    return {row["guide"]: Tally(row["questions"], row["asked"], row["right"]) for row in rows}


@register.simple_tag(takes_context=True)
def shelf_progress(context: dict[str, Any]) -> SafeString:
    """How far the reader is in all guides of the shelf together; nothing for who has not begun."""
    request = context["request"]
    tally = total(once(request, "shelf", 0, lambda: shelf_tallies(request)).values())
    return _right_of(tally) if tally.asked else SafeString()


@register.simple_tag(takes_context=True)
def shelf_notes(context: dict[str, Any], guides: Iterable[Edition]) -> dict[int, SafeString]:
    """The same of each guide of the shelf that the reader has begun, by its id."""
    request = context["request"]
    found = once(request, "shelf", 0, lambda: shelf_tallies(request))
    tallies = ((guide, found.get(guide.pk, Tally())) for guide in guides)
    return {guide.pk: _right_of(tally, guide) for guide, tally in tallies if tally.asked}


def _right_of(tally: Tally, guide: Edition | None = None) -> SafeString:
    """How much is right at last sight, in one guide or in all together."""
    return render_to_string("quizzes/guide_progress.html", {"tally": tally, "guide": guide})


@register.simple_tag(takes_context=True)
def mini_map(context: dict[str, Any], table: Table) -> SafeString:
    """The table as a small grid of its value cells, the larger the better the reader recalls them today."""
    request = context["request"]
    seen, asked = once(request, "squares", table.guide_id, lambda: squares(request, table.guide))
    shown = None if asked is None else asked.get(table.pk, set())
    drawn = draw_map(table.row_count, max(table.column_count - 1, 0), seen.get(table.pk, ()), shown)
    paths = "".join(f'<path{TINTS[band]} d="{path}"/>' for band, path in drawn.paths)
    # Numbers and words of our own, never a reader's text.
    return mark_safe(
        f'<svg class="map" role="img" aria-label="{drawn.words}" width="{drawn.width}" height="{drawn.height}">'
        f'<path class="hd" d="{drawn.header}{drawn.left_out}"/>{paths}</svg>'
    )


@register.simple_tag(takes_context=True)
def table_progress(context: dict[str, Any], table: Table) -> SafeString:
    """A few words on one table: right at last sight and missed, of its questions. Nothing for who has not begun."""
    tally = tally_of(context, table)
    if not tally.asked:
        return SafeString()
    missed = f", {tally.missed} missed" if tally.missed else ""
    return mark_safe(f"<p>{tally.right} of {tally.questions} right at last sight{missed}</p>")  # numbers alone


@register.simple_tag(takes_context=True)
def tree_notes(context: dict[str, Any], guide: Guide) -> dict[int, SafeString]:
    """The same of all tables of a guide, by their ids, in the few letters that the list of all tables has room for."""
    request = context["request"]
    found = once(request, "tallies", guide.pk, lambda: tallies(request, guide.pk))
    return {table: _note(tally) for table, tally in found.items() if tally.asked}


def _note(tally: Tally) -> SafeString:
    seen, words = f"{tally.right}/{tally.questions}", f"{tally.right} of {tally.questions}"
    return mark_safe(  # numbers alone
        f'<small><span aria-hidden="true">{seen}</span><span class="vh">, {words} right at last sight</span></small>'
    )


@register.inclusion_tag("quizzes/quiz_button.html")
def quiz_button(table: Table) -> dict[str, Any]:
    """The way to practise a table, with those shown on its page; nothing where nothing is asked. Costs one query."""
    is_asked = Exists(Fact.objects.asked().filter(about(table), guide=table.guide_id))
    is_rebuilt = Exists(Question.objects.asked().filter(table=table, kind=Question.Kind.REBUILD))
    found = Table.objects.filter(pk=table.pk).order_by().values_list(is_asked, is_rebuilt).first()
    return dict(zip(("is_asked", "is_rebuilt"), found or (False, False), strict=True)) | {"table": table}


_TO_GO_ON_WITH = Prepared(
    lambda learner, guide, since: (
        Sitting.objects.filter(learner=learner, guide=guide).to_go_on_with(since).with_progress()[:1]
    )
)


@register.inclusion_tag("quizzes/today_card.html", takes_context=True)
def today_card(context: dict[str, Any], guide: Guide) -> dict[str, Any]:
    """The one next thing to do in a guide: go on, practise what was missed, or try five questions."""
    request = context["request"]
    if known_learner(request) is None or request.learner.pk is None:
        asks = Fact.objects.asked().filter(guide=guide).exists()
        return {"request": request, "guide": guide, "tally": Tally(), "asks": asks}
    learner, knowledge = request.learner, knowledge_of(request, guide)
    tally = total(once(request, "tallies", guide.pk, lambda: knowledge.tallies).values())
    sitting = _TO_GO_ON_WITH.first(learner=learner.pk, guide=guide.pk, since=earliest_open(timezone.now()))
    found = {"request": request, "guide": guide, "tally": tally, "sitting": sitting, "asks": tally.questions > 0}
    if tally.asked:
        prospect, aim = prospect_of(learner, guide, knowledge), knowledge.aim
        then = prospect.then
        found |= {
            "is_off": learner.is_off,
            "due": once(request, "due", guide.pk, lambda: due_of(learner, guide, knowledge)),
            "prospect": prospect,
            "then": told(then.mean, then.low, then.high) if then else None,
            "days": (aim.exam_on - aim.on).days if aim.exam_on else None,
        }
    return found


@register.simple_tag(takes_context=True)
def due_tag(context: dict[str, Any], table: Table, companions: Iterable[Table]) -> SafeString:
    """
    How many facts of a page are on today's plan; they add up to the number of the card, which must be drawn first.
    """
    due: Due | None = vars(context["request"]).get("progress", {}).get(("due", table.guide_id))
    count = sum(due.by_table.get(each.pk, 0) for each in [table, *companions]) if due else 0
    return mark_safe(f'<span class="tag accent">{count} due</span>') if count else SafeString()  # a number alone


@register.simple_tag(takes_context=True)
def bank_link(context: dict[str, Any], guide: Guide, table: Table | None = None) -> SafeString:
    """What the editors of a guide alone may do with it, or with a table. A visitor without a session costs nothing."""
    request = context["request"]
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not guide.is_editable_by(request.user):
        return SafeString()
    return render_to_string("quizzes/bank_link.html", {"guide": guide, "table": table})
