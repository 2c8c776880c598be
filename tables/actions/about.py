"""The host's own pages, imprint and privacy for example: a folder of Markdown files, read once in a process."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from tables.about import AboutPage, read_page

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LARGEST = 1_000_000
"""Bytes of one page."""


def about_pages() -> dict[str, AboutPage]:
    """The pages by their names, in the order of their names; none where the host gives none. Never raises."""
    return _read_all(settings.LEGAL_DIR)


@lru_cache(maxsize=4)
def _read_all(folder: str) -> dict[str, AboutPage]:
    return {found.name: found for _, found in _look_through(folder) if isinstance(found, AboutPage)}


def faults_of_about(**kwargs: object) -> list[CheckMessage]:
    """System check: what of LEGAL_DIR cannot be shown, file by file."""
    found = list(_look_through(settings.LEGAL_DIR))
    faults = [each for _, each in found if not isinstance(each, AboutPage)]
    if settings.LEGAL_DIR and not found:
        faults.append(Warning(f"LEGAL_DIR ({settings.LEGAL_DIR}) holds no Markdown file.", id="tables.W001"))
    return faults


def _look_through(folder: str) -> Iterator[tuple[str, AboutPage | CheckMessage]]:
    """Each Markdown file of a folder as a page, or what is wrong with it."""
    if not folder:
        return
    try:
        paths = sorted(path for path in Path(folder).iterdir() if path.suffix == ".md")
    except OSError as error:
        yield "", Error(f"LEGAL_DIR ({folder}) cannot be read: {error.strerror}.", id="tables.E001")
        return
    for path in paths:
        yield path.name, _look_at(path)


def _look_at(path: Path) -> AboutPage | CheckMessage:
    if not NAME.fullmatch(path.stem):
        hint = "Name it with small letters, digits and hyphens, as in privacy.md."
        return Error(f"{path} cannot be an address.", hint=hint, id="tables.E002")
    try:
        if path.stat().st_size > LARGEST:
            return Error(f"{path} is larger than {LARGEST:,} bytes.", id="tables.E003")
        return read_page(path.stem, path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        return Error(f"{path} cannot be read: {error}.", id="tables.E003")
