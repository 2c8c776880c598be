"""Delete an account with all that is personal: what others hold stays, under nobody's name."""

from django.db import models, transaction

from quizzes.actions.closing import leave_every_group
from quizzes.actions.forecasts import forget_forecasts
from quizzes.models import Learner, Sitting
from studysite.accounts.actions.people import delete_user
from studysite.accounts.models import User
from tables.actions.leaving import hand_to_everybody, take_away


class Guides(models.TextChoices):
    """What becomes of the guides of somebody who leaves."""

    DELETE = "delete", "Delete them"
    KEEP = "keep", "Leave them to everybody, without my name"


@transaction.atomic
def leave(user: User, guides: Guides) -> None:
    """
    Delete everything of a person: account, groups, sessions, answers, memory, plans, reports, drafts; all or nothing.

    Versions and edits of guides keep what was changed and when, not by whom. Guides are deleted with what only their
    owner did with them; one from which somebody else learned is archived instead, for the sake of their history.
    """
    User.objects.select_for_update().get(pk=user.pk)
    leave_every_group(user)
    learner = Learner.objects.select_for_update().filter(user=user).first()
    if guides == Guides.KEEP:
        hand_to_everybody(user)
    else:
        others = Sitting.objects.filter(guide__owner=user).exclude(learner=learner)
        take_away(user, used=set(others.values_list("guide", flat=True)))
    if learner:
        forget_forecasts(learner)
        learner.delete()
    delete_user(user)
