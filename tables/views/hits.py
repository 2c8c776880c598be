"""What a search found, as a reader sees it: where each thing is, what it is called, and what held the words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tables.concepts.naming import Naming
from tables.marking import Hit, Pieces, cut, has_hit, mark_terms
from tables.models import Column, Concept, DecisionQuestion, Guide, Point, Row, Table, Topic
from tables.reader.forms import is_placeholder
from tables.searching import Kind, Term, all_in, prepare
from tables.views.finding import Found, Parts

MOST_TEXTS = 3
LONGEST_NAME, LONGEST_TEXT = 160, 200


@dataclass(frozen=True, slots=True)
class Described:
    """Address and name of a part, and all that it says beside: label and text."""

    url: str
    name: str
    says: Iterable[tuple[str, str]] = ()


def show_hits(found: Iterable[Found], parts: Parts, terms: Sequence[Term], *, names_guides: bool) -> list[Hit]:
    """The hits of what was found, in the same order. `names_guides` says that readers may wonder which guide it is."""
    hits = []
    for each in found:
        part, table = parts.by_key.get(each.entry.key), parts.tables.get(each.entry.table_id or 0)
        if part is None or (table is None and each.entry.table_id):
            continue  # has gone since the entry was read
        columns = parts.columns.get(table.pk, ()) if table else ()
        shown = _describe(part, table, columns, _Aim.of(each, terms))
        name = cut(mark_terms(shown.name, terms), LONGEST_NAME)
        place = " · ".join(_places(part, table, names_guides=names_guides))
        hits.append(Hit(each.kind, shown.url, name, place, _texts(shown, each, terms)))
    return hits


def _texts(shown: Described, found: Found, terms: Sequence[Term]) -> list[tuple[str, Pieces]]:
    """The texts that hold words, and those whose label holds the words that the part itself does not."""
    missing = [term for term in terms if not term.stands_in(found.entry.body)]
    marked = ((label, mark_terms(text, terms)) for label, text in shown.says)
    kept = ((each, text) for each, text in marked if has_hit(text) or (missing and all_in(prepare(each), missing)))
    return [(label, cut(pieces, LONGEST_TEXT)) for label, pieces in islice(kept, MOST_TEXTS)]


@dataclass(frozen=True, slots=True)
class _Aim:
    """Which cell of a row a hit leads to: one that holds all of `inside`, or one below a name that holds `above`."""

    inside: Sequence[Term] = ()
    above: Sequence[Term] = ()

    @classmethod
    def of(cls, found: Found, terms: Sequence[Term]) -> "_Aim":
        """What the words of a search that found this thing point at."""
        said = [term for term in terms if term.stands_in(found.entry.body)]
        return cls(inside=said) if found.kind is Kind.CELL else cls(above=[term for term in terms if term not in said])

    def hits(self, column: Column, text: str) -> bool:
        """Whether this is such a cell."""
        return all_in(prepare(text), self.inside) if self.inside else all_in(prepare(column.name), self.above)


def _places(part: object, table: Table | None, *, names_guides: bool) -> Iterator[str]:
    """What a part stands in, the nearest first."""
    if isinstance(part, Table):
        yield from filter(None, [part.topic.title])
    elif isinstance(part, Concept):
        yield "in 1 table" if part.table_count == 1 else f"in {part.table_count} tables"
    elif table:
        yield table.name
    if names_guides and not isinstance(part, Guide):
        guide: Guide = table.guide if table else part.guide  # type: ignore[attr-defined]  # those have no table
        yield guide.short_title


def _describe(part: object, table: Table | None, columns: Sequence[Column], aim: _Aim) -> Described:
    match part, table:
        case Guide(), _:
            return Described(part.get_absolute_url(), part.title, _prose(part.intro))
        case Topic(), _:
            return Described(f"{part.guide.get_absolute_url()}#t-{part.slug}", part.title, _prose(part.intro))
        case Concept(), _:
            aliases = Naming.from_json(part.guide.naming).aliases_of(part.form)
            return Described(part.get_absolute_url(), part.name, [("Also called", text) for text in aliases])
        case Table(), _:
            return Described(part.address_of(), part.name, _beside(part, columns))
        case Row(), Table():
            return _row(part, table, columns, aim)
        case DecisionQuestion(), Table():
            says = [("Answer", part.answer), ("", part.explanation)]
            url = table.address_of_point(part.point_id) if part.point_id else table.address_of(part.row)
            return Described(url, part.question, says)
        case Point(), Table():
            return Described(table.address_of_point(part.pk), part.text)
    raise TypeError(f"{part!r} is nothing that can be found.")


def _row(row: Row, table: Table, columns: Sequence[Column], aim: _Aim) -> Described:
    cells = [(column, text) for column in columns if (text := row.cell(column).text) != row.subject]
    cells = [(column, text) for column, text in cells if not is_placeholder(text)]
    aimed = [cell for cell in cells if aim.hits(*cell)] if aim.inside or aim.above else []
    column = aimed[0][0] if aimed else None
    return Described(table.address_of(row, column), row.subject, [(each.name, text) for each, text in aimed or cells])


def _beside(table: Table, columns: Sequence[Column]) -> Iterator[tuple[str, str]]:
    yield from (("Heading", heading) for heading in table.path)
    if not table.shown_with:  # else its name says the label
        yield "Label", table.label
    yield from (("Column", column.name) for column in columns)
    yield from _prose([*table.intro, *table.notes])


def _prose(parts: Iterable[dict[str, str]]) -> Iterator[tuple[str, str]]:
    return (("", part["text"]) for part in parts)
