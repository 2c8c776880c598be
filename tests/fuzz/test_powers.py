"""Fields that no form has, sent with every form: they give nobody what is not theirs."""

import pytest
from django.test import Client
from zeal import zeal_ignore

from quizzes.models import Sitting
from studysite.accounts.models import Membership, User
from tables.models import Guide
from tests.fuzz.browsers import Wish
from tests.fuzz.test_pages import found_forms

pytestmark = pytest.mark.django_db
POWERS = ("is_staff", "is_superuser", "is_active", "role", "owner", "user", "learner", "group", "id", "pk", "score")


def test_no_further_field_of_any_form_gives_power(world):
    before = powers()
    for role, form in found_forms(world):
        if form.method == "POST" and role == "alice" and "delete" not in form.action:
            client = Client()
            client.force_login(User.objects.get(username="dora"))
            more = [(name, "owner" if name == "role" else "1") for name in POWERS if name not in dict(form.fields)]
            wish = Wish("POST", form.action, [*form.fields, *more], [(name, "a.md", b"x") for name in form.files])
            with zeal_ignore():
                wish.by(client)

    assert powers() == before


def powers() -> list[object]:
    """Who may do what: on the staff, in groups, with guides, with sittings."""
    return [
        list(User.objects.order_by("pk").values_list("username", "is_staff", "is_superuser", "is_active")),
        list(Membership.objects.exclude(user__username="dora").values_list("user__username", "group", "role")),
        Membership.objects.filter(user__username="dora", role="owner", group__name="MLA Tuesday group").exists(),
        list(Guide.objects.exclude(owner__username="dora").order_by("pk").values_list("owner", "group", "visibility")),
        list(Sitting.objects.exclude(learner__user__username="dora").values_list("learner__user__username", "mode")),
    ]
