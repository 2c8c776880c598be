import csv
import io
import json
import re
import tracemalloc

import pytest
from django.core.management import call_command
from zeal import zeal_ignore

from studysite.kept import forget_all
from tables.actions import reading
from tables.actions.publishing import publish
from tables.actions.states import load
from tables.exports.delimited import guarded, unguarded
from tables.exports.markdown import guide_markdown
from tables.models import Guide, Table
from tables.reader import read
from tables.views import twins
from tests.factories import ACTIVATIONS, make_guide, make_table, make_topic, make_user

pytestmark = pytest.mark.django_db
DECIDED = [("Question", "Answer", "Note", "Why"), ("RNN?", "TanH", "n", "centred"), ("Many?", "Softmax", "m", "sums")]

TWO_TABLES = """# My guide

## Topic

### Colours

| Name | Mood |
|---|---|
| Red | Angry |
| Grey | Dull |

### Sizes

| Size | Cm |
|---|---|
| Small | 1 |
| Large | 9 |
"""


@pytest.fixture(autouse=True)
def _no_pages_kept():
    forget_all()


@pytest.fixture
def guide():
    return make_guide()


@pytest.fixture
def table(guide):
    return make_table(make_topic(guide))


def get(client, path, **query):
    response = client.get(path, query)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    response.text_sent = body.decode()
    return response


def rows_in(text, delimiter=","):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))


def twin(table, ending):
    return f"{table.get_absolute_url().rstrip('/')}.{ending}"


def imported(text):
    source = text.encode()
    return publish(None, read(source, "notes.md"), source).guide


def test_csv_of_a_table_is_the_table(client, table):
    response = get(client, twin(table, "csv"), exact="1")

    assert rows_in(response.text_sent) == [list(row) for row in ACTIVATIONS]
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{table.slug}.csv"'


def test_cells_that_spreadsheets_would_run_are_guarded_unless_exact_ones_are_asked_for(client, table):
    rows = rows_in(get(client, twin(table, "csv")).text_sent)

    assert rows[2][:2] == ["Leaky ReLU", "'-inf to inf"]
    assert rows[2][4] == "'-"
    assert [[unguarded(cell) for cell in row] for row in rows] == [list(row) for row in ACTIVATIONS]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "\0x", "'=1", "''-x", "'x", "x", ""])
def test_what_was_guarded_comes_back_the_same(text):
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\0x"])
def test_no_guarded_cell_begins_like_a_formula(text):
    assert guarded(text) == f"'{text}"


def test_tsv_parts_cells_by_tabs(client, table):
    response = get(client, twin(table, "tsv"), exact="1")

    assert rows_in(response.text_sent, "\t") == [list(row) for row in ACTIVATIONS]


def test_a_file_for_spreadsheets_says_that_it_is_utf_8(client, table):
    assert get(client, twin(table, "csv")).text_sent.startswith("\ufeff")
    assert not get(client, twin(table, "csv"), exact="1").text_sent.startswith("\ufeff")


def test_ids_of_rows_come_where_they_are_asked_for(client, table):
    rows = rows_in(get(client, twin(table, "csv"), ids="1").text_sent)

    assert rows[0][:2] == ["studysite id", "Function"]
    assert [row[0] for row in rows[1:]] == [str(row.key) for row in table.rows.all()]


@pytest.mark.parametrize("ending", ["md", "json", "csv", "tsv"])
def test_filter_and_order_of_the_page_hold_in_every_format(client, table, ending):
    text = get(client, twin(table, ending), q="vanishing", sort="function", dir="desc").text_sent

    assert "ReLU" not in text
    assert text.index("TanH") < text.index("Sigmoid")


@pytest.mark.parametrize("ending", ["md", "json", "csv", "tsv"])
def test_columns_of_the_page_and_their_order_hold_in_every_format(client, table, ending):
    text = get(client, twin(table, ending), column=["issue", "range"]).text_sent

    assert text.index("Dying ReLU") < text.index("0 to inf")
    assert "Default choice" not in text
    assert "Hidden Layer" not in text


def test_markdown_with_columns_chosen_keeps_all_rows_and_the_lines_between_them(client, table):
    Table.objects.update(breaks=[2])

    text = get(client, twin(table, "md"), column="issue").text_sent

    assert text.count("|---|---|\n") == 2
    assert "| Swish | - |" in text


def test_json_with_columns_chosen_says_how_many_there_are_and_keeps_every_id(client, guide):
    decisions = make_table(make_topic(guide), grid=DECIDED, kind="decision")
    whole = json.loads(get(client, twin(decisions, "json")).text_sent)

    found = json.loads(get(client, twin(decisions, "json"), column=["why", "answer"]).text_sent)

    assert [column["slug"] for column in found["columns"]] == ["question", "why", "answer"]
    assert (found["columns_in_all"], whole["columns_in_all"]) == (4, 4)
    for row, same in zip(found["rows"], whole["rows"], strict=True):
        assert row["cells"] == [same["cells"][place] for place in (0, 3, 1)]


@pytest.mark.parametrize("names", ["Range", "Issue"])
def test_json_without_the_column_that_a_directive_lets_name_the_rows_keeps_every_id(client, table, names):
    Table.objects.update(directive={"subject": names})
    whole = json.loads(get(client, twin(table, "json")).text_sent)

    found = json.loads(get(client, twin(table, "json"), column="hidden-layer").text_sent)

    assert found["rows"][0]["cells"] == [whole["rows"][0]["cells"][place] for place in (0, 2)]


def test_files_know_nothing_of_the_columns_that_somebody_keeps(client, table):
    client.post(f"{table.get_absolute_url()}columns/", {"show": "issue"})

    assert rows_in(get(client, twin(table, "csv"), exact="1").text_sent)[0] == list(ACTIVATIONS[0])


def test_chips_of_the_page_hold_too(client, table):
    rows = rows_in(get(client, twin(table, "csv"), **{"c-output-layer": "No"}).text_sent)

    assert [row[0] for row in rows[1:]] == ["ReLU", "Leaky ReLU", "TanH", "Swish"]


@pytest.mark.parametrize("ending", ["md", "csv", "tsv"])
def test_an_export_of_nothing_is_a_sentence(client, table, ending):
    response = get(client, twin(table, ending), q="no such word")

    assert response.status_code == 404
    assert response.text_sent == "No row of “Activation Functions” matches the filter: there is nothing to export.\n"
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_json_of_nothing_says_so_itself(client, table):
    found = json.loads(get(client, twin(table, "json"), q="no such word").text_sent)

    assert (found["rows"], found["rows_in_all"]) == ([], 6)


@pytest.mark.parametrize("ending", ["md", "json", "csv", "tsv"])
def test_a_guide_without_rows_has_a_sentence_to_give(client, guide, ending):
    response = get(client, f"/{guide.slug}.{ending}")

    assert response.text_sent == "“Section 6” holds no rows yet: there is nothing to export.\n"


def test_csv_of_a_guide_is_a_line_for_each_fact_under_its_key(client, guide, table):
    rows = rows_in(get(client, f"/{guide.slug}.csv", exact="1").text_sent)

    assert rows[0] == ["table", "row", "column", "value", "id"]
    assert rows[1][:4] == ["Activation Functions", "ReLU", "Range", "0 to inf"]
    assert len({row[4] for row in rows[1:]}) == len(rows) - 1 == 24


def test_markdown_of_a_guide_imports_over_it_as_no_changes(client):
    guide = imported(
        "# T\n\nintro\n\n## A\n### B\n| h | i |\n|---|---|\n| **a** | `b \\| c` |\n\n- point\n\nnote [x]\n\n[x]: https://a.b"
    )

    response = get(client, f"/{guide.slug}.md")

    source = response.text_sent.encode()
    publication = publish(guide, read(source, "notes.md"), source)
    assert publication.diff.summary == "No changes."
    assert response.headers["Content-Type"] == "text/markdown; charset=utf-8"


def test_markdown_streamed_from_rows_is_that_of_the_whole_state(client, monkeypatch):
    call_command("loaddata", "section-6", verbosity=0)
    guide = Guide.objects.get()
    monkeypatch.setattr(twins, "KEPT_ROWS", 1)

    response = get(client, f"/{guide.slug}.md")

    assert response.streaming
    assert response.text_sent == "".join(guide_markdown(load(guide).state))


@pytest.mark.parametrize("kept_rows", [0, 1_000])
@pytest.mark.parametrize("ending", ["csv", "md", "json"])
def test_guide_that_is_changed_while_its_file_is_made_is_whole_in_it(client, monkeypatch, ending, kept_rows):
    guide, stream = imported(TWO_TABLES), reading._stream
    changed = TWO_TABLES.replace("### Colours", "### Beasts\n\n| Beast | Legs |\n|---|---|\n| Cat | 4 |\n\n### Colours")
    sources = [changed]

    def stream_late(guide, known):
        while sources:
            source = sources.pop().encode()
            publish(guide, read(source), source)
        return stream(guide, known)

    monkeypatch.setattr(reading, "_stream", stream_late)
    monkeypatch.setattr(twins, "KEPT_ROWS", kept_rows)
    with zeal_ignore():  # one request does what is the other's
        sent = get(client, f"{guide.get_absolute_url()[:-1]}.{ending}").text_sent

    assert all(text in sent for text in ("Grey", "Large"))


def test_json_of_a_guide_carries_every_part_with_its_key(client):
    call_command("loaddata", "section-6", verbosity=0)
    guide = Guide.objects.get()

    found = json.loads(get(client, f"/{guide.slug}.json").text_sent)

    assert (found["format"], found["version"], found["id"]) == ("studysite-guide", 1, str(guide.key))
    assert (len(found["topics"]), len(found["tables"])) == (9, 28)
    assert sum(len(table["rows"]) for table in found["tables"]) == 129
    assert sum(len(row["cells"]) - 1 for table in found["tables"] for row in table["rows"]) == 309
    assert sum(len(table["questions"]) for table in found["tables"]) == 30
    ids = [cell["id"] for table in found["tables"] for row in table["rows"] for cell in row["cells"] if "id" in cell]
    assert len(set(ids)) == 309


def test_what_is_archived_is_in_no_file(client):
    guide = imported("# T\n## A\n| h | i |\n|---|---|\n| a | b |\n| gone | c |\n## Z\n| h |\n|---|\n| z |")
    newer = b"# T\n## A\n| h | i |\n|---|---|\n| a | b |"
    publish(guide, read(newer, "notes.md"), newer)

    for ending in ("md", "json", "csv", "tsv"):
        assert "gone" not in get(client, f"/{guide.slug}.{ending}").text_sent
        assert "z" not in rows_in(get(client, f"/{guide.slug}.csv", exact="1").text_sent)[1]


def test_a_visitor_who_holds_the_file_is_sent_nothing_again(client, guide, table, monkeypatch):
    for kept in (1_000, 1):
        monkeypatch.setattr(twins, "KEPT_ROWS", kept)
        forget_all()
        for path in (f"/{guide.slug}.json", twin(table, "csv")):
            first = client.get(path)
            again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})

            assert again.status_code == 304
            assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_a_new_version_is_a_new_file(client, guide, table, monkeypatch):
    monkeypatch.setattr(twins, "KEPT_ROWS", 1)
    first = client.get(f"/{guide.slug}.json")
    Guide.objects.update(version=2)

    again = client.get(f"/{guide.slug}.json", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 200


def test_files_of_a_private_guide_are_its_owners_alone(client):
    owner = make_user()
    private = make_table(make_topic(make_guide(visibility="private", owner=owner)))
    paths = [f"/{private.guide.slug}.md", twin(private, "csv")]

    assert [client.get(path).status_code for path in paths] == [404, 404]
    client.force_login(owner)
    for path in paths:
        response = client.get(path)
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]


def test_a_companion_has_files_of_its_own(client, table):
    companion = make_table(
        table.topic, label="When to Use", shown_with=table, grid=[("Scenario", "Recommended"), ("a", "b")]
    )

    assert rows_in(get(client, twin(companion, "csv")).text_sent) == [["Scenario", "Recommended"], ["a", "b"]]


def test_a_name_in_another_script_is_sent_in_both_forms(client, guide):
    table = make_table(make_topic(guide), title="表", grid=[("名", "値"), ("東", "西")])

    header = client.get(twin(table, "csv")).headers["Content-Disposition"]

    assert header == "attachment; filename=\"_-0.csv\"; filename*=utf-8''%E8%A1%A8-0.csv"
    assert table.slug == "表-0"


@pytest.mark.parametrize("path", ["/no-such.md", "/{guide}/no-such.md", "/{guide}.xml", "/{guide}/{table}.pdf"])
def test_what_is_not_there_is_not_found(client, guide, table, path):
    assert client.get(path.format(guide=guide.slug, table=table.slug), follow=True).status_code == 404


@pytest.mark.parametrize("ending", ["md", "json", "csv"])
def test_queries_do_not_grow_with_the_guide(client, guide, table, ending, django_assert_num_queries):
    with django_assert_num_queries(8):
        get(client, f"/{guide.slug}.{ending}")
    for number in range(4):
        make_table(make_topic(guide, title=f"Topic {number}"))
    forget_all()

    with django_assert_num_queries(8):
        get(client, f"/{guide.slug}.{ending}")


def test_a_table_costs_seven_queries(client, table, django_assert_num_queries):
    with django_assert_num_queries(7):
        get(client, twin(table, "json"), q="relu")


@pytest.mark.parametrize("ending", ["md", "json", "csv"])
def test_a_file_that_is_kept_costs_one_query(client, guide, table, ending, django_assert_num_queries):
    for path in (twin(table, ending), f"/{guide.slug}.{ending}"):
        get(client, path)

        with django_assert_num_queries(1):
            get(client, path)


@pytest.mark.parametrize("query", [{}, {"sort": "unknown"}, {"sort": "function"}, {"q": "e"}])
def test_markdown_of_a_table_holds_its_rows(client, table, query):
    text = get(client, twin(table, "md"), **query).text_sent

    assert sorted(re.findall(r"^\| ([^|]+?) \|", text, re.MULTILINE)[1:]) == sorted(row[0] for row in ACTIVATIONS[1:])


def test_a_table_is_read_once_for_files_of_every_kind_and_filter(client, table, django_assert_num_queries):
    get(client, twin(table, "json"))

    for ending, filters in (("json", {"q": "relu"}), ("csv", {}), ("md", {"sort": "-range"})):
        with django_assert_num_queries(1):
            assert "ReLU" in get(client, twin(table, ending), **filters).text_sent


def test_rows_of_a_large_guide_are_never_held_together(client, guide):
    table = make_table(make_topic(guide), grid=[ACTIVATIONS[0], ("Row", *["x" * 500] * 4)])
    model, row = type(table.rows.first()), table.rows.first()
    filler = [
        model(table=table, key=f"{n:032x}", slug=f"s{n}", subject="s", cells=row.cells, position=n)
        for n in range(20, 3_000)
    ]
    model.objects.bulk_create(filler)
    Table.objects.update(row_count=3_000)
    response = client.get(f"/{guide.slug}.md")
    pieces = iter(response.streaming_content)
    next(pieces)

    tracemalloc.start()
    size = sum(len(piece) for piece in pieces)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert size > 5_000_000
    assert peak < size / 2


@pytest.mark.parametrize("ending", ["md", "json"])
def test_a_guide_whose_tables_have_no_rows_is_given_as_it_is(client, guide, ending):
    make_table(make_topic(guide), title="Empty", grid=[("Name", "Use")])

    response = get(client, f"/{guide.slug}.{ending}")

    assert response.status_code == 200
    assert "Empty" in response.text_sent
