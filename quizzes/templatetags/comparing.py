"""What this page's reader remembers of some rows and takes for one another, for pages that know nothing of learners."""

from collections.abc import Sequence
from typing import Any

from django import template

from quizzes.actions.concepts import recall_of_rows
from quizzes.actions.mixups import mixed_up_with
from quizzes.middleware import known_learner
from quizzes.models import Learner
from tables.models import Guide, Row

register = template.Library()


def learner_of(context: dict[str, Any]) -> Learner | None:
    """Who has begun to learn; None for anybody else, at no cost for a visitor."""
    request = context["request"]
    if known_learner(request) is None:
        return None
    return request.learner if request.learner.pk else None


@register.inclusion_tag("quizzes/memory_row.html", takes_context=True)
def memory_row(context: dict[str, Any], rows: Sequence[Row]) -> dict[str, Any]:
    """A line of a comparison: how well the reader recalls each row. Nothing for who was asked about none of them."""
    learner = learner_of(context)
    recalled = recall_of_rows(learner, rows) if learner else {}
    return {"recalled": [(row, recalled.get(row.pk)) for row in rows] if any(recalled.values()) else []}


@register.inclusion_tag("quizzes/mixed_up_rows.html", takes_context=True)
def mixed_up_rows(context: dict[str, Any], guide: Guide, rows: Sequence[Row]) -> dict[str, Any]:
    """Which of these rows the reader takes for one another, and what tells them apart."""
    learner = learner_of(context)
    keys = {row.key for row in rows}
    hexes = {key.hex for key in keys}
    pairs = mixed_up_with(learner, guide, keys) if learner else []
    return {"pairs": [mix for mix in pairs if {mix.one.thing.row_key, mix.other.thing.row_key} <= hexes]}
