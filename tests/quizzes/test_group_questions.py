from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quizzes.actions.closing import leave_every_group
from quizzes.actions.group_questions import questions_of
from quizzes.models import Analysis, Answer, Meeting, Question, Sitting, Slot
from studysite.accounts.models import Membership, User
from tests.factories import make_learner, make_user
from tests.groups import make_group
from tests.quizzes.bank import make_asked_guide
from tests.quizzes.test_group_blind_spots import client_of, member

pytestmark = pytest.mark.django_db
RIGHT, WRONG, WORSE = range(3)


@pytest.fixture
def group():
    return make_group(make_user("alice"))


@pytest.fixture
def guide(group):
    return make_asked_guide(title="Our notes", visibility="group", group=group)


@pytest.fixture
def questions(guide):
    return list(Question.objects.filter(guide=guide, kind="decision").order_by("position")[:3])


@pytest.fixture
def learners(group):
    return [member(group, name) for name in ("bob", "cleo", "dora")]


def say(learner, question, choice, *, hours=0, sitting=None, **slot):
    """One answer, given so many hours after the others; the first of the three options is right."""
    at = timezone.now() - timedelta(hours=10 - hours)
    run = sitting or Sitting.objects.create(learner=learner, guide=question.guide, scope="guide", seed=1)
    options = [{"text": text, "is_right": text == "Good"} for text in ("Good", "Bad", "=Worse")]
    fields = {"value_hash": question.fact.value_hash, "kind": question.kind, "points": float(choice == RIGHT), **slot}
    asked = Slot.objects.create(
        learner=learner, sitting=run, question=question, position=1, stem=question.stem, options=options, **fields
    )
    return Answer.objects.create(
        learner=learner, sitting=run, slot=asked, question=question, position=1, token=asked.token, chosen=choice,
        given={"choice": choice}, is_right=choice == RIGHT, answered_at=at,
    )  # fmt: skip


def all_say(learners, question, *choices, **fields):
    for learner, choice in zip(learners, choices, strict=True):
        say(learner, question, choice, **fields)


def look_again(group):
    Analysis.objects.update(looked_at=timezone.now() - timedelta(days=1))
    return questions_of(group)


def page(group, name="group-questions"):
    return reverse(f"quizzes:{name}", args=[group.pk])


def test_question_is_told_with_its_share_its_lure_and_without_a_name(group, questions, learners):
    all_say(learners, questions[0], RIGHT, WORSE, WORSE)

    response = client_of("alice").get(page(group))

    (question, figure), *rest = response.context["questions"]
    assert (question, rest) == (questions[0], [])
    assert (figure.asked, figure.right_percent, figure.lure, figure.lure_percent) == (3, 35, "=Worse", 65)
    said = response.content.decode()
    assert questions[0].stem in said
    assert not any(name in said for name in ("bob", "cleo", "dora"))


def test_editors_look_at_it_and_members_do_not(group, questions, learners):
    Membership.objects.filter(user__username="cleo").update(role="editor")

    assert [client_of(name).get(page(group)).status_code for name in ("cleo", "bob")] == [200, 403]
    for name, links in (("alice", True), ("bob", False)):
        assert (page(group) in client_of(name).get(group.get_absolute_url()).content.decode()) is links


def test_page_without_answers_says_what_it_waits_for(group):
    alice = client_of("alice")
    assert "ask nothing yet" in alice.get(page(group)).content.decode()

    make_asked_guide(title="Our notes", visibility="group", group=group)

    assert "fills once 3 members" in alice.get(page(group)).content.decode()
    assert page(group, "group-questions-csv") not in alice.get(page(group)).content.decode()


def test_newest_answer_of_each_counts(group, questions, learners):
    all_say(learners, questions[0], WRONG, WRONG, WRONG)
    all_say(learners, questions[0], RIGHT, WRONG, WRONG, hours=2)

    assert questions_of(group).figures[questions[0].pk].right_percent == 35


@pytest.mark.parametrize("fields", [{"is_undone": True}, {"value_hash": "another value"}])
def test_withdrawn_answers_and_those_to_another_value_count_for_nothing(group, questions, learners, fields):
    all_say(learners, questions[0], WRONG, WRONG, WRONG, **fields)

    assert not questions_of(group).figures


def test_what_came_back_in_the_same_sitting_counts_for_nothing(group, questions, learners):
    for learner in learners:
        first = say(learner, questions[0], WRONG).slot
        say(learner, questions[0], RIGHT, hours=1, returns=first)

    assert questions_of(group).figures[questions[0].pk].right_percent == 0


def test_meeting_counts_once_it_has_ended(group, guide, questions, learners):
    meeting = Meeting.objects.create(group=group, guide=guide, count=1)
    for learner in learners:
        run = Sitting.objects.create(learner=learner, guide=guide, scope="guide", seed=1, meeting=meeting)
        say(learner, questions[0], WRONG, sitting=run)
    assert not questions_of(group).figures

    Meeting.objects.update(finished_at=timezone.now())

    assert look_again(group).figures


def test_strangers_and_those_who_do_not_want_to_be_counted_are_not(group, questions, learners):
    all_say([*learners[:2], make_learner(), make_learner(make_user("eve"))], questions[0], *[WRONG] * 4)
    say(learners[2], questions[0], WRONG)
    Membership.objects.filter(user__username="dora").update(counts_in_aggregates=False)

    assert not questions_of(group).is_told


def test_figures_of_who_leaves_are_gone_at_once(group, questions, learners):
    all_say([*learners, member(group, "ed")], questions[0], *[WRONG] * 4)
    assert questions_of(group).figures

    Membership.objects.filter(user__username="ed").delete()

    assert not questions_of(group).figures
    assert not look_again(group).figures


def test_who_deletes_their_account_is_in_no_figure_any_more(group, questions, learners):
    ed = member(group, "ed")
    all_say([*learners, ed], questions[0], *[WRONG] * 4)
    assert questions_of(group).figures

    leave_every_group(User.objects.get(username="ed"))

    assert ed.pk not in Analysis.objects.get().learners
    assert not questions_of(group).figures


def test_questions_are_sorted_by_share_and_by_discrimination(group, questions, learners):
    first, second, third = questions
    all_say(learners, first, RIGHT, RIGHT, WRONG)
    all_say(learners, second, RIGHT, WRONG, WRONG)
    all_say(learners, third, WRONG, WRONG, WRONG)
    questions_of(group)
    analysis = Analysis.objects.get()
    analysis.questions[str(second.pk)][3] = -0.1
    analysis.questions[str(first.pk)][3] = 0.4
    analysis.save()
    alice = client_of("alice")

    shown = {
        order: [question for question, _ in alice.get(page(group), {"sort": order}).context["questions"]]
        for order in ("", "share", "discrimination", "guide", "no such")
    }

    assert shown["discrimination"] == [second, first, third]
    assert shown["guide"] == questions
    assert shown["share"] == shown[""] == shown["no such"] == [third, second, first]


def test_file_holds_no_formula(group, questions, learners):
    Question.objects.filter(pk=questions[0].pk).update(stem='=HYPERLINK("evil")')
    all_say(learners, questions[0], RIGHT, WORSE, WORSE)

    response = client_of("alice").get(page(group, "group-questions-csv"))

    head, row = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert head.startswith("guide,table,question,kind,answer,asked,right %")
    assert '"\'=HYPERLINK(""evil"")"' in row
    assert row.endswith(",3,35,'=Worse,65,")
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("size", [3, 30])
def test_look_costs_the_same_for_few_and_many(group, questions, size, django_assert_num_queries):
    for number in range(size):
        learner = member(group, f"m{number}")
        for question in questions[: 1 + size // 10]:
            say(learner, question, WRONG)
    alice = Client()
    alice.force_login(User.objects.get(username="alice"))

    with django_assert_num_queries(14):
        assert alice.get(page(group)).context["questions"]
    with django_assert_num_queries(7):
        alice.get(page(group))
