"""What an editor writes on the site, exported as Markdown and read again, changes nothing."""

import pytest
from django.urls import reverse

from tables.models import Guide, Table
from tests.quizzes.editors import become_editor, changes_when_read_again, write

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


@pytest.fixture
def editor(client, db):
    return become_editor(client, DOCUMENT)


def rename_guide(client, title):
    page = reverse("quizzes:manage", args=[client.guide.slug])
    return client.post(page, {"do": "save", "title": title, "visibility": "private", "place": "0"}, follow=True)


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
