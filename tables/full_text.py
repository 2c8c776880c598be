"""
Plain Python: a query in, the SQL that finds its candidates by the full text index of SQLite or PostgreSQL out.

Words (see `tables.searching`) hold letters, digits, marks and signs, never a quote, a space or a backslash: in quotes
they are safe in the small languages of both indexes. They reach the database as parameters all the same.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tables.searching import Term

FEW_GUIDES = 20

type Statement = tuple[str, list[str | int]]

_SQLITE = """
SELECT tables_entry_words.rowid AS id FROM tables_entry_words
CROSS JOIN tables_entry ON tables_entry.id = tables_entry_words.rowid
WHERE tables_entry_words MATCH %s AND tables_entry.guide_id IN ({guides}){phrases} LIMIT {most}
"""
_POSTGRESQL = """
SELECT tables_entry.id FROM tables_entry
WHERE {column}_words @@ %s::tsquery AND kind IN ({kinds}) AND guide_id IN ({guides}){phrases} LIMIT {most}
"""


@dataclass(frozen=True, slots=True)
class Search:
    """What to find: entries of these guides, at most `most` of each of `groups`, kinds that share their places."""

    terms: Sequence[Term]
    guides: Collection[int]
    groups: Sequence[Collection[str]]
    most: int


def candidates(search: Search, *, vendor: str) -> Statement:
    """
    One statement that gives the ids of entries which hold every term. Raises KeyError for another vendor.

    Each group is looked for in four ways: by the name and by all text, by whole words and by beginnings. Each way ends
    at `most`, so that a common word costs little more than a rare one and still finds what bears its name.
    """
    stage = {"sqlite": _sqlite, "postgresql": _postgresql}[vendor]
    stages = [
        stage(search, kinds, column, as_whole)
        for kinds in search.groups
        for column in ("name", "body")
        for as_whole in (True, False)
    ]
    sql = " UNION ".join(f"SELECT id FROM ({part}) AS stage_{place}" for place, (part, _) in enumerate(stages))
    return sql, [parameter for _, parameters in stages for parameter in parameters]


def _sqlite(search: Search, kinds: Collection[str], column: str, as_whole: bool) -> Statement:
    words = " AND ".join(_quoted(word, '"', " *" if begins else "") for word, begins in _words(search, as_whole))
    scopes = [kinds] if len(search.guides) > FEW_GUIDES else [kinds, [f"g{guide}" for guide in search.guides]]
    scope = "".join(f" AND scope : ({' OR '.join(_quoted(name, chr(34)) for name in names)})" for names in scopes)
    phrases, holding = _phrases(search, column, as_whole, "instr")
    sql = _SQLITE.format(guides=_numbers(search.guides), phrases=phrases, most=search.most)
    return sql, [f"{column} : ({words}){scope}", *holding]


def _postgresql(search: Search, kinds: Collection[str], column: str, as_whole: bool) -> Statement:
    words = " & ".join(_quoted(word, "'", ":*" if begins else "") for word, begins in _words(search, as_whole))
    phrases, holding = _phrases(search, column, as_whole, "strpos")
    places = ", ".join(["%s"] * len(kinds))
    numbers = _numbers(search.guides)
    sql = _POSTGRESQL.format(column=column, kinds=places, guides=numbers, phrases=phrases, most=search.most)
    return sql, [words, *kinds, *holding]


def _words(search: Search, as_whole: bool) -> list[tuple[str, bool]]:
    """Each word once, and whether it may be the beginning of one."""
    found = {
        (word, not as_whole and not term.is_whole and place == len(term.words))
        for term in search.terms
        for place, word in enumerate(term.words, start=1)
    }
    return sorted(found)


def _phrases(search: Search, column: str, as_whole: bool, function: str) -> Statement:
    """Conditions that the words of each term follow each other, which the index does not know."""
    holding = [term.whole if as_whole else term.beginning for term in search.terms if len(term.words) > 1]
    return f" AND {function}(tables_entry.{column}, %s) > 0" * len(holding), list(holding)


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
