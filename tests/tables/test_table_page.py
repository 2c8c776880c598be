import gzip

import pytest

from quizzes.actions.bank import refresh_bank
from tables.models import Table
from tests.factories import ACTIVATIONS, DECISIONS, make_guide, make_table, make_topic, make_user

pytestmark = pytest.mark.django_db

WHEN_TO_USE = [("Scenario", "Recommended"), ("Multi-class output", "Softmax"), ("ReLU not working", "Leaky ReLU")]
EXACT = [
    ("Name", "Formula", "Size", "Config"),
    ("F1 Score", "2(P*R)/(P+R)", "<100MB", "smdistributed.dataparallel"),
    ("Leaky ReLU", "-inf to inf", ">100MB", "~-0.3 to inf"),
]
ROWS = {"HX-Request": "true", "HX-Target": "rows"}
VIEW = {"HX-Request": "true", "HX-Target": "view"}


@pytest.fixture
def table():
    """Activation Functions with chips, its lookup table and a decision table that asks for its rows."""
    guide = make_guide(title="Section 6: Model Training")
    topic = make_topic(guide)
    table = make_table(topic, facets=["Output Layer", "Issue"])
    make_table(topic, label="When to Use", grid=WHEN_TO_USE, kind="lookup", shown_with=table)
    make_table(topic, title="Which Activation Function?", grid=DECISIONS, kind="decision")
    refresh_bank(guide)
    return table


@pytest.fixture
def get(client, table):
    """A function that gets the table's page and gives its text: `get("?q=relu")`."""

    def page(address="", headers=None):
        return client.get(table.get_absolute_url() + address, headers=headers).content.decode()

    return page


def row_slugs(page):
    return [part.partition('"')[0] for part in page.split('<tr id="row-')[1:]]


def test_table_stands_as_in_the_document(get):
    page = get()

    assert row_slugs(page) == ["relu", "leaky-relu", "sigmoid", "tanh", "softmax", "swish"]
    assert '<th id="row-leaky-relu.function" scope="row" dir="auto"><a href="../concepts/leaky-relu/">Leaky' in page
    assert '<td id="row-leaky-relu.range" data-col="Range" dir="auto">-inf to inf</td>' in page
    assert "6 rows, 4 columns" in page
    assert 'role="status">6 rows</span>' in page


def test_texts_stand_character_for_character(client):
    table = make_table(make_topic(make_guide()), title="Exact", grid=EXACT)

    page = client.get(table.get_absolute_url()).content.decode()

    for text in ("2(P*R)/(P+R)", "&lt;100MB", "&gt;100MB", "smdistributed.dataparallel", "-inf to inf", "~-0.3 to inf"):
        assert f">{text}</td>" in page


def test_placeholder_is_a_dash_with_words(get):
    page = get()

    assert page.count('<span aria-hidden="true">–</span><span class="vh">no value</span>') == 3
    assert ">-</td>" not in page


def test_texts_of_a_document_are_never_markup(client):
    evil = "<script>alert(1)</script>"
    grid = [("Name", evil), (evil, evil)]
    guide = make_guide(title=evil)
    table = make_table(make_topic(guide, title=evil), title=evil, grid=grid, facets=[evil], kind="lookup")
    url = table.get_absolute_url()

    for address in ("", "?mode=cover", f"?q={evil}", f"?sort={evil}", f"?c-{evil}=x"):
        assert "<script>alert" not in client.get(url + address).content.decode()


def test_breadcrumb_leads_to_guide_and_topic(get, table):
    page = get()

    assert f'<a href="{table.guide.get_absolute_url()}">Section 6</a>' in page
    assert f'<a href="{table.guide.get_absolute_url()}#t-{table.topic.slug}">Neural Network Comparisons</a>' in page


def test_companion_is_shown_below_and_its_own_address_leads_there(client, get, table):
    companion = Table.objects.get(shown_with=table)

    response = client.get(companion.get_absolute_url())

    assert response.status_code == 302
    assert response.headers["Location"] == f"{table.get_absolute_url()}#t-{companion.slug}"
    assert f'<h2 id="t-{companion.slug}">When to Use</h2>' in get()


def test_decision_questions_that_name_its_rows_are_listed_covered(get, table):
    page = get()

    which = Table.objects.get(kind="decision")
    assert f"?guide={table.guide.slug}&amp;table={which.slug}" in page
    assert "Quiz these 5" in page
    assert "answer: RNN?" in page


def test_quiz_is_offered_only_where_there_is_something_to_ask(client, get):
    lonely = make_table(make_topic(make_guide()), title="Alone")

    assert 'data-key="q"' in get()
    assert 'data-key="q"' not in client.get(lonely.get_absolute_url()).content.decode()


def test_quiz_is_about_the_table_and_what_belongs_to_it(get, table):
    assert f'?guide={table.guide.slug}&amp;table={table.slug}" data-key="q"' in get()


def test_points_stand_under_their_label_in_order(client):
    table = make_table(make_topic(make_guide()), points=["Second = b", "First = a"])
    table.points_label = "Key Exam Points"
    table.save()

    page = client.get(table.get_absolute_url()).content.decode()

    assert ">Key Exam Points</h2>" in page
    assert page.index("Second = b") < page.index("First = a")


def test_pager_goes_over_tables_with_pages_of_their_own(get):
    page = get()

    assert "<small>Next</small>Which Activation Function?</a>" in page
    assert "<small>Previous</small>" not in page


def test_address_filters_sorts_and_counts(get):
    page = get("?q=inf&sort=function&dir=desc")

    assert row_slugs(page) == ["swish", "relu", "leaky-relu"]
    assert 'role="status">3 of 6 rows</span>' in page
    assert 'aria-sort="descending"' in page
    assert 'value="inf"' in page


def test_chips_of_an_address_are_ticked(get):
    page = get("?c-issue=Vanishing+gradient")

    assert row_slugs(page) == ["sigmoid", "tanh"]
    assert 'value="Vanishing gradient" checked' in page


def test_conditions_of_an_address_can_be_taken_back_and_are_sent_along_without_a_script(get, table):
    page = get("?q=relu&f-issue=none:")

    assert row_slugs(page) == ["leaky-relu"]
    assert 'name="f-issue" value="none:" checked>' in page
    assert '<span dir="auto">Issue has no value</span>' in page
    added = page.partition('<form class="row"')[2].partition("</form>")[0]
    assert '<input type="hidden" name="q" value="relu"><input type="hidden" name="f-issue" value="none:">' in added
    assert f"{table.get_absolute_url()}.csv?q=relu&amp;f-issue=none%3A".replace("/.csv", ".csv") in page


def test_condition_just_made_is_spelled_as_in_an_address_to_share(client, table):
    made = client.get(table.get_absolute_url(), {"q": "relu", "by": "issue", "how": "none", "text": ""}, headers=VIEW)

    assert made.headers["HX-Push-Url"] == f"{table.get_absolute_url()}?q=relu&f-issue=none%3A"
    assert row_slugs(made.content.decode()) == ["leaky-relu"]


def test_conditions_that_no_row_answers_say_so(get):
    assert "No row of Activation Functions holds all that you chose." in get("?f-range=is:7")


def test_what_an_address_asks_in_vain_is_told(get):
    page = get("?c-colour=red&sort=size&dir=up")

    assert len(row_slugs(page)) == 6
    assert "no column “colour”" in page
    assert "no column “size”" in page
    assert "“up” was left out" in page


def test_filter_without_a_match_says_why_and_how_to_go_on(get, table):
    page = get("?q=gelu&sort=range&dir=asc")

    assert "No row matches “gelu”" in page
    assert f'href="{table.get_absolute_url()}?sort=range&amp;dir=asc">Clear the filter' in page


def test_cover_mode_hides_the_chosen_columns(get):
    page = get("?mode=cover&cover=range&q=relu")

    assert page.count('data-col="Range" dir="auto"><details class="cover">') == 2
    assert 'data-col="Issue" dir="auto"><details' not in page
    assert 'Reveal<span class="vh"> Range of Leaky ReLU</span>' in page


def test_cover_mode_does_not_tell_values_by_chips_unless_they_are_chosen(get):
    assert "Dying ReLU" not in get("?mode=cover").partition('id="rows"')[0]
    assert 'value="Dying ReLU" checked' in get("?mode=cover&c-issue=Dying+ReLU")


def test_htmx_gets_only_the_rows_and_what_they_change(get):
    part = get("?q=relu", ROWS)

    assert "<html" not in part
    assert row_slugs(part) == ["relu", "leaky-relu"]
    assert 'id="count" role="status" hx-swap-oob="innerHTML">2 of 6 rows' in part
    assert 'id="n-issue-2" hx-swap-oob="true">0<' in part
    assert 'id="filter"' not in part


def test_htmx_gets_only_the_view_on_a_change_of_mode(get):
    part = get("?mode=cover", VIEW)

    assert "<html" not in part
    assert 'id="filter"' in part
    assert "hx-swap-oob" not in part


def test_htmx_with_another_target_gets_the_whole_page(get):
    page = get(headers={"HX-Request": "true", "HX-Target": "main"})

    assert "<html" in page
    assert ">When to Use</h2>" in page


def test_page_says_that_it_has_two_shapes(client, table):
    for headers in (None, ROWS):
        vary = client.get(table.get_absolute_url(), headers=headers).headers["Vary"]
        assert {"HX-Request", "HX-Target"} <= set(vary.split(", "))


def test_only_get_and_head_are_answered(client, table):
    assert client.post(table.get_absolute_url()).status_code == 405
    assert client.head(table.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("who", [None, "charlie"])
def test_table_of_somebody_else_is_as_missing_as_one_that_never_was(client, who):
    guide = make_guide(visibility="private", owner=make_user("alice"))
    table = make_table(make_topic(guide))
    if who:
        client.force_login(make_user(who))

    refused = client.get(table.get_absolute_url())
    missing = client.get(f"{make_guide().get_absolute_url()}no-such-table/")

    assert refused.status_code == missing.status_code == 404
    assert refused.content == missing.content


def test_owner_reads_a_private_guide(client):
    alice = make_user("alice")
    table = make_table(make_topic(make_guide(visibility="private", owner=alice)))
    client.force_login(alice)

    response = client.get(table.get_absolute_url())

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"


def test_archived_table_is_gone(client, table):
    table.archived_at = table.guide.created_at
    table.save()

    assert client.get(table.get_absolute_url()).status_code == 404


def test_page_for_visitors_carries_nothing_of_anybody(client, table):
    response = client.get(table.get_absolute_url())

    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "?q=%00",
        "?page=99999",
        "?q=" + "x" * 5000,
        "?c-issue=%FF%FE",
        "?sort=%00&dir=%00",
        "?column=%00&show=%FF&later=%00",
    ],
)
def test_strange_addresses_are_answered(client, table, address):
    assert client.get(table.get_absolute_url() + address).status_code == 200


def test_long_table_is_shown_by_pages_and_filtered_as_a_whole(client):
    grid = [("Name", "Size")] + [(f"Row {number}", f"{number} MB") for number in range(450)]
    url = make_table(make_topic(make_guide()), grid=grid).get_absolute_url()

    first, last = client.get(url).content.decode(), client.get(f"{url}?page=3").content.decode()
    found = client.get(f"{url}?q=449").content.decode()

    assert len(row_slugs(first)) == 200
    assert 'role="status">1–200 of 450 rows</span>' in first
    assert row_slugs(last)[-1] == "row-449"
    assert row_slugs(found) == ["row-449"]
    assert row_slugs(client.get(f"{url}?sort=size&dir=desc&page=99").content.decode())[-1] == "row-0"


def fill(guide, tables, rows):
    grid = [ACTIVATIONS[0], *(ACTIVATIONS[1 + number % 6] for number in range(rows))]
    topic = make_topic(guide)
    first = make_table(topic, facets=["Issue"], points=["a"] * rows)
    for _ in range(tables):
        make_table(topic, label="When to Use", grid=WHEN_TO_USE, kind="lookup", shown_with=first)
        make_table(topic, title="Which?", grid=DECISIONS, kind="decision")
        make_table(topic, title="More", grid=grid[:7])
    return first


@pytest.mark.parametrize("tables", [1, 6])
def test_queries_of_a_visitor_do_not_grow_with_the_guide(client, django_assert_num_queries, tables):
    table = fill(make_guide(), tables, rows=3 * tables)

    with django_assert_num_queries(7):
        client.get(table.get_absolute_url())
    with django_assert_num_queries(1):  # what the table says was read with the page
        client.get(table.get_absolute_url() + "?q=relu", headers=ROWS)


@pytest.mark.parametrize("tables", [1, 6])
def test_queries_of_a_reader_do_not_grow_with_the_guide(client, django_assert_num_queries, tables):
    table = fill(make_guide(), tables, rows=3 * tables)
    client.force_login(make_user())

    with django_assert_num_queries(10):
        client.get(table.get_absolute_url())
    with django_assert_num_queries(4):
        client.get(table.get_absolute_url())


def test_second_visitor_costs_one_query(client, table, django_assert_num_queries):
    first = client.get(table.get_absolute_url())

    with django_assert_num_queries(1):
        assert client.get(table.get_absolute_url()).content == first.content


def test_pages_are_small_on_the_wire(client, table):
    whole = client.get(table.get_absolute_url()).content
    part = client.get(table.get_absolute_url() + "?q=i", headers=ROWS).content

    assert len(gzip.compress(whole)) < 10_000
    assert len(gzip.compress(part)) < 4_000


def test_page_describes_itself_to_who_lists_pages(get, table):
    assert f'<meta name="description" content="{table.name}: a table of {table.guide.title} to filter' in get()
