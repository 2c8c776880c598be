import pytest

from quizzes.actions import importing, pinning, turns
from tables.models import Draft, Guide, Row
from tests.factories import make_user
from tests.quizzes.importers import NOTES, draft_of, hand_in, publish, publish_at_once


@pytest.fixture
def alice(client, db):
    client.user = make_user("alice")
    client.force_login(client.user)
    return client


def test_sheet_becomes_a_guide_of_one_table(alice):
    page = hand_in(alice, "Protocol,Header\nTCP,20 bytes\nUDP,8 bytes\n", name="Transport.csv")
    publish(alice, page)

    guide = Guide.objects.get()
    assert guide.title == "Transport"
    assert list(Row.objects.filter(table__guide=guide).values_list("subject", flat=True)) == ["TCP", "UDP"]


def test_empty_sheet_is_refused_in_words(alice):
    assert "There is no row in it." in hand_in(alice, ",,\n,,\n", name="x.csv").content.decode()


def test_long_sheet_is_not_read_while_its_author_waits(alice, monkeypatch):
    monkeypatch.setattr(importing, "AT_ONCE", 10)
    monkeypatch.setattr(turns, "_spawn", lambda draft: None)
    monkeypatch.setattr(importing, "document_of_sheet", None)

    page = hand_in(alice, "Protocol,Header\nTCP,20 bytes\n", name="Transport.csv")

    assert "waits to be read" in page.content.decode()
    monkeypatch.undo()
    assert importing.work_on(Draft.objects.get()) is True
    assert "1 table found" in alice.get(draft_of(page)).content.decode()


def test_sheet_for_a_large_guide_is_not_read_while_its_author_waits(alice, monkeypatch):
    guide = publish_at_once(alice.user)
    monkeypatch.setattr(pinning, "MOST_AT_ONCE", 3)
    monkeypatch.setattr(turns, "_spawn", lambda draft: None)

    assert "waits to be read" in hand_in(alice, SHEET, name="Transport.csv", guide=guide.pk).content.decode()


def test_sheet_that_is_too_large_is_refused_before_it_is_read(alice):
    with pytest.raises(importing.Refused, match=r"The file is 5\.0 MB; the limit is 5 MB"):
        importing.begin_draft(
            alice.user, source=b",\n" * 2_500_001, name="x.csv", guide=None, visibility="private"
        )  # fmt: skip


def test_sheet_that_grows_too_large_by_its_signs_is_refused_in_words(alice, settings):
    settings.READER_LIMITS = {"size": 60}

    page = hand_in(alice, f"Sign,Is\n{'[' * 40},x\n", name="x.csv").content.decode()

    assert "As a document it is" in page
    assert "This cannot be published yet" in page


SHEET = """Protocol,Ordered,Header,Use
TCP,Yes,20 bytes,Web pages
UDP,No,nine bytes,Calls
SCTP,Partly,12 bytes,Telephony signalling
QUIC,Per stream,Variable,HTTP/3
"""


def test_sheet_takes_the_place_of_the_table_of_its_name(alice):
    guide = publish_at_once(alice.user, NOTES + "\n## Other\n\n### More\n\n| a | b |\n|---|---|\n| c | d |\n")

    page = hand_in(alice, SHEET, name="Transport.csv", guide=guide.pk).content.decode()

    assert "1 row changed." in page
    assert "<del>8 bytes</del> <ins>nine bytes</ins>" in page


def test_sheet_of_another_name_is_added_to_the_guide(alice):
    guide = publish_at_once(alice.user)

    page = hand_in(alice, "Port,Service\n80,Web\n53,Names\n", name="Ports.csv", guide=guide.pk).content.decode()

    assert "1 table added." in page


TWICE = """# Links

## T1

### Comparison

| Name | Val |
|---|---|
| a | 1 |
| b | 2 |

## T2

### Comparison

| Name | Val |
|---|---|
| q | 3 |
"""


def test_sheet_whose_name_two_tables_have_is_refused_with_the_names_that_would_do(alice):
    guide = publish_at_once(alice.user, TWICE)

    page = hand_in(alice, "Name,Val\na,link\nb,code\n", name="Comparison.csv", guide=guide.pk)

    said = page.content.decode()
    assert "This cannot be published yet" in said
    assert "2 tables are called “Comparison”, and a file replaces one." in said
    assert "Name it “comparison” for the one in “T1”, “comparison-2” for the one in “T2”." in said


@pytest.mark.parametrize(("name", "other"), [("comparison.csv", "T2"), ("comparison-2.csv", "T1")])
def test_sheet_named_like_an_address_replaces_that_table_alone(alice, name, other):
    guide = publish_at_once(alice.user, TWICE)
    spared = guide.tables.get(topic__title=other)
    before = list(spared.rows.values_list("subject", flat=True))

    publish(alice, hand_in(alice, "Name,Val\nx,7\ny,8\n", name=name, guide=guide.pk))

    replaced = guide.tables.live().exclude(pk=spared.pk).get()
    assert list(replaced.rows.live().values_list("subject", flat=True)) == ["x", "y"]
    assert list(spared.rows.live().values_list("subject", flat=True)) == before


@pytest.mark.parametrize("name", ["Transport", "transport", "transport (1)"])
@pytest.mark.parametrize("query", ["", "?ids=1", "?exact=1"])
@pytest.mark.parametrize("ending", ["csv", "tsv"])
def test_sheet_that_was_taken_out_comes_in_again_as_no_change(alice, ending, query, name):
    guide = publish_at_once(alice.user, NOTES.replace("Yes", "-inf *to* inf").replace("Calls", "'=1+1"))
    table = guide.tables.get()
    sheet = b"".join(alice.get(f"{table.get_absolute_url()[:-1]}.{ending}{query}"))

    page = hand_in(alice, sheet, name=f"{name}.{ending}", guide=guide.pk).content.decode()

    assert "No changes" in page
    assert "written differently" not in page
