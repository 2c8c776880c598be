from datetime import date, timedelta

from quizzes.memory.leeches import Stubbornness

TODAY = date(2026, 5, 1)


def lived(answers: str) -> Stubbornness:
    """One answer a day: "r" right, "w" wrong; a dash in between stays on the same day."""
    found, on = Stubbornness(), TODAY
    for each in answers:
        if each == "-":
            on -= timedelta(1)
            continue
        found = found.after(on, is_right=each == "r")
        on += timedelta(1)
    return found


def test_a_first_wrong_answer_is_no_miss() -> None:
    assert lived("w").misses == 0
    assert lived("ww").misses == 1
    assert lived("rw").misses == 1


def test_four_misses_make_a_leech() -> None:
    assert not lived("wwww").is_leech
    assert lived("wwwww").is_leech
    assert lived("rwwrww").is_leech


def test_two_right_ones_among_the_last_three_keep_it_from_becoming_one() -> None:
    assert not lived("wwwwrrw").is_leech


def test_one_right_answer_does_not_end_it() -> None:
    assert lived("wwwwwr").is_leech


def test_right_answers_on_two_days_end_it() -> None:
    assert not lived("wwwwwrr").is_leech
    assert lived("wwwwwr-r").is_leech


def test_a_miss_between_starts_the_count_of_days_anew() -> None:
    assert lived("wwwwwrwr").is_leech
    assert not lived("wwwwwrwrr").is_leech
