"""Footnotes and key points that an editor writes on the site, exported and read again, change nothing."""

import pytest
from django.urls import reverse

from tables.actions.editing import revert
from tables.models import Edit, Entry
from tables.versions.points import point_fault
from tests.factories import make_user
from tests.quizzes.editors import become_editor, changes_when_read_again, write

DOCUMENT = """# Guide

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
def editor(client, db):
    return become_editor(client, DOCUMENT)


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


def test_footnote_that_left_its_topic_is_found_with_its_table(editor):
    column, row = editor.table.columns.get(name="V1"), editor.table.rows.get(subject="b")

    write(editor, f"c-{row.pk}-{column.pk}", "3[^top]")

    held = {entry.kind: entry.body for entry in Entry.objects.filter(kind__in=["topic", "table"], table=None)}
    assert "of the topic" not in held["topic"]
    assert Entry.objects.filter(kind="table", table=editor.table, body__contains="of the topic").exists()


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


@pytest.mark.parametrize("place", ["title", "label"])
def test_title_and_label_are_plain_text_that_refers_to_no_footnote(editor, place):
    write(editor, place, "new[^a]")

    editor.table.refresh_from_db()
    assert getattr(editor.table, place) == "new[^a]"
    assert changes_when_read_again() == []


def test_change_with_a_footnote_is_taken_back(editor):
    column, row = editor.table.columns.get(name="V1"), editor.table.rows.get(subject="a")
    write(editor, f"c-{row.pk}-{column.pk}", "1[^b]")

    revert(Edit.objects.get(), by=make_user("bob"))

    row.refresh_from_db()
    assert (row.cell(column).source, row.cell(column).text) == ("1[^a]", "1")
    assert changes_when_read_again() == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("---", "Nothing of this key point would be seen"),
        ("-", "Nothing of this key point would be seen"),
        ("<!-- c -->", "Nothing of this key point would be seen"),
        ("\u200b", "Nothing of this key point would be seen"),
        ("[foo]: http://evil", "This would define a link or a footnote for the whole guide"),
        ("[^1]: x", "This would define a link or a footnote for the whole guide"),
        ("<script>", "This would not be read back as one key point"),
    ],
)
def test_key_point_that_would_be_read_back_as_none_is_refused(editor, source, fault):
    page, point = reverse("quizzes:edit", args=[editor.guide.slug, editor.table.slug]), editor.table.points.get()

    answers = [editor.post(page, {"do": "add-point", "point": source}), write(editor, f"p-{point.pk}", source)]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert all(f"{fault}; put \\ before a sign that you mean as such." in answer.content.decode() for answer in answers)
    assert editor.table.points.get().source == "point"


@pytest.mark.parametrize(
    "source",
    ["\\---", "# x", "> q", "1. a", "- a\n- b", "a  \nb", "a\n\nb", "```\ncode\n```", "[^a]", "a | b\n-- | --"],
)
def test_key_point_reads_back(editor, source):
    write(editor, f"p-{editor.table.points.get().pk}", source)

    assert editor.table.points.get().source == source
    assert changes_when_read_again() == []


def test_key_point_may_go_on_defining_what_it_defined():
    assert point_fault("b\n\n[foo]: http://e", "a\n\n[foo]: http://e") == ""
    assert point_fault("```\nb", "a")
