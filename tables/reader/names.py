"""Plain Python: titles in, slugs for addresses out."""

import unicodedata

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
