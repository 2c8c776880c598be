import pytest
from django.urls import reverse

from tests.factories import DECISIONS, make_guide, make_table, make_topic, make_user

pytestmark = pytest.mark.django_db

WHEN_TO_USE = [("Scenario", "Recommended"), ("ReLU not working", "Leaky ReLU")]


@pytest.fixture
def guide():
    """Activation Functions with its lookup table and a key point."""
    guide = make_guide()
    topic = make_topic(guide)
    table = make_table(topic, points=["Swish is for 40 or more layers"])
    make_table(topic, label="When to Use", grid=WHEN_TO_USE, kind="lookup", shown_with=table)
    return guide


@pytest.fixture
def look(client, guide):
    """A function that looks for words in the guide and gives the text of the page."""

    def page(words):
        return client.get(reverse("tables:search", args=[guide.slug]), {"q": words}).content.decode()

    return page


def test_rows_are_found_by_their_cells_and_linked(look, guide):
    page = look("dying")

    assert f'href="{guide.tables.first().get_absolute_url()}#row-relu"' in page
    assert "Issue: Dying ReLU".replace("Dying", "<mark>Dying</mark>") in page


def test_all_words_must_be_in_one_row(look):
    assert "#row-sigmoid" in look("vanishing binary")
    assert "Nothing found" in look("vanishing dying")


def test_case_accents_and_width_do_not_matter(look):
    assert "#row-tanh" in look("ＴÁＮＨ")


def test_tables_and_points_are_found(look, guide):
    table = guide.tables.first()

    assert f'<a href="{table.get_absolute_url()}"><mark>Activation</mark> Functions</a>' in look("activation")
    assert f"{table.get_absolute_url()}#point-{table.points.get().pk}" in look("40 or more")


def test_row_of_a_companion_is_linked_where_it_is_shown(look, guide):
    host, companion = guide.tables.all()

    assert f'href="{host.get_absolute_url()}#t-{companion.slug}-relu-not-working"' in look("not working")


def test_placeholders_and_other_guides_are_not_found(look):
    make_table(make_topic(make_guide(title="Other")), title="Elsewhere", grid=DECISIONS)

    assert "Nothing found" in look("n/a")
    assert "Nothing found" in look("elsewhere")


def test_text_of_a_query_is_never_markup(look):
    assert "<script>alert" not in look("<script>alert(1)</script>")


@pytest.mark.parametrize(
    ("words", "advice"),
    [("", "Type a word"), ("   ", "Type a word"), ("a\0b", "Null characters"), ("x" * 201, "at most 200 characters")],
)
def test_bad_query_gets_a_hint(look, words, advice):
    assert advice in look(words)


@pytest.mark.parametrize("words", ["%", "_", "'; --", "\\", "🙂", "()", "​"])
def test_symbols_are_looked_for_as_they_are(look, words):
    assert "<h1>Search this guide</h1>" in look(words)


def test_page_without_a_query_only_asks_for_one(client, guide):
    page = client.get(reverse("tables:search", args=[guide.slug])).content.decode()

    assert "Nothing found" not in page
    assert 'class="err"' not in page


def test_number_of_rows_is_bounded(client):
    guide = make_guide()
    make_table(make_topic(guide), grid=[("Name", "Value"), *((f"Same {number}", "x") for number in range(60))])

    page = client.get(reverse("tables:search", args=[guide.slug]), {"q": "same"}).content.decode()

    assert page.count("#row-same-") == 50
    assert "the first 50, there are more" in page


def test_row_of_a_long_table_is_linked_on_its_page(client):
    guide = make_guide()
    make_table(make_topic(guide), grid=[("Name", "Value"), *((f"Row {number}", "x") for number in range(201))])

    page = client.get(reverse("tables:search", args=[guide.slug]), {"q": "row 200"}).content.decode()

    assert "?page=2#row-row-200" in page


def test_only_get_and_head_are_answered(client, guide):
    assert client.post(reverse("tables:search", args=[guide.slug])).status_code == 405


def test_guide_of_somebody_else_is_as_missing_as_one_that_never_was(client):
    guide = make_guide(visibility="private", owner=make_user("alice"))

    refused = client.get(reverse("tables:search", args=[guide.slug]), {"q": "relu"})
    missing = client.get("/no-such-guide/search/", {"q": "relu"})

    assert refused.status_code == missing.status_code == 404
    assert refused.content == missing.content


@pytest.mark.parametrize("tables", [1, 5])
def test_queries_do_not_grow_with_the_guide(client, django_assert_num_queries, tables):
    guide = make_guide()
    topic = make_topic(guide)
    for _ in range(tables):
        make_table(topic, points=["Swish"])

    with django_assert_num_queries(5):
        client.get(reverse("tables:search", args=[guide.slug]), {"q": "swish"})
