from collections.abc import Iterable, Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, include, path

from tables.reader.names import RESERVED, unique_slug

GUIDE = "<any-slug:guide_slug>/"


def routes(patterns: Iterable[URLPattern | URLResolver], start: str = "") -> Iterator[str]:
    """Every address of the site as its URL configuration spells it, with the marks of converters."""
    for pattern in patterns:
        route = start + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def fixed_steps(patterns: Iterable[URLPattern | URLResolver]) -> set[str]:
    """The steps that a slug could be taken for: the first of an address, and the one after a guide's slug."""
    steps = {route.removeprefix(GUIDE).partition("/")[0] for route in routes(patterns)}
    return {step for step in steps if step and not step.startswith("<")}


def test_every_first_step_of_the_site_is_reserved() -> None:
    steps = fixed_steps(get_resolver().url_patterns)

    assert {"accounts", "admin", "quiz", "progress", "search", "theme"} <= steps
    assert steps <= RESERVED


def test_new_address_that_a_slug_could_take_is_noticed() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    new: list[URLPattern | URLResolver] = [path(GUIDE, view), path(f"{GUIDE}of-a-guide/", view)]
    new += [path("", include([path("unheard-of/page/", view)]))]

    assert fixed_steps(new) - RESERVED == {"unheard-of", "of-a-guide"}


@pytest.mark.parametrize("step", sorted(RESERVED))
def test_reserved_word_never_is_a_slug(step: str) -> None:
    assert unique_slug(step, set()) == f"{step}-table"
    assert unique_slug(step, {f"{step}-table"}) == f"{step}-table-2"
