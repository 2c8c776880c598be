"""Rows laid side by side, drawn in Python: a report has dozens of lines, and each costs a template a dozen steps."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from quizzes.contrasts.cards import CardLine, Line, Role, Run, Sentence, Side
from studysite.accounts.templatetags.icons import icon

register = template.Library()

NO_VALUE = '<span aria-hidden="true">–</span><span class="vh">no value</span>'
ROLES = {
    Role.RIGHT: ("ans", "check", "Right answer"),
    Role.CHOSEN: ("you", "x", "You picked"),
    Role.NEIGHBOUR: ("quiet-t", "swap", "Often mixed up with"),
}


@register.simple_tag
def row_name(side: Side, *, plain: bool | str = False) -> SafeString:
    """The name of a row, below what it is to the question unless the page is `plain` about that."""
    name = escape(side.name)
    if plain:
        return mark_safe(name)
    style, sign, words = ROLES[side.role]
    return mark_safe(f'<small class="{style}">{icon(sign, small=True)}{words}</small>{name}')


@register.simple_tag
def lines_of_two(lines: Iterable[Line]) -> SafeString:
    """The columns in which two rows are compared, each a line of the table: name, other row, right row."""
    return mark_safe("".join(_line(line.column, _cells(line), decides=line.decides) for line in lines))


@register.simple_tag
def lines_of_one(lines: Iterable[CardLine]) -> SafeString:
    """The cells of one row, each a line of the table: name, value."""
    return mark_safe("".join(_line(line.column, _cell(line.value), decides=line.decides) for line in lines))


@register.simple_tag
def in_words(sentences: Iterable[Sentence]) -> SafeString:
    """What a contrast says in sentences, the names of columns and values strong."""
    return mark_safe("".join(f'<p class="lede">{"".join(map(_run, sentence))}</p>' for sentence in sentences))


def _line(column: str, cells: str, *, decides: bool) -> str:
    start = '\n    <tr class="key-row">' if decides else "\n    <tr>"
    mark = f'<span class="decides">{icon("mark", small=True)}decides it</span>' if decides else ""
    return f'{start}<th scope="row">{escape(column)}{mark}</th>{cells}</tr>'


def _cells(line: Line) -> str:
    if not line.is_same:
        return _cell(line.other) + _cell(line.right)
    same = f"{escape(line.right) or 'no value'} for both"
    return f'<td class="same" colspan="2"><span>{icon("same", small=True)}{same}</span></td>'


def _cell(text: str) -> str:
    return f"<td>{escape(text) or NO_VALUE}</td>"


def _run(run: Run) -> str:
    return f"<b>{escape(run.text)}</b>" if run.is_strong else escape(run.text)
