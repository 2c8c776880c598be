"""What a screen reader is told of a table, a question and a verdict, and what is seen while the network is slow."""

import pytest
from playwright.sync_api import expect

from quizzes.models import Answer
from tests.factories import make_learner, make_user
from tests.quizzes.bank import address, make_asked_guide, make_sitting

TABLE = """
- region "Activation Functions, table":
  - table "Activation Functions":
    - caption: Activation Functions
    - rowgroup:
      - row "Function Range Hidden Layer Output Layer Issue":
        - columnheader "Function":
          - link "Function"
    - rowgroup:
      - row "ReLU 0 to inf Default choice No Dying ReLU":
        - rowheader "ReLU"
        - cell "0 to inf"
      - row "Leaky ReLU -inf to inf When ReLU fails No no value":
        - rowheader "Leaky ReLU"
        - cell "no value"
"""
QUESTION = """
- banner:
  - link "Leave the quiz; your answers are saved"
  - progressbar "Answered"
  - text: /of 5/
  - button "Flag this question"
- main:
  - group /Binary/:
    - heading /Binary/ [level=1]
    - radio "Sigmoid"
  - alert
  - group "How sure are you? Optional":
    - radio "Sure"
    - radio "Think so"
    - radio "Guess"
  - button "Check answer"
  - button "I don’t know"
"""
VERDICT = """
- main:
  - region "It is Sigmoid, not TanH":
    - heading "It is Sigmoid, not TanH" [level=1]
    - table "TanH and Sigmoid side by side":
      - rowgroup:
        - row:
          - columnheader "Column"
          - columnheader "You picked TanH"
          - columnheader "Right answer Sigmoid"
      - rowgroup:
        - row:
          - rowheader "Output Layer decides it"
          - cell "No"
          - cell "Binary classification"
    - paragraph: /Output Layer tells them apart/
    - link "Next"
    - link "See it in the table"
"""


@pytest.fixture
def guide(transactional_db):
    return make_asked_guide()


@pytest.fixture
def slot(guide):
    """A question about the binary output, with TanH among its options."""
    learner = make_learner(make_user())
    slots = (slot for _ in range(50) for slot in make_sitting(learner, guide, kinds=("decision",), count=5).slots.all())
    return next(slot for slot in slots if "Binary" in slot.stem and "TanH" in {each["text"] for each in slot.options})


def test_table_is_told_as_a_table_with_its_headers(page, guide):
    page.goto(guide.tables.first().get_absolute_url())

    expect(page.locator("body")).to_match_aria_snapshot(TABLE)


def test_question_and_verdict_are_told_in_their_order(page, sign_in, slot):
    sign_in(page, slot.learner.user)
    page.goto(address(slot))
    expect(page.locator("body")).to_match_aria_snapshot(QUESTION)

    page.get_by_role("radio", name="TanH").check()
    page.get_by_role("button", name="Check answer").click()

    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.locator("body")).to_match_aria_snapshot(VERDICT)


def test_slow_answer_is_shown_as_under_way_and_sent_once(page, sign_in, slot):
    sign_in(page, slot.learner.user)
    page.goto(address(slot))
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    held = []
    page.route("**/quiz/**", lambda route: held.append(route))

    page.get_by_role("radio", name="TanH").check()
    check = page.get_by_role("button", name="Check answer")
    check.click(no_wait_after=True)
    expect(page.locator("#question [aria-busy=true]")).to_have_count(1)
    expect(page.locator("#loadbar")).to_have_class("loadbar htmx-request")
    check.click(no_wait_after=True)
    for route in held:
        route.continue_()

    expect(page.get_by_role("heading", level=1)).to_have_text("It is Sigmoid, not TanH")
    assert len(sent) == Answer.objects.count() == 1
