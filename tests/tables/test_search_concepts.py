import pytest
from django.core.management import call_command
from django.urls import reverse

from quizzes.actions.publishing import publish_document
from tables.actions.concepts import refresh_concepts
from tables.actions.indexing import refresh_entries, refresh_entries_of_concepts
from tables.models import Concept, Entry, Guide
from tables.reader import read
from tests.factories import make_user

pytestmark = pytest.mark.django_db

DOCUMENT = """# Section 6

## Networks

### Activation Functions

| Function | Range | Hidden Layer |
|---|---|---|
| **ReLU** | 0 to inf | Default choice |
| **Leaky ReLU** | -inf to inf | When ReLU fails |
| **Sigmoid** | 0 to 1 | Rarely |

### Bagging vs Boosting

| Aspect | Bagging | Boosting |
|---|---|---|
| **Trees** | Parallel | One by one |

### Which One?

| Question | Answer |
|---|---|
| General hidden layer? | ReLU |
| A network card? | EFA |
"""
ALIAS = {"kind": "alias", "prompt": "logistic", "values": ["Sigmoid"], "reason": ""}


def published(document=DOCUMENT, guide=None, **options):
    source = document.encode()
    return publish_document(guide, read(source, "notes.md"), source, **options).publication.guide


@pytest.fixture
def guide():
    return published()


@pytest.fixture
def found(client):
    """A function that gives group, name and place of each hit, of one guide or of all."""

    def hits(words, guide=None, **more):
        name, where = ("tables:search", [guide.slug]) if guide else ("tables:search-everywhere", [])
        groups = client.get(reverse(name, args=where), {"q": words, **more}).context.get("groups", ())
        return [
            (group.name, "".join(text for text, _ in hit.name), hit.place) for group in groups for hit in group.hits
        ]

    return hits


def test_thing_of_several_tables_is_found_behind_its_row_and_leads_to_its_page(client, guide, found):
    first = found("relu", guide)[:3]
    page = client.get(reverse("tables:search", args=[guide.slug]), {"q": "relu"}).content.decode()

    assert first == [
        ("Rows", "ReLU", "Activation Functions"),
        ("Rows", "Leaky ReLU", "Activation Functions"),
        ("Concepts", "ReLU", "in 2 tables"),
    ]
    assert f'<a href="{guide.get_absolute_url()}concepts/relu/" dir="auto"><mark>ReLU</mark></a>' in page


def test_thing_that_is_one_row_and_no_more_is_found_once(found, guide):
    assert found("sigmoid", guide) == [("Rows", "Sigmoid", "Activation Functions")]


def test_things_without_a_row_are_found(found, guide):
    assert ("Concepts", "Boosting", "in 1 table") in found("boost", guide)
    assert ("Concepts", "EFA", "in 1 table") in found("efa", guide)


def test_thing_is_found_by_the_name_that_its_author_gives_it(client, found, guide):
    published(guide=guide, pins={"pins": [ALIAS]})

    assert found("logistic", guide) == [("Concepts", "Sigmoid", "in 1 table")]
    page = client.get(reverse("tables:search", args=[guide.slug]), {"q": "logistic"}).content.decode()
    assert "Also called: <mark>logistic</mark>" in page
    published(guide=guide, pins={"pins": []})
    assert found("logistic", guide) == []


def test_things_alone_can_be_asked_for(client, found, guide):
    assert found("relu", guide, **{"in": "concept"}) == [("Concepts", "ReLU", "in 2 tables")]
    page = client.get(reverse("tables:search", args=[guide.slug]), {"q": "relu", "in": "concept"}).content.decode()
    assert "Concepts only." in page


def test_things_are_listed_while_one_types(client, guide):
    headers = {"HX-Request": "true", "HX-Target": "guide-hits"}

    page = client.get(reverse("tables:search", args=[guide.slug]), {"q": "rel"}, headers=headers).content.decode()

    assert page.index(">Rows</p>") < page.index(">Concepts</p>") < page.index(">Questions</p>")
    assert f'href="{guide.get_absolute_url()}concepts/relu/"' in page


def test_slip_in_the_name_of_a_thing_is_forgiven(found, guide):
    assert ("Concepts", "Boosting", "in 1 table") in found("bosting", guide)


def test_things_that_left_the_document_are_not_found(found, guide):
    published(DOCUMENT.replace("| A network card? | EFA |\n", ""), guide)

    assert found("efa", guide) == []


def test_things_of_guides_that_one_may_not_see_are_not_found(client, found, guide):
    alice = make_user("alice")
    hidden = published(DOCUMENT.replace("Section 6", "Hidden"), by=alice)
    Guide.objects.filter(pk=hidden.pk).update(visibility=Guide.Visibility.PRIVATE)

    assert [place for group, _, place in found("boosting") if group == "Concepts"] == ["in 1 table"]
    client.force_login(alice)
    places = [place for group, _, place in found("boosting") if group == "Concepts"]
    assert sorted(places) == ["in 1 table · Hidden", "in 1 table · Section 6"]


def test_many_things_leave_room_for_what_else_there_is(found):
    rows = "".join(f"| Server {number} | x |\n" for number in range(80))
    table = "| Name | Size |\n|---|---|\n"
    tables = "".join(f"### Table {number}\n\n{table}{rows}\n" for number in range(2))
    guide = published(f"# Many\n\n## Servers\n\n{tables}### Servers at work\n\n{table}| Own | y |\n")

    groups = {group for group, _, _ in found("server", guide)}

    assert {"Topics", "Tables", "Rows", "Concepts"} <= groups


@pytest.mark.parametrize("guides", [1, 4])
def test_queries_do_not_grow_with_the_things(client, django_assert_num_queries, guides):
    for number in range(guides):
        published(DOCUMENT.replace("Section 6", f"Section {number}"))

    with django_assert_num_queries(7):
        client.get(reverse("tables:search-everywhere"), {"q": "relu"})


def test_what_tables_say_and_what_they_name_are_kept_in_step_apart(guide):
    stored = set(Entry.objects.values_list("pk", "kind"))

    assert refresh_entries(guide) == refresh_entries_of_concepts(guide) == 0
    assert set(Entry.objects.values_list("pk", "kind")) == stored
    Concept.objects.update(key=None)
    assert refresh_entries_of_concepts(guide) == 4
    Guide.objects.update(concepts_version=0)
    assert refresh_concepts(guide)
    assert {kind for _, kind in stored} == set(Entry.objects.values_list("kind", flat=True))


def test_seed_names_things_once(found):
    call_command("load_seed", verbosity=0)

    assert [name for group, name, _ in found("trn1") if group == "Concepts"] == ["Trn1", "Trn1n"]
    assert ("Concepts", "ReLU", "in 4 tables") in found("relu")
    assert ("Concepts", "L1 (Lasso)", "in 3 tables") in found("lasso")
    assert ("Concepts", "NCCL", "in 1 table") in found("nccl")
    assert "Concepts" not in {group for group, _, _ in found("horovod")}
