"""Parts of charts that have hundreds of places, drawn in Python: each costs a template dozens of steps."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

from quizzes.charts.calendar import Week

register = template.Library()

TO_COME = '<span class="vh">to come</span>'


@register.simple_tag
def week_rows(weeks: Iterable[Week]) -> SafeString:
    """The rows of the calendar as a table: answers by day."""
    return mark_safe("".join(map(_week_row, weeks)))  # dates and numbers alone


def _week_row(week: Week) -> str:
    cells = "".join(f'<td class="n">{TO_COME if count is None else f"{count:,}"}</td>' for count in week.answers)
    return f'<tr><th scope="row" class="nowrap">{week.begins.day} {week.begins:%b}</th>{cells}</tr>'
