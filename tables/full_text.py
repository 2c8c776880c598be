"""
Plain Python: a query in, the SQL that finds its candidates by the full text index of SQLite or PostgreSQL out.

Words (see `tables.searching`) hold letters, digits, marks and signs, never a quote, a space or a backslash: in quotes
they are safe in the small languages of both indexes. They reach the database as parameters all the same.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from tables.searching import Term

FEW_GUIDES = 20


class FoundEntry(NamedTuple):
    """What a search needs of an entry: the columns that each statement selects, in their order."""

    pk: int
    key: UUID
    guide_id: int
    table_id: int | None
    kind: str
    name: str
    body: str
    context: str


type Statement = tuple[str, list[str | int]]

FOUND = ", ".join(f"tables_entry.{name}" for name in ("id", *FoundEntry._fields[1:]))
_SQLITE = """
SELECT {found} FROM tables_entry_words
CROSS JOIN tables_entry ON tables_entry.id = tables_entry_words.rowid
WHERE tables_entry_words MATCH %s AND tables_entry.guide_id IN ({guides}){phrases} LIMIT {most}
"""
_POSTGRESQL = """
SELECT {found} FROM tables_entry
WHERE {matches} AND kind IN ({kinds}) AND guide_id IN ({guides}){phrases} LIMIT {most}
"""


@dataclass(frozen=True, slots=True)
class Search:
    """What to find: entries of these guides, at most `most` of each of `groups`, kinds that share their places."""

    terms: Sequence[Term]
    guides: Collection[int]
    groups: Sequence[Collection[str]]
    most: int


@dataclass(frozen=True, slots=True)
class Way:
    """
    One way to look: every word in one of these columns, as it is or as a beginning.

    In more columns than one, some word must be in the first: what stands under a heading is found by that alone.
    """

    columns: tuple[str, ...]
    as_whole: bool


NAMED, SAID = ("name",), ("body",)
NARROW = (Way(NAMED, as_whole=True), Way(NAMED, as_whole=False), Way(SAID, as_whole=True))
WIDE = Way(SAID, as_whole=False)
WIDEST = Way(("body", "context"), as_whole=False)


def candidates(search: Search, *, vendor: str) -> Statement:
    """
    One statement that gives entries which hold every term, the words of a name among all that they say.

    By the widest way: all text, beginnings of words, and together with what it stands under. A group of which it gives
    fewer than `most` is complete. Raises KeyError for another vendor.
    """
    return _statement(search, [WIDEST if len(search.terms) > 1 else WIDE], vendor)


def closer_candidates(search: Search, *, vendor: str) -> Statement:
    """
    The same by all narrower ways, for groups of which the widest has more than there is room for.

    Each way ends at `most`: so a common word costs little more than a rare one and still finds what bears its name.
    """
    return _statement(search, [*NARROW, *([WIDE] if len(search.terms) > 1 else [])], vendor)


def _statement(search: Search, ways: Iterable[Way], vendor: str) -> Statement:
    look = {"sqlite": _sqlite, "postgresql": _postgresql}[vendor]
    stages = [look(search, kinds, way) for way in ways for kinds in search.groups]
    sql = " UNION ALL ".join(f"SELECT * FROM ({part}) AS stage_{place}" for place, (part, _) in enumerate(stages))
    return sql, [parameter for _, parameters in stages for parameter in parameters]


def _sqlite(search: Search, kinds: Collection[str], way: Way) -> Statement:
    words = [_quoted(word, '"', " *" if begins else "") for word, begins in _words(search, way)]
    matches = [f"{{{' '.join(way.columns)}}} : ({' AND '.join(words)})"]
    if len(way.columns) > 1:
        matches.append(f"{way.columns[0]} : ({' OR '.join(words)})")
    scopes = [kinds] if len(search.guides) > FEW_GUIDES else [kinds, [f"g{guide}" for guide in search.guides]]
    matches += [f"scope : ({' OR '.join(_quoted(name, chr(34)) for name in names)})" for names in scopes]
    phrases, holding = _phrases(search, way, "instr")
    sql = _SQLITE.format(found=FOUND, guides=_numbers(search.guides), phrases=phrases, most=search.most)
    return sql, [" AND ".join(matches), *holding]


def _postgresql(search: Search, kinds: Collection[str], way: Way) -> Statement:
    words = [_quoted(word, "'", ":*" if begins else "") for word, begins in _words(search, way)]
    parameters: list[str | int] = []
    if len(way.columns) == 1:
        matches = f"{way.columns[0]}_words @@ %s::tsquery"
        parameters.append(" & ".join(words))
    else:
        one = " OR ".join(f"{column}_words @@ %s::tsquery" for column in way.columns)
        matches = " AND ".join([f"({one})"] * len(words) + [f"{way.columns[0]}_words @@ %s::tsquery"])
        parameters += [word for word in words for _ in way.columns]
        parameters.append(" | ".join(words))
    phrases, holding = _phrases(search, way, "strpos")
    places = ", ".join(["%s"] * len(kinds))
    numbers = _numbers(search.guides)
    sql = _POSTGRESQL.format(
        found=FOUND, matches=matches, kinds=places, guides=numbers, phrases=phrases, most=search.most
    )
    return sql, [*parameters, *kinds, *holding]


def _words(search: Search, way: Way) -> list[tuple[str, bool]]:
    """Each word once, and whether it may be the beginning of one."""
    found = {
        (word, not way.as_whole and not term.is_whole and place == len(term.words))
        for term in search.terms
        for place, word in enumerate(term.words, start=1)
    }
    return sorted(found)


def _phrases(search: Search, way: Way, function: str) -> Statement:
    """Conditions that the words of each term follow each other, which the index does not know."""
    holding = [term.whole if way.as_whole else term.beginning for term in search.terms if len(term.words) > 1]
    text = " || ' ' || ".join(f"tables_entry.{column}" for column in way.columns)
    return f" AND {function}({text}, %s) > 0" * len(holding), list(holding)


def _quoted(word: str, quote: str, ending: str = "") -> str:
    return f"{quote}{word}{quote}{ending}"


def _numbers(guides: Collection[int]) -> str:
    return ", ".join(str(int(guide)) for guide in guides)


# The words of names that begin as this one does: those of all guides, so what they lead to must be looked for again.
NAMES_SQLITE = """
SELECT DISTINCT term FROM tables_entry_vocabulary
WHERE term >= %s AND term < %s AND col = 'name' AND length(term) BETWEEN %s AND %s LIMIT 5000
"""
# The names in which a word looks like this one. The threshold is low, for a swapped letter spoils three trigrams.
NAMES_POSTGRESQL = """
SELECT name FROM tables_entry WHERE %s <%% name ORDER BY %s <<-> name LIMIT 20
"""
TRIGRAMS_ARE_THERE = "SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'"
LOW_THRESHOLD = "SELECT set_config('pg_trgm.word_similarity_threshold', '0.4', true)"
