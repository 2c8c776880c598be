"""A guide with decision questions that can be asked, and people in the middle of a sitting."""

from django.urls import reverse

from quizzes.actions.bank import refresh_bank
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


def make_sitting(learner: Learner | None = None, guide: Guide | None = None, **plan) -> Sitting:
    """A sitting that has just begun, of a guest unless said otherwise."""
    return start_sitting(learner or make_learner(), Plan(guide or make_asked_guide(), **plan), new_token())


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


HTMX = {"HX-Request": "true", "HX-Target": "main"}
