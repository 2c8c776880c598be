"""What a sitting asks when all it has asked so far is answered."""

from quizzes.actions.drills import go_on_drilling
from quizzes.actions.sittings import bring_back
from quizzes.actions.today import go_on_today
from quizzes.models import Sitting


def go_on(sitting: Sitting, *, is_beyond: bool = True) -> None:
    """
    Bring missed questions back, or ask the next of a drill or of today. Called twice it does nothing twice.

    Raises EnoughForToday, unless the learner goes on beyond that.
    """
    if sitting.mode == Sitting.Mode.DRILL:
        go_on_drilling(sitting)
    elif sitting.mode == Sitting.Mode.TODAY:
        go_on_today(sitting, is_beyond=is_beyond)
    else:
        bring_back(sitting)
