"""What a guest did becomes an account's: at sign-up the learner itself, at sign-in its answers, nothing twice."""

from django.db import IntegrityError, transaction

from quizzes.actions.confusions import adopt_confusions
from quizzes.actions.forecasts import forget_forecasts
from quizzes.actions.plans import drop_plans
from quizzes.actions.replaying import replay
from quizzes.models import (
    Answer,
    AnswerFact,
    Event,
    Learner,
    Outdated,
    Outlook,
    Report,
    RuleOut,
    SetAside,
    Sitting,
    Slot,
    Study,
    new_token,
)
from studysite.accounts.models import User


@transaction.atomic
def adopt_guest(guest_key: str, user: User) -> None:
    """
    Give the guest's sittings and answers to the account.

    An account that has not begun to learn takes the guest's learner over as it is. Otherwise every sitting moves over
    with its slots and answers, memory is replayed from both logs in the order of time, and the guest is no more. An
    unfinished sitting can be gone on with, an answer on its way meanwhile is kept. What the account had chosen (time
    zone, exam dates) stands, what it had not is taken from the guest. A second call finds no guest and changes nothing.
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
    _adopt_wishes(guest, learner)
    forget_forecasts(guest)
    guest.delete()
    replay(learner)
    drop_plans(learner)


def _adopt_wishes(guest: Learner, learner: Learner) -> None:
    """What the guest wished of a guide or a fact of which the account had said nothing, and their time zone."""
    for model, part in ((Study, "guide"), (SetAside, "fact"), (Outdated, "fact"), (Outlook, "guide")):
        mine = model.objects.filter(learner=learner).values(part)
        model.objects.filter(learner=guest).exclude(**{f"{part}__in": mine}).update(learner=learner)
    if guest.time_zone and not learner.time_zone:
        learner.time_zone = guest.time_zone
        learner.save(update_fields=["time_zone"])


def _begun_by_same_form[Begun: (Sitting, RuleOut)](model: type[Begun], guest: Learner, learner: Learner) -> list[Begun]:
    """What both began with one and the same form: it may be there once for a learner."""
    tokens = model._default_manager.filter(learner=learner).values("token")
    return list(model._default_manager.filter(learner=guest, token__in=tokens))
