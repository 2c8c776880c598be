"""The body of a table with how well each cell is remembered, drawn in Python as `tables.templatetags.grid` does."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from quizzes.actions.recalls import RecalledCell, RecalledTable
from quizzes.recalls import CellRecall
from tables.templatetags.grid import cell_html

register = template.Library()


@register.simple_tag
def recalled_rows(recalled: RecalledTable, *, chooses: bool = False) -> SafeString:
    """The rows of the table. `chooses` lets each cell be ticked to be set aside."""
    drawn = []
    for row, cells in recalled.rows:
        inside = "".join(_cell(cell, chooses=chooses) for cell in cells)
        drawn.append(f'<tr><th scope="row" dir="auto">{escape(row.subject)}</th>{inside}</tr>')
    return mark_safe("\n".join(drawn))


def _cell(cell: RecalledCell, *, chooses: bool) -> str:
    recall, name = cell.recall, escape(cell.column.name)
    value = cell_html(cell.row.cell(cell.column))
    if recall.fact is None:
        return f'<td data-col="{name}" dir="auto">{value}</td>'
    when = recall.when
    title = f' title="{when}"' if when else ""
    tick = _tick(cell) if chooses else ""
    return (
        f'<td class="m m{recall.band}" data-col="{name}" dir="auto"{title}>{value}'
        f'<span class="p">{_shown(recall, chooses=chooses)}{_tags(recall, when)}</span>{tick}</td>'
    )


def _shown(recall: CellRecall, *, chooses: bool) -> str:
    """The recall as a bar and a number, or why there is none."""
    if recall.is_aside and not chooses:
        return "<span>set aside</span>"
    if recall.percent is None:
        return f"<span>{recall.words.lower()}</span>"
    return (
        f'<svg class="bar" aria-hidden="true"><rect width="{recall.percent}%" height="4" rx="2"/></svg>'
        f'<span><span class="vh">{recall.words} </span>{recall.percent}%</span>'
    )


def _tags(recall: CellRecall, when: str) -> str:
    changed = ' <span class="tag warn">changed since you learned it</span>' if recall.is_outdated else ""
    due = ' <span class="tag accent">due</span>' if recall.is_due else ""
    return changed + due + (f'<span class="vh">. {when}</span>' if when else "")


def _tick(cell: RecalledCell) -> str:
    checked = " checked" if cell.recall.is_aside else ""
    words = f'Set aside<span class="vh"> {escape(cell.column.name)} of {escape(cell.row.subject)}</span>'
    return (
        f'<label class="tick small"><input type="checkbox" name="aside" value="{cell.recall.fact}"{checked}>'
        f"<span>{words}</span></label>"
    )
