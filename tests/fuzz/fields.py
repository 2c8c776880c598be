"""What can be sent to the site: the names that its code reads, and the forms that its pages hold."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.urls import resolve

UNREAD = {"migrations", "models"}
READS = {"get", "getlist", "pop"}
CODE = ("studysite", "tables", "quizzes")


@dataclass(slots=True)
class Form:
    """One form of a page: where it goes, and the fields with the values that they have at first."""

    method: str
    action: str
    fields: list[tuple[str, str]] = field(default_factory=list, repr=False)
    files: list[str] = field(default_factory=list)

    def kind(self) -> tuple[object, ...]:
        """Forms of one kind go to one view and have the same fields."""
        route = resolve(self.action).route
        return self.method, route, tuple({re.sub(r"\d+", "N", name): 0 for name, _ in self.fields}), tuple(self.files)


class FormFinder(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self.form: Form | None = None
        self.named = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method") != "dialog":
            self.begin(given)
        elif tag == "select":
            self.named = given.get("name", "")
            self.add(given | {"value": ""})
        elif tag == "option" and self.named:
            self.add({"name": self.named, "value": given.get("value", "")})
        elif tag in {"input", "button", "textarea"}:
            self.add(given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.named = ""

    def begin(self, given: dict[str, str]) -> None:
        action = urljoin(self.address, given.get("action") or self.address)
        self.form = Form(given.get("method", "get").upper(), urlsplit(action).path)
        self.forms.append(self.form)
        if "id" in given:
            self.by_id[given["id"]] = self.form

    def add(self, given: dict[str, str]) -> None:
        form = self.by_id.get(given.get("form", "")) or self.form
        if form is None or not given.get("name"):
            return
        if given.get("type") == "file":
            form.files.append(given["name"])
        else:
            form.fields.append((given["name"], given.get("value", "on")))  # a choice may come several times


def forms_in(address: str, page: str) -> list[Form]:
    """The forms of the page at an address."""
    finder = FormFinder(address)
    finder.feed(page)
    return finder.forms


@cache
def names_in_code() -> tuple[str, ...]:
    """Every name that the code of the site may look for in an address or a form, in the order of the alphabet."""
    folders = [Path(settings.BASE_DIR) / name for name in CODE]
    files = [path for folder in folders for path in folder.rglob("*.py") if not UNREAD & {*path.parts}]
    return tuple(sorted({name for path in files for name in names_in(ast.parse(path.read_text()))}))


def names_in(module: ast.Module) -> Iterator[str]:
    """Names read from requests, and names of the fields of form classes."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in READS:
            yield from words_of(node.args[:1], node.func.value)
        elif isinstance(node, ast.Subscript):
            yield from words_of([node.slice], node.value)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            made_by = ast.unparse(node.value.func)
            if made_by.endswith("Field"):
                yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def words_of(arguments: list[ast.expr], source: ast.expr) -> Iterator[str]:
    """The literal names among arguments, where they are asked of what was sent."""
    if ast.unparse(source).rpartition(".")[2] in {"GET", "POST", "sent", "data"}:
        yield from (each.value for each in arguments if isinstance(each, ast.Constant) and isinstance(each.value, str))
