"""What lets the site be installed and read without a connection: its manifest, its service worker and its last page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

FILES = ["css/site.css", "js/site.js", "icons/favicon.svg"]
"""What every page needs, kept by the worker."""
PAPER = "#faf9f6"


@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root so that it has charge of the whole site; the page for no connection is first."""
    files = [reverse("offline"), *map(static, FILES)]
    return render(request, "sw.js", {"files": files}, content_type="text/javascript; charset=utf-8")


@require_safe
@cache_control(public=True, no_cache=True)
def page(request: HttpRequest) -> HttpResponse:
    """What is shown without a connection instead of a page that was not kept; its script lists those that were."""
    return HttpResponse(loader.render_to_string("offline.html"))


@require_safe
@cache_control(public=True, max_age=24 * 3600)
def manifest(request: HttpRequest) -> JsonResponse:
    """What a browser needs to put the site on a home screen."""
    sizes = {"favicon.svg": "any", "192.png": "192x192", "512.png": "512x512"}
    icons = [
        {"src": static(f"icons/{name}"), "sizes": size, "purpose": "any" if name == "favicon.svg" else "any maskable"}
        for name, size in sizes.items()
    ]
    told = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        "description": "Comparison tables, learned by heart",
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json")
