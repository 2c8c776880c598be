"""Where a reader starts: the shelf of guides and the overview of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from studysite.web import cached_public
from tables.actions.keeping import version_of
from tables.actions.outline import read_outline
from tables.actions.readable import readable_guide, readable_guides
from tables.exports.formats import twins_of
from tables.models import Guide


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The only guide there is, or the shelf of all that this reader may see."""
    guides = readable_guides(request.user)
    if len(guides) == 1:
        return redirect("tables:guide", guides[0].slug)
    return cached_public(request, version_of(*guides), lambda: render(request, "tables/shelf.html", {"guides": guides}))


@require_safe
def guide(request: HttpRequest, guide_slug: str) -> HttpResponse:
    """Every topic and table of a guide, and the one next thing to do."""
    guide = readable_guide(request.user, guide_slug)
    return cached_public(request, version_of(guide), lambda: _overview(request, guide))


def _overview(request: HttpRequest, guide: Guide) -> HttpResponse:
    eyebrow, title = headline(guide)
    context = {
        "guide": guide,
        "outline": read_outline(guide),
        "eyebrow": eyebrow,
        "title": title,
        "twins": twins_of(guide.get_absolute_url()),
        "search_url": guide.search_url,
    }
    return render(request, "tables/guide.html", context)


def headline(guide: Guide) -> tuple[str, str]:
    """
    The small line above a guide's title, and the title.

    The line is the document's description; without one, what stands before a colon in the title ("Section 6: ...").
    """
    description = guide.front_matter.get("description", "")
    before, colon, after = guide.title.partition(": ")
    return (before, after) if colon and not description else (description, guide.title)
