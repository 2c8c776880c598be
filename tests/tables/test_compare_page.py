import re

import pytest

from quizzes.actions.bank import refresh_bank
from tables.models import Row, Table
from tests.factories import DECISIONS, make_guide, make_table, make_topic, make_user

pytestmark = pytest.mark.django_db

WHEN_TO_USE = [
    ("Scenario", "Recommended"),
    ("General hidden layers", "ReLU (start here)"),
    ("ReLU not working", "Leaky ReLU"),
    ("Very deep networks", "Swish"),
]
DETAILS = [("Function", "Range", "Author"), ("ReLU", "0 to inf", "Hahnloser"), ("Swish", "-0.3 and up", "Ramachandran")]
PART = {"HX-Request": "true", "HX-Target": "compare"}


@pytest.fixture
def table():
    guide = make_guide(title="Section 6: Model Training")
    topic = make_topic(guide)
    table = make_table(topic)
    make_table(topic, label="When to Use", grid=WHEN_TO_USE, kind="lookup", shown_with=table)
    make_table(topic, title="Which Activation Function?", grid=DECISIONS, kind="decision")
    make_table(topic, title="More of Them", grid=DETAILS)
    refresh_bank(guide)
    return table


@pytest.fixture
def get(client, table):
    """A function that compares rows: `get("relu", "swish", "&diff=1")`."""

    def page(*slugs, more="", headers=None):
        rows = ",".join(slug if "." in slug else f"{table.slug}.{slug}" for slug in slugs)
        address = f"{table.guide.get_absolute_url()}compare/?rows={rows}{more}"
        response = client.get(address, headers=headers)
        assert response.status_code == 200
        return response.content.decode()

    return page


def told(page, title):
    """The cells of an added line, each a list of questions."""
    line = page.partition(f'<th scope="row">{title}')[2].partition("</tr>")[0]
    return [re.findall("<div>(.*?)</div>", cell) for cell in line.split("<td")[1:]]


def test_rows_stand_side_by_side_and_what_is_equal_is_merged(get):
    page = get("relu", "leaky-relu", "swish")

    assert '<h1 dir="auto">ReLU, Leaky ReLU and Swish</h1>' in page
    assert 'colspan="3"' in page
    assert "No for all three" in page
    assert '<span class="odd">Dying ReLU</span>' in page
    assert "-inf to inf" in page
    assert page.count(", differs</span>") == 5


def test_when_to_use_and_decision_questions_are_added(get):
    page = get("relu", "leaky-relu")

    assert told(page, "When to use") == [["General hidden layers"], ["ReLU not working"]]
    assert told(page, "The answer to") == [["General hidden layer?"], []]


def test_only_differences_hides_what_is_equal_and_says_so(get):
    page = get("relu", "leaky-relu", more="&diff=1")

    assert "No for both" not in page
    assert "1 column that says the same is hidden" in page
    assert 'name="diff" value="1" checked' in page


def test_rows_of_two_tables_share_their_common_columns_first(get):
    other = Table.objects.get(title="More of Them")
    page = get("relu", f"{other.slug}.swish")

    columns = [page.index(f'<th scope="row" dir="auto">{name}<') for name in ("Range", "Hidden Layer", "Author")]
    assert columns == sorted(columns)
    assert page.count("no such column") == 4
    assert "Quiz me on these rows" not in page


def test_same_thing_in_another_table_is_offered(get):
    other = Table.objects.get(title="More of Them")
    page = get("relu")

    assert f'<optgroup label="More of Them"><option value="{other.slug}.relu">ReLU</option></optgroup>' in page
    assert ".sigmoid" in page
    assert f"{other.slug}.swish" not in page


def test_one_row_is_kept_and_another_one_asked_for(get, table):
    page = get("relu")

    assert "One more row" in page
    assert 'aria-label="Remove ReLU"' in page
    assert f'href="{table.get_absolute_url()}?mode=select"' in page
    assert '<table class="vs' not in page


def test_fifth_row_is_left_out_and_told(get):
    page = get("relu", "leaky-relu", "sigmoid", "tanh", "swish")

    assert "Four rows side by side are the most. Left out: Swish." in page
    assert '<h1 dir="auto">ReLU, Leaky ReLU, Sigmoid and TanH</h1>' in page
    assert "Add a row" not in page


def test_row_that_is_gone_is_told_and_the_others_are_kept(get):
    Row.objects.filter(slug="tanh").update(archived_at="2026-01-01T00:00Z")
    page = get("relu", "tanh", "gone.gone", "swish")

    assert "no row “gone.gone”" in page
    assert page.count("it was left out") == 2
    assert '<h1 dir="auto">ReLU and Swish</h1>' in page


def test_no_rows_say_how_to_choose_some(client, table):
    address = f"{table.guide.get_absolute_url()}compare/"

    for query in ("", "?rows=", "?rows=%00.%00", "?diff=1", "?rows=" + "x.y," * 500):
        response = client.get(address + query)
        assert response.status_code == 200
        assert "No rows are chosen" in response.content.decode()


def test_removing_a_row_leads_to_the_others(get, table):
    page = get("relu", "leaky-relu", "swish", more="&diff=1")

    assert f'compare/?rows={table.slug}.relu,{table.slug}.swish&amp;diff=1" aria-label="Remove Leaky ReLU"' in page


def test_htmx_gets_the_comparison_alone_and_the_address_to_share(client, table):
    address = f"{table.guide.get_absolute_url()}compare/"
    query = f"?rows={table.slug}.relu&rows={table.slug}.swish&diff=1"
    response = client.get(address + query, headers=PART)

    assert "<html" not in response.content.decode()
    assert response.headers["HX-Push-Url"] == f"{address}?rows={table.slug}.relu,{table.slug}.swish&diff=1"
    assert {"HX-Request", "HX-Target"} <= set(response.headers["Vary"].split(", "))


def test_row_of_another_guide_is_no_row_here(client, table):
    other = make_table(make_topic(make_guide(title="Mine", visibility="private", owner=make_user())), title="Secret")
    rows = f"?rows={table.slug}.relu,{table.slug}.swish,{other.slug}x.relu"

    assert "Secret" not in client.get(f"{table.guide.get_absolute_url()}compare/{rows}").content.decode()


def test_texts_of_a_document_are_never_markup(client):
    evil = "<script>alert(1)</script>"
    table = make_table(make_topic(make_guide(title=evil)), title=evil, grid=[("N", evil), (evil, "x"), ("b", "y")])
    slugs = ",".join(f"{table.slug}.{row.slug}" for row in table.rows.all())

    for query in (slugs, slugs.split(",")[0], evil, f"a.{evil}"):
        page = client.get(f"{table.guide.get_absolute_url()}compare/?rows={query}").content.decode()
        assert "<script>alert" not in page


@pytest.mark.parametrize("count", [2, 4])
def test_queries_do_not_grow_with_the_rows(client, table, django_assert_num_queries, count):
    slugs = ["relu", "leaky-relu", "sigmoid", "swish"][:count]
    address = f"{table.guide.get_absolute_url()}compare/?rows=" + ",".join(f"{table.slug}.{slug}" for slug in slugs)
    client.get(f"{table.guide.get_absolute_url()}concepts/")

    with django_assert_num_queries(5 if count < 4 else 4):
        client.get(address)


def test_rows_can_be_ticked_without_a_script(client, table):
    page = client.get(f"{table.get_absolute_url()}?mode=select").content.decode()

    assert f'name="rows" value="{table.slug}.relu" form="pick" aria-label="Compare ReLU">' in page
    assert f'aria-label="Compare the ticked rows" action="{table.guide.get_absolute_url()}compare/"' in page
    assert 'name="mode" value="select"' in page
    assert 'name="rows"' not in client.get(table.get_absolute_url()).content.decode()
