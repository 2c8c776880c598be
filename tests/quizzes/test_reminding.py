from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.management import CommandError, call_command
from django.utils import timezone

from quizzes.actions.reminding import remind_all
from quizzes.actions.tidying import tidy
from quizzes.models import Assignment, Learner, Reminder, Sitting
from studysite.accounts.models import User
from tests.factories import make_learner, make_user
from tests.groups import make_group
from tests.quizzes.bank import make_asked_guide, make_sitting

DUE = date(2026, 12, 2)
DAY_BEFORE = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def now(monkeypatch):
    """A function that sets the clock."""

    def set_clock(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_clock(DAY_BEFORE)
    return set_clock


@pytest.fixture
def assignment(db, now, settings):
    """One that alice gave bob's group until the second of December, on a host that sends mail."""
    settings.SENDS_MAIL, settings.SITE_URL = True, "https://study.example"
    guide = make_asked_guide()
    group = make_group(make_user("alice"), make_wishing("bob"), name="Tuesday & co")
    return Assignment.objects.create(group=group, guide=guide, due_on=DUE)


def make_wishing(name, **fields):
    """Somebody who asked to be reminded, at an address they confirmed."""
    user = make_user(name, **{"wants_mail": True, **fields})
    user.emailaddress_set.create(email=f"{name}@example.org", verified=True, primary=True)
    return user


def test_member_is_reminded_the_day_before_and_once(assignment, mailoutbox, capsys):
    call_command("remind")
    call_command("remind")

    (message,) = mailoutbox
    assert message.to == ["bob@example.org"]
    assert message.subject == f"Due tomorrow: {assignment.name}"
    assert "Tuesday & co asks you for this until tomorrow, 2 December:" in message.body
    assert f"https://study.example/groups/{assignment.group.pk}/" in message.body
    assert "https://study.example/accounts/profile/" in message.body
    assert message.extra_headers["List-Unsubscribe"] == "<https://study.example/accounts/profile/>"
    assert capsys.readouterr().out == "1 person was reminded.\n0 people were reminded.\n"


@pytest.mark.parametrize(("days", "mails"), [(-2, 0), (-1, 1), (0, 1), (1, 0)])
def test_reminder_comes_neither_early_nor_late(assignment, now, days, mails):
    now(datetime(2026, 12, 2, 12, tzinfo=UTC) + timedelta(days=days))

    assert remind_all() == mails


@pytest.mark.parametrize(("zone", "mails"), [("Pacific/Kiritimati", 1), ("America/Los_Angeles", 0)])
def test_day_before_is_that_of_the_member(assignment, now, zone, mails):
    Learner.objects.create(user=User.objects.get(username="bob"), time_zone=zone)
    now(datetime(2026, 11, 30, 20, tzinfo=UTC))

    assert remind_all() == mails


@pytest.mark.parametrize("change", ["unasked", "unconfirmed", "left", "inactive", "closed", "archived", "done"])
def test_nobody_else_is_reminded(assignment, mailoutbox, change):
    bob = User.objects.get(username="bob")
    match change:
        case "unasked":
            User.objects.filter(pk=bob.pk).update(wants_mail=False)
        case "unconfirmed":
            bob.emailaddress_set.update(verified=False)
        case "left":
            bob.memberships.all().delete()
        case "inactive":
            User.objects.filter(pk=bob.pk).update(is_active=False)
        case "closed":
            type(assignment.group).objects.update(closed_at=timezone.now())
        case "archived":
            type(assignment.guide).objects.update(archived_at=timezone.now())
        case "done":
            sitting = make_sitting(make_learner(bob), assignment.guide, count=1)
            sitting.slots.update(points=1)
            Sitting.objects.update(assignment=assignment, finished_at=timezone.now())

    assert remind_all() == 0
    assert mailoutbox == []


def test_several_are_told_in_one_mail(assignment, mailoutbox):
    Assignment.objects.create(group=assignment.group, guide=assignment.guide, due_on=DUE - timedelta(days=1))

    remind_all()

    (message,) = mailoutbox
    assert message.subject == "2 assignments are due"
    assert "until today, 1 December" in message.body
    assert Reminder.objects.count() == 2


def test_refused_address_keeps_nobody_else_from_being_reminded_and_is_tried_again(assignment, mailoutbox, monkeypatch):
    send = EmailMultiAlternatives.send
    assignment.group.memberships.create(user=make_wishing("dora"))

    def refuse_bob(message, *args, **kwargs):
        if message.to == ["bob@example.org"]:
            raise SMTPRecipientsRefused({})
        return send(message, *args, **kwargs)

    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse_bob)
    assert remind_all() == 1
    assert [message.to for message in mailoutbox] == [["dora@example.org"]]
    assert not Reminder.objects.filter(user__username="bob").exists()


@pytest.mark.parametrize("fault", [ConnectionRefusedError(), SMTPServerDisconnected()])
def test_server_that_is_away_is_said_and_nobody_counts_as_reminded(assignment, monkeypatch, fault):
    def fail(*args, **kwargs):
        raise fault

    monkeypatch.setattr(EmailMultiAlternatives, "send", fail)

    with pytest.raises(CommandError, match="0 reminders were sent, then the mail server took none"):
        call_command("remind")
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("missing", [{"SENDS_MAIL": False}, {"SITE_URL": ""}])
def test_without_mail_or_address_of_the_site_nobody_is_reminded(assignment, mailoutbox, settings, missing, capsys):
    for name, value in missing.items():
        setattr(settings, name, value)

    call_command("remind")

    assert "Nobody was reminded" in capsys.readouterr().out
    assert mailoutbox == []


def test_cost_does_not_grow_with_members(assignment, django_assert_num_queries):
    for number in range(5):
        assignment.group.memberships.create(user=make_wishing(f"member{number}", wants_mail=number > 2))
    remind_all()

    with django_assert_num_queries(3):
        assert remind_all() == 0


def test_what_was_sent_is_forgotten_later_but_not_at_once(assignment, now):
    remind_all()

    assert tidy(days=1).reminders == 0
    now(DAY_BEFORE + timedelta(days=8))
    assert tidy(days=1).reminders == 1
