"""What a guest did becomes an account's: at sign-up the learner itself, at sign-in its answers, nothing twice."""

from django.db import transaction

from quizzes.models import Answer, AnswerFact, Learner, Sitting, Slot
from studysite.accounts.models import User


@transaction.atomic
def adopt_guest(guest_key: str, user: User) -> Learner:
    """
    Give the guest's sittings and answers to the account and return its learner.

    An account without a learner takes the guest's over as it is. Otherwise every sitting, with its slots and answers,
    moves to the account's learner, an unfinished one can be gone on with, and the guest is no more. A second call finds
    no guest and changes nothing.
    """
    guest = Learner.objects.select_for_update().filter(guest_key=guest_key, user=None).first()
    learner = Learner.objects.select_for_update().filter(user=user).first()
    if guest is None:
        return learner or Learner.objects.create(user=user)
    if learner is None:
        guest.user, guest.guest_key = user, None
        guest.save(update_fields=["user", "guest_key"])
        return guest
    for model in (Sitting, Slot, Answer, AnswerFact):
        model.objects.filter(learner=guest).update(learner=learner)
    guest.delete()
    return learner
