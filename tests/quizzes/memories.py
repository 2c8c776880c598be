"""What tests say of memory: that it is in step with the log, and what it holds."""

from quizzes.actions.replaying import differences, refresh, replay
from quizzes.models import Learner, Memory


def catch_up() -> None:
    """Everybody comes again, so that memory follows what changed outside their answers."""
    for learner in Learner.objects.filter(is_stale=True):
        refresh(learner)


def lived_and_logged() -> list[str]:
    """Where the memory of anybody who is not stale differs from their log."""
    return [each for learner in Learner.objects.all() for each in differences(learner)]


def remembered() -> list[tuple[object, ...]]:
    """All memory of everybody, by learner and fact, with what is kept of the learners themselves."""
    memories = Memory.objects.order_by("learner", "fact").values_list(
        "learner", "learner__pace", "learner__first_sights", "fact", "stability", "difficulty", "last_on", "asked",
        "missed", "is_right", "rights_in_row", "answered_at", "misses", "recent", "right_days", "is_leech",
    )  # fmt: skip
    return list(memories)


def replay_all() -> None:
    """Make the memory of everybody anew."""
    for learner in Learner.objects.all():
        replay(learner)
