"""Reminders of assignments by mail: once for each and person, the day before it is due, to who asked for them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from types import SimpleNamespace

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from quizzes.actions.assignments import done_by
from quizzes.models import Assignment, Learner, Reminder
from studysite.accounts.models import Membership, User

DAYS_BEFORE = 1


class NotSent(Exception):
    """The mail server takes no mail; the message says how many went before."""


@dataclass(frozen=True, slots=True)
class Due:
    """An assignment that one person is reminded of; `days_left` by their own clock, 0 or 1."""

    assignment: Assignment
    days_left: int


def remind_all() -> int:
    """
    Send what is due by now; the number of mails. Run once a day or oftener, by several at once if need be.

    Who is reminded is written down before the mail is handed over: a mail may be lost by a crash in between, but comes
    once. An address that the server refuses is tried again next time. Raises NotSent when it takes no mail at all.
    """
    sent = 0
    for (user, address), due in _due_by_person().items():
        mine = [each for each in due if Reminder.objects.get_or_create(user=user, assignment=each.assignment)[1]]
        if not mine:
            continue
        try:
            _send(address, mine)
        except OSError as error:  # as every SMTPException is
            Reminder.objects.filter(user=user, assignment__in=[each.assignment for each in mine]).delete()
            if isinstance(error, SMTPRecipientsRefused):
                continue
            raise NotSent(f"{sent} reminders were sent, then the mail server took none: {error}") from error
        sent += 1
    return sent


def _due_by_person() -> dict[tuple[User, str], list[Due]]:
    """
    Who has what to be reminded of, and where they want mail. 1 query, 3 for each assignment that is due about now.
    """
    found: dict[tuple[User, str], list[Due]] = defaultdict(list)
    today = timezone.now().date()
    days = (today - timedelta(days=1), today + timedelta(days=DAYS_BEFORE + 1))  # it is not today everywhere
    soon = Assignment.objects.filter(due_on__range=days, group__closed_at=None, guide__archived_at=None)
    for assignment in soon.select_related("group", "guide", "topic", "table__guide", "table__topic"):
        for user, address in _waiting_for(assignment):
            learner = getattr(user, "learner", None) or Learner()
            days_left = (assignment.due_on - learner.today).days if assignment.due_on else -1
            if 0 <= days_left <= DAYS_BEFORE:
                found[user, address].append(Due(assignment, days_left))
    return found


def _waiting_for(assignment: Assignment) -> Iterator[tuple[User, str]]:
    """Present members who want mail at an address they confirmed, have not done it and were not reminded of it."""
    done = {user for _, user in done_by(assignment.group, [assignment])}
    members = Membership.objects.filter(group=assignment.group, user__wants_mail=True, user__is_active=True)
    members = members.exclude(user__reminders__assignment=assignment).exclude(user__in=done)
    people = [member.user for member in members.select_related("user__learner")]
    confirmed = EmailAddress.objects.filter(user__in=people, verified=True).order_by("primary", "-pk")
    addresses = dict(confirmed.values_list("user", "email"))  # the last of each counts
    return ((user, addresses[user.pk]) for user in people if user.pk in addresses)


def _send(address: str, due: Sequence[Due]) -> None:
    profile = settings.SITE_URL + reverse("quizzes:profile")
    said = {
        "due": due,
        "first": due[0],
        "profile_url": profile,
        "current_site": SimpleNamespace(name=settings.SITE_NAME, domain=settings.SITE_URL),
    }
    headers = {"List-Unsubscribe": f"<{profile}>", "Auto-Submitted": "auto-generated"}
    get_adapter().render_mail("quizzes/email/reminder", address, said, headers).send()
