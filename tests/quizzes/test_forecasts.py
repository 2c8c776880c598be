import re
from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes.actions.forecasts import prospect_now
from quizzes.models import Outlook, Question, Sitting, Slot, Study
from tests.kept import rows_of
from tests.quizzes.bank import make_asked_guide
from tests.quizzes.lived import board_of, live_through, page_of


@pytest.fixture
def guide(db):
    return make_asked_guide()


@pytest.fixture
def learned(guest, guide):
    """The guest after sixty answers, two of three right."""
    live_through(guest.learner, guide, 60, rights=(True, True, False))
    return guest


def test_under_fifty_answers_there_is_no_forecast_but_a_friendly_word(guest, guide):
    live_through(guest.learner, guide, 20)

    page = page_of(guest)

    assert "30 more answers and there is a forecast." in page
    assert "would recall" not in page
    assert not Outlook.objects.exists()


@pytest.mark.parametrize(("answers", "missing"), [(49, 1), (50, 0)])
def test_forecast_is_hidden_by_the_number_of_answers_alone(guest, guide, answers, missing):
    live_through(guest.learner, guide, answers)

    assert board_of(guest).prospect.missing == missing


def test_forecast_of_the_exam_day_is_told_with_its_band_and_today_beside_it(learned, guide):
    day = learned.learner.today + timedelta(12)
    Study.objects.create(learner=learned.learner, guide=guide, exam_on=day, pass_mark=72)

    page = page_of(learned)

    sentence = rf"On {day.day} {day:%b} you would recall about (\d+) of 100 facts \((\d+) to (\d+)\)"
    mean, low, high = map(int, re.search(sentence, page).groups())
    assert low <= mean <= high
    assert "Today it would be about" in page
    assert "pass 72%" in page
    assert "12 days to go" in page
    assert re.search(r"Expected score of 65 questions.*?About \d+% \(\d+ to \d+\)", page, re.DOTALL)


def test_without_a_date_it_is_what_would_be_recalled_in_two_weeks(learned):
    assert "If you were asked in two weeks you would recall about" in page_of(learned)


def test_forecast_is_noted_once_a_day_and_follows_the_answers(learned, guide):
    for _ in range(2):
        page_of(learned)
    first = Outlook.objects.get()

    live_through(learned.learner, guide, 60)
    page_of(learned)

    assert Outlook.objects.get().mean > first.mean
    assert Outlook.objects.get().on == learned.learner.today


def test_forecasts_of_a_learner_are_one_row_of_a_table_of_their_own(caches_in_tables, learned, guide):
    other = make_asked_guide(title="Other")
    live_through(learned.learner, other, 60)

    for each in (guide, other, guide):
        page_of(learned, each)
        learned.get(f"/progress/effort/{each.slug}/")
        live_through(learned.learner, each, 20)

    assert [len(rows_of(name)) for name in ("forecasts", "cache")] == [1, 0]


def test_forecasts_of_two_guides_are_both_reckoned_once(learned, guide, monkeypatch):
    other = make_asked_guide(title="Other")
    live_through(learned.learner, other, 60)
    pages = [page_of(learned, each) for each in (guide, other)]
    monkeypatch.setattr("quizzes.actions.forecasts.readiness", None)

    again = [page_of(learned, each) for each in (guide, other)]

    assert all("would recall" in page for page in (*pages, *again))


def test_forecast_lies_beside_what_a_mock_exam_and_the_exam_gave(learned, guide):
    learner, today = learned.learner, learned.learner.today
    sitting = Sitting.objects.create(
        learner=learner, guide=guide, mode="exam", scope="guide", seed=1, finished_at=timezone.now(), pass_mark=70
    )
    question = Question.objects.filter(guide=guide).first()
    one = {"learner": learner, "sitting": sitting, "question": question, "value_hash": ""}
    Slot.objects.bulk_create(Slot(**one, position=place, points=float(place == 1)) for place in range(1, 11))
    for on, for_day in ((today - timedelta(1), today + timedelta(9)), (today - timedelta(31), today - timedelta(30))):
        Outlook.objects.create(
            learner=learner, guide=guide, on=on, for_day=for_day, mean=0.5, low=0.4, high=0.6, now=0.6, answers=60
        )
    Study.objects.create(learner=learner, guide=guide, sat_on=today - timedelta(30), result=90)

    response = learned.get("/progress/")

    mock, real = response.context["compared"]
    assert (mock["came"], mock["expected"].mean, mock["is_within"]) == (10, 69, False)
    assert (real["came"], real["expected"].mean, real["is_better"]) == (90, 62, True)
    assert "Was the forecast right?" in response.content.decode()


def test_how_many_answers_a_day_is_asked_for_and_kept_for_the_day(learned, guide, monkeypatch):
    address = f"/progress/effort/{guide.slug}/"
    assert address in page_of(learned)

    whole = learned.get(address).content.decode()
    monkeypatch.setattr("quizzes.actions.forecasts.effort_for", None)
    part = learned.get(address, headers={"HX-Request": "true", "HX-Target": "effort"}).content.decode()

    assert "answers a day" in whole
    assert "<html" in whole
    assert "<html" not in part
    assert re.search(r"<p.*</p>", whole, re.DOTALL)
    assert "answers a day" in part


def test_forecast_is_noted_where_a_sitting_ends_as_on_the_page(learned, guide):
    noted = prospect_now(learned.learner, guide)

    assert noted.then == board_of(learned).prospect.then
    assert Outlook.objects.get().mean == noted.then.mean
