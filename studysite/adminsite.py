"""
What Django's admin does not look at before it asks the database: numbers that none holds, fields without a name, and
comparisons that no link of its own makes, of which some want two values and some can be made to last for ever.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase

from studysite.numbers import DIGITS

FOREIGN = {"range", "regex", "iregex"}
OF_DATES, NUMBER = {"year", "iso_year", "month", "day"}, re.compile(r"(?!0+$)[0-9]{1,4}")
type AnyView = Callable[..., HttpResponseBase]


def guarded(admin_view: Callable[..., AnyView]) -> Callable[..., AnyView]:
    """The admin's way of making a view its own, with a look at what is sent before. For `admin.site.admin_view`."""

    @wraps(admin_view)
    def make(view: AnyView, *args: Any, **kwargs: Any) -> AnyView:
        inner = admin_view(view, *args, **kwargs)

        @wraps(inner)
        def look_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            is_odd = has_endless_number(request.GET) or compares_oddly(request.GET)
            if is_odd or "" in (*named_fields(request.GET), *named_fields(request.POST)):
                raise BadRequest("No list and no page of the admin is asked for like that.")
            return inner(request, *args, **kwargs)

        return look_first

    return make


def has_endless_number(sent: QueryDict) -> bool:
    """Whether any value but what is searched for holds a number that no database may hold."""
    values = [value for name, values in sent.lists() if name != SEARCH_VAR for value in values]
    return any(len(part) > DIGITS for value in values for part in value.split(",") if part.lstrip("+-").isdigit())


def compares_oddly(sent: QueryDict) -> bool:
    """Whether any name asks for a comparison that the admin's own filters do not make, or for a day that never is."""
    named = [(name.split("__")[1:], values) for name, values in sent.lists()]
    dates = [value for steps, values in named if OF_DATES & {*steps} for value in values]
    return any(steps and steps[-1] in FOREIGN for steps, _ in named) or not all(map(NUMBER.fullmatch, dates))


def named_fields(sent: QueryDict) -> list[str]:
    """The fields by which a row is to be found; there is at most one in what the admin's own pages send."""
    return sent.getlist(TO_FIELD_VAR)
