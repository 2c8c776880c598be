"""Cover mode: a learner says of a cell they uncovered whether they knew it. A review like any answer, kept for good."""

import secrets

from django.db import transaction
from django.utils import timezone

from quizzes.actions.memory import FactsTold
from quizzes.actions.sittings import lock
from quizzes.marking.grades import FactGrade, Grade, Mark
from quizzes.memory.states import SELF_GRADED_CHANCE
from quizzes.models import Answer, Fact, Learner, Question, Sitting, Slot
from quizzes.shown import Shown


@transaction.atomic
def review(learner: Learner, fact: Fact, *, knew: bool) -> bool:
    """
    Keep one review of a fact a day; what was said first stands. Gives whether it was known.

    All of a table and day make one sitting, which counts in no score.
    """
    learner = lock(learner)
    now = timezone.now()
    sitting = _sitting_of(learner, fact)
    kept = Answer.objects.filter(sitting=sitting, facts__fact=fact, slot__is_undone=False).first()
    if kept:
        return kept.is_right
    question = Question.objects.select_related("guide").filter(facts=fact).order_by("position").first()
    if question is None:
        return knew
    position = sitting.slots.count() + 1
    shown = Shown(facts=((fact.pk, fact.value_hash),), guess_chance=SELF_GRADED_CHANCE)
    slot = Slot.objects.create(
        learner=learner, sitting=sitting, question=question, position=position, kind=question.kind,
        context=question.context, stem=question.stem, shown=shown.to_json(), value_hash=fact.value_hash,
        points=float(knew), shown_at=now,
    )  # fmt: skip
    answer = Answer.objects.create(
        learner=learner, sitting=sitting, slot=slot, question=question, position=position, token=slot.token,
        is_right=knew, outcome=Answer.Outcome.RIGHT if knew else Answer.Outcome.UNKNOWN, points=float(knew),
        answered_at=now, study_day=learner.day_of(now),
    )  # fmt: skip
    told = FactGrade(0, knew, SELF_GRADED_CHANCE, is_unknown=not knew)
    FactsTold(slot, shown).tell(answer, Grade(Mark.RIGHT if knew else Mark.WRONG, (told,)))
    return knew


def _sitting_of(learner: Learner, fact: Fact) -> Sitting:
    """That of the reviews of a table today; finished from the start, for nothing in it waits for an answer."""
    token = f"cover-{fact.table_id}-{learner.today}"
    sitting, _ = Sitting.objects.get_or_create(
        learner=learner,
        token=token,
        defaults={
            "guide_id": fact.guide_id, "table_id": fact.table_id, "mode": Sitting.Mode.COVER,
            "scope": Sitting.Scope.TABLE, "seed": secrets.randbits(63), "returns_missed": False,
            "finished_at": timezone.now(),
        },
    )  # fmt: skip
    return sitting
