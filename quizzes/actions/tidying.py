"""What nobody will come back for is taken away, a little at a time, so that nobody who studies waits for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from quizzes.models import Learner, Reminder
from studysite.accounts.models import Invitation
from studysite.tries import forget_what_is_over
from tables.models import Draft

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many of each went, or would go."""

    guests: int
    drafts: int
    invitations: int
    sessions: int
    reminders: int


def tidy(*, days: int, is_trial: bool = False) -> Tidied:
    """
    Delete what is older than `days`: guests who never answered or whose browser has forgotten them, documents that
    nobody published, invitations that let nobody in, notes of reminders that were sent; and sessions that are over, as
    are counted tries and forecasts, which are not told of. A trial only counts.
    """
    if not is_trial:
        forget_what_is_over()
    now = timezone.now()
    before = now - timedelta(days=days)
    found = (
        idle_guests(before),
        Draft.objects.open().filter(created_at__lt=before),
        Invitation.objects.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before)),
        Session.objects.filter(expire_date__lt=now),
        Reminder.objects.filter(sent_at__lt=min(before, now - timedelta(days=7))),  # not before they are due,
    )
    return Tidied(*(rows.count() if is_trial else remove(rows) for rows in found))


def idle_guests(before: datetime) -> QuerySet[Learner]:
    """
    Guests from before a moment who have said nothing, and those whose session had ended by then since their last word.

    A guest is known by their session alone: when that has ended, nobody can be that guest again.
    """
    forgotten = before - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    guests = Learner.objects.filter(user=None, created_at__lt=before, reports=None)
    lively = Q(sittings__started_at__gte=forgotten) | Q(answers__answered_at__gte=forgotten)
    silent = guests.filter(answers=None, events=None).exclude(sittings__started_at__gte=before)
    gone = guests.filter(created_at__lt=forgotten).exclude(pk__in=guests.filter(lively).values("pk"))
    return guests.filter(Q(pk__in=silent.values("pk")) | Q(pk__in=gone.values("pk")))


def remove[Row: Model](rows: QuerySet[Row]) -> int:
    """Delete rows in short transactions, each looked at again under its lock; how many went."""
    return sum(_remove_some(rows, numbers) for numbers in _numbers(rows))


def _numbers[Row: Model](rows: QuerySet[Row]) -> Iterator[tuple[object, ...]]:
    yield from batched(list(rows.values_list("pk", flat=True)), AT_ONCE)


@transaction.atomic
def _remove_some[Row: Model](rows: QuerySet[Row], numbers: tuple[object, ...]) -> int:
    model = rows.model._base_manager
    locked = [row.pk for row in model.select_for_update().filter(pk__in=numbers)]
    still = list(rows.filter(pk__in=locked).values_list("pk", flat=True))
    model.filter(pk__in=still).delete()
    return len(still)
