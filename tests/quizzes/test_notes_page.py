import pytest
from django.test import Client
from django.urls import reverse

from quizzes.actions import pinning
from quizzes.actions.bank import refresh_bank
from quizzes.actions.notes import check_notes
from quizzes.models import Bank, Dismissal, Fact
from quizzes.notes_check.findings import Code, Finding
from quizzes.views import notes as notes_view
from tables.actions.editing import save_table
from tables.models import Guide, Row
from tables.versions.editing import TableEdit
from tests.edits import seed
from tests.factories import make_guide, make_table, make_topic, make_user
from tests.quizzes.bank import make_asked_guide
from tests.quizzes.notes import LIBRARIES, SHIPPED_PINS, first, gap_of, grid, publish

SCOPES = grid("Way | Library", "Data | DDP", "Model | Sharded", more=LIBRARIES)


@pytest.fixture
def guide(alice) -> Guide:
    """Alice's guide, which everybody may read."""
    return make_asked_guide(owner=alice.user)


def path_of(guide: Guide) -> str:
    return reverse("quizzes:notes", args=[guide.slug])


def look(client, guide: Guide, **query) -> str:
    response = client.get(path_of(guide), query)
    assert response.status_code == 200
    return response.content.decode()


def do(client, guide: Guide, doing: str, finding: Finding, **fields) -> str:
    """Press a button; the page as it is afterwards."""
    response = client.post(path_of(guide), {"do": doing, "key": finding.key, **fields}, follow=True)
    assert response.redirect_chain == [(path_of(guide), 303)]
    return response.content.decode()


def pins(guide: Guide) -> list[dict[str, object]]:
    return Bank.objects.get(guide=guide).pins.get("pins", [])


def write(guide: Guide, row: Row, column: str, text: str) -> None:
    """Change one cell as an editor does."""
    key = guide.tables.get(pk=row.table_id).columns.get(name=column).key
    row.cells[key.hex] = {"source": text, "text": text, "html": text}
    row.save()


def test_owner_sees_findings_with_the_cells_they_speak_of(alice, guide):
    table = guide.tables.get(kind="entity")

    page = look(alice, guide)

    assert "“-” stands where Softmax should have a value under “Issue”." in page
    assert f'href="{table.get_absolute_url()}#row-softmax.issue"' in page
    assert "Places that pull apart" not in page


def test_page_of_the_shipped_guide_names_lines_and_counts(alice):
    guide = publish(seed(), alice.user, pins=SHIPPED_PINS)

    page = look(alice, guide)

    assert "The same fact in several places <b>25</b>" in page
    assert "Facts that cannot be asked (25)" in page
    assert '<span class="quiet-t">Line 99</span>' in page
    assert "#point-" in page


@pytest.mark.parametrize("name", ["bob", "carol"])
def test_nobody_else_sees_it_or_changes_anything(guide, name):
    client = Client()
    client.force_login(make_user(name, is_staff=name == "carol"))
    finding = first(guide, Code.PLACEHOLDER)

    assert client.get(path_of(guide)).status_code == 404
    assert client.post(path_of(guide), {"do": "dismiss", "key": finding.key}).status_code == 404
    assert not Dismissal.objects.exists()


def test_page_belongs_to_its_editor_alone(alice, guide):
    response = alice.get(path_of(guide))

    assert "no-store" in response.headers["Cache-Control"]
    assert alice.put(path_of(guide)).status_code == 405


def test_the_two_pages_for_editors_lead_to_each_other(alice, guide):
    bank = reverse("quizzes:bank", args=[guide.slug])

    assert f'href="{path_of(guide)}"' in alice.get(bank).content.decode()
    assert f'href="{bank}"' in look(alice, guide)


def test_dismissed_finding_waits_no_more_and_is_brought_back(alice, guide):
    finding = gap_of(guide, "Swish")

    for _ in range(2):
        page = alice.post(path_of(guide), {"do": "dismiss", "key": finding.key}, follow=True).content.decode()

    assert "Put aside (1)" in page
    assert finding not in check_notes(guide).findings
    assert Dismissal.objects.get().by == alice.user
    page = do(alice, guide, "bring-back", finding)
    assert "Put aside" not in page
    assert finding in check_notes(guide).findings


def test_dismissal_ends_when_the_cell_changes_and_only_then(alice, guide):
    finding = gap_of(guide, "Swish")
    do(alice, guide, "dismiss", finding)
    swish, relu = Row.objects.get(slug="swish"), Row.objects.get(slug="relu")

    write(guide, relu, "Issue", "Units that die")
    assert finding in check_notes(guide).dismissed
    write(guide, swish, "Issue", "N/A")

    checked = check_notes(guide)
    assert checked.dismissed == ()
    assert "N/A" in gap_of(guide, "Swish").sentence


def test_dismissal_of_one_guide_says_nothing_of_another(alice, guide):
    other = make_asked_guide(title="Another", owner=alice.user)

    do(alice, guide, "dismiss", gap_of(guide, "Swish"))

    assert check_notes(other).dismissed == ()


def test_two_facts_are_told_apart_with_one_button(alice, guide):
    same = [finding for finding in check_notes(guide).findings if finding.can_be_split]

    page = do(alice, guide, "split", same[0])

    assert same[0].sentence not in page
    assert [pin["kind"] for pin in pins(guide)] == ["not-same-fact"]
    siblings = Fact.objects.filter(guide=guide).exclude(sibling_group=None).count()
    assert siblings == Fact.objects.filter(guide=guide, sibling_group__isnull=False, is_asked=True).count()


def test_places_that_pull_apart_are_linked_with_one_button(alice):
    guide = publish(seed(), alice.user, pins=SHIPPED_PINS)
    finding = first(guide, Code.APART)
    before = len(pins(guide))

    page = do(alice, guide, "link", finding)

    assert finding.sentence not in page
    assert len(pins(guide)) == before + 3
    assert dict(check_notes(guide).counts())[Code.APART] == 4


def test_short_name_gets_its_meaning_with_one_button(alice):
    guide = publish(SCOPES, alice.user)
    finding = first(guide, Code.AMBIGUOUS)
    assert "It means Torch DDP" in look(alice, guide)

    page = do(alice, guide, "means", finding, name="Torch DDP")

    assert finding.sentence not in page
    assert [(pin["kind"], pin["prompt"], pin["values"]) for pin in pins(guide)] == [("alias", "DDP", ["Torch DDP"])]


@pytest.mark.parametrize(
    "fields",
    [
        {"do": "link"}, {"do": "split"}, {"do": "means", "name": "Swish"}, {"do": "explode"}, {"do": ""},
        {"do": "dismiss", "key": "no such key"}, {"do": "dismiss", "key": ""}, {"do": "dismiss", "key": "k" * 99},
    ],
)  # fmt: skip
def test_what_cannot_be_done_changes_nothing(alice, guide, fields):
    key = gap_of(guide, "Swish").key

    response = alice.post(path_of(guide), {"key": key, **fields}, follow=True)

    assert "That could not be done" in response.content.decode()
    assert (pins(guide), Dismissal.objects.count()) == ([], 0)


def test_large_guide_says_that_its_questions_follow_later(alice, monkeypatch):
    guide = publish(SCOPES, alice.user)
    monkeypatch.setattr(pinning, "MOST_AT_ONCE", 1)

    page = do(alice, guide, "means", first(guide, Code.AMBIGUOUS), name="Torch DDP")

    assert "when somebody next practises" in page
    assert Code.AMBIGUOUS not in dict(check_notes(guide).counts())


def test_many_findings_are_shown_page_by_page(alice, guide, monkeypatch):
    monkeypatch.setattr(notes_view, "FINDINGS_SHOWN", 2)
    gap = gap_of(guide, "Swish")
    pages = [look(alice, guide, page=number) for number in range(1, 6)]

    assert "Page 1 of" in pages[0]
    assert sum(gap.sentence in page for page in pages) == 1
    assert all("No value <b>3</b>" in page for page in pages)


def test_clean_guide_is_told_so(alice):
    guide = make_guide(owner=alice.user)
    stores = [("Store", "Model", "Since"), ("Redis", "Key and value", "2009"), ("Neo4j", "Graph", "2007")]
    make_table(make_topic(guide), title="Stores", grid=stores)

    assert "Nothing to mend" in look(alice, guide)
    assert "Nothing to mend" in look(alice, make_guide(title="Empty", owner=alice.user))


def test_texts_are_shown_as_texts(alice):
    guide = make_guide(owner=alice.user)
    rows = [("Tag", "Means", "Since"), ("<script>alert(1)</script>", "-", "1"), ("<b>", "Bold", "2"), ("<i>", "x", "3")]
    make_table(make_topic(guide), title="<u>Tags</u>", grid=rows)

    page = look(alice, guide)

    assert "<script>alert" not in page
    assert "&lt;u&gt;Tags&lt;/u&gt;" in page


@pytest.mark.parametrize("size", [1, 6])
def test_number_of_queries_does_not_grow(alice, django_assert_max_num_queries, size):
    guide = make_guide(owner=alice.user)
    for number in range(size):
        make_table(make_topic(guide), title=f"Functions {number}", points=["ReLU = 0 to inf"])
    refresh_bank(guide)
    for finding in check_notes(guide).findings[:size]:
        do(alice, guide, "dismiss", finding)

    with django_assert_max_num_queries(17):
        look(alice, guide)
    with django_assert_max_num_queries(9):
        check_notes(guide)


def test_kind_that_an_editor_chose_is_what_is_checked(alice, guide):
    table = guide.tables.get(kind="entity")

    save_table(table, TableEdit(kind="plain"))

    assert not [each for each in check_notes(guide).findings if each.code is Code.PLACEHOLDER]
