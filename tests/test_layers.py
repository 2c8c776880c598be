"""Who may import whom: accounts <- tables <- quizzes, views only by urls, no Django in the plain modules."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APPS = {"studysite.accounts": 0, "tables": 1, "quizzes": 2}
WITH_DJANGO = {"models", "actions", "views", "urls", "forms", "admin", "apps", "tasks", "management", "templatetags"}
WITH_DJANGO |= {"migrations", "middleware", "receivers", "context", "adapter", "backends", "sessions"}  # glue to Django
WEB = "studysite.web"
WIRING = {"studysite.settings", "studysite.urls", "studysite.wsgi"}


def imported(source: str) -> Iterator[str]:
    """Every module that a source names in an import; a relative one begins with a dot."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def app_of(module: str) -> str | None:
    """The app that a module belongs to."""
    return next((app for app in APPS if f"{module}.".startswith(f"{app}.")), None)


def kind_of(module: str, app: str) -> str:
    """The first part of a module's name inside its app: "models", "reader", ..., empty for the package itself."""
    return module.removeprefix(app).lstrip(".").split(".")[0]


def broken_rules(module: str, source: str) -> list[str]:
    """What one module imports against the rules, in sentences."""
    names, app = set(imported(source)), app_of(module)
    broken = [f"{module} imports relatively: {name}" for name in names if name.startswith(".")]
    kind = kind_of(module, app) if app else ""
    broken += [f"{module} imports {name}: it wires everything and nobody imports it" for name in names & WIRING]
    for name in names:
        other = app_of(name)
        if f"{name}.".startswith(f"{WEB}.") and kind != "views":
            broken.append(f"{module} imports {name}: only views may")
        if other and kind_of(name, other) == "views" and kind not in {"urls", "views"}:
            broken.append(f"{module} imports {name}: only urls may")
        if other and kind == "views" and kind_of(name, other) == "views" and other != app:
            broken.append(f"{module} imports {name}: only urls may")
        if app and other and APPS[other] > APPS[app]:
            broken.append(f"{module} imports {name}: {other} stands above {app}")
        if app is None and module == WEB and other:
            broken.append(f"{module} imports {name}: it serves every app and knows none")
        if app and kind and kind not in WITH_DJANGO and needs_django(name, other):
            broken.append(f"{module} imports {name}: it is plain Python")
    return broken


def needs_django(name: str, app: str | None) -> bool:
    """Whether a plain module may not import this one."""
    return name.split(".")[0] in {"django", "allauth", "django_htmx"} or bool(app and kind_of(name, app) in WITH_DJANGO)


def modules() -> list[Path]:
    """Every module of the project but its tests."""
    return sorted(path for top in ("studysite", "tables", "quizzes") for path in (ROOT / top).rglob("*.py"))


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_module_keeps_to_its_layer(path):
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")

    assert broken_rules(module, path.read_text(encoding="utf-8")) == []


def saves_whole(source: str) -> list[int]:
    """The lines that write every field of a row as it was read, over what others did since."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    saves = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "save"]
    return [call.lineno for call in saves if not call.args and "update_fields" not in {kw.arg for kw in call.keywords}]


@pytest.mark.parametrize(
    "path", [path for path in modules() if "views" in path.parts], ids=lambda path: str(path.relative_to(ROOT))
)
def test_view_saves_no_whole_row(path):
    assert saves_whole(path.read_text(encoding="utf-8")) == []


def test_whole_row_saved_is_found():
    assert saves_whole("form.save()\nslot.save(update_fields=['is_flagged'])\nexam.save(request, slot)") == [1]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("tables.views", "from . import models"),
        ("tables.actions", "import quizzes.models"),
        ("tables.actions", "from quizzes import models"),
        ("studysite.accounts.models", "from tables.models import Table"),
        ("studysite.accounts.views", "def late():\n    from quizzes.actions import adopt"),
        ("quizzes.actions", "from quizzes.views import answer"),
        ("quizzes.admin", "from tables import views"),
        ("quizzes.views", "from tables.views import detail"),
        ("quizzes.models", "from studysite import web"),
        ("quizzes.templatetags.progress", "from studysite.web import render_part"),
        ("tables.reader.lines", "from django.utils.text import slugify"),
        ("tables.kinds", "from tables.models import Table"),
        ("quizzes.generation.lures", "import quizzes.actions.sittings"),
        ("studysite.web", "from studysite.accounts.context import chosen_theme"),
        ("quizzes.actions.sittings", "from studysite import settings"),
    ],
)
def test_import_in_the_wrong_place_is_found(module, source):
    assert broken_rules(module, source)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("tables.urls", "from tables import views"),
        ("tables.views.pages", "from tables.views.filters import chips\nfrom studysite.web import render_part"),
        ("quizzes.actions.sittings", "from tables.models import Table\nfrom quizzes.generation import lures"),
        ("quizzes.generation.lures", "from tables.reader import document\nimport markdown"),
        ("studysite.settings", "from django.core.exceptions import ImproperlyConfigured"),
        ("studysite.urls", "from django.urls import include"),
    ],
)
def test_import_in_the_right_place_is_let_be(module, source):
    assert broken_rules(module, source) == []
