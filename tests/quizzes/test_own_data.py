import csv
import io
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quizzes.actions.rule_out import begin_rule_out
from quizzes.actions.setting_aside import set_aside
from quizzes.exports import csv_lines, guarded, json_pieces
from quizzes.models import (
    Answer,
    Event,
    Fact,
    Learner,
    Memory,
    Outlook,
    Report,
    RuleOut,
    SetAside,
    Sitting,
    Study,
    new_token,
)
from tables.models import Guide, Topic
from tests.factories import make_learner, make_user
from tests.quizzes.bank import be_guest, give, make_asked_guide, make_sitting, right, wrong
from tests.quizzes.lived import board_of


@pytest.fixture
def lived(guest):
    """A guest who has answered five questions, taken one back and set a fact aside."""
    guide = make_asked_guide()
    sitting = make_sitting(guest.learner, guide, count=5)
    for slot in sitting.slots.all():
        give(guest, slot, wrong(slot) if slot.position == 2 else right(slot))
    last = sitting.slots.order_by("-position").first()
    guest.post(reverse("quizzes:undo", args=[sitting.pk, last.position]))
    set_aside(Learner.objects.get(), Fact.objects.asked()[:1])
    return guest


def taken_out(client):
    return b"".join(client.get(reverse("quizzes:data-json")).streaming_content)


def take_in(client, stored):
    return client.post(reverse("quizzes:data"), {"file": SimpleUploadedFile("studysite.json", stored)}, follow=True)


def remembered(learner):
    fields = ("fact", "stability", "difficulty", "last_on", "asked", "missed", "is_right", "rights_in_row", "recent")
    return list(Memory.objects.filter(learner=learner).order_by("fact").values_list(*fields))


@pytest.fixture
def other(db):
    """Somebody else's browser."""
    client = Client()
    client.learner = make_learner()
    be_guest(client, client.learner)
    return client


def test_what_was_taken_out_is_the_same_when_taken_in_elsewhere(lived, other):
    stored = taken_out(lived)

    page = take_in(other, stored).content.decode()

    assert "taken in" in page
    assert remembered(other.learner) == remembered(lived.learner)
    one, two = (Learner.objects.get(pk=each.learner.pk) for each in (lived, other))
    assert (one.first_sights, one.pace) == (two.first_sights, two.pace)
    assert SetAside.objects.filter(learner=other.learner).count() == 1
    assert Sitting.objects.filter(learner=other.learner).count() == 1


def test_taken_in_twice_it_changes_nothing(lived, other):
    stored = taken_out(lived)
    take_in(other, stored)
    before = [model.objects.count() for model in (Answer, Sitting, Event, Memory, SetAside)]

    page = take_in(other, stored).content.decode()

    assert "were here already" in page
    assert [model.objects.count() for model in (Answer, Sitting, Event, Memory, SetAside)] == before


def test_ones_own_file_changes_nothing(lived):
    before = remembered(lived.learner)

    take_in(lived, taken_out(lived))

    assert remembered(lived.learner) == before


def test_what_was_ruled_out_comes_along_once(lived, other):
    run = RuleOut.objects.get(pk=begin_rule_out(lived.learner, Guide.objects.get(), new_token()).pk)
    stored = taken_out(lived)

    take_in(other, stored)
    take_in(other, stored)

    theirs = RuleOut.objects.get(learner=other.learner)
    assert (theirs.stem, theirs.options, theirs.struck) == (run.stem, run.options, run.struck)
    assert theirs.started_at == run.started_at


def test_a_file_of_before_ruling_out_was_kept_is_taken_in(lived, other):
    stored = json.loads(taken_out(lived))
    del stored["rule_outs"]

    assert "taken in" in take_in(other, json.dumps(stored).encode()).content.decode()


@pytest.fixture
def wishing(lived):
    """The same guest, who said how they want to study, and how their exam went."""
    guide, topic = Guide.objects.get(), Topic.objects.first()
    day = timezone.localdate()
    lived.learner.goal, lived.learner.goal_unit, lived.learner.time_zone = 15, "minutes", "Europe/Berlin"
    lived.learner.paused_until, lived.learner.returns_missed = day + timedelta(days=2), False
    lived.learner.save()
    Study.objects.create(
        learner=lived.learner, guide=guide, pass_mark=70, weights={str(topic.pk): 3}, leading_topic=topic,
        sat_on=day, result=81,
    )  # fmt: skip
    Outlook.objects.create(
        learner=lived.learner, guide=guide, on=day - timedelta(days=1), for_day=day, mean=0.7, low=0.6, high=0.8,
        now=0.65, answers=60,
    )  # fmt: skip
    return lived


def wishes_of(learner):
    said = Learner.objects.values_list("goal", "goal_unit", "time_zone", "paused_until", "returns_missed")
    studies = Study.objects.filter(learner=learner).values_list(
        "guide", "exam_on", "pass_mark", "weights", "leading_topic", "sat_on", "result"
    )
    outlooks = Outlook.objects.filter(learner=learner).values_list(
        "guide", "on", "for_day", "mean", "low", "high", "now", "answers"
    )
    return said.get(pk=learner.pk), list(studies), list(outlooks)


def test_wishes_results_and_forecasts_come_along_once(wishing, other):
    for _ in range(2):
        take_in(other, taken_out(wishing))

    assert wishes_of(other.learner) == wishes_of(wishing.learner)
    assert [len(part) for part in wishes_of(other.learner)] == [5, 1, 1]
    assert board_of(other).compared == board_of(wishing).compared != []


def test_wishes_that_the_account_has_of_its_own_stay(wishing, other):
    guide, day = Guide.objects.get(), timezone.localdate()
    Learner.objects.filter(pk=other.learner.pk).update(goal=40, time_zone="Asia/Tokyo")
    Study.objects.create(learner=other.learner, guide=guide, exam_on=day + timedelta(days=9), pass_mark=55)

    take_in(other, taken_out(wishing))

    (goal, unit, zone, *_), [study], _ = wishes_of(other.learner)
    assert (goal, unit, zone) == (40, "answers", "Asia/Tokyo")
    topic = Topic.objects.first().pk
    assert study == (guide.pk, day + timedelta(days=9), 55, {str(topic): 3}, topic, None, None)


def test_a_file_of_before_wishes_were_in_it_is_taken_in(wishing, other):
    stored = json.loads(taken_out(wishing))
    del stored["learner"], stored["outlooks"]
    for name in ("weights", "leading_topic", "sat_on", "result"):
        del stored["studies"][0][name]

    assert "taken in" in take_in(other, json.dumps(stored).encode()).content.decode()

    said, [study], outlooks = wishes_of(other.learner)
    assert said == (20, "answers", "", None, True)
    assert study[1:] == (None, 70, {}, None, None, None)
    assert outlooks == []


def test_wishes_for_what_this_site_lacks_are_left_out(wishing, other):
    stored = json.loads(taken_out(wishing))
    stored["learner"]["time_zone"] = "Moon/Tranquility"
    stored["studies"][0] |= {"weights": {"0" * 32: 2}, "leading_topic": "0" * 32}
    stored["outlooks"][0]["guide"] = "0" * 32

    take_in(other, json.dumps(stored).encode())

    said, [study], outlooks = wishes_of(other.learner)
    assert (said[2], study[3], study[4], outlooks) == ("", {}, None, [])


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("learner", "goal", 0),
        ("learner", "goal_unit", "pages"),
        ("studies", "result", 101),
        ("studies", "weights", 4),
        ("outlooks", "mean", float("nan")),
        ("outlooks", "answers", -1),
    ],
)
def test_a_wish_that_cannot_be_is_named_and_nothing_is_changed(wishing, other, part, name, value):
    stored = json.loads(taken_out(wishing))
    entry = stored["learner"] if part == "learner" else stored[part][0]
    entry[name] = dict.fromkeys(entry["weights"], value) if name == "weights" else value

    response = take_in(other, json.dumps(stored).encode())

    assert f"Entry 1 of “{part}” cannot be read" in response.content.decode()
    assert not Answer.objects.filter(learner=other.learner).exists()


def test_questions_that_this_site_lacks_are_counted(lived, other):
    stored = json.loads(taken_out(lived))
    stored["answers"][0]["question"] = "0" * 32

    page = take_in(other, json.dumps(stored).encode()).content.decode()

    assert "1 are about questions that this site does not have" in page


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        (b"", "Line 1 of the file is not JSON"),
        (b"{\n\n nonsense", "Line 3 of the file is not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[]", "not a file of your data"),
        (b'{"studysite": 1}', "“studies” is missing"),
        (b"[" * 100_000, "not JSON"),
        (b"[" + b"[]," * 1_600_000 + b"[]]", "more values than the data of one learner"),
        (b" " * 5_300_000, "larger than 5 MB: sign in to take it in"),
    ],
)
def test_a_bad_file_gets_a_clear_sentence(other, stored, said):
    page = take_in(other, stored).content.decode()

    assert said in page
    assert not Answer.objects.exists()


def test_a_larger_file_is_taken_from_an_account(client, lived, db):
    client.force_login(make_user())

    assert take_in(client, taken_out(lived) + b" " * 5_300_000).status_code == 200

    assert Answer.objects.filter(learner__user__isnull=False).exists()


@pytest.mark.parametrize("part", ["answered_at", "slot", "facts", "outcome", "token"])
def test_a_broken_entry_is_named_and_nothing_is_changed(lived, other, part):
    stored = json.loads(taken_out(lived))
    stored["answers"][1][part] = {"no": "such"} if part != "slot" else "no such"
    before = Answer.objects.count()

    response = take_in(other, json.dumps(stored).encode())

    assert response.status_code == 422
    assert "Entry 2 of “answers” cannot be read" in response.content.decode()
    assert Answer.objects.count() == before


def test_answers_and_memory_are_lines_of_csv(lived):
    answers = b"".join(lived.get(reverse("quizzes:data-answers")).streaming_content).decode()
    memory = b"".join(lived.get(reverse("quizzes:data-memory")).streaming_content).decode()

    assert len(list(csv.DictReader(io.StringIO(answers)))) == Answer.objects.count()
    rows = list(csv.DictReader(io.StringIO(memory)))
    assert len(rows) == Memory.objects.count()
    assert {row["recall today in percent"] for row in rows} == {"100"}


def test_each_line_of_csv_says_whether_the_answer_counts(lived):
    answers = b"".join(lived.get(reverse("quizzes:data-answers")).streaming_content).decode()

    assert [row["counts"] for row in csv.DictReader(io.StringIO(answers))] == ["yes"] * 4 + ["no, taken back"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-inf to inf", "@sum", "\tx", "\rx"])
def test_a_spreadsheet_finds_no_formula(text):
    assert guarded(text) == f"'{text}"
    assert list(csv_lines(["a"], [[text, 5]]))[1].lstrip('"').startswith("'")


def test_pieces_of_json_are_whole_together():
    pieces = json_pieces({"studysite": 1}, {"some": iter([{"a": 1}, {"a": 2}]), "none": iter(())})

    assert json.loads("".join(pieces)) == {"studysite": 1, "some": [{"a": 1}, {"a": 2}], "none": []}


def test_an_account_finds_itself_its_reports_and_its_guides(client, db):
    user = make_user(email="alice@example.org")
    learner = make_learner(user)
    client.force_login(user)
    own = make_asked_guide(title="Mine", visibility="private", owner=user)
    old = make_asked_guide(title="Old", owner=user)
    Guide.objects.filter(pk=old.pk).update(archived_at=timezone.now())
    make_asked_guide(title="Of nobody")
    Report.objects.create(
        learner=learner, question=own.questions.first(), reason="else", comment="Odd", created_at=timezone.now()
    )

    stored, page = json.loads(taken_out(client)), client.get(reverse("quizzes:data")).content.decode()

    assert (stored["account"]["name"], stored["account"]["email"]) == ("alice", "alice@example.org")
    assert [report["comment"] for report in stored["reports"]] == ["Odd"]
    assert f'href="/{own.slug}.md"' in page
    assert f'href="/guides/{old.slug}/"' in page
    assert "Of nobody" not in page
    assert "pass" not in str(stored["account"])


def test_a_guest_has_no_account_to_take_out(lived):
    assert json.loads(taken_out(lived))["account"] is None
