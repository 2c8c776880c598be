"""What this page's reader remembers of a thing and takes it for, for pages that know nothing of learners."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template

from quizzes.actions.concepts import facts_of_thing
from quizzes.actions.mixups import mixed_up_with
from quizzes.middleware import known_learner
from tables.models import Concept, Mention

register = template.Library()


@register.inclusion_tag("quizzes/concept_memory.html", takes_context=True)
def concept_memory(
    context: dict[str, Any], concept: Concept, own: Sequence[Mention], questions: Iterable[Any]
) -> dict[str, Any]:
    """
    Recall of each fact of a thing, and what it is mixed up with; nothing for who has not begun.

    `own` are the mentions that are its rows and columns, `questions` the places with questions that it answers. A
    visitor costs no query, a learner about 8.
    """
    if known_learner(context["request"]) is None:
        return {}
    learner = context["request"].learner
    if learner.pk is None:
        return {}
    facts = facts_of_thing(learner, own, [place.mention.question_id for place in questions])
    keys = {mention.row.key if mention.row else mention.column.key for mention in own if mention.column}
    seen = [each.recall.percent or 0 for each in facts]
    return {
        "facts": facts if any(each.recall.percent is not None for each in facts) else [],
        "percent": round(sum(seen) / len(seen)) if seen else 0,
        "pairs": mixed_up_with(learner, concept.guide, keys) if keys else [],
    }
