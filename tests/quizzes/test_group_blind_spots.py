from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quizzes.actions.closing import leave_every_group
from quizzes.actions.group_blind_spots import blind_spots_of
from quizzes.models import Assignment, Confusion, Learner, Look, Memory, Sitting
from studysite.accounts.models import Membership, User
from tables.models import Guide
from tests.factories import make_guide, make_learner, make_user
from tests.groups import join, make_group
from tests.quizzes.bank import make_asked_guide

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return make_group(make_user("alice"))


@pytest.fixture
def guide(group):
    return make_asked_guide(title="Our notes", visibility="group", group=group)


@pytest.fixture
def facts(guide):
    return list(guide.facts.filter(is_asked=True, row__isnull=False).order_by("pk"))


def member(group, name, **fields):
    user = make_user(name)
    join(group, user, **fields)
    return make_learner(user)


def remember(learner, fact, *, is_right, hours=0):
    at = timezone.now() - timedelta(hours=10 - hours)
    values = {"is_right": is_right, "answered_at": at, "asked": 1}
    Memory.objects.update_or_create(learner=learner, fact=fact, defaults=values)


@pytest.fixture
def learners(group):
    return [member(group, name) for name in ("bob", "cleo", "dora")]


def look_again(group):
    Look.objects.update(looked_at=timezone.now() - timedelta(days=1))
    return blind_spots_of(group)


def page(group):
    return reverse("quizzes:group-blind-spots", args=[group.pk])


def client_of(name):
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


def test_nothing_is_told_of_two_members(group, guide, facts, learners):
    for learner in learners[:2]:
        remember(learner, facts[0], is_right=False)

    spots = blind_spots_of(group)

    assert (spots.is_told, spots.cells, spots.tables) == (False, [], [])
    assert "once 3 members have answered" in client_of("alice").get(page(group)).content.decode()


def test_cells_are_told_with_their_share_and_without_a_name(group, guide, facts, learners):
    for number, learner in enumerate(learners):
        remember(learner, facts[0], is_right=number == 0)
        remember(learner, facts[1], is_right=False)
        remember(learner, facts[2], is_right=number != 0)

    said = client_of("alice").get(page(group))

    assert [(cell.fact, cell.percent) for cell in said.context["spots"].cells] == [
        (facts[1].pk, 100),
        (facts[0].pk, 65),
    ]
    page_said = said.content.decode()
    assert facts[1].row.subject in page_said
    assert not any(name in page_said for name in ("bob", "cleo", "dora"))


def test_who_does_not_want_to_be_counted_is_not(group, guide, facts, learners):
    for learner in learners:
        remember(learner, facts[0], is_right=False)
    Membership.objects.filter(user__username="bob").update(counts_in_aggregates=False)

    assert not blind_spots_of(group).is_told


def test_stranger_guest_and_former_member_count_for_nothing(group, guide, facts, learners):
    for learner in (*learners[:2], make_learner(), make_learner(make_user("eve"))):
        remember(learner, facts[0], is_right=False)

    assert not blind_spots_of(group).is_told


def test_figures_of_who_leaves_are_gone_at_once(group, guide, facts, learners):
    for learner in (*learners, member(group, "ed")):
        remember(learner, facts[0], is_right=False)
    assert blind_spots_of(group).cells

    Membership.objects.filter(user__username="ed").delete()

    assert not blind_spots_of(group).cells
    assert not look_again(group).cells
    assert learners[0].pk in Look.objects.get().learners


def test_answer_of_one_more_member_cannot_be_reckoned_from_two_looks(group, guide, facts, learners):
    for learner in learners:
        remember(learner, facts[0], is_right=False)
    before = blind_spots_of(group)

    remember(member(group, "ed"), facts[0], is_right=True, hours=5)

    assert look_again(group).cells == before.cells


def test_group_is_not_looked_at_again_for_ten_minutes(group, guide, facts, learners):
    blind_spots_of(group)
    for learner in learners:
        remember(learner, facts[0], is_right=False)

    assert not blind_spots_of(group).is_told
    assert look_again(group).is_told


def mix_up(learners, fact):
    """Two of them take the first two rows of the fact's table for one another; gives both rows."""
    one, other = fact.table.rows.all()[:2]
    for number, learner in enumerate(learners):
        remember(learner, fact, is_right=True)
        if number < 2:
            asked, said = (one, other) if number else (other, one)
            Confusion.objects.create(learner=learner, table=fact.table, asked=asked.key, said=said.key, count=2)
    return one, other


def test_pairs_and_tables_nobody_practised_are_told(group, guide, facts, learners):
    table = facts[0].table
    one, other = mix_up(learners, facts[0])

    spots = blind_spots_of(group)

    assert [({pair.one, pair.other}, pair.percent) for pair in spots.pairs] == [({one.subject, other.subject}, 65)]
    assert table not in spots.tables
    assert len(spots.tables) == 2


def test_pairs_of_a_guide_that_the_group_studies_no_more_are_not_told(group, learners, django_assert_max_num_queries):
    guide = make_asked_guide(visibility="public")
    guide.study_groups.add(group)
    mix_up(learners, guide.facts.filter(is_asked=True, row__isnull=False).first())
    assert blind_spots_of(group).pairs

    Guide.objects.filter(pk=guide.pk).update(visibility="private")

    with django_assert_max_num_queries(8):
        assert not blind_spots_of(group).pairs


def test_guide_of_somebody_else_does_not_count(group, facts, learners):
    other = make_asked_guide(title="Other")
    for learner in learners:
        remember(learner, other.facts.filter(is_asked=True).first(), is_right=False)

    assert not blind_spots_of(group).is_told


@pytest.fixture
def missed(group, guide, facts, learners):
    for learner in learners:
        for fact in facts[:2]:
            remember(learner, fact, is_right=False)
    return facts[:2]


def test_member_practises_what_the_group_misses(group, guide, missed):
    bob = client_of("bob")

    for _ in range(2):
        bob.post(page(group), {"guide": guide.slug, "token": "t", "do": "practise"})

    run = Sitting.objects.get()
    assert run.scope == "blind-spots"
    assert {fact for slot in run.slots.all() for fact in slot.question.facts.values_list("pk", flat=True)} >= {
        fact.pk for fact in missed
    }


def test_editor_assigns_what_the_group_misses_in_one_order_for_all(group, guide, missed):
    client_of("alice").post(page(group), {"guide": guide.slug, "token": "t", "do": "assign"})
    assignment = Assignment.objects.get()

    for name in ("bob", "cleo"):
        client_of(name).post(reverse("quizzes:begin-assignment", args=[group.pk, assignment.pk]), {"token": "s"})

    assert sorted(assignment.facts) == [fact.pk for fact in missed]
    asked = [
        [slot.question.fact_id for slot in run.slots.select_related("question").order_by("position")]
        for run in Sitting.objects.all()
    ]
    assert asked[0] == asked[1]


def test_member_assigns_nothing(group, guide, missed):
    response = client_of("bob").post(page(group), {"guide": guide.slug, "token": "t", "do": "assign"})

    assert response.status_code == 403
    assert not Assignment.objects.exists()


def test_htmx_gets_the_blind_spots_alone(group):
    response = client_of("alice").get(page(group), headers={"HX-Request": "true", "HX-Target": "blind-spots"})

    assert response.content.decode().lstrip().startswith('<section id="blind-spots"')


@pytest.mark.parametrize("size", [3, 30])
def test_look_costs_the_same_for_few_and_many(group, guide, facts, size, django_assert_num_queries):
    make_guide().study_groups.add(group)
    for number in range(size):
        learner = member(group, f"m{number}")
        for fact in facts[:size]:
            remember(learner, fact, is_right=False)
    alice = client_of("alice")

    with django_assert_num_queries(15):
        alice.get(page(group))
    with django_assert_num_queries(7):
        alice.get(page(group))


def map_of(name, group, table):
    page_of_map = reverse("quizzes:group-map", args=[group.pk, table.guide.slug, table.slug])
    return client_of(name).get(page_of_map)


def test_map_of_a_table_tells_how_many_knew_each_cell(group, guide, facts, learners):
    for number, learner in enumerate(learners):
        remember(learner, facts[0], is_right=False)
        remember(learner, facts[1], is_right=number == 0)
        remember(learner, facts[2], is_right=number != 0)
    remember(learners[0], facts[3], is_right=False)

    shown = map_of("bob", group, facts[0].table)

    cells = {(cell.row, cell.column): cell for _, row in shown.context["maps"][0].rows for cell in row}
    said = [cells[fact.row, fact.column].words for fact in facts[:4]]
    assert said == ["0% knew it", "35% knew it", "nearly all knew it", "too few asked yet"]


def test_what_one_alone_missed_looks_like_what_nobody_missed(group, guide, facts, learners):
    for number, learner in enumerate(learners):
        remember(learner, facts[0], is_right=number != 0)
        remember(learner, facts[1], is_right=True)

    cells = [cell for _, row in map_of("bob", group, facts[0].table).context["maps"][0].rows for cell in row]

    told = [(cell.words, cell.band) for cell in cells if cell.figure]
    assert told[0] == told[1]


def test_table_that_the_group_does_not_study_has_no_map(group):
    other = make_asked_guide(title="Other")

    assert map_of("alice", group, other.tables.first()).status_code == 404


def test_who_deletes_their_account_is_in_no_figure_any_more(group, guide, facts, learners):
    for learner in (*learners, member(group, "ed")):
        remember(learner, facts[0], is_right=False)
    assert blind_spots_of(group).cells
    gone = Learner.objects.get(user__username="ed")

    leave_every_group(gone.user)

    look = Look.objects.get()
    assert gone.pk not in look.learners
    assert look.cells[str(facts[0].pk)][1] == []
    assert not blind_spots_of(group).cells
