import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tables.actions.indexing import refresh_entries
from tables.actions.publishing import publish
from tables.models import Guide
from tables.reader import read
from tables.reader.names import unique_slug
from tests.factories import ACTIVATIONS, DECISIONS, make_guide, make_table, make_topic, make_user

DOCUMENT = """# Guide

Welcome to zebras.

## Topic

Here are okapis.

### First

**Values of llamas:**

| Name | Alpacas |
|---|---|
| a | 2 |

About tapirs.

### Part quaggas

#### Second

| Name | V |
|---|---|
| b | 1️⃣ |
"""

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    """Activation Functions with a key point."""
    guide = make_guide()
    make_table(make_topic(guide), points=["Swish is for 40 or more layers"])
    refresh_entries(guide)
    return guide


@pytest.fixture
def look(client, guide):
    """A function that looks for words in the guide and gives the text of the page."""

    def page(words):
        return client.get(reverse("tables:search", args=[guide.slug]), {"q": words}).content.decode()

    return page


def test_search_over_all_guides_holds_only_what_its_reader_may_see(client):
    alice = make_user("alice")
    for title, fields in {
        "Open": {},
        "Members": {"visibility": "signed-in"},
        "Mine": {"visibility": "private", "owner": alice},
        "Theirs": {"visibility": "private", "owner": make_user("bob")},
    }.items():
        guide = make_guide(title=title, **fields)
        make_table(make_topic(guide, title=f"Topic of {title}"))
        refresh_entries(guide)

    def places():
        response = client.get(reverse("tables:search-everywhere"), {"q": "sigmoid"})
        return [hit.place.rpartition(" · ")[2] or "Open" for group in response.context["groups"] for hit in group.hits]

    assert {place.removeprefix("Activation Functions") for place in places()} == {""}
    client.force_login(alice)
    assert set(places()) == {"Open", "Members", "Mine"}


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("zebras", "Welcome to <mark>zebras</mark>"),
        ("okapis", "Here are <mark>okapis</mark>"),
        ("llamas", "Label: Values of <mark>llamas</mark>"),
        ("alpacas", "Column: <mark>Alpacas</mark>"),
        ("tapirs", "About <mark>tapirs</mark>"),
        ("quaggas", "Heading: Part <mark>quaggas</mark>"),
        ("1️⃣", "V: <mark>1️⃣</mark>"),
    ],
)
def test_hit_shows_the_text_that_held_the_words_marked(client, words, shown):
    publish(None, read(DOCUMENT.encode()), DOCUMENT.encode())

    assert shown in client.get(reverse("tables:search-everywhere"), {"q": words}).content.decode()


def test_label_in_the_name_of_a_table_is_shown_once(client):
    guide = make_guide()
    host = make_table(make_topic(guide), title="Animals")
    make_table(host.topic, title="Animals", label="Llamas", shown_with=host)
    refresh_entries(guide)

    page = client.get(reverse("tables:search-everywhere"), {"q": "llamas"}).content.decode()

    assert "Animals: <mark>Llamas</mark>" in page
    assert "Label:" not in page


def test_text_of_a_query_is_never_markup(look):
    assert "<script>alert" not in look("<script>alert(1)</script>")


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ("", "Type a word"),
        ("   ", "Type a word"),
        ("x" * 201, "at most 200 characters"),
        ("x" * 1_000_000, "at most 200 characters"),
        ("+++ ***", "Type a letter or a digit"),
        ("%", "Type a letter or a digit"),
        ("\u200b", "Type a letter or a digit"),
    ],
)
def test_bad_query_gets_a_hint(look, words, advice):
    assert advice in look(words)


@pytest.mark.parametrize(
    "words", ["%a", "_a", "'; --a", "\\a", "(a)", 'a"', "a*", "NOT a", "a AND", "name:a", "^a", "-a"]
)
def test_languages_of_the_indexes_are_words_like_others(look, words):
    assert "<h1>Search this guide</h1>" in look(words)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=40))
def test_any_query_gets_a_page(client, guide, words):
    assert client.get(reverse("tables:search", args=[guide.slug]), {"q": words}).status_code == 200


def test_page_without_a_query_only_asks_for_one(client, guide):
    page = client.get(reverse("tables:search", args=[guide.slug])).content.decode()

    assert "Nothing found" not in page
    assert 'class="err"' not in page


def test_each_group_says_how_many_there_are_and_leads_to_the_rest(client):
    guide = make_guide()
    make_table(make_topic(guide), grid=[("Name", "Value"), *((f"Same {number}", "x") for number in range(30))])
    refresh_entries(guide)
    address = reverse("tables:search", args=[guide.slug])

    page = client.get(address, {"q": "same"}).content.decode()
    rest = client.get(address, {"q": "same", "in": "row"}).content.decode()

    assert page.count("#row-same-") == 10
    assert "30 found, the first 10 shown" in page
    assert f'href="{address}?q=same&amp;in=row"' in page
    assert rest.count("#row-same-") == 30
    assert "Rows only." in rest


def test_common_word_is_counted_up_to_a_bound_and_finds_the_table_of_its_name(client):
    guide = make_guide()
    topic = make_topic(guide)
    make_table(topic, grid=[("Name", "Value"), *((f"Thing {number}", "server") for number in range(150))])
    make_table(topic, title="Servers")
    refresh_entries(guide)

    response = client.get(reverse("tables:search", args=[guide.slug]), {"q": "server"})

    tables, cells = response.context["groups"]
    assert [hit.name for hit in tables.hits] == [[("Server", True), ("s", False)]]
    assert cells.is_cut
    assert "60 or more found" in response.content.decode()


def test_row_of_a_long_table_is_linked_on_its_page(client):
    guide = make_guide()
    make_table(make_topic(guide), grid=[("Name", "Value"), *((f"Row {number}", "x") for number in range(201))])
    refresh_entries(guide)

    page = client.get(reverse("tables:search", args=[guide.slug]), {"q": "row 200"}).content.decode()

    assert "?page=2#row-row-200" in page


@pytest.mark.parametrize("target", ["site-hits", "guide-hits"])
def test_best_hits_are_listed_while_one_types(client, guide, target):
    headers = {"HX-Request": "true", "HX-Target": target}

    response = client.get(reverse("tables:search", args=[guide.slug]), {"q": "re"}, headers=headers)

    page = response.content.decode()
    assert "<html" not in page
    assert page.count("<li>") == 2
    assert f'href="{reverse("tables:search", args=[guide.slug])}?q=re"' in page
    assert {"HX-Request", "HX-Target"} <= set(response.headers["Vary"].split(", "))


def test_page_itself_follows_what_one_types(client, guide):
    headers = {"HX-Request": "true", "HX-Target": "found"}

    page = client.get(reverse("tables:search", args=[guide.slug]), {"q": "re"}, headers=headers).content.decode()

    assert page.strip().startswith('<div class="stack-l" id="found">')


@pytest.mark.parametrize("name", ["tables:search", "tables:search-everywhere"])
def test_only_get_and_head_are_answered(client, guide, name):
    assert client.post(reverse(name, args=[guide.slug] if name == "tables:search" else [])).status_code == 405


def test_guide_of_somebody_else_is_as_missing_as_one_that_never_was(client):
    guide = make_guide(visibility="private", owner=make_user("alice"))

    refused = client.get(reverse("tables:search", args=[guide.slug]), {"q": "relu"})
    missing = client.get("/no-such-guide/search/", {"q": "relu"})

    assert refused.status_code == missing.status_code == 404
    assert refused.content == missing.content


def test_no_guide_takes_the_address_of_the_search(client):
    assert unique_slug("search", set()) == "search-table"
    assert client.get("/search/").status_code == 200


def test_page_for_visitors_is_kept_until_content_changes(client, guide, django_assert_num_queries):
    address = reverse("tables:search", args=[guide.slug])
    client.get(address, {"q": "swish"})

    with django_assert_num_queries(1):
        kept = client.get(address, {"q": "swish"})

    assert "public" in kept.headers["Cache-Control"]
    Guide.objects.update(version=2)
    with django_assert_num_queries(6):
        client.get(address, {"q": "swish"})


def test_parts_that_were_found_before_are_not_read_again(client, guide, django_assert_num_queries):
    address = reverse("tables:search", args=[guide.slug])
    client.get(address, {"q": "swish"})

    with django_assert_num_queries(2):
        again = client.get(address, {"q": "swish", "in": "row"})

    assert "Swish" in again.content.decode()


def test_search_over_all_guides_is_kept_until_one_of_them_changes(client, guide, django_assert_num_queries):
    address = reverse("tables:search-everywhere")
    make_guide(title="Section 7")
    client.get(address, {"q": "swish"})

    with django_assert_num_queries(1):
        kept = client.get(address, {"q": "swish"})

    assert "public" in kept.headers["Cache-Control"]
    naming = {"relu": {"aliases": ["Rectifier"]}}
    for change in ({"version": 2}, {"concepts_version": 2}, {"asked_version": 2}, {"naming": naming}):
        Guide.objects.filter(pk=guide.pk).update(**change)
        with django_assert_num_queries(6):
            client.get(address, {"q": "swish"})


def test_guide_that_is_found_is_read_once(client, django_assert_num_queries):
    for number in range(3):
        refresh_entries(make_guide(title=f"Section {number}"))
    address = reverse("tables:search-everywhere")

    for number, query in ((3, {"q": "section"}), (2, {"q": "section", "in": "guide"})):
        with django_assert_num_queries(number):
            page = client.get(address, query).content.decode()
        assert page.count("<mark>Section</mark>") == 3


@pytest.mark.parametrize("tables", [1, 5])
@pytest.mark.parametrize("name", ["tables:search", "tables:search-everywhere"])
def test_queries_do_not_grow_with_the_guides(client, django_assert_num_queries, tables, name):
    for _ in range(tables):
        guide = make_guide()
        topic = make_topic(guide)
        for _ in range(tables):
            make_table(topic, grid=ACTIVATIONS, points=["Swish"])
        make_table(topic, title="Swish", grid=DECISIONS, kind="decision")
        refresh_entries(guide)

    with django_assert_num_queries(7):
        client.get(reverse(name, args=[guide.slug] if name == "tables:search" else []), {"q": "swish"})


def test_slip_of_a_word_in_a_guide_that_one_may_not_see_finds_nothing(client, look):
    hidden = make_guide(visibility="private", owner=make_user("alice"))
    make_table(make_topic(hidden), title="Perceptron")
    refresh_entries(hidden)

    page = client.get(reverse("tables:search-everywhere"), {"q": "perceptorn"}).content.decode()

    assert "Nothing found" in page
    assert "perceptron" not in page.lower()
