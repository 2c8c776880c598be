"""What a search found, as a reader sees it: where each thing is, what it is called, and what held the words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tables.address import ROWS_ON_A_PAGE, page_address
from tables.marking import Pieces, cut, has_hit, mark_terms
from tables.models import Column, DecisionQuestion, Guide, Point, Row, Table, Topic
from tables.reader.forms import is_placeholder
from tables.searching import Kind, Term, prepare
from tables.views.finding import Found, Parts

MOST_TEXTS = 3
LONGEST_NAME, LONGEST_TEXT = 160, 200


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `texts` are the label and the pieces of each text that holds words, apart from its own name."""

    kind: Kind
    url: str
    name: Pieces
    place: str = ""
    texts: Sequence[tuple[str, Pieces]] = ()


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
        shown = _describe(part, table, columns, terms if each.kind is Kind.CELL else ())
        marked = ((label, mark_terms(text, terms)) for label, text in shown.says)
        texts = ((label, cut(pieces, LONGEST_TEXT)) for label, pieces in marked if has_hit(pieces))
        name = cut(mark_terms(shown.name, terms), LONGEST_NAME)
        place = " · ".join(_places(part, table, names_guides=names_guides))
        hits.append(Hit(each.kind, shown.url, name, place, list(islice(texts, MOST_TEXTS))))
    return hits


def _places(part: object, table: Table | None, *, names_guides: bool) -> Iterator[str]:
    """What a part stands in, the nearest first."""
    if isinstance(part, Table):
        yield from filter(None, [part.topic.title])
    elif table:
        yield table.name
    if names_guides and not isinstance(part, Guide):
        yield (table.guide if table else part.guide).title  # type: ignore[attr-defined]  # a topic has no table


def _describe(part: object, table: Table | None, columns: Sequence[Column], in_one_cell: Sequence[Term]) -> Described:
    """`in_one_cell` are the terms of which a single cell must be found; empty where the whole part was."""
    match part, table:
        case Guide(), _:
            return Described(part.get_absolute_url(), part.title, _prose(part.intro))
        case Topic(), _:
            return Described(f"{part.guide.get_absolute_url()}#t-{part.slug}", part.title, _prose(part.intro))
        case Table(), _:
            return Described(_address(part), part.name, _beside(part, columns))
        case Row(), Table():
            return _row(part, table, columns, in_one_cell)
        case DecisionQuestion(), Table():
            says = [("Answer", part.answer), ("", part.explanation)]
            url = _address_of(table, part.row) if part.row else _point_address(table, part.point_id)
            return Described(url, part.question, says)
        case Point(), Table():
            return Described(_point_address(table, part.pk), part.text)
    raise TypeError(f"{part!r} is nothing that can be found.")


def _row(row: Row, table: Table, columns: Sequence[Column], in_one_cell: Sequence[Term]) -> Described:
    cells = [(column, text) for column in columns if (text := row.cell(column).text) != row.subject]
    cells = [(column, text) for column, text in cells if not is_placeholder(text)]
    if in_one_cell:
        cells = [cell for cell in cells if all(term.stands_in(prepare(cell[1])) for term in in_one_cell)]
    column = cells[0][0] if in_one_cell and cells else None
    return Described(_address_of(table, row, column), row.subject, [(cell[0].name, cell[1]) for cell in cells])


def _beside(table: Table, columns: Sequence[Column]) -> Iterator[tuple[str, str]]:
    yield from (("Column", column.name) for column in columns)
    yield from _prose([*table.intro, *table.notes])


def _prose(parts: Iterable[dict[str, str]]) -> Iterator[tuple[str, str]]:
    return (("", part["text"]) for part in parts)


def _host(table: Table) -> Table | None:
    """The table on whose page this one is shown, by the rule of `tables.views.outline`."""
    host = table.shown_with
    if host is None or host.archived_at or host.shown_with_id or table.row_count > ROWS_ON_A_PAGE:
        return None
    host.guide = table.guide
    return host


def _address(table: Table) -> str:
    host = _host(table)
    return f"{host.get_absolute_url()}#t-{table.slug}" if host else table.get_absolute_url()


def _address_of(table: Table, row: Row, column: Column | None = None) -> str:
    ending = f"{row.slug}.{column.slug}" if column else row.slug
    if _host(table):
        return f"{_address(table)}-{ending}"
    return f"{_address(table)}{page_address(row.position)}#row-{ending}"


def _point_address(table: Table, point: int | None) -> str:
    return f"{(_host(table) or table).get_absolute_url()}#point-{point}"
