"""What the host says about the site: imprint, privacy and the like."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from studysite.web import cached_public
from tables.actions.about import about_pages


@require_safe
def about(request: HttpRequest, name: str) -> HttpResponse:
    """One page of the host's."""
    page = about_pages().get(name)
    if page is None:
        raise Http404
    return cached_public(request, f"about-{hash(page)}", lambda: render(request, "tables/about.html", {"page": page}))
