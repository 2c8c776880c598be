"""What tests of exams do: choose, hand in, let time pass."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from quizzes.models import Sitting
from tests.quizzes.bank import address

MAP = {"HX-Request": "true", "HX-Target": "map"}
"""What htmx says of itself when a choice is saved as it is made."""


def choose(client, slot, choice=None, **more):
    """Send what the form of a question sends."""
    fields = {"token": slot.token, "had": "", **({} if choice is None else fields_of(slot, choice)), **more}
    headers = fields.pop("headers", {})
    return client.post(address(slot), fields, headers=headers)


def fields_of(slot, choice):
    return {"tick" if slot.kind == "select-all" else "choice": choice}


def right_of(slot):
    return [str(n) for n, option in enumerate(slot.options, 1) if option["is_right"]]


def wrong_of(slot):
    return [next(str(n) for n, option in enumerate(slot.options, 1) if not option["is_right"])]


def hand_in(client, exam):
    return client.post(reverse("quizzes:hand-in", args=[exam.pk]))


def report(client, exam):
    return client.get(reverse("quizzes:report", args=[exam.pk])).content.decode()


def let_time_pass(exam, *, seconds_over):
    Sitting.objects.filter(pk=exam.pk).update(deadline=timezone.now() - timedelta(seconds=seconds_over))


def begin(client, guide, **fields):
    usual = {"guide": guide.slug, "token": "t", "scope": "guide", "count": 5, "minutes": 10, "pass_mark": 70}
    return client.post(reverse("quizzes:exam"), usual | fields)
