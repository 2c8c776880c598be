"""What a guest did becomes an account's: at sign-up the learner itself, at sign-in its answers, nothing twice."""

from django.db import IntegrityError, transaction

from quizzes.actions.confusions import adopt_confusions
from quizzes.actions.memory import recount_learner
from quizzes.models import Answer, AnswerFact, Event, Learner, Report, RuleOut, Sitting, Slot, new_token
from studysite.accounts.models import User


@transaction.atomic
def adopt_guest(guest_key: str, user: User) -> None:
    """
    Give the guest's sittings and answers to the account.

    An account that has not begun to learn takes the guest's learner over as it is. Otherwise every sitting moves over
    with its slots and answers, memory is counted anew from both logs, and the guest is no more. An unfinished sitting
    can be gone on with, an answer on its way meanwhile is kept. A second call finds no guest and changes nothing.
    """
    guest = Learner.objects.select_for_update().filter(guest_key=guest_key, user=None).first()
    if guest is None or _became(guest, user):
        return
    learner = Learner.objects.select_for_update().get(user=user)
    _merge(guest, learner)


def _became(guest: Learner, user: User) -> bool:
    """Make the guest the account's learner, unless it has one."""
    if Learner.objects.filter(user=user).exists():
        return False
    try:
        with transaction.atomic():
            return bool(Learner.objects.filter(pk=guest.pk).update(user=user, guest_key=None))
    except IntegrityError:  # it got one between the look and the writing
        return False


def _merge(guest: Learner, learner: Learner) -> None:
    for begun in _begun_by_same_form(Sitting, guest, learner) + _begun_by_same_form(RuleOut, guest, learner):
        begun.token = new_token()
        begun.save(update_fields=["token"])
    adopt_confusions(guest, learner)
    for model in (Sitting, Slot, Answer, AnswerFact, Event, Report, RuleOut):
        model.objects.filter(learner=guest).update(learner=learner)
    guest.delete()
    recount_learner(learner)


def _begun_by_same_form[Begun: (Sitting, RuleOut)](model: type[Begun], guest: Learner, learner: Learner) -> list[Begun]:
    """What both began with one and the same form: it may be there once for a learner."""
    tokens = model._default_manager.filter(learner=learner).values("token")
    return list(model._default_manager.filter(learner=guest, token__in=tokens))
