import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quizzes.actions.closing import leave_every_group
from quizzes.forms.imports import GuideForm
from quizzes.models import Answer, Assignment, Learner, Sitting, Slot
from studysite.accounts.models import Group, Membership
from tables.models import Guide
from tests.factories import make_guide, make_learner, make_user
from tests.groups import join, make_group, make_invitation, meanwhile
from tests.quizzes.bank import give, give_right, make_asked_guide
from tests.quizzes.importers import NOTES, draft_of
from tests.quizzes.lived import live_through

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.user = user
    client.force_login(user)
    return client


@pytest.fixture
def alice():
    return signed_in(make_user("alice"))


@pytest.fixture
def bob():
    return signed_in(make_user("bob"))


@pytest.fixture
def group(alice, bob):
    return make_group(alice.user, bob.user)


@pytest.fixture
def guide(group):
    return make_asked_guide(title="Our notes", visibility="group", group=group)


def page(name, group, *more):
    return reverse(f"quizzes:{name}", args=[group.pk, *more])


def standings_on(group):
    Group.objects.filter(pk=group.pk).update(shows_standings=True)


def share(group, *users):
    Membership.objects.filter(group=group, user__in=users).update(shares_standing=True)


def test_group_page_shows_what_the_group_has(alice, bob, group, guide):
    make_invitation(group)

    owners, members = (client.get(group.get_absolute_url()).content.decode() for client in (alice, bob))

    for said in (owners, members):
        assert "Our notes" in said
        assert "2 members" in said
    assert "Invitation link" in owners
    assert "Invitation link" not in members
    assert "Standings</h2>" not in owners


def test_members_read_the_groups_guide_and_strangers_do_not_find_it(alice, bob, guide):
    stranger = signed_in(make_user("charlie"))

    found = [client.get(guide.get_absolute_url()).status_code for client in (alice, bob, stranger, Client())]

    assert found == [200, 200, 404, 404]
    assert "Our notes" not in stranger.get("/").content.decode()


@pytest.mark.parametrize(("role", "edits"), [("member", False), ("editor", True)])
def test_only_who_edits_for_the_group_edits_its_guide(bob, group, guide, role, edits):
    Membership.objects.filter(group=group, user=bob.user).update(role=role)

    assert guide.is_editable_by(bob.user) is edits
    assert Guide.objects.editable_by(bob.user).filter(pk=guide.pk).exists() is edits
    assert bob.get(reverse("quizzes:manage", args=[guide.slug])).status_code == (200 if edits else 404)


def test_who_left_reads_the_groups_guide_no_more(bob, group, guide):
    bob.post(reverse("accounts:leave", args=[group.pk]))

    assert bob.get(guide.get_absolute_url()).status_code == 404


def test_document_is_published_into_the_group(alice, bob, group):
    readers = f"group-{group.pk}"
    page_of_import = alice.get(reverse("quizzes:import"), {"readers": readers}).content.decode()
    assert "Members of MLA Tuesday group</option>" in page_of_import

    draft = draft_of(alice.post(reverse("quizzes:import"), {"text": NOTES, "visibility": readers}, follow=True))
    alice.post(draft, {"do": "publish", "guide": "", "visibility": readers})

    guide = Guide.objects.get()
    assert (guide.group, guide.owner, guide.visibility) == (group, None, "group")
    assert bob.get(guide.get_absolute_url()).status_code == 200


def test_member_who_does_not_edit_cannot_publish_into_the_group(bob, group):
    response = bob.post(reverse("quizzes:import"), {"text": NOTES, "visibility": f"group-{group.pk}"})

    assert response.status_code == 422
    assert "not one of the available choices" in response.content.decode()


def test_document_of_who_edits_no_more_is_not_published_into_the_group(bob, group):
    Membership.objects.filter(user=bob.user).update(role="editor")
    readers = f"group-{group.pk}"
    draft = draft_of(bob.post(reverse("quizzes:import"), {"text": NOTES, "visibility": readers}, follow=True))

    Membership.objects.filter(user=bob.user).update(role="member")
    said = bob.post(draft, {"do": "publish", "guide": ""}, follow=True).content.decode()

    assert "You do not edit for MLA Tuesday group any more" in said
    assert not Guide.objects.exists()


def test_own_guide_is_given_to_the_group_and_stays_its_own(alice, group):
    guide = make_asked_guide(title="Mine", visibility="private", owner=alice.user)
    manage = reverse("quizzes:manage", args=[guide.slug])
    fields = {"do": "save", "title": "Mine", "place": "0"}

    alice.post(manage, {**fields, "visibility": f"group-{group.pk}"})
    guide.refresh_from_db()
    assert (guide.group, guide.owner, guide.visibility) == (group, None, "group")

    assert alice.post(manage, {**fields, "visibility": "private"}).status_code == 422
    alice.post(manage, {**fields, "visibility": "signed-in"})
    guide.refresh_from_db()
    assert (guide.group, guide.owner, guide.visibility) == (group, None, "signed-in")


def test_group_studies_a_guide_of_the_site_and_drops_it(alice, group):
    guide = make_guide(title="Section 6")
    make_guide(title="Hidden", visibility="private", owner=make_user("charlie"))
    choosing = page("group-guides", group)
    assert "Hidden" not in alice.get(choosing).content.decode()

    alice.post(choosing, {"do": "add", "guide": guide.slug})
    assert list(Guide.objects.studied_by(group)) == [guide]

    alice.post(choosing, {"do": "drop", "guide": guide.slug})
    assert not Guide.objects.studied_by(group).exists()


def test_guide_that_is_shown_to_nobody_any_more_is_not_studied(group):
    guide = make_guide()
    guide.study_groups.add(group)

    Guide.objects.update(visibility="private")

    assert not Guide.objects.studied_by(group).exists()


def assign(client, group, **fields):
    return client.post(page("assign", group), {"token": "t", "part": "guide", "count": "3", "due_on": "", **fields})


def test_part_is_assigned_once_however_often_the_form_is_sent(alice, group, guide):
    table = guide.tables.first()

    for _ in range(2):
        assign(alice, group, part=f"table-{table.slug}", due_on="2027-01-20")

    made = Assignment.objects.get()
    assert (made.scope, made.table, made.count, str(made.due_on)) == ("table", table, 3, "2027-01-20")
    assert made.by == alice.user


def test_part_of_a_guide_that_the_group_does_not_study_cannot_be_assigned(alice, group, guide):
    other = make_asked_guide(title="Other")

    response = assign(alice, group, guide=other.slug)

    assert response.status_code == 422
    assert not Assignment.objects.exists()


def test_assignment_of_nothing_said_is_asked_for_again(alice, group, guide):
    assert assign(alice, group, part="table-none").status_code == 422
    assert assign(alice, group, count="0").status_code == 422
    assert "studies no guide" not in alice.get(page("assign", group)).content.decode()


@pytest.fixture
def assignment(group, guide):
    due = Learner().today + timedelta(days=2)
    return Assignment.objects.create(group=group, guide=guide, count=2, due_on=due)


def begin(client, group, assignment, token="t"):
    return client.post(page("begin-assignment", group, assignment.pk), {"token": token})


def answer_all(client, run):
    for slot in run.slots.order_by("position"):
        give_right(client, slot)


def test_assignment_is_done_when_its_sitting_is(alice, bob, group, assignment):
    assert "in 2 days" in bob.get(group.get_absolute_url()).content.decode()

    begin(bob, group, assignment)
    begin(bob, group, assignment, token="another")
    run = Sitting.objects.get()
    assert (run.assignment, run.slots.count()) == (assignment, 2)
    assert "Go on" in bob.get(group.get_absolute_url()).content.decode()
    assert "0 of 2 done" in alice.get(group.get_absolute_url()).content.decode()
    answer_all(bob, run)
    bob.get(reverse("quizzes:sitting", args=[run.pk]))

    assert "Done</span>" in bob.get(group.get_absolute_url()).content.decode()
    assert "1 of 2 done" in alice.get(group.get_absolute_url()).content.decode()
    assert "1 of 2 done" not in bob.get(group.get_absolute_url()).content.decode()


@pytest.mark.parametrize("then", ["left as it is", "brought back", "ended"])
def test_assignment_is_done_when_every_question_has_an_answer_though_none_is_right(alice, bob, group, assignment, then):
    begin(bob, group, assignment)
    run = Sitting.objects.get()
    for slot in run.slots.all():
        give(bob, slot, "unknown")
    if then != "left as it is":
        bob.get(reverse("quizzes:sitting", args=[run.pk]))
        assert run.slots.count() == 4
    if then == "ended":
        bob.post(reverse("quizzes:finish", args=[run.pk]))

    said = bob.get(group.get_absolute_url()).content.decode()

    assert "Done</span>" in said
    assert ("Go on" in said) == (then != "ended")
    assert "1 of 2 done" in alice.get(group.get_absolute_url()).content.decode()


def test_sitting_ended_early_is_not_done(alice, bob, group, assignment):
    begin(bob, group, assignment)
    run = Sitting.objects.get()
    bob.post(reverse("quizzes:finish", args=[run.pk]))

    said = bob.get(group.get_absolute_url()).content.decode()

    assert "Start<span" in said
    assert "0 of 2 done" in alice.get(group.get_absolute_url()).content.decode()


def test_editors_see_who_is_done_and_never_what_was_answered(alice, bob, group, assignment):
    begin(bob, group, assignment)
    answer_all(bob, Sitting.objects.get())
    bob.get(reverse("quizzes:sitting", args=[Sitting.objects.get().pk]))

    said = alice.get(page("assignment", group, assignment.pk)).content.decode()

    assert "1 of 2 done" in said
    assert not any(slot.stem in said for slot in Slot.objects.all())


def test_assignment_taken_back_leaves_what_was_answered(alice, bob, group, assignment):
    begin(bob, group, assignment)
    answer_all(bob, Sitting.objects.get())

    alice.post(page("assignment", group, assignment.pk))

    assert not Assignment.objects.exists()
    assert Answer.objects.count() == 2


def test_assignment_of_another_group_is_not_there(alice, assignment):
    other = make_group(alice.user, name="Other")

    assert begin(alice, other, assignment).status_code == 404


def test_standings_name_only_who_wishes_it(alice, bob, group, guide):
    for client in (alice, bob):
        live_through(make_learner(client.user), guide, 20, days=3)
    share(group, bob.user)
    assert "Standings</h2>" not in alice.get(group.get_absolute_url()).content.decode()

    standings_on(group)
    standings = alice.get(group.get_absolute_url()).context["standings"]

    assert [each.membership.user.username for each in standings] == ["bob"]
    assert (standings[0].days, standings[0].answers) == (3, 20)


def test_standings_are_by_what_is_known_and_not_by_how_much_was_answered(alice, bob, group, guide):
    live_through(make_learner(alice.user), guide, 10, days=2)
    live_through(make_learner(bob.user), guide, 40, rights=(True, False, False), days=4)
    standings_on(group)
    share(group, alice.user, bob.user)

    standings = alice.get(group.get_absolute_url()).context["standings"]

    assert [each.membership.user.username for each in standings][0] == max(
        standings, key=lambda s: s.known
    ).membership.user.username
    assert [each.known for each in standings] == sorted((each.known for each in standings), reverse=True)


def test_answers_of_a_week_ago_count_for_all_time_alone(alice, group, guide):
    live_through(make_learner(alice.user), guide, 20, days=20)
    standings_on(group)
    share(group, alice.user)

    week, ever = (
        alice.get(group.get_absolute_url(), {"period": period}).context["standings"][0] for period in ("week", "all")
    )

    assert (week.days, ever.days) == (7, 20)


def test_htmx_gets_the_standings_alone(alice, group):
    standings_on(group)

    response = alice.get(
        group.get_absolute_url(), {"period": "all"}, headers={"HX-Request": "true", "HX-Target": "standings"}
    )

    assert response.content.decode().lstrip().startswith('<section id="standings"')


def test_export_holds_the_groups_guides_as_documents_and_nothing_of_answers(alice, group, guide, assignment):
    response = alice.get(page("group-export", group))

    held = json.loads(response.content)
    assert "attachment" in response.headers["Content-Disposition"]
    assert [member["name"] for member in held["members"]] == ["alice", "bob"]
    assert held["guides"][0]["document"].startswith("# Our notes")
    assert held["assignments"][0]["name"] == "Our notes"


def test_guide_of_a_group_that_closes_before_its_settings_are_kept_stays_its_owners(alice, group, monkeypatch):
    guide = make_guide(group=group, visibility="group")
    manage = reverse("quizzes:manage", args=[guide.slug])
    closing = reverse("quizzes:group-close", args=[group.pk])
    meanwhile(monkeypatch, GuideForm, lambda: signed_in(alice.user).post(closing, {"name": group.name}))

    page = alice.post(manage, {"title": "Ours", "visibility": f"group-{group.pk}", "place": 0}, follow=True)

    guide.refresh_from_db()
    assert (guide.owner, guide.group, guide.visibility) == (alice.user, None, "private")
    assert f"{group} was closed meanwhile" in page.content.decode()
    assert alice.get(manage).status_code == 200


def test_group_is_closed_by_its_name_and_everybody_keeps_what_they_learned(alice, bob, group, guide):
    live_through(make_learner(bob.user), guide, 10)
    path = make_invitation(group).path
    assert alice.post(page("group-close", group), {"name": "something"}).status_code == 422

    alice.post(page("group-close", group), {"name": "mla tuesday group"})

    guide.refresh_from_db()
    assert (guide.group, guide.owner, guide.visibility) == (None, alice.user, "private")
    assert bob.get(group.get_absolute_url()).status_code == 404
    assert Client().get(path).status_code == 404
    assert Answer.objects.filter(learner__user=bob.user).count() == 10


def test_group_whose_last_member_goes_ends(alice, guide, group):
    alone = make_group(alice.user, name="Alone")

    leave_every_group(alice.user)

    alone.refresh_from_db()
    assert alone.closed_at is not None
    assert Membership.objects.get(group=group, role="owner").user.username == "bob"


@pytest.mark.parametrize("size", [3, 30])
def test_group_page_costs_the_same_for_few_and_many(alice, group, guide, size, django_assert_num_queries):
    for number in range(size):
        user = make_user(f"m{number}")
        join(group, user, shares_standing=True)
        learner = Learner.objects.create(user=user)
        made = Assignment.objects.create(group=group, guide=guide, count=2)
        Sitting.objects.create(learner=learner, guide=guide, assignment=made, seed=1, finished_at=timezone.now())
    make_learner(alice.user)
    make_invitation(group)
    standings_on(group)
    Group.objects.update(exam_on=timezone.now() + timedelta(days=30))

    with django_assert_num_queries(12):
        assert alice.get(group.get_absolute_url()).status_code == 200


def test_own_data_names_the_groups_one_is_in(bob, group):
    stored = json.loads(b"".join(bob.get(reverse("quizzes:data-json")).streaming_content))

    assert [(each["group"], each["role"]) for each in stored["memberships"]] == [("MLA Tuesday group", "member")]


def test_list_of_guides_says_whose_they_are(alice, guide):
    assert "Its group, MLA Tuesday group" in alice.get(reverse("quizzes:guides")).content.decode()
