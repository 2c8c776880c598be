import pytest
from django.test import Client

from tables.models import Guide
from tests.factories import make_guide, make_table, make_topic, make_user

pytestmark = pytest.mark.django_db

ALL = ["range", "hidden-layer", "output-layer", "issue"]
VIEW = {"HX-Request": "true", "HX-Target": "view"}


@pytest.fixture
def table():
    """Activation Functions with chips."""
    return make_table(make_topic(make_guide()), facets=["Output Layer", "Issue"])


@pytest.fixture
def get(client, table):
    """A function that gets the table's page and gives its text: `get("?column=range")`."""
    return lambda address="": client.get(table.get_absolute_url() + address).content.decode()


def row_slugs(page):
    return [part.partition('"')[0] for part in page.split('<tr id="row-')[1:]]


def heads(page):
    return [part.partition('"')[0] for part in page.partition("<thead>")[2].split(' id="col-')[1:]]


def test_columns_of_an_address_are_shown_in_its_order_and_it_is_said_that_there_are_more(get, table):
    page = get("?column=issue&column=range")

    assert heads(page) == ["function", "issue", "range"]
    assert page.index('id="row-relu.issue"') < page.index('id="row-relu.range"')
    assert 'id="row-relu.hidden-layer"' not in page
    assert "Columns: 2 of 4. <a" in page
    assert f'href="{table.get_absolute_url()}" data-all-columns>All columns, as in the document</a>' in page
    assert page.partition('aria-label="Jump to column"')[2].partition("</nav>")[0].count("<a ") == 2


def test_order_of_columns_is_said_and_a_table_as_in_the_document_says_nothing(get):
    turned = get("?column=issue&column=range&column=hidden-layer&column=output-layer")

    assert heads(turned) == ["function", "issue", "range", "hidden-layer", "output-layer"]
    assert "Columns in another order. <a" in turned
    assert "data-all-columns" not in get()


def test_all_ways_on_keep_the_columns(get, table):
    page, here = get("?q=e&column=issue&column=range"), table.get_absolute_url()

    for way in ("&amp;sort=range&amp;dir=asc", "&amp;mode=cover", "&amp;mode=select", ""):
        assert f'href="{here}?q=e&amp;column=issue&amp;column=range{way}"' in page
    assert f'href="{here.rstrip("/")}.csv?q=e&amp;column=issue&amp;column=range"' in page
    sent = page.partition('id="kept"')[2].partition("</div>")[0]
    assert '<input type="hidden" name="column" value="issue"><input type="hidden" name="column" value="range">' in sent


def test_filter_and_order_by_a_column_that_is_not_shown_hold(get):
    page = get("?column=range&f-issue=has:gradient&sort=output-layer&dir=desc")

    assert row_slugs(page) == ["tanh", "sigmoid"]
    assert '<span dir="auto">Issue contains gradient</span>' in page
    assert "Columns: 1 of 4. Sorted by Output Layer. <a" in page
    assert '<option value="issue">Issue</option>' in page


def test_cover_mode_covers_the_columns_that_are_shown(get):
    page = get("?column=issue&mode=cover")

    assert page.count('data-col="Issue" dir="auto"><details class="cover">') == page.count("<td ") == 6
    assert 'id="cover-issue"' in page
    assert 'id="cover-range"' not in page


def test_list_of_columns_is_open_after_a_press_and_the_address_is_one_to_share(client, table):
    pressed = {"q": "relu", "show": ["", "range", "issue"], "earlier": "issue"}

    response = client.get(table.get_absolute_url(), pressed, headers=VIEW)

    part = response.content.decode()
    assert response.headers["HX-Push-Url"] == f"{table.get_absolute_url()}?q=relu&column=issue&column=range"
    assert '<details class="fold" open><summary>' in part.partition('id="columns"')[0]
    assert part.count('name="show"') == 5
    assert part.count('name="show" value="issue" checked>') == 1
    assert 'id="show-output-layer" name="show" value="output-layer">Output Layer' in part
    assert 'aria-label="Move Issue earlier" title="Earlier" aria-disabled="true"' in part
    assert 'aria-label="Move Output Layer' not in part


def test_columns_are_chosen_only_where_there_are_some(client):
    table = make_table(make_topic(make_guide()), grid=[("Name", "Use"), ("TCP", "Web"), ("UDP", "Calls")])

    page = client.get(table.get_absolute_url()).content.decode()

    assert "<summary>" in page.partition('class="folds')[2]
    assert 'id="columns"' not in page


def keep(client, table, **sent):
    return client.post(f"{table.get_absolute_url()}columns/", sent)


def test_columns_are_kept_for_one_browser_and_nobody_else(client, get, table):
    asked = keep(client, table, show=["", "issue", "range"], q="relu")

    assert (asked.status_code, asked.headers["Location"]) == (
        303, f"{table.get_absolute_url()}?q=relu&column=issue&column=range"
    )  # fmt: skip
    mine = client.get(table.get_absolute_url())
    assert heads(mine.content.decode()) == ["function", "issue", "range"]
    assert "Columns: 2 of 4, as kept for this table. <a" in mine.content.decode()
    assert f'href="{table.get_absolute_url()}?column=" data-all-columns>' in mine.content.decode()
    assert mine.headers["Cache-Control"] == "private, no-store"
    assert heads(get("?column=")) == heads(get("?column=&q=relu")) == ["function", *ALL]
    assert heads(get("?column=range")) == ["function", "range"]
    for _ in range(2):
        assert heads(Client().get(table.get_absolute_url()).content.decode()) == ["function", *ALL]


def test_visitor_who_comes_first_leaves_nothing_kept_for_the_next(client, table):
    visitor = Client().get(table.get_absolute_url()).content
    keep(client, table, show=["issue"])
    client.get(table.get_absolute_url())

    assert Client().get(table.get_absolute_url()).content == visitor


@pytest.mark.parametrize("press", [{"forget": "1", "show": ["issue"]}, {"show": [""]}, {"show": ["issue"], "all": "1"}])
def test_kept_columns_are_forgotten(client, get, table, press):
    keep(client, table, show=["issue"])
    keep(client, table, **press)

    assert heads(get()) == ["function", *ALL]


def test_htmx_gets_the_view_with_the_list_still_open(client, table):
    address = f"{table.get_absolute_url()}columns/"

    kept = client.post(address, {"show": ["issue"]}, headers=VIEW)
    forgotten = client.post(address, {"show": ["issue"], "forget": "1"}, headers=VIEW)

    assert kept.headers["HX-Push-Url"] == f"{table.get_absolute_url()}?column=issue"
    assert kept.headers["Cache-Control"] == "private, no-store"
    assert "as kept for this table" in kept.content.decode()
    assert 'id="keep-columns" name="forget"' in kept.content.decode()
    assert "Columns: 1 of 4. <a" in forgotten.content.decode()
    assert ">Keep for this table</button>" in forgotten.content.decode()


def test_no_session_is_made_but_to_keep_columns(client, table):
    client.get(f"{table.get_absolute_url()}?show=issue")
    keep(client, table)
    keep(client, table, forget="1")

    assert not client.cookies


def test_columns_of_fifty_tables_are_kept_the_oldest_is_let_go(client, table):
    topic = make_topic(table.guide, title="More")
    tables = [table, *(make_table(topic, title=f"T{number}") for number in range(50))]
    for each in tables:
        keep(client, each, show=["issue"])

    kept = [client.get(each.get_absolute_url()).content.decode() for each in (tables[0], tables[1], tables[-1])]
    assert ["as kept" in page for page in kept] == [False, True, True]


def test_renamed_column_stays_kept(client, get, table):
    keep(client, table, show=["issue", "range"])
    table.columns.filter(slug="issue").update(slug="problem", name="Problem")
    Guide.objects.update(version=2)

    assert heads(get()) == ["function", "problem", "range"]


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_page_of_another_site_keeps_nothing(client, table, headers):
    response = client.post(f"{table.get_absolute_url()}columns/", {"show": "issue"}, headers=headers)

    assert response.status_code == 403
    assert not client.cookies


def test_no_token_is_asked_for_and_no_page_has_one(table):
    visitor = Client(enforce_csrf_checks=True)

    assert keep(visitor, table, show=["issue"]).status_code == 303
    assert "csrfmiddlewaretoken" not in visitor.get(table.get_absolute_url()).content.decode()


def test_kept_columns_cost_no_query(client, table, django_assert_num_queries):
    client.force_login(make_user())
    keep(client, table, show=["issue"])
    client.get(table.get_absolute_url())

    with django_assert_num_queries(4):  # as without them
        assert heads(client.get(table.get_absolute_url()).content.decode()) == ["function", "issue"]


def test_columns_of_a_private_guide_are_kept_by_those_who_read_it(client):
    owner = make_user()
    table = make_table(make_topic(make_guide(visibility="private", owner=owner)))
    stranger = keep(client, table, show=["issue"])
    client.force_login(owner)
    keep(client, table, show=["issue"])

    assert (stranger.status_code, heads(client.get(table.get_absolute_url()).content.decode())) == (
        404, ["function", "issue"]
    )  # fmt: skip
