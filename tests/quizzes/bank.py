"""A guide with decision questions that can be asked, and people in the middle of a sitting."""

from django.urls import reverse

from quizzes.actions.bank import refresh_bank
from quizzes.actions.exams import ExamPlan, start_exam
from quizzes.actions.sittings import Plan, start_sitting
from quizzes.models import Learner, Sitting, Slot, new_token
from tables.models import Guide
from tests.factories import DECISIONS, make_guide, make_learner, make_table, make_topic

LOOKUPS = [
    ("Scenario", "Recommended"),
    ("Multi-class output", "Softmax"),
    ("Binary output", "Sigmoid"),
    ("RNN hidden layers", "TanH"),
    ("ReLU not working", "Leaky ReLU"),
    ("Very deep networks", "Swish"),
]


def make_asked_guide(**fields) -> Guide:
    """A guide with the activation functions, five decision questions and five lookup questions on them."""
    guide = make_guide(**fields)
    networks = make_topic(guide)
    table = make_table(networks)
    make_table(networks, label="When to Use", grid=LOOKUPS, kind="lookup", shown_with=table)
    quick = make_topic(guide, title="Quick Decision Tables")
    make_table(quick, title="Which Activation Function?", grid=DECISIONS, kind="decision")
    refresh_bank(guide)
    return guide


AUTHORED = ("decision", "lookup")


def make_sitting(
    learner: Learner | None = None, guide: Guide | None = None, *, kinds=AUTHORED, returns_missed=False, **plan
) -> Sitting:
    """A sitting over the author's questions that has just begun, of a guest, without returns, unless said otherwise."""
    plan = Plan(guide or make_asked_guide(), kinds=kinds, returns_missed=returns_missed, **plan)
    return start_sitting(learner or make_learner(), plan, new_token())


def make_exam(
    learner: Learner, guide: Guide | None = None, *, count=5, minutes=10, pass_mark=60, topic=None
) -> Sitting:
    """An exam that has just begun."""
    plan = ExamPlan(guide or make_asked_guide(), topic, count, minutes, pass_mark)
    return start_exam(learner, plan, new_token())


def be_guest(client, learner: Learner) -> None:
    """Let the client's session be that of a guest."""
    session = client.session
    session["guest_key"] = learner.guest_key.hex
    session.save()


def address(slot: Slot, name: str = "question") -> str:
    return reverse(f"quizzes:{name}", args=[slot.sitting_id, slot.position])


def right(slot: Slot) -> str:
    """What the form sends for the right option."""
    return str(slot.right + 1)


def wrong(slot: Slot) -> str:
    """What the form sends for a wrong option."""
    return str((slot.right + 1) % len(slot.options) + 1)


def give(client, slot: Slot, choice: str, **headers):
    """Send an answer as the form does."""
    return client.post(address(slot), {"token": slot.token, "choice": choice}, headers=headers)


def given_right(slot: Slot) -> dict[str, object]:
    """The fields of a form that gives the right answer to a question of any kind."""
    if slot.kind in {"typed", "typed-name"}:
        return {"text": slot.right_text}
    if slot.kind == "select-all":
        return {"tick": [number for number, option in enumerate(slot.options, start=1) if option["is_right"]]}
    if slot.kind == "order-by":
        return {f"place-{place + 1}": number for number, place in enumerate(slot.shown["order"], start=1)}
    return {"choice": right(slot)}


def give_right(client, slot: Slot, **fields):
    """Send the right answer to a question of any kind."""
    return client.post(address(slot), {"token": slot.token, **given_right(slot), **fields})


HTMX = {"HX-Request": "true", "HX-Target": "main"}
