from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizzes.blind_spots import FEWEST, Figure, next_figure, next_figures, worst

DAY = datetime(2026, 11, 25, tzinfo=UTC)


def at(hours):
    return DAY + timedelta(hours=hours)


def told(hours, **missed):
    return {ord(name): (is_missed, at(hours)) for name, is_missed in missed.items()}


THREE = told(0, a=True, b=True, c=False)


def test_nothing_is_told_of_two_people():
    assert next_figure(None, told(0, a=True, b=True), at(1)) is None


def test_three_people_are_told_of_in_steps_of_five_percent():
    figure = next_figure(None, THREE, at(1))

    assert (figure.is_shown, figure.percent) == (True, 65)


def test_one_more_who_answers_changes_nothing():
    before = next_figure(None, THREE, at(1))

    assert next_figure(before, {**THREE, **told(2, d=True)}, at(3)) == before


def test_one_who_answers_again_changes_nothing():
    before = next_figure(None, THREE, at(1))

    assert next_figure(before, {**THREE, **told(2, c=True)}, at(3)) == before


def test_figure_is_new_when_three_have_answered_anew():
    before = next_figure(None, THREE, at(1))

    after = next_figure(before, told(2, a=False, b=False, c=False), at(3))

    assert (after.percent, after.at) == (0, at(3))


def test_figure_of_somebody_who_is_gone_is_taken_away_and_speaks_of_nobody():
    before = next_figure(None, {**THREE, **told(0, d=True)}, at(1))

    after = next_figure(before, THREE, at(2))

    assert (after.is_shown, after.percent, after.learners) == (False, 0, frozenset())
    assert next_figure(after, THREE, at(3)) == after
    assert next_figure(after, {**THREE, **told(0, d=True)}, at(3)) == after
    assert next_figure(after, told(4, a=True, b=True, c=False), at(5)).percent == 65


def test_things_that_nobody_tells_of_any_more_are_taken_away():
    figures = next_figures({}, {"x": THREE}, at(1))

    assert not next_figures(figures, {}, at(2))["x"].is_shown


def test_what_one_person_alone_missed_is_not_told():
    figures = {
        "one": Figure(DAY, frozenset({1, 2, 3}), 1),
        "two": Figure(DAY, frozenset({1, 2, 3, 4}), 2),
        "all": Figure(DAY, frozenset({1, 2, 3}), 3),
    }

    assert worst(figures, 5) == [("all", 100), ("two", 50)]
    assert worst(figures, 1) == [("all", 100)]


def test_figure_is_stored_and_read_again():
    figure = Figure(DAY, frozenset({3, 1, 2}), 2)

    assert Figure.from_json(figure.to_json()) == figure


LOOKS = st.lists(st.dictionaries(st.integers(1, 6), st.tuples(st.booleans(), st.booleans()), max_size=6), max_size=8)


@given(LOOKS)
def test_two_figures_that_are_shown_differ_by_three_people_or_by_none(looks):
    figure, state, shown = None, {}, []
    for number, look in enumerate(looks):
        gone = state.keys() - look.keys()
        state = {who: each for who, each in state.items() if who not in gone}
        for who, (is_missed, answers_anew) in look.items():
            if who not in state or answers_anew:
                state[who] = (is_missed, at(2 * number))
        figure = next_figure(figure, state, at(2 * number + 1))
        if figure and figure.is_shown:
            assert figure.learners <= state.keys()
            shown.append((figure, dict(state)))

    for (one, then), (other, now) in zip(shown, shown[1:], strict=False):
        differing = {who for who in {*then, *now} if then.get(who) != now.get(who)}
        assert one == other or len(differing) >= FEWEST
