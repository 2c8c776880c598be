"""Of which guide a document that is handed in is a newer version, as its author is offered."""

import pytest
from django.urls import reverse

from studysite.accounts.models import User
from tables.models import Guide, Row
from tests.factories import make_guide, make_user
from tests.groups import make_group
from tests.quizzes.importers import NOTES, hand_in, publish, publish_at_once


@pytest.fixture
def alice(client, db):
    client.user = make_user("alice")
    client.force_login(client.user)
    return client


NAMELESS = "| Planet | Moons |\n|---|---|\n| Mars | 2 |\n"


def paste(client, text):
    return client.post(reverse("quizzes:import"), {"text": text, "visibility": "private"}, follow=True)


def test_what_was_pasted_without_a_name_replaces_no_other_of_that_kind(alice):
    publish(alice, paste(alice, "| Sign | Meaning |\n|---|---|\n| h | Planck's |\n"))

    publish(alice, paste(alice, NAMELESS))

    assert list(Guide.objects.values_list("title", flat=True)) == ["Untitled", "Untitled"]
    assert Row.objects.live().count() == 2


def test_file_without_a_heading_is_a_newer_version_of_what_came_under_its_name(alice):
    publish(alice, hand_in(alice, NAMELESS, name="planets.md"))

    page = hand_in(alice, NAMELESS.replace("2", "two"), name="planets.md")

    assert page.context["draft"].guide == Guide.objects.get()


@pytest.fixture
def ada(client, db):
    """Staff who may change every guide."""
    client.user = User.objects.create_superuser("ada", password="a long password")
    client.force_login(client.user)
    return client


@pytest.mark.parametrize("visibility", ["private", "signed-in", "public"])
@pytest.mark.parametrize("text", [NOTES, f"---\nid: networks\n---\n\n{NOTES}"])
def test_staff_are_not_offered_what_is_somebody_elses(ada, visibility, text):
    hers = publish_at_once(make_user("alice"), text)
    Guide.objects.filter(pk=hers.pk).update(visibility=visibility)

    page = publish(ada, hand_in(ada, text))

    assert Guide.objects.get(owner=ada.user).title == hers.title
    assert hers.versions.count() == 1
    assert ada.get(page.context["guide"].get_absolute_url()).status_code == 200


def test_staff_are_not_offered_what_is_of_a_group_they_are_not_in(ada):
    guide = make_guide(title="Networks", visibility="group", group=make_group())

    assert hand_in(ada).context["draft"].guide != guide


@pytest.mark.parametrize("whose", ["own", "group's", "site's"])
def test_staff_are_offered_their_own_their_groups_and_the_sites(ada, whose):
    group = make_group(ada.user) if whose == "group's" else None
    visibility = {"own": "private", "group's": "group", "site's": "public"}[whose]
    guide = make_guide(
        title="Networks", owner=ada.user if whose == "own" else None, group=group, visibility=visibility
    )  # fmt: skip

    assert hand_in(ada).context["draft"].guide == guide
