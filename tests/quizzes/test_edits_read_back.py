"""What an editor writes on the site, exported as Markdown and read again, changes nothing."""

import pytest
from django.urls import reverse

from quizzes.actions.publishing import check_document, publish_document
from tables.actions.editing import revert
from tables.actions.states import load
from tables.exports.markdown import guide_markdown
from tables.models import Edit, Entry, Guide, Table
from tables.reader import read
from tests.factories import make_user

DOCUMENT = """---
title: Old title
---
# Old title

## Topic

### First

**Values:**

| Name | V1 | V2 |
|---|---|---|
| a | 1 | 2 |
| b | 3 | 4 |

### Second

<!-- study: title="Said above" -->

| Name | Use |
|---|---|
| c | 5 |
"""
HIDDEN = "\u202e"
FOOTNOTES = """# Guide

## Topic

Words.

[^top]: Of the topic.

> Said.
>
> [^q]: Of the quote.

### First

| Name | V1 | V2 |
|---|---|---|
| a | 1[^a] | 2 |
| b | 3 | 4 |

- point

Below.

[^a]: Of a.
[^b]: Of b.

### Second

| Name | Use |
|---|---|
| c | 5[^c] |

[^c]: Of c.
"""


@pytest.fixture
def editor(client, db, request):
    user = make_user("alice")
    client.force_login(user)
    document = getattr(request, "param", DOCUMENT).encode()
    publish_document(None, read(document), document)
    Guide.objects.update(owner=user, visibility="private")
    client.guide = Guide.objects.get()
    client.table = Table.objects.get(title="First")
    return client


def write(client, place, text, table=None):
    address = reverse("quizzes:edit-text", args=[client.guide.slug, (table or client.table).slug, place])
    was = client.get(address).context["form"]["was"].value()
    return client.post(address, {"source": text, "was": was}, follow=True)


def rename_guide(client, title):
    page = reverse("quizzes:manage", args=[client.guide.slug])
    return client.post(page, {"do": "save", "title": title, "visibility": "private", "place": "0"}, follow=True)


def changes_when_read_again():
    guide = Guide.objects.get()
    document = "".join(guide_markdown(load(guide).state)).encode()
    return [change.sentence for change in check_document(guide, read(document)).publication.diff.changes]


def test_the_document_itself_reads_back(editor):
    assert changes_when_read_again() == []


@pytest.mark.parametrize(
    ("heading", "name"),
    [("V1", "V1 2"), ("**v1**", "v1 2"), ("\u3000", "Column 3"), ("&nbsp;", "Column 3"), ("", "Column 3")],
)
def test_new_heading_is_named_as_an_import_would_name_it(editor, heading, name):
    write(editor, f"h-{editor.table.columns.get(name='V2').pk}", heading)

    assert [column.name for column in editor.table.columns.all()] == ["Name", "V1", name]
    assert changes_when_read_again() == []


def test_the_later_of_two_columns_gets_the_number_whichever_was_changed(editor):
    write(editor, f"h-{editor.table.columns.get(name='V1').pk}", "V2")

    assert [column.name for column in editor.table.columns.all()] == ["Name", "V2", "V2 2"]
    assert changes_when_read_again() == []


@pytest.mark.parametrize("place", ["title", "label"])
@pytest.mark.parametrize("text", ["  new  name ", "new\tname", f"new {HIDDEN}name", "new \x07 name", "new\u00a0name:"])
def test_title_and_label_read_back(editor, place, text):
    write(editor, place, text)

    editor.table.refresh_from_db()
    kept = getattr(editor.table, place)
    assert "new" in kept
    assert not {HIDDEN, "\x07"} & {*kept}
    assert changes_when_read_again() == []


def test_line_break_in_a_title_is_a_space(editor):
    write(editor, "title", "one\r\ntwo")

    editor.table.refresh_from_db()
    assert editor.table.title == "one two"
    assert changes_when_read_again() == []


@pytest.mark.parametrize("text", ["", "  \n", "\u3000", HIDDEN, "\u200b"])
def test_title_of_nothing_is_refused(editor, text):
    response = write(editor, "title", text)

    assert response.status_code == 422
    assert "A table needs a title that can be seen." in response.content.decode()
    editor.table.refresh_from_db()
    assert editor.table.title == "First"


def test_title_that_the_document_sets_for_a_table_is_changed_with_it(editor):
    write(editor, "title", "Better", Table.objects.get(title="Said above"))

    assert changes_when_read_again() == []


def test_control_character_in_a_cell_is_replaced_as_in_a_document(editor):
    row, column = editor.table.rows.first(), editor.table.columns.get(name="V1")

    write(editor, f"c-{row.pk}-{column.pk}", "a\x07b")

    row.refresh_from_db()
    assert (row.cell(column).source, row.cell(column).text) == ("a\ufffdb", "a\ufffdb")
    assert changes_when_read_again() == []


with_footnotes = pytest.mark.parametrize("editor", [FOOTNOTES], indirect=True)


@with_footnotes
@pytest.mark.parametrize(
    ("row", "source", "text", "notes"),
    [
        ("a", "33[^a]", "33", ["Below.", "Of b.", "Of a."]),
        ("b", "3[^b]", "3", ["Below.", "Of a.", "Of b."]),
        ("a", "1[^b] [^a] [^none]", "1  [^none]", ["Below.", "Of b.", "Of a."]),
        ("a", "1", "1", ["Below.", "Of b.", "Of a."]),
        ("b", "3[^c]", "3", ["Below.", "Of b.", "Of a.", "Of c."]),
        ("b", "3[^top]", "3", ["Below.", "Of b.", "Of a.", "Of the topic."]),
        ("b", "3[^q]", "3", ["Below.", "Of b.", "Of a.", "Of the quote."]),
    ],
)
def test_footnote_of_a_cell_stands_with_its_table(editor, row, source, text, notes):
    column, found = editor.table.columns.get(name="V1"), editor.table.rows.get(subject=row)

    write(editor, f"c-{found.pk}-{column.pk}", source)

    found.refresh_from_db()
    editor.table.refresh_from_db()
    assert found.cell(column).text == text
    assert [note["text"] for note in editor.table.notes] == notes
    assert changes_when_read_again() == []


@with_footnotes
def test_footnote_that_left_its_topic_is_found_with_its_table(editor):
    column, row = editor.table.columns.get(name="V1"), editor.table.rows.get(subject="b")

    write(editor, f"c-{row.pk}-{column.pk}", "3[^top]")

    held = {entry.kind: entry.body for entry in Entry.objects.filter(kind__in=["topic", "table"], table=None)}
    assert "of the topic" not in held["topic"]
    assert Entry.objects.filter(kind="table", table=editor.table, body__contains="of the topic").exists()


@with_footnotes
def test_heading_key_point_and_new_row_know_footnotes(editor):
    page = reverse("quizzes:edit", args=[editor.guide.slug, editor.table.slug])
    name, second = editor.table.columns.get(name="Name"), editor.table.columns.get(name="V2")

    write(editor, f"h-{second.pk}", "V2[^b]")
    write(editor, f"p-{editor.table.points.get().pk}", "point[^a]")
    editor.post(page, {"do": "add-point", "point": "another[^c]"})
    editor.post(page, {"do": "add-row", f"new_{name.pk}": "e[^c]"})

    assert editor.table.columns.get(pk=second.pk).name == "V2"
    assert [point.text for point in editor.table.points.all()] == ["point", "another"]
    assert editor.table.rows.last().subject == "e"
    assert changes_when_read_again() == []


@with_footnotes
@pytest.mark.parametrize("place", ["title", "label"])
def test_title_and_label_are_plain_text_that_refers_to_no_footnote(editor, place):
    write(editor, place, "new[^a]")

    editor.table.refresh_from_db()
    assert getattr(editor.table, place) == "new[^a]"
    assert changes_when_read_again() == []


@with_footnotes
def test_change_with_a_footnote_is_taken_back(editor):
    column, row = editor.table.columns.get(name="V1"), editor.table.rows.get(subject="a")
    write(editor, f"c-{row.pk}-{column.pk}", "1[^b]")

    revert(Edit.objects.get(), by=make_user("bob"))

    row.refresh_from_db()
    assert (row.cell(column).source, row.cell(column).text) == ("1[^a]", "1")
    assert changes_when_read_again() == []


@pytest.mark.parametrize("title", ["New title", "one\r\ntwo", f"{HIDDEN}evil", "“quoted” 'and': said", "'x'"])
def test_new_title_of_a_guide_reads_back(editor, title):
    rename_guide(editor, title)

    kept = Guide.objects.get().title
    assert kept != "Old title"
    assert not {HIDDEN, "\n"} & {*kept}
    assert changes_when_read_again() == []


def test_guide_keeps_its_title_where_the_new_one_shows_nothing(editor):
    response = rename_guide(editor, HIDDEN)

    assert response.status_code == 422
    assert "A guide needs a title that can be seen." in response.content.decode()
    assert Guide.objects.get().title == "Old title"
