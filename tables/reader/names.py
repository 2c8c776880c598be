"""Plain Python: what tables, columns and guides are called in, the form that is kept out; titles in, slugs out."""

import unicodedata
from collections.abc import Iterable

from tables.reader.decoding import CONTROL
from tables.reader.forms import fold, is_blank
from tables.reader.inline.rules import HIDDEN

SLUG_LENGTH = 60
_ADDRESSES = (
    "about accounts add admin api browse compare concepts create dashboard data delete due edit exam export exports"
    " feedback filter flashcards groups guides health healthz help history import imports index join jsi18n learn livez"
    " login logout manifest manifest.json manifest.webmanifest media metrics new offline practice print progress"
    " publish questions quiz quizzes readyz report reset favicon.ico robots.txt search service-worker.js settings"
    " signup sitemap.xml source static stats sw.js theme topics versions"
)
RESERVED = frozenset(_ADDRESSES.split())
"""First steps of addresses which the site keeps for itself."""


def tidy_title(written: str) -> str:
    """A title as a heading would give it: composed, on one line, nothing hidden in it. Empty when nothing is seen."""
    title = " ".join(_visible(written).split())
    return "" if is_blank(title) else title


def tidy_label(written: str) -> str:
    """A label as the line above a table would give it: without its colon; it may have lines. Empty for none."""
    lines = (line.strip() for line in _visible(written).replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    label = "\n".join(line for line in lines if line).rstrip(" \t\n:：")
    return "" if is_blank(label) else label


def _visible(written: str) -> str:
    return unicodedata.normalize("NFC", HIDDEN.sub("", CONTROL.sub("\ufffd", written)))


def name_column(heading: str, names: Iterable[str]) -> str:
    """What a column of this heading is called behind columns of these names: "Column 3" for none, "Range 2" for two."""
    taken = [fold(name) for name in names]
    name = wanted = f"Column {len(taken) + 1}" if is_blank(heading) else " ".join(heading.split())
    number = 1
    while fold(name) in taken:
        number += 1
        name = f"{wanted} {number}"
    return name


def make_slug(text: str, fallback: str) -> str:
    """
    The address form of a title: letters and digits of every script, everything else one hyphen, at most 60 characters.

    Cut at a hyphen where there is one. `fallback` ("table-7") is given back when no letter or digit is left.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _shorten("".join(_spell(folded)).strip("-"), SLUG_LENGTH) or fallback


def _spell(text: str) -> list[str]:
    spelled: list[str] = []
    for character in text:
        category = unicodedata.category(character)
        if category[0] in "LN" or (category in ("Mn", "Mc") and _carries_marks(spelled, character)):
            spelled.append(character)
        elif category != "Cf" and spelled and spelled[-1] != "-":
            spelled.append("-")
    return spelled


def _carries_marks(spelled: list[str], mark: str) -> bool:
    """Whether a combining mark belongs to a letter before it; variation selectors belong to symbols."""
    return bool(spelled) and spelled[-1] != "-" and not ("\ufe00" <= mark <= "\ufe0f" or mark >= "\U000e0100")


def _shorten(slug: str, length: int) -> str:
    if len(slug) <= length:
        return slug
    cut = slug[:length] if slug[length] == "-" else slug[:length].rpartition("-")[0] or slug[:length]
    return cut.rstrip("-")


def unique_slug(wanted: str, taken: set[str]) -> str:
    """
    A slug that is neither reserved nor in `taken`: "import" becomes "import-table", a second "overview" "overview-2".

    Does not add to `taken`. Never longer than 60 characters.
    """
    if wanted in RESERVED:
        wanted = f"{wanted}-table"
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        ending = f"-{number}"
        slug = _shorten(wanted, SLUG_LENGTH - len(ending)) + ending
    return slug
