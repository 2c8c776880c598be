"""What can be sent to the admin: its addresses, and the names that its lists and forms look for."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.views import main as lists
from django.db.models import Model

from tests.fuzz.values import quoted
from tests.test_permissions import routes

STEP = re.compile(r"<[^>]*>")
LOOKUPS = ("", "__exact", "__in", "__isnull", "__gt", "__range", "__year", "__day", "__regex", "__icontains", "__x")
OF_LISTS = {*lists.IGNORED_PARAMS, lists.ALL_VAR, lists.ORDER_VAR, lists.PAGE_VAR, lists.SEARCH_VAR, lists.ERROR_FLAG}
OF_PAGES = {"_changelist_filters", "_popup", "_to_field", "_source_model", "next"}
OF_CHOICES = {"app_label", "model_name", "field_name", "term", "page"}
UNNAMED = {r"^(?P<app_label>": "tables/", r"(?P<url>.*)$": "no/such/"}


def admin_routes() -> list[str]:
    """Every route of the admin but those of patterns, which are written out."""
    found = {route.removeprefix("admin/") for route, _ in routes() if route.startswith("admin/")}
    plain = {route for route in found if "(?P" not in route}
    return sorted(plain | {path for start, path in UNNAMED.items() if any(each.startswith(start) for each in found)})


def model_of(route: str) -> type[Model] | None:
    """The model whose rows the pages of a route show."""
    app, _, rest = route.partition("/")
    name = rest.partition("/")[0]
    return apps.get_model(app, name) if app in apps.app_configs and name in apps.all_models[app] else None


def filled(route: str) -> str:
    """The address of a route, with the first row that there is; it fails where there is none."""
    return "/admin/" + STEP.sub(lambda _: str(first_row(route)), route)


def first_row(route: str) -> object:
    """The key of the first row of the model of a route, for the redirection to pages of the site that of a guide."""
    model = model_of(route) or apps.get_model("tables", "guide")
    return model._base_manager.order_by("pk").values_list("pk", flat=True)[0]


def with_bad_steps(route: str, value: str | bytes) -> Iterator[str]:
    """The addresses of a route in which one step each is a bad value."""
    *parts, last = STEP.split(route)
    for bad in range(len(parts)):
        steps = [quoted(value) if place == bad else str(first_row(route)) for place in range(len(parts))]
        yield "/admin/" + "".join(part + step for part, step in zip(parts, steps, strict=True)) + last


def names_for(route: str, page: str) -> list[str]:
    """The names that the page of a route may look for in its address."""
    model = model_of(route)
    linked = {name for link in re.findall(r'href="(\?[^"]+)"', page) for name, _ in parse_qsl(urlsplit(link).query)}
    if route == "autocomplete/":
        return sorted(OF_CHOICES)
    if model is None or route.endswith("/add/"):
        return sorted(OF_PAGES | {field.name for field in model._meta.get_fields()} if model else OF_PAGES)
    if STEP.search(route):
        return sorted(OF_PAGES | linked)
    return sorted(OF_LISTS | linked | {name + lookup for name in filters_of(model) for lookup in LOOKUPS})


def filters_of(model: type[Model]) -> set[str]:
    """The fields by which the list of a model may be narrowed."""
    shown = admin.site.get_model_admin(model)
    named = {each for each in shown.list_filter if isinstance(each, str)} | {shown.date_hierarchy or "pk"}
    return named | {"id"}
