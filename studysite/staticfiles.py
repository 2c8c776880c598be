"""One stylesheet and one script for the browser, joined from the small files that people edit."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django_htmx
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

LAYERS = ["tokens", "base", "layout", "components", "tables", "quizzes", "utilities"]
HTMX = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
REMARKS = {
    ".css": re.compile(r"[ \t]*/\*.*?\*/", re.DOTALL),
    ".js": re.compile(r"^[ \t]*(?://[^\n]*|/\*(?:(?!\*/).)*\*/[ \t]*)\n", re.DOTALL | re.MULTILINE),
}
"""Comments, which browsers need not fetch: a tenth of what they would. In scripts only those on lines of their own."""


def css_sources(folder: Path) -> list[Path]:
    """The style sheets that exist, in the order of their layers, then any that no layer names, by name."""
    named = [folder / f"{layer}.css" for layer in LAYERS]
    others = sorted(path for path in folder.glob("*.css") if path not in named)
    return [path for path in [*named, *others] if path.exists()]


def js_sources(folder: Path) -> list[Path]:
    """First htmx, so that it needs no request of its own; then the behaviours by name, each a scope of its own."""
    return [HTMX, *sorted(folder.glob("*.js"))]


def joined(paths: list[Path]) -> str:
    """The files one after the other, without their comments, each begun by one with its name."""
    return "\n".join(f"/* {path.name} */\n{_without_remarks(path)}\n" for path in paths)


def _without_remarks(path: Path) -> str:
    return REMARKS[path.suffix].sub("", path.read_text(encoding="utf-8")).strip()


class JoinedFinder(BaseFinder):
    """Offers css/site.css and js/site.js, written anew whenever one of their sources has changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.source = Path(settings.BASE_DIR) / "static"
        self.storage = FileSystemStorage(location=Path(settings.BASE_DIR) / "var" / "joined")

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing can be set up wrongly here: there are no settings to check."""
        return []

    def find(self, path: str, find_all: bool = False) -> Any:
        """Where the joined file stands, or an empty list for any other path."""
        if path not in self.files():
            return []
        self.write(path)
        found = self.storage.path(path)
        return [found] if find_all else found

    def files(self) -> dict[str, list[Path]]:
        """Which sources make which joined file."""
        return {"css/site.css": css_sources(self.source / "css"), "js/site.js": js_sources(self.source / "js")}

    def write(self, path: str) -> None:
        """Write one joined file, if it is not there as it should be."""
        target, text = Path(self.storage.path(path)), joined(self.files()[path])
        if target.exists() and target.read_text(encoding="utf-8") == text:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(".new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(target)

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """Both joined files with the storage that holds them."""
        for path in self.files():
            self.write(path)
            yield path, self.storage
