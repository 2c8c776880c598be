import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.memory.fading import Band
from quizzes.models import Fact, Memory
from quizzes.progress import MOST_COLUMNS, MOST_ROWS, Square, Tally, draw_map, total
from tests.factories import make_learner, make_user
from tests.quizzes.bank import give, make_asked_guide, make_sitting, right, wrong


def go_through(client, sitting, missed=()):
    """Answer every question, wrongly where its position is among the missed."""
    for slot in sitting.slots.all():
        give(client, slot, wrong(slot) if slot.position in missed else right(slot))


def test_tallies_add_up():
    tally = total([Tally(5, 3, 2), Tally(4, 1, 0)])

    assert tally == Tally(9, 4, 2)
    assert (tally.missed, tally.unseen) == (2, 5)


def test_map_has_a_square_for_each_value_cell_in_its_place():
    drawn = draw_map(2, 3, [Square(0, 0, Band.STRONG), Square(1, 2, Band.WEAK)])

    assert (drawn.width, drawn.height) == (45, 28)
    assert dict(drawn.paths)[Band.STRONG] == "M15.75 8.75h8.5v8.5h-8.5z"
    assert dict(drawn.paths)[Band.WEAK] == "M38 21h4v4h-4z"
    assert drawn.unseen.count("M") == 4
    assert drawn.words == "Memory map: 1 strong, 0 good, 0 fading, 1 weak, 4 not seen"


def test_map_of_a_very_large_table_is_drawn_in_part_and_told_whole():
    drawn = draw_map(2000, 30, [Square(1999, 29, Band.STRONG)])

    assert drawn.unseen.count("M") == MOST_ROWS * MOST_COLUMNS
    assert drawn.words == "Memory map: 1 strong, 0 good, 0 fading, 0 weak, 59999 not seen"


def test_cells_that_are_left_out_are_not_among_those_not_seen():
    asked = {(0, 0), (0, 1), (1, 0), (9, 9)}

    drawn = draw_map(2, 3, [Square(0, 0, Band.GOOD)], asked)

    assert drawn.unseen.count("M") == 2
    assert drawn.left_out.count("M") == 3
    assert drawn.words == "Memory map: 0 strong, 1 good, 0 fading, 0 weak, 2 not seen, 3 left out"


def test_no_cell_is_left_out_where_nobody_said_which_are():
    assert draw_map(2, 3, ()).left_out == ""


@given(
    st.integers(0, 30),
    st.integers(0, 30),
    st.lists(st.builds(Square, st.integers(0, 40), st.integers(0, 40), st.sampled_from(Band))),
)
def test_every_drawn_cell_is_one_square(rows, columns, seen):
    drawn = draw_map(rows, columns, seen)

    squares = sum(path.count("M") for _, path in drawn.paths)
    assert squares == min(rows, MOST_ROWS) * min(columns, MOST_COLUMNS)


def test_page_counts_asked_right_and_missed_by_topic_and_table(guest):
    go_through(guest, make_sitting(guest.learner, count=7), missed=[1, 2])

    page = guest.get("/progress/").content.decode()

    assert "5 of 27 right at last sight, 7 asked, 2 missed, 20 not asked yet" in page
    assert "Practise the 2 missed" in page
    assert "Activation Functions: When to Use</a>" in page


def test_a_missed_question_that_is_right_later_is_missed_no_more(guest):
    sitting = make_sitting(guest.learner)
    go_through(guest, sitting, missed=[1])

    go_through(guest, make_sitting(guest.learner, sitting.guide))

    assert "10 of 27 right at last sight" in guest.get("/progress/").content.decode()
    assert sum(Memory.objects.values_list("missed", flat=True)) == 1


def test_hidden_questions_count_nowhere(guest):
    sitting = make_sitting(guest.learner)
    go_through(guest, sitting)
    Fact.objects.filter(questions=sitting.slots.first().question_id).update(is_asked=False)

    assert "9 of 26 right at last sight" in guest.get("/progress/").content.decode()


def test_history_leads_to_every_sitting(guest, theirs):
    go_through(guest, theirs, missed=[3])
    open_one = make_sitting(guest.learner, theirs.guide, count=3)

    page = guest.get("/progress/").content.decode()

    assert f'href="/quiz/{theirs.pk}/"' in page
    assert "4 of 5 right" in page
    assert f'href="/quiz/{open_one.pk}/"' in page
    assert "0 of 3 answered" in page


@pytest.mark.parametrize("page", ["1", "2", "99", "x", "-1", "9" * 400])
def test_history_is_told_in_pages(guest, page):
    guide = make_asked_guide()
    for _ in range(21):
        make_sitting(guest.learner, guide, count=1)

    response = guest.get("/progress/", {"page": page})

    assert response.status_code == 200
    assert response.content.decode().count("answered</span>") in {20, 1}


def test_progress_is_each_persons_own(alice, guest, theirs):
    go_through(guest, theirs)

    assert "Nothing answered yet" in alice.get("/progress/").content.decode()


def test_progress_is_there_again_after_signing_out_and_in(alice, hers):
    go_through(alice, hers, missed=[1])
    before = alice.get("/progress/").context["guides"]

    alice.logout()
    visitor = alice.get("/progress/").content.decode()
    alice.force_login(alice.user)

    assert "Nothing answered yet" in visitor
    assert alice.get("/progress/").context["guides"] == before


def test_guests_are_told_how_to_keep_it_and_people_are_not(alice, guest, theirs, hers):
    assert "You practise without an account" in guest.get("/progress/").content.decode()
    assert "You practise without an account" not in alice.get("/progress/").content.decode()


def test_guide_that_may_no_longer_be_read_is_not_named(guest, theirs):
    theirs.guide.visibility = "private"
    theirs.guide.save()

    page = guest.get("/progress/").content.decode()

    assert "right at last sight" not in page


def test_page_is_private(guest, theirs):
    assert guest.get("/progress/").headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("guides", [1, 3])
def test_number_of_queries_does_not_grow(guides, client, db, django_assert_max_num_queries):
    user = make_user()
    learner = make_learner(user)
    client.force_login(user)
    for number in range(guides):
        go_through(client, make_sitting(learner, make_asked_guide(title=f"Guide {number}"), count=4 * guides))

    client.get("/progress/")

    with django_assert_max_num_queries(14):  # two of them for what was mixed up
        client.get("/progress/")


def test_history_shows_one_kind_of_sitting_where_asked(guest):
    go_through(guest, make_sitting(guest.learner, count=3))

    exams = guest.get("/progress/?sittings=exam").content.decode()
    practice = guest.get("/progress/?sittings=practice").content.decode()
    nonsense = guest.get("/progress/?sittings=nonsense").content.decode()

    assert "No sitting of this kind yet" in exams
    assert "3 of 3 right" in practice
    assert "3 of 3 right" in nonsense
