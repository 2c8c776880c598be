import pickle

import pytest
from django.urls import reverse

from studysite import kept
from studysite.kept import Kept, forget_all
from tables.actions.indexing import refresh_entries
from tables.models import Guide
from tests.factories import make_guide, make_table, make_topic, make_user


def all_kept():
    """Every value that the process keeps, as bytes."""
    return b"".join(pickle.dumps(value) for each in kept._all for value in each._values.values())


@pytest.fixture
def table(db):
    """A table of a public guide, with all that a page shows of it."""
    return make_table(make_topic(make_guide()), facets=["Issue"], points=["ReLU is the default."])


def test_what_was_made_once_is_given_again():
    made = []
    numbers = Kept[int](10)

    assert [numbers.get("one", lambda: made.append(1) or len(made)) for _ in range(3)] == [1, 1, 1]


def test_the_least_used_is_let_go_when_the_room_is_full():
    texts = Kept[str](10, len)
    texts.keep("a", "1234")
    texts.keep("b", "1234")
    texts.find("a")

    texts.keep("c", "12345")

    assert [texts.find(key) for key in "abc"] == ["1234", None, "12345"]


def test_what_takes_more_than_the_room_is_not_kept():
    texts = Kept[str](10, len)

    texts.keep("b", "1")

    assert texts.keep("a", "12345678901") == "12345678901"
    assert texts.find("a") is None
    assert texts.find("b") == "1"


def test_a_value_kept_anew_takes_its_room_once():
    texts = Kept[str](10, len)
    for _ in range(5):
        texts.keep("a", "123")

    texts.keep("b", "1234567")

    assert texts.find("a") == "123"


def test_nothing_of_a_reader_is_in_what_is_kept(client, table):
    client.force_login(make_user("marked-person", email="marked@example.org"))
    for ending in ("", "?q=relu", ".json"):
        client.get(table.get_absolute_url().rstrip("/") + (ending if ending == ".json" else f"/{ending}"))
    client.get(table.guide.get_absolute_url())
    refresh_entries(table.guide)
    client.get(reverse("tables:search", args=[table.guide.slug]), {"q": "relu"})
    make_guide(title="Section 7")
    client.get("/")
    client.get(reverse("tables:search-everywhere"), {"q": "section"})

    everything = all_kept()

    assert b"Dying ReLU" in everything
    assert b"Section 7</a>" in everything
    assert b"marked" not in everything


@pytest.mark.parametrize("visibility", sorted({*Guide.Visibility} - {Guide.Visibility.PUBLIC}))
def test_nothing_of_a_guide_that_not_everybody_may_read_is_kept(client, db, visibility):
    owner = make_user()
    table = make_table(make_topic(make_guide(title="Dying guide", visibility=visibility, owner=owner)))
    refresh_entries(table.guide)
    make_guide(title="For everybody")
    client.force_login(owner)

    assert b"Dying guide</a>" in client.get("/").content
    assert b"</mark> guide" in client.get(reverse("tables:search-everywhere"), {"q": "dying"}).content
    assert b"Dying ReLU" in client.get(table.get_absolute_url()).content
    assert b"Dying" in client.get(reverse("tables:search", args=[table.guide.slug]), {"q": "dying"}).content
    assert b"Dying" in client.get(f"{table.get_absolute_url().rstrip('/')}.json").content

    assert b"For everybody</a>" in all_kept()
    assert b"Dying" not in all_kept()
    assert table.guide.slug.encode() not in all_kept()


def test_a_page_shows_the_new_version_after_the_old_one_was_kept(client, table):
    client.get(table.get_absolute_url())
    row = table.rows.get(slug="relu")
    row.cells = {key: {**cell, "html": "anew"} for key, cell in row.cells.items()}
    row.save()
    Guide.objects.filter(pk=table.guide_id).update(version=2)

    assert b">anew<" in client.get(table.get_absolute_url()).content


def test_all_is_forgotten_at_once(client, table):
    client.get(table.get_absolute_url())

    forget_all()

    assert all_kept() == b""
