from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.utils import timezone

from quizzes.actions.tidying import Tidied, tidy
from quizzes.models import Answer, Learner, Sitting
from studysite.accounts.models import Invitation
from tables.models import Draft
from tests.factories import make_learner, make_user
from tests.groups import make_group, make_invitation
from tests.kept import rows_of
from tests.quizzes.bank import give_right, make_asked_guide, make_sitting

pytestmark = pytest.mark.django_db


def aged(row, **days):
    """The same row, with moments so many days ago."""
    for field, count in days.items():
        type(row).objects.filter(pk=row.pk).update(**{field: timezone.now() - timedelta(days=count)})
    return row


def answered_guest(client, guide, *, days):
    """A guest who has answered one question so many days ago."""
    learner = aged(make_learner(), created_at=days)
    session = client.session
    session["guest_key"] = learner.guest_key.hex
    session.save()
    sitting = aged(make_sitting(learner, guide, count=2), started_at=days)
    give_right(client, sitting.slots.first())
    Answer.objects.filter(learner=learner).update(answered_at=timezone.now() - timedelta(days=days))
    return learner


def test_guests_without_answers_go_and_whoever_has_some_stays(client):
    guide = make_asked_guide()
    idle = aged(make_learner(), created_at=31)
    aged(make_sitting(idle, guide, count=1), started_at=31)
    answered = answered_guest(client, guide, days=40)
    new, member = make_learner(), aged(make_learner(make_user()), created_at=900)

    went = tidy(days=30)

    assert went.guests == 1
    assert set(Learner.objects.all()) == {answered, new, member}
    assert Sitting.objects.get().learner == answered


def test_guest_whose_browser_has_forgotten_them_goes_with_their_answers(client, settings):
    guide = make_asked_guide()
    gone = answered_guest(client, guide, days=settings.SESSION_COOKIE_AGE // 86400 + 31)
    kept = aged(make_learner(), created_at=900)
    aged(make_sitting(kept, guide, count=1), started_at=2)

    tidy(days=30)

    assert not Learner.objects.filter(pk=gone.pk).exists()
    assert not Answer.objects.exists()
    assert Learner.objects.filter(pk=kept.pk).exists()


def test_documents_that_nobody_published_go():
    alice = make_user()
    for stage, days in (("checked", 31), ("checked", 29), ("published", 31)):
        aged(Draft.objects.create(by=alice, source=b"", stage=stage), created_at=days)

    went = tidy(days=30)

    assert went.drafts == 1
    assert Draft.objects.count() == 2


def test_invitations_that_let_nobody_in_go():
    alice = make_user()
    living, over = make_invitation(make_group(alice)), make_invitation(make_group(alice))
    Invitation.objects.filter(pk=over.pk).update(expires_at=timezone.now() - timedelta(days=31))

    went = tidy(days=30)

    assert went.invitations == 1
    assert Invitation.objects.get() == living


def test_sessions_that_are_over_go():
    for number, days in enumerate((-1, 1)):
        Session.objects.create(
            session_key=f"key{number}", session_data="", expire_date=timezone.now() + timedelta(days=days)
        )

    assert tidy(days=30).sessions == 1
    assert Session.objects.get().session_key == "key1"


def test_counts_and_forecasts_whose_time_is_over_go(caches_in_tables):
    for cache in caches.all():
        cache.set("over", 1, timeout=-1)
        cache.set("living", 1)

    tidy(days=30, is_trial=True)
    before = [rows_of(table) for table in ("cache", "forecasts")]
    tidy(days=30)

    assert [len(rows) for rows in before] == [2, 2]
    assert [key for table in ("cache", "forecasts") for key, _ in rows_of(table)] == [":1:living"] * 2


def test_trial_says_what_would_go_and_takes_nothing(capsys):
    aged(make_learner(), created_at=31)

    call_command("tidy", "--trial")

    assert "Would go: 1 guests, 0 unpublished documents" in capsys.readouterr().out
    assert Learner.objects.exists()


def test_nothing_of_today_is_ever_taken():
    make_learner()

    with pytest.raises(CommandError, match="1 or more"):
        call_command("tidy", "--days", "0")
    assert tidy(days=1) == Tidied(0, 0, 0, 0, 0)


def test_queries_do_not_grow_with_what_goes(django_assert_max_num_queries):
    for count in (3, 30):
        for _ in range(count):
            aged(make_learner(), created_at=31)
        with django_assert_max_num_queries(60):
            assert tidy(days=30).guests == count
