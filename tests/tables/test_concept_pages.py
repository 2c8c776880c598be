import pytest
from django.core.management import call_command

from quizzes.actions.publishing import publish_document
from tables.actions.concepts import refresh_concepts
from tables.actions.editing import rename_topic, save_row
from tables.models import Column, Concept, Guide, Mention, Row, Table
from tables.reader import read
from tests.factories import make_user

pytestmark = pytest.mark.django_db

DOCUMENT = """# Section 6: Model Training

## Neural Networks

### Activation Functions

| Function | Range | Hidden Layer | Issue |
|---|---|---|---|
| **ReLU** | 0 to inf | Default choice | Dying ReLU |
| **Leaky ReLU** | -inf to inf | When ReLU fails | - |
| **Sigmoid** | 0 to 1 | Rarely | Vanishing gradient |

### ReLU vs Sigmoid

| Aspect | ReLU | Sigmoid |
|---|---|---|
| **Cost** | Low | High |
| **Output** | Sparse | Dense |

### Which One?

| Question | Answer |
|---|---|
| General hidden layer? | ReLU |
| Binary output? | Sigmoid |
| Both, one after the other? | ReLU + Sigmoid |
"""


@pytest.fixture
def guide():
    return published(DOCUMENT)


def published(document: str, guide: Guide | None = None, **options: object) -> Guide:
    source = document.encode()
    return publish_document(guide, read(source, "notes.md"), source, **options).publication.guide


@pytest.fixture
def page(client, guide):
    """A function that gives the text of a page of the guide: `page("concepts/relu/")`."""

    def get(address: str) -> str:
        response = client.get(guide.get_absolute_url() + address)
        assert response.status_code == 200
        return response.content.decode()

    return get


def test_thing_shows_its_row_its_column_and_every_place_that_names_it(page):
    text = page("concepts/relu/")

    assert '<h1 dir="auto">ReLU</h1>' in text
    assert "Named in 6 places of 3 tables" in text
    assert "0 to inf" in text
    assert "Sparse" in text
    assert ".hidden-layer" in text
    assert "Leaky ReLU, Hidden Layer" in text


def test_thing_shows_the_questions_it_answers_alone_or_with_others(page):
    text = page("concepts/relu/").partition(">The answer to<")[2]

    assert "General hidden layer?" in text
    assert "Both, one after the other?" in text
    assert '<b dir="auto">ReLU + Sigmoid</b>' in text
    assert "Binary output?" not in text


def test_longer_name_is_only_seen_also(page, guide):
    assert f'<a href="{guide.get_absolute_url()}concepts/leaky-relu/" dir="auto">Leaky ReLU</a>' in page(
        "concepts/relu/"
    )


def test_all_things_are_listed_by_name(page, guide):
    text = page("concepts/")

    assert "3 things that the tables name, 2 of them in two or more tables, 2 in three or more." in text
    assert text.index("Leaky ReLU") < text.index(">ReLU<") < text.index(">Sigmoid<")
    assert "concepts/" in page("")


def test_cells_lead_quietly_to_what_they_name(page):
    text = page("activation-functions/")

    assert '<a href="../concepts/relu/"><strong>ReLU</strong></a></th>' in text
    assert 'When <a href="../concepts/relu/">ReLU</a> fails</td>' in text
    assert 'Dying <a href="../concepts/relu/">ReLU</a></td>' in text
    assert "Vanishing gradient</td>" in text


def test_headers_that_name_things_lead_there_from_below_the_table_and_go_on_sorting(page, guide):
    text = page("relu-vs-sigmoid/")
    header, below = text.partition("</thead>")[0], text.partition("</table>")[2]

    assert 'id="sort-relu"' in header
    assert "/concepts/" not in header
    for name in ("relu", "sigmoid"):
        assert below.count(f'<a href="{guide.get_absolute_url()}concepts/{name}/"') == 1
    assert "column names" not in page("activation-functions/")
    Guide.objects.update(concepts_version=0)
    assert "columns name" not in page("relu-vs-sigmoid/")


def test_header_of_a_table_shown_on_anothers_page_leads_to_what_it_names(client):
    companion = "\n**By cost:**\n\n| Need | ReLU |\n|---|---|\n| cheap | yes |\n"
    guide = published(DOCUMENT.replace("\n### ReLU vs", f"{companion}\n### ReLU vs"))

    text = client.get(f"{guide.get_absolute_url()}activation-functions/").content.decode()

    assert f'A column names <a href="{guide.get_absolute_url()}concepts/relu/" dir="auto">ReLU</a>' in text


def test_links_of_an_edited_cell_are_those_of_its_new_text(page, guide):
    row, column = Row.objects.get(slug="sigmoid"), Column.objects.get(slug="issue")

    save_row(Table.objects.get(slug="activation-functions"), row.key, {column.key: "Slower than **ReLU**"})

    assert 'Slower than <strong><a href="../concepts/relu/">ReLU</a></strong></td>' in page("activation-functions/")
    assert "Slower than" in page("concepts/relu/")


def test_links_made_for_an_older_version_are_not_shown(page, guide):
    Guide.objects.update(concepts_version=0)

    assert "../concepts/" not in page("activation-functions/")
    assert ">ReLU<" in page("concepts/")
    assert "../concepts/" in page("activation-functions/")


def test_new_title_of_a_topic_leaves_the_links(page, guide):
    rename_topic(guide.topics.get(), "Networks")

    assert "../concepts/relu/" in page("activation-functions/")


def test_authors_other_name_is_linked_and_told_apart(client, guide):
    pins = [
        {"kind": "alias", "prompt": "Rarely", "values": ["Sigmoid"], "reason": ""},
        {"kind": "not-this", "table": "Activation Functions", "prompt": "Dying ReLU", "values": ["ReLU"]},
        {"kind": "not-this", "table": "", "prompt": "Leaky ReLU", "values": ["ReLU"]},
    ]
    published(DOCUMENT, guide, pins={"pins": pins})

    table = client.get(f"{guide.get_absolute_url()}activation-functions/").content.decode()
    sigmoid = client.get(f"{guide.get_absolute_url()}concepts/sigmoid/").content.decode()
    relu = client.get(f"{guide.get_absolute_url()}concepts/relu/").content.decode()

    assert '<a href="../concepts/sigmoid/">Rarely</a>' in table
    assert "Dying ReLU</td>" in table
    assert "Also called Rarely" in sigmoid
    assert "Named otherwise in" in sigmoid
    assert ">See also<" not in relu


def test_renamed_thing_is_found_under_its_old_address(client, guide):
    document = DOCUMENT.replace("Leaky ReLU", "Leaky rectifier")
    published(document, guide, accept_renames=True)

    old = client.get(f"{guide.get_absolute_url()}concepts/leaky-relu/")

    assert old.status_code == 302
    assert old.headers["Location"] == f"{guide.get_absolute_url()}concepts/leaky-rectifier/"


def test_thing_that_left_the_document_is_gone_and_returns_under_its_address(client, guide):
    address = f"{guide.get_absolute_url()}concepts/leaky-relu/"
    row = "| **Leaky ReLU** | -inf to inf | When ReLU fails | - |\n"

    published(DOCUMENT.replace(row, ""), guide)
    gone = client.get(address)
    published(DOCUMENT, guide)

    assert gone.status_code == 404
    assert client.get(address).status_code == 200


def test_what_is_not_there_is_not_found(client, guide):
    for address in ("concepts/softmax/", "concepts/%2e%2e/", "concepts/" + "x" * 3000 + "/"):
        assert client.get(guide.get_absolute_url() + address).status_code == 404
    assert client.get("/no-such-guide/concepts/").status_code == 404


@pytest.mark.parametrize("page_asked", ["", "?page=0", "?page=99", "?page=x", "?page=²"])
def test_strange_pages_of_the_list_are_answered(client, guide, page_asked):
    assert client.get(f"{guide.get_absolute_url()}concepts/{page_asked}").status_code == 200


def test_guide_without_comparisons_says_so(client):
    empty = published("# Plain\n\n## Topic\n\n### Links\n\n| Where |\n|---|\n| here |\n")

    assert "Nothing is named yet" in client.get(f"{empty.get_absolute_url()}concepts/").content.decode()


def test_making_them_again_changes_nothing(guide):
    before = (list(Concept.objects.values()), list(Mention.objects.values()), list(Row.objects.values("linked")))
    Guide.objects.update(concepts_version=0)

    assert refresh_concepts(guide)
    assert not refresh_concepts(guide)
    assert (
        list(Concept.objects.values()),
        list(Mention.objects.values()),
        list(Row.objects.values("linked")),
    ) == before


def test_command_makes_what_is_behind(guide, capsys):
    Guide.objects.update(concepts_version=0)

    call_command("refresh_concepts")
    call_command("refresh_concepts")

    assert capsys.readouterr().out.splitlines() == [
        "Made the concepts of 1 of 1 guides.",
        "Made the concepts of 0 of 1 guides.",
    ]


def grown(tables: int) -> Guide:
    table = DOCUMENT[DOCUMENT.index("### Activation") : DOCUMENT.index("### ReLU vs")]
    more = "".join(table.replace("Activation Functions", f"More {number}") for number in range(tables))
    return published(DOCUMENT + "\n## More\n\n" + more)


@pytest.mark.parametrize("tables", [1, 8])
def test_queries_do_not_grow_with_the_places(client, django_assert_num_queries, tables):
    guide = grown(tables)

    with django_assert_num_queries(6):
        client.get(f"{guide.get_absolute_url()}concepts/relu/")
    with django_assert_num_queries(2):
        client.get(f"{guide.get_absolute_url()}concepts/")
    client.force_login(make_user())
    with django_assert_num_queries(9):
        client.get(f"{guide.get_absolute_url()}concepts/relu/")


@pytest.mark.parametrize("tables", [1, 8])
def test_queries_of_making_do_not_grow_with_the_tables(django_assert_max_num_queries, tables):
    guide = grown(tables)
    Guide.objects.update(concepts_version=0)
    Concept.objects.all().delete()
    Row.objects.update(linked={})

    with django_assert_max_num_queries(20):
        refresh_concepts(guide)


def test_long_table_is_left_without_links_but_its_things_have_pages(client):
    rows = "".join(f"| Thing {number} | Size {number} |\n" for number in range(101))
    guide = published(f"# Long\n\n## All\n\n### Things\n\n| Name | Size | Colour |\n|---|---|---|\n{rows}")

    assert "../concepts/" not in client.get(f"{guide.get_absolute_url()}things/").content.decode()
    assert client.get(f"{guide.get_absolute_url()}concepts/thing-100/").status_code == 200
