import json

import pytest
from django.test import Client
from django.urls import reverse

from quizzes.actions.meetings import begin_meeting
from quizzes.models import Answer, Meeting, Memory, Sitting, Slot
from studysite.accounts.models import Membership
from tests.factories import make_learner, make_user
from tests.groups import join, make_group
from tests.quizzes.bank import make_asked_guide, right, wrong

pytestmark = pytest.mark.django_db


def signed_in(name, group=None):
    client = Client()
    client.user = make_user(name)
    client.force_login(client.user)
    if group:
        join(group, client.user)
    return client


@pytest.fixture
def alice():
    return signed_in("alice")


@pytest.fixture
def group(alice):
    return make_group(alice.user)


@pytest.fixture
def guide(group):
    return make_asked_guide(title="Our notes", visibility="group", group=group)


@pytest.fixture
def meeting(alice, group, guide):
    return begin_meeting(group, guide, make_learner(alice.user), by=alice.user, count=3, token="t")


@pytest.fixture
def bob(group):
    return signed_in("bob", group)


def at(meeting):
    return Meeting.objects.get(pk=meeting.pk).get_absolute_url()


def do(client, meeting, wish, position=1):
    return client.post(at(meeting), {"do": wish, "position": position})


def slot_of(client, meeting, position=1):
    return Slot.objects.get(learner__user=client.user, sitting__meeting=meeting, position=position)


def answer(client, meeting, choice=right, position=1):
    slot = slot_of(client, meeting, position)
    return client.post(at(meeting), {"token": slot.token, "position": position, "choice": choice(slot)})


def test_editor_begins_a_meeting_once_however_often_the_form_is_sent(alice, group, guide):
    form = {"token": "t", "guide": guide.slug, "count": "3"}

    for _ in range(2):
        alice.post(reverse("quizzes:together", args=[group.pk]), form)

    meeting = Meeting.objects.get()
    assert (meeting.count, meeting.position, meeting.by) == (3, 1, alice.user)
    assert Sitting.objects.get().slots.count() == 3
    assert set(Slot.objects.values_list("kind", flat=True)) <= {
        "forward", "reverse", "which-of-two", "decision", "lookup", "reversed"
    }  # fmt: skip


def test_member_begins_none_and_finds_the_one_under_way(alice, bob, group, guide):
    page = reverse("quizzes:together", args=[group.pk])
    assert bob.post(page, {"token": "t", "guide": guide.slug, "count": "3"}).status_code == 403

    alice.post(page, {"token": "t", "guide": guide.slug, "count": "3"})

    assert bob.get(page).headers["Location"] == Meeting.objects.get().get_absolute_url()
    assert "alice leads a sitting of the group now" in bob.get(group.get_absolute_url()).content.decode()


@pytest.mark.parametrize("verb", ["get", "post"])
def test_group_without_a_guide_is_led_to_choose_one(alice, group, verb):
    page = getattr(alice, verb)(reverse("quizzes:together", args=[group.pk])).content.decode()

    assert "The group studies no guide yet" in page
    assert f'href="{reverse("quizzes:group-guides", args=[group.pk])}"' in page
    assert "Begin</button>" not in page


def test_guide_that_the_group_does_not_study_cannot_be_sat(alice, group, guide):
    other = make_asked_guide(title="Other")

    response = alice.post(reverse("quizzes:together", args=[group.pk]), {"token": "t", "guide": other.slug, "count": 3})

    assert response.status_code == 422
    assert not Meeting.objects.exists()


def test_all_have_the_same_questions_with_the_same_options_in_the_same_order(alice, bob, meeting):
    for _ in range(2):
        do(bob, meeting, "join")

    one, other = (
        [(slot.position, slot.question_id, slot.options, slot.right) for slot in run.slots.order_by("position")]
        for run in Sitting.objects.all()
    )
    assert one == other
    assert len({slot.token for slot in Slot.objects.all()}) == 6


def test_nobody_is_shown_what_is_right_before_the_question_is_closed(alice, bob, meeting):
    do(bob, meeting, "join")
    answer(bob, meeting, wrong)
    slot = slot_of(bob, meeting)

    pages = [
        bob.get(at(meeting)),
        *(
            bob.get(reverse(f"quizzes:{name}", args=[slot.sitting_id, *more]))
            for name, more in (("sitting", []), ("question", [1]), ("others", [1]), ("report", []), ("wrong", [1]))
        ),
        bob.post(reverse("quizzes:undo", args=[slot.sitting_id, 1])),
    ]

    assert [page.status_code for page in pages] == [200, *[404] * 6]
    assert "Your answer is kept" in pages[0].content.decode()
    assert all(word not in pages[0].content.decode() for word in ("verdict", slot.right_text))


def test_solution_is_shown_to_all_when_the_leader_closes_the_question(alice, bob, meeting):
    do(bob, meeting, "join")
    answer(bob, meeting, wrong)
    slot = slot_of(bob, meeting)

    do(alice, meeting, "close")

    assert "not " in bob.get(at(meeting)).content.decode()
    for client in (alice, bob):
        assert slot.right_text in client.get(at(meeting)).content.decode()


def test_who_gave_no_answer_is_told_the_solution_and_why_not_that_they_were_wrong(alice, bob, meeting):
    do(bob, meeting, "join")
    answer(bob, meeting, lambda slot: "unknown")
    do(alice, meeting, "close")

    page = alice.get(at(meeting))

    told = page.content.decode()
    assert "You did not answer this one." in told
    assert 'class="verdict bad"' not in told
    assert list(page.context["contrasts"]) == list(bob.get(at(meeting)).context["contrasts"]) != []
    assert 'class="verdict bad"' in bob.get(at(meeting)).content.decode()


def test_page_that_follows_is_told_who_leads_now(alice, bob, group, meeting):
    cleo = signed_in("cleo", group)
    do(cleo, meeting, "join")
    state = cleo.get(at(meeting)).context["state"]
    Membership.objects.filter(user=bob.user).update(role=Membership.Role.EDITOR)
    do(bob, meeting, "lead")

    page = cleo.get(at(meeting), {"seen": state}, headers={"HX-Request": "true", "HX-Target": "main"})

    assert "bob leads" in page.content.decode()


def test_closed_question_takes_no_answer(alice, meeting):
    do(alice, meeting, "close")

    response = answer(alice, meeting)

    assert response.status_code == 422
    assert "closed already" in response.content.decode()
    assert not Answer.objects.exists()


def test_question_that_is_not_asked_yet_takes_no_answer(alice, meeting):
    answer(alice, meeting, position=2)

    assert not Answer.objects.exists()


def test_answer_given_twice_is_kept_once_and_the_first_one_stands(alice, meeting):
    answer(alice, meeting, right)
    answer(alice, meeting, wrong)

    assert Answer.objects.get().is_right
    assert Memory.objects.get(fact=slot_of(alice, meeting).question.fact).is_right


def test_step_sent_twice_is_one_step(alice, meeting):
    for _ in range(2):
        do(alice, meeting, "close")
        do(alice, meeting, "next")

    meeting.refresh_from_db()
    assert (meeting.position, meeting.is_closed) == (2, False)


def test_question_that_is_not_closed_is_not_passed_over(alice, meeting):
    do(alice, meeting, "next")

    meeting.refresh_from_db()
    assert meeting.position == 1


def test_after_the_last_question_everybody_has_a_report(alice, bob, meeting):
    do(bob, meeting, "join")
    for position in (1, 2, 3):
        answer(bob, meeting, position=position)
        do(alice, meeting, "close", position)
        do(alice, meeting, "next", position)

    meeting.refresh_from_db()
    run = Sitting.objects.get(learner__user=bob.user)
    assert meeting.finished_at
    assert "Your own report" in bob.get(at(meeting)).content.decode()
    assert bob.get(reverse("quizzes:report", args=[run.pk])).status_code == 200
    assert not Sitting.objects.filter(finished_at=None).exists()


@pytest.mark.parametrize("wish", ["close", "next", "end"])
def test_only_who_leads_leads(bob, meeting, wish):
    do(bob, meeting, "join")

    assert do(bob, meeting, wish).status_code == 403
    meeting.refresh_from_db()
    assert (meeting.position, meeting.is_closed, meeting.finished_at) == (1, False, None)


def test_editor_takes_the_lead_and_member_does_not(alice, bob, group, meeting):
    assert do(bob, meeting, "lead").status_code == 403

    Membership.objects.filter(user=bob.user).update(role="editor")
    do(bob, meeting, "lead")

    assert do(alice, meeting, "close").status_code == 403
    assert do(bob, meeting, "close").status_code == 303


def test_how_all_answered_is_told_from_three_answers_on(alice, bob, group, meeting):
    cleo = signed_in("cleo", group)
    for client in (bob, cleo):
        do(client, meeting, "join")
        answer(client, meeting)
    do(alice, meeting, "close")
    assert "How all answered" not in bob.get(at(meeting)).content.decode()

    Meeting.objects.update(is_closed=False)
    answer(alice, meeting, wrong)
    do(alice, meeting, "close")

    shares = {share.text: share.percent for share in bob.get(at(meeting)).context["shares"]}
    assert shares[slot_of(bob, meeting).right_text] == 65


def test_page_that_follows_is_told_only_of_what_changed(alice, bob, meeting):
    do(bob, meeting, "join")
    headers = {"HX-Request": "true", "HX-Target": "main"}
    state = bob.get(at(meeting)).context["state"]
    assert bob.get(at(meeting), {"seen": state}, headers=headers).status_code == 204

    do(alice, meeting, "close")
    response = bob.get(at(meeting), {"seen": state}, headers=headers)

    assert response.status_code == 200
    assert response.content.decode().lstrip().startswith('<main id="main"')


def test_sitting_of_a_meeting_under_way_is_not_offered_to_be_gone_on_with(alice, meeting):
    assert not Sitting.objects.filter(learner__user=alice.user).unfinished().exists()
    assert not Sitting.objects.filter(learner__user=alice.user).to_go_on_with().exists()


def test_sitting_of_a_meeting_under_way_is_not_in_the_history_yet(alice, meeting):
    run = Sitting.objects.get()
    for position in (1, 2, 3):
        answer(alice, meeting, position=position)
        if position < 3:
            do(alice, meeting, "close", position)
            do(alice, meeting, "next", position)
    assert f"/quiz/{run.pk}/" not in alice.get("/progress/").content.decode()

    do(alice, meeting, "end")

    assert f"/quiz/{run.pk}/" in alice.get("/progress/").content.decode()


def test_no_file_of_own_data_tells_what_is_right_before_the_meeting_ends(alice, meeting):
    answer(alice, meeting, wrong)

    def files():
        names = ("data-json", "data-answers", "data-memory")
        return [b"".join(alice.get(reverse(f"quizzes:{name}")).streaming_content).decode() for name in names]

    whole, answers, memory = files()
    kept = json.loads(whole)
    assert [kept[name] for name in ("sittings", "answers", "memory")] == [[], [], []]
    assert [len(lines.splitlines()) for lines in (answers, memory)] == [1, 1]

    do(alice, meeting, "end")

    whole, answers, memory = files()
    kept = json.loads(whole)
    assert [len(kept[name]) for name in ("sittings", "answers", "memory")] == [1, 1, 1]
    assert [len(lines.splitlines()) for lines in (answers, memory)] == [2, 2]


def test_what_was_missed_together_is_practised_alone(alice, meeting):
    answer(alice, meeting, wrong)
    do(alice, meeting, "end")
    run = Sitting.objects.get()

    alice.post(reverse("quizzes:retry", args=[run.pk]), {"token": "again", "only": "missed"})

    assert Sitting.objects.exclude(pk=run.pk).get().mode == "practice"


def test_answer_given_together_is_not_taken_back_once_the_meeting_is_over(alice, meeting):
    answer(alice, meeting, wrong)
    do(alice, meeting, "end")
    slot = slot_of(alice, meeting)
    page = reverse("quizzes:question", args=[slot.sitting_id, 1])

    response = alice.post(reverse("quizzes:undo", args=[slot.sitting_id, 1]), follow=True)

    assert response.redirect_chain == [(page, 303)]
    assert "I slipped" not in alice.get(page).content.decode()
    assert Sitting.objects.get().finished_at is not None
    assert not Memory.objects.get().is_right


@pytest.mark.parametrize("size", [3, 30])
def test_question_costs_the_same_for_few_and_many(alice, bob, group, guide, meeting, size, django_assert_num_queries):
    for number in range(size):
        do(signed_in(f"m{number}", group), meeting, "join")
    do(bob, meeting, "join")

    with django_assert_num_queries(8):
        bob.get(at(meeting))
    with django_assert_num_queries(10):
        alice.get(at(meeting))
