"""
The body of a table, drawn from the HTML that was made at import.

In Python, not in a template: a table has hundreds of cells, and each costs a template dozens of steps.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import partial

from django import template
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

from studysite.accounts.templatetags.icons import icon
from tables.models import Column, Row
from tables.reader.document import Cell
from tables.reader.forms import is_placeholder

register = template.Library()

NO_VALUE = '<span class="none"><span aria-hidden="true">–</span><span class="vh">no value</span></span>'


@register.simple_tag
def grid_rows(
    rows: Iterable[Row],
    columns: Sequence[Column],
    *,
    covered: Collection[str] = (),
    breaks: Collection[int] = (),
    linked: bool = False,
    picks: str = "",
    anchor: str = "row-",
) -> SafeString:
    """
    The rows of a table's body, in the order given.

    `covered` are the slugs of columns whose cells must be revealed; `breaks` the positions of rows above which a rule
    is drawn; `linked` says that names in cells lead to their pages; `picks` is the slug of the table where rows can be
    ticked, which sends them with the form "pick"; `anchor` begins the id of each row. A cell's id is that of its row, a
    dot and the slug of its column.
    """
    draws = [_cover if column.slug in covered else _linked if linked else _value for column in columns]
    if picks:
        draws[0] = partial(_pick, picks)
    frames = [_frame(column) for column in columns]
    drawn = []
    for row in rows:
        rule = ' class="rule"' if row.position in breaks else ""
        name = escape(anchor + row.slug)
        cells = zip(frames, draws, columns, strict=True)
        inside = "".join(
            f'<{tag} id="{name}.{slug}{attributes}{draw(row, column)}</{tag}>'
            for (tag, slug, attributes), draw, column in cells
        )
        drawn.append(f'<tr id="{name}"{rule}>{inside}</tr>')
    return mark_safe("".join(drawn))


@register.simple_tag
def cell_html(cell: Cell) -> SafeString:
    """What a reader sees of a cell: its safe HTML, or that it holds no value."""
    return mark_safe(NO_VALUE) if is_placeholder(cell.text) else mark_safe(cell.html)


@register.filter
def align(column: Column) -> str:
    """The class attribute of a cell that the document aligns, with a space before it; empty for all others."""
    return mark_safe(f' class="to-{column.align}"') if column.align in {"center", "right"} else mark_safe("")


def _frame(column: Column) -> tuple[str, str, str]:
    """The element of a cell of this column, the end of its id, and its attributes from the closing quote on."""
    slug = escape(column.slug)
    if column.position == 0:
        return "th", slug, f'" scope="row" dir="auto"{align(column)}>'
    return "td", slug, f'" data-col="{escape(column.name)}" dir="auto"{align(column)}>'


def _value(row: Row, column: Column) -> str:
    return cell_html(row.cell(column))


def _linked(row: Row, column: Column) -> str:
    linked = row.linked.get(column.key.hex)
    return mark_safe(linked) if linked else _value(row, column)


def _pick(table: str, row: Row, column: Column) -> str:
    value = escape(f"{table}.{row.slug}")
    box = f'<input type="checkbox" name="rows" value="{value}" form="pick" aria-label="Compare {escape(row.subject)}">'
    return f'<label class="pick">{box}<span>{_value(row, column)}</span></label>'


def _cover(row: Row, column: Column) -> str:
    words = conditional_escape(f"{column.name} of {row.subject}")
    summary = f'{icon("eye", small=True)}<span class="lab">Reveal<span class="vh"> {words}</span></span>'
    return f'<details class="cover"><summary>{summary}</summary><div>{_value(row, column)}</div></details>'
