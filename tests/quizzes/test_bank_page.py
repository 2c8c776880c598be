import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quizzes.actions import pinning
from quizzes.actions.bank import refresh_bank
from quizzes.models import Bank, Event, Question, Report
from quizzes.views import bank
from studysite.accounts.models import User
from tables.actions.editing import save_table
from tables.models import Guide, Table
from tests.factories import DECISIONS, make_guide, make_learner, make_table, make_topic, make_user
from tests.quizzes.bank import address as of_slot
from tests.quizzes.bank import be_guest, make_asked_guide, make_sitting

RNN = "RNN?"


@pytest.fixture
def guide(alice) -> Guide:
    """Alice's guide, which everybody may read."""
    return make_asked_guide(owner=alice.user)


@pytest.fixture
def decisions(guide) -> Table:
    return guide.tables.get(kind="decision")


def page_of(guide: Guide) -> str:
    return reverse("quizzes:bank", args=[guide.slug])


def page_of_table(table: Table) -> str:
    return reverse("quizzes:bank-table", args=[table.guide.slug, table.slug])


def look(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def do(client, path: str, doing: str, **fields) -> str:
    """Press a button; the page as it is afterwards."""
    response = client.post(path, {"do": doing, **fields}, follow=True)
    assert response.redirect_chain == [(path, 303)]
    return response.content.decode()


def asked(table: Table, stem: str = RNN, kind: str = "decision") -> Question:
    return Question.objects.get(table=table, stem=stem, kind=kind)


def pins(guide: Guide) -> list[dict[str, object]]:
    return Bank.objects.get(guide=guide).pins.get("pins", [])


def report_cell(guide: Guide, comment: str = "Not so.") -> Client:
    reader = Client()
    table = guide.tables.get(kind="entity")
    reader.post(reverse("quizzes:wrong-cell", args=[guide.slug, table.slug, "relu", "range"]), {"comment": comment})
    return reader


def test_owner_sees_what_is_asked_of_each_table(alice, guide, decisions):
    page = look(alice, page_of(guide))

    assert f'href="{page_of_table(decisions)}"' in page
    assert "5 of 5 facts asked" in page
    assert "Decision questions 5" in page


@pytest.mark.parametrize("name", ["bob", "carol"])
def test_nobody_else_sees_it_or_changes_anything(guide, decisions, name):
    client = Client()
    client.force_login(make_user(name, is_staff=name == "carol"))

    for path in (page_of(guide), page_of_table(decisions)):
        assert client.get(path).status_code == 404
        assert client.post(path, {"do": "hide", "question": asked(decisions).pk}).status_code == 404
    assert pins(guide) == []


def test_staff_who_may_change_guides_edit_every_guide(guide):
    staff = Client()
    staff.force_login(User.objects.create_superuser("ada", password="a long password"))

    assert "What is asked" in look(staff, page_of(guide))


def test_guide_leads_its_editors_to_the_page_and_nobody_else(alice, guide):
    link = f'href="{page_of(guide)}"'

    assert link in look(alice, guide.get_absolute_url())
    assert link not in look(Client(), guide.get_absolute_url())


def test_ledger_names_cells_and_reasons(alice, guide):
    table = guide.tables.get(kind="entity")

    page = look(alice, page_of_table(table))

    assert "No value" in page
    assert "ReLU, " in page or "Sigmoid, " in page


def test_question_is_shown_with_its_options_and_why(alice, guide, decisions):
    page = look(alice, page_of_table(decisions))

    assert RNN in page
    assert "It stands in the same column or table." in page


def test_kind_is_changed_with_one_button_and_kept(alice, guide, decisions):
    page = do(alice, page_of_table(decisions), "set-kind", table=decisions.pk, kind="pairs")

    decisions.refresh_from_db()
    assert (decisions.kind, decisions.kind_is_set) == ("pairs", True)
    assert "An editor chose it; imports keep it." in page
    assert not Question.objects.asked().filter(table=decisions, kind="decision").exists()


def test_kind_of_a_table_that_goes_at_the_same_moment_is_not_changed(alice, guide, decisions, monkeypatch):
    def save_late(table, edit):
        Table.objects.filter(pk=table.pk).update(archived_at=timezone.now())
        return save_table(table, edit)

    monkeypatch.setattr(bank, "save_table", save_late)

    page = do(alice, page_of(guide), "set-kind", table=decisions.pk, kind="pairs")

    assert "That could not be done: the page was out of date" in page


@pytest.mark.parametrize("kind", ["decision", "typed", "reversed", "forward", "reverse"])
def test_question_is_no_longer_asked_once_its_editor_says_so(alice, guide, decisions, kind):
    table = guide.tables.get(kind="entity") if kind in {"forward", "reverse"} else decisions
    question = Question.objects.filter(table=table, kind=kind, retired_at=None).first()
    others = Question.objects.asked().filter(guide=guide).exclude(fact=question.fact_id)
    before = set(others.values_list("pk", flat=True))

    do(alice, page_of_table(table), "hide", question=question.pk)

    question.refresh_from_db()
    assert question.retired_at is not None
    assert set(others.all().values_list("pk", flat=True)) == before


def test_hidden_question_is_in_the_ledger_and_comes_back_when_the_pin_is_taken_away(alice, guide, decisions):
    question = asked(decisions)
    page = do(alice, page_of_table(decisions), "hide", question=question.pk)
    assert "Pinned by the author" in page

    do(alice, page_of(guide), "unpin", name=pinning.name_of(pins(guide)[0]))

    question.refresh_from_db()
    assert (pins(guide), question.retired_at) == ([], None)


@pytest.mark.parametrize(("wish", "count"), [("never-offer", 1), ("also-right", 2)])
def test_option_is_never_offered_again(alice, guide, decisions, wish, count):
    question = asked(decisions)
    option = question.made.candidates[0].text

    for _ in range(2):
        do(alice, page_of_table(decisions), wish, question=question.pk, text=option)

    question.refresh_from_db()
    assert option not in [candidate.text for candidate in question.made.candidates]
    assert len(pins(guide)) == count
    typed = Question.objects.filter(table=decisions, kind="typed", fact=question.fact_id).first()
    assert (option in typed.made.accepted) == (wish == "also-right")


def test_what_a_rule_stops_is_asked_anyway(alice, guide):
    table = guide.tables.get(kind="entity")

    do(alice, page_of_table(table), "ask-anyway", table=table.pk, prompt="ReLU / Range")

    assert [(pin["kind"], pin["prompt"]) for pin in pins(guide)] == [("ask-anyway", "ReLU / Range")]


@pytest.mark.parametrize(
    ("name", "fields"),
    [("hide", {"question": 987654}), ("never-offer", {"text": "Nothing of the kind"}), ("set-kind", {"kind": "odd"})]
    + [("explode", {}), ("synonym", {"text": " "}), ("ask-anyway", {"prompt": ""}), ("decide", {"report": 98765})],
)
def test_what_cannot_be_done_changes_nothing(alice, guide, decisions, name, fields):
    fields = {"question": asked(decisions).pk, "table": decisions.pk} | fields

    response = alice.post(page_of_table(decisions), {"do": name, **fields})

    assert response.status_code in {303, 404}
    assert pins(guide) == []


def test_question_of_another_guide_is_not_touched(alice, guide, decisions):
    other = make_asked_guide(title="Another")

    question = asked(other.tables.get(kind="decision"))

    assert alice.post(page_of(guide), {"do": "hide", "question": question.pk}).status_code == 404
    assert pins(other) == []


def test_large_guide_is_not_made_anew_while_its_editor_waits(alice, guide, decisions, monkeypatch):
    monkeypatch.setattr(pinning, "MOST_AT_ONCE", 3)
    question = asked(decisions)

    page = do(alice, page_of_table(decisions), "hide", question=question.pk)

    question.refresh_from_db()
    assert "when somebody next practises" in page
    assert question.retired_at is None
    assert refresh_bank(guide)
    question.refresh_from_db()
    assert question.retired_at is not None


def test_pin_whose_place_is_gone_is_kept_and_marked(alice, guide, decisions):
    do(alice, page_of_table(decisions), "hide", question=asked(decisions).pk)
    assert "Unused" not in look(alice, page_of(guide))
    decisions.questions.filter(question=RNN).update(archived_at=timezone.now())
    decisions.rows.filter(subject=RNN).update(archived_at=timezone.now())

    assert "Unused: its place is gone" in look(alice, page_of(guide))
    assert len(pins(guide)) == 1


def test_what_learners_had_counted_is_offered_and_accepted_with_one_button(alice, guide, decisions):
    for _ in range(2):
        learner, client = make_learner(), Client()
        be_guest(client, learner)
        slots = make_sitting(learner, guide, kinds=("typed",), scope="table", table=decisions).slots.all()
        slot = next(slot for slot in slots if slot.stem.startswith(RNN))
        client.post(of_slot(slot), {"token": slot.token, "text": "Hyperbolic tangent"})
        client.post(of_slot(slot, "count"))
    assert Event.objects.count() == 2
    assert "“Hyperbolic tangent” for “TanH”" in look(alice, page_of(guide))
    assert "2 learners" in look(alice, page_of(guide))

    page = do(alice, page_of(guide), "synonym", question=slot.question_id, text="Hyperbolic tangent")

    assert "“Hyperbolic tangent” for “TanH”" not in page
    assert "Hyperbolic tangent" in Question.objects.get(pk=slot.question_id).made.accepted


def test_owner_decides_a_report_of_a_cell_and_the_reporter_sees_it(alice, guide):
    reader = report_cell(guide)
    assert "Not so." in look(alice, page_of(guide))

    page = do(alice, page_of(guide), "decide", report=Report.objects.get().pk, status="mended", reply="Thank you.")

    assert "Not so." not in page
    assert "Reply: Thank you." in look(reader, reverse("quizzes:progress"))


def test_owner_bars_an_option_that_a_reader_says_is_right(alice, guide, decisions, guest):
    slot = make_sitting(guest.learner, guide, kinds=("decision",)).slots.first()
    guest.post(of_slot(slot, "wrong"), {"reason": "more-right"})
    option = next(option["text"] for option in slot.options if not option["is_right"])

    do(alice, page_of(guide), "decide", report=Report.objects.get().pk, status="pinned", reply="", text=option)

    assert Report.objects.get().status == "pinned"
    assert option in pins(guide)[0]["values"]


def test_cell_cannot_be_pinned_or_hidden(alice, guide):
    report_cell(guide)

    for status in ("pinned", "hidden", ""):
        do(alice, page_of(guide), "decide", report=Report.objects.get().pk, status=status, reply="")

    assert Report.objects.get().status == "open"


def test_report_of_another_guide_is_not_decided(alice, guide):
    other = make_asked_guide(title="Another")
    report_cell(other)

    response = alice.post(page_of(guide), {"do": "decide", "report": Report.objects.get().pk, "status": "declined"})

    assert response.status_code == 404
    assert Report.objects.get().status == "open"


@pytest.mark.parametrize("size", [1, 6])
def test_number_of_queries_does_not_grow(alice, django_assert_max_num_queries, size):
    guide = make_guide(owner=alice.user)
    for number in range(size):
        table = make_table(make_topic(guide), title=f"Which one? {number}", grid=DECISIONS, kind="decision")
    refresh_bank(guide)
    values = [{"kind": "hide", "table": each.name, "prompt": RNN, "values": []} for each in guide.tables.all()]
    Bank.objects.filter(guide=guide).update(pins={"pins": values})
    for row in table.rows.all()[: min(size, 5)]:
        column = table.columns.first()
        path = reverse("quizzes:wrong-cell", args=[guide.slug, table.slug, row.slug, column.slug])
        Client().post(path, {"comment": "No."})

    with django_assert_max_num_queries(23):
        look(alice, page_of(guide))
    with django_assert_max_num_queries(12):
        look(alice, page_of_table(table))


COMPARED = [
    ("Aspect", "Batch jobs", "Streaming jobs"),
    ("Latency", "Hours", "Milliseconds"),
    ("Tooling", "Airflow", "Kafka"),
    ("Batch size", "All of a day", "One record"),
]


def test_hints_are_told_for_the_author_but_not_that_which_of_two_names_its_options(alice):
    guide = make_guide(owner=alice.user)
    compared = make_table(make_topic(guide), title="Jobs", grid=COMPARED, kind="aspect")
    hinting = [DECISIONS[0], ("What splits training?", "A splitter"), *DECISIONS[1:]]
    decisions = make_table(make_topic(guide), title="Which?", grid=hinting, kind="decision")
    refresh_bank(guide)
    assert Question.objects.filter(table=compared, kind="which-of-two").exists()

    hints = [look(alice, page_of_table(table)).count("A hint:") for table in (compared, decisions)]

    assert hints[0] == 0
    assert hints[1] > 0
