import pytest
from django.urls import reverse
from zeal import zeal_ignore

from quizzes.actions.adoption import adopt_guest
from quizzes.models import Bank, Event, Fact, Memory, Question, Report, Slot
from studysite.accounts.models import User
from tests.factories import make_learner, make_user
from tests.quizzes.bank import address, be_guest, give, make_sitting, right
from tests.quizzes.memories import catch_up

MORE = {"reason": "more-right"}


@pytest.fixture
def slot(guest, theirs) -> Slot:
    """A decision question that the guest looks at."""
    return make_sitting(guest.learner, theirs.guide, kinds=("decision",)).slots.first()


@pytest.fixture
def staff(db, client):
    client.force_login(User.objects.create_superuser("ada", password="a long password"))
    return client


def dispute(client_class, slot: Slot, name: str = ""):
    """Let a guest, or the account of that name, say of the same question that more than one is right."""
    client, learner = client_class(), make_learner(make_user(name) if name else None)
    if name:
        client.force_login(learner.user)
    else:
        be_guest(client, learner)
    other = make_sitting(learner, slot.sitting.guide).slots.get(question=slot.question)
    client.post(address(other, "wrong"), MORE)


def decide(staff, report: Report, status: str, **written):
    path = reverse("admin:quizzes_report_change", args=[report.pk])
    with zeal_ignore():  # the admin looks for one user while another one is asking
        return staff.post(path, {"status": status, "reply": "Thank you.", "never_offer": "", **written})


def is_asked(slot: Slot) -> bool:
    return Question.objects.asked().filter(pk=slot.question_id).exists()


def test_verdict_leads_to_the_form(guest, slot):
    give(guest, slot, right(slot))

    page = guest.get(address(slot)).content.decode()

    assert f'href="{address(slot, "wrong")}"' in page
    assert guest.get(address(slot, "wrong")).status_code == 200


@pytest.mark.parametrize("reason", ["notes-wrong", "else"])
def test_comment_is_asked_for(guest, slot, reason):
    response = guest.post(address(slot, "wrong"), {"reason": reason, "comment": " "})

    assert response.status_code == 422
    assert "Say in a few words what is wrong" in response.content.decode()
    assert not Report.objects.exists()


def test_report_is_kept_and_seen_on_the_progress_page(guest, slot):
    response = guest.post(address(slot, "wrong"), {"reason": "notes-wrong", "comment": "<b>It is 42</b>"})

    progress = guest.get(reverse("quizzes:progress")).content.decode()
    report = Report.objects.get()
    assert response.status_code == 303
    assert "Thank you, it will be looked at" in guest.get(response.headers["Location"]).content.decode()
    assert (report.learner, report.slot, report.question_id) == (guest.learner, slot, slot.question_id)
    assert "What you reported" in progress
    assert "&lt;b&gt;It is 42&lt;/b&gt;" in progress
    assert "Not looked at yet" in progress


def test_same_report_sent_twice_is_one(guest, slot):
    for comment in ("", "Swish is right as well."):
        guest.post(address(slot, "wrong"), MORE | {"comment": comment})

    assert Report.objects.get().comment == "Swish is right as well."


@pytest.mark.parametrize("fields", [{}, {"reason": "hidden"}, {"reason": "else", "comment": "x" * 2001}])
def test_what_cannot_be_taken_is_not_kept(guest, slot, fields):
    assert guest.post(address(slot, "wrong"), fields).status_code == 422
    assert not Report.objects.exists()


def test_eleventh_report_of_a_day_is_told_to_wait(guest, theirs):
    slots = list(make_sitting(guest.learner, theirs.guide, kinds=()).slots.all())

    said = [guest.post(address(slot, "wrong"), MORE).status_code for slot in slots[:11]]

    assert said == [303] * 10 + [429]
    assert Report.objects.count() == 10


def test_one_learner_alone_hides_nothing(guest, slot):
    guest.post(address(slot, "wrong"), MORE)
    guest.post(address(slot, "wrong"), {"reason": "else", "comment": "Really."})

    assert is_asked(slot)


def test_guests_alone_hide_nothing_for_anybody_can_be_two_of_them(guest, slot):
    guest.post(address(slot, "wrong"), MORE)
    dispute(type(guest), slot)
    dispute(type(guest), slot, "bob")

    assert Report.objects.disputes().count() == 3
    assert is_asked(slot)


def test_two_accounts_hide_the_question_until_staff_decide(guest, staff, slot):
    guest.post(address(slot, "wrong"), MORE)
    dispute(type(guest), slot, "bob")
    dispute(type(guest), slot, "charlie")
    assert not is_asked(slot)

    decide(staff, Report.objects.first(), "declined")

    progress = guest.get(reverse("quizzes:progress")).content.decode()
    assert is_asked(slot)
    assert set(Report.objects.values_list("status", flat=True)) == {"declined"}
    assert "The question stays as it is" in progress
    assert "Reply: Thank you." in progress


def test_hidden_question_is_dealt_to_nobody_also_after_questions_are_made_anew(guest, staff, slot):
    guest.post(address(slot, "wrong"), {"reason": "else", "comment": "No."})
    guide = slot.sitting.guide
    decide(staff, Report.objects.get(), "hidden")

    bank = reverse("admin:quizzes_bank_change", args=[guide.bank.pk])
    pins = '{"pins": [{"kind": "synonym", "table": "T", "prompt": "p", "values": ["v"]}]}'
    assert staff.post(bank, {"pins": pins}).status_code == 302

    dealt = make_sitting(make_learner(), guide, kinds=())
    assert not dealt.slots.filter(question=slot.question).exists()
    for fact in slot.question.facts.all():
        assert fact.is_asked == Question.objects.asked().exclude(kind="rebuild").filter(facts=fact).exists()
    assert Fact.objects.asked().exists()


def test_answers_to_a_question_in_doubt_move_memory_only_when_it_is_asked_again(guest, staff, slot):
    dispute(type(guest), slot, "bob")
    dispute(type(guest), slot, "charlie")
    give(guest, slot, right(slot))
    assert not Memory.objects.exists()

    decide(staff, Report.objects.first(), "declined")
    catch_up()

    assert Memory.objects.get().fact == slot.question.fact


def test_answers_since_the_first_dispute_are_taken_back_when_the_staff_hide_the_question(guest, staff, slot):
    guest.post(address(slot, "wrong"), MORE)
    give(guest, slot, right(slot))
    assert Memory.objects.exists()

    decide(staff, Report.objects.get(), "hidden")

    assert not Memory.objects.exists()


def test_staff_pin_an_option_that_is_then_never_offered(guest, staff, slot):
    guest.post(address(slot, "wrong"), MORE)
    offered = next(option["text"] for option in slot.options if not option["is_right"])

    response = decide(staff, Report.objects.get(), "pinned", never_offer=offered)

    pin = Bank.objects.get(guide=slot.sitting.guide).pins["pins"][-1]
    question = Question.objects.get(pk=slot.question_id)
    assert response.status_code == 302
    assert (pin["kind"], pin["values"]) == ("never-offer", [offered])
    assert offered not in {candidate.text for candidate in question.made.candidates}


@pytest.mark.parametrize("kind", ["forward", "reverse"])
def test_question_from_a_cell_can_be_pinned_too(guest, staff, theirs, kind):
    slot = make_sitting(guest.learner, theirs.guide, kinds=(kind,)).slots.first()
    offered = next(option["text"] for option in slot.options if not option["is_right"])
    guest.post(address(slot, "wrong"), MORE)

    decide(staff, Report.objects.get(), "pinned", never_offer=offered)

    question = Question.objects.get(pk=slot.question_id)
    assert question.retired_at or offered not in {candidate.text for candidate in question.made.candidates}


def test_pin_without_an_option_is_refused(guest, staff, slot):
    guest.post(address(slot, "wrong"), MORE)

    response = decide(staff, Report.objects.get(), "pinned")

    assert response.status_code == 200
    assert "Choose the option that is not to be offered" in response.content.decode()
    assert Report.objects.get().status == "open"


def test_staff_see_the_report_beside_the_question_with_the_way_to_mend_it(guest, staff, slot):
    guest.post(address(slot, "wrong"), MORE | {"comment": "Swish too."})
    row = slot.question.fact.authored.row

    listed = staff.get(reverse("admin:quizzes_report_changelist")).content.decode()
    page = staff.get(reverse("admin:quizzes_report_change", args=[Report.objects.get().pk])).content.decode()

    assert "Swish too." in listed
    assert reverse("admin:tables_row_change", args=[row.pk]) in page
    assert "Swish too." in page


def test_reports_of_a_guest_become_the_accounts(guest, slot, alice, hers):
    guest.post(address(slot, "wrong"), MORE)

    adopt_guest(guest.learner.guest_key.hex, alice.user)

    assert Report.objects.get().learner.user == alice.user


def test_reporting_asks_few_queries(guest, slot, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        guest.post(address(slot, "wrong"), MORE)


def test_staff_see_what_learners_say_means_the_same(guest, staff, theirs):
    slot = make_sitting(guest.learner, theirs.guide, kinds=("typed",)).slots.first()
    for _ in range(2):
        guest.post(address(slot), {"token": slot.token, "text": "my own words for it"})
    guest.post(address(slot, "count"))
    event = Event.objects.get()

    listed = staff.get(reverse("admin:quizzes_event_changelist")).content.decode()
    page = staff.get(reverse("admin:quizzes_event_change", args=[event.pk])).content.decode()

    assert "my own words for it" in listed
    assert "my own words for it" in page


def test_nobody_reports_from_somebody_elses_sitting(guest, slot, alice, client):
    said = [each.post(address(slot, "wrong"), MORE).status_code for each in (alice, client)]

    assert said == [404, 401]
    assert not Report.objects.exists()


def test_staff_who_may_only_look_decide_nothing(guest, slot, client):
    guest.post(address(slot, "wrong"), MORE)
    client.force_login(make_user("carol", is_staff=True))

    assert decide(client, Report.objects.get(), "declined").status_code == 403
    assert Report.objects.get().status == "open"


def test_form_tells_no_answer(guest, slot):
    page = guest.get(address(slot, "wrong")).content.decode()

    assert slot.stem.replace("'", "&#x27;") in page
    assert slot.right_text not in page
