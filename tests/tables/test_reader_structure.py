import time

import pytest

from tables.reader import read
from tables.reader.document import Reading, Table

TABLE = "| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n"


def read_text(text: str, name: str = "file.md") -> Reading:
    return read(text.encode(), name)


def only_table(text: str) -> Table:
    (table,) = read_text(text).tables
    return table


def sources(table: Table) -> list[list[str]]:
    return [[cell.source for cell in row.cells] for row in table.rows]


# Where tables begin and end


@pytest.mark.parametrize(
    "text",
    [
        f"words\n{TABLE}",
        f"- item\n\n{TABLE}",
        "- " + TABLE.replace("\n", "\n  "),
        "> " + TABLE.replace("\n", "\n> "),
        "> 1. " + TABLE.replace("\n", "\n>    "),
        "   " + TABLE.replace("\n", "\n   "),
        f"<div>\n\n{TABLE}\n</div>",
        f"[x]: /y\n{TABLE}",
        f"<!-- comment -->\n{TABLE}",
        f"Title\n===\n{TABLE}",
        f"***\n{TABLE}",
        f"```\ncode\n```\n{TABLE}",
        f"    code\n{TABLE}",
        TABLE.replace("|---|---|---|", ":-: | --- |-:"),
        TABLE.replace("\n", "  \n"),
    ],
)
def test_table_is_found_wherever_gfm_finds_it(text: str) -> None:
    assert sources(only_table(text)) == [["1", "2", "3"]]


@pytest.mark.parametrize(
    "text",
    [
        "    " + TABLE.replace("\n", "\n    "),
        f"```\n{TABLE}```\n",
        f"~~~ md\n{TABLE}",
        f"<!--\n{TABLE}-->\n",
        f"<pre>\n{TABLE}</pre>\n",
        f"<div>\n{TABLE}</div>\n",
        f"> quote\n{TABLE}",
        f"- item\n{TABLE}",
        "| a | b |\n|---|\n| 1 | 2 |\n",
        "| a | b |\n\n|---|---|\n",
        "| a | b |\n| = | = |\n",
        "| a | b |\n|---|:x:|\n",
        "| a | b |\n|---||---|\n",
        "a\n---\n",
        "| a |\n---\n",
        "a\n:-:\n",
        "# a | b\n|---|---|\n",
        "- a | b\n|---|---|\n",
        "words\n    | a | b |\n|---|---|\n",
    ],
)
def test_what_gfm_takes_for_something_else_is_no_table(text: str) -> None:
    assert not read_text(text).tables


@pytest.mark.parametrize(
    "after",
    ["\n| x |", "# h", "```", "> q", "- i", "7. i", "***", "<div>", "<!-- c -->", "    indented", "<?php", "-"],
)
def test_table_ends_where_another_block_begins(after: str) -> None:
    table = read_text(TABLE + after + "\n").tables[0]

    assert sources(table) == [["1", "2", "3"]]
    assert table.last_line == 3


@pytest.mark.parametrize("after", ["x", "===", "<b>x</b>", "[x]: /y", "\\# h", "#h", "1990", "| x", "   x | y"])
def test_any_other_glued_line_is_a_row(after: str) -> None:
    table = only_table(TABLE + after + "\n")

    assert len(table.rows) == 2
    assert table.rows[1].line == 4


def test_lists_and_quotes_are_followed_twenty_deep() -> None:
    def nested(depth: int) -> str:
        first, *rest = TABLE.split("\n")
        return "\n".join(["- " * depth + first, *("  " * depth + line for line in rest if line)])

    assert len(read_text(nested(20)).tables) == 1
    assert not read_text(nested(21)).tables


def test_tab_counts_to_the_next_multiple_of_four() -> None:
    assert only_table("-\t| a | b |\n\t|---|---|\n \t| 1 | 2 |\n").line == 1
    assert not read_text("\t| a | b |\n\t|---|---|\n").tables


# Topics, titles, paths


def test_only_first_level_heading_is_the_guide() -> None:
    reading = read_text(f"# Guide\n## Topic\n### Title\n{TABLE}")

    assert reading.title == "Guide"
    assert [topic.title for topic in reading.topics] == ["Topic"]
    assert [(table.title, table.path) for table in reading.tables] == [("Title", ())]


def test_title_of_front_matter_comes_first() -> None:
    assert read_text(f"---\ntitle: Front\n---\n# Guide\n## Topic\n{TABLE}").title == "Front"
    assert [topic.title for topic in read_text(f"---\ntitle: F\n---\n## A\n### B\n{TABLE}").topics] == ["A"]


def test_first_heading_of_a_guide_without_a_first_level_is_its_title() -> None:
    reading = read_text(f"## Guide\n### Topic\n#### Title\n{TABLE}")

    assert reading.title == "Guide"
    assert [topic.title for topic in reading.topics] == ["Topic"]
    assert reading.tables[0].title == "Title"


def test_headings_of_one_level_are_topics_and_the_first_lends_its_name() -> None:
    reading = read_text(f"## A\n{TABLE}\n## B\n{TABLE}")

    assert reading.title == "A"
    assert [topic.title for topic in reading.topics] == ["A", "B"]


def test_heading_below_the_first_table_is_no_title_of_the_guide() -> None:
    assert read_text(f"{TABLE}\n## B\n{TABLE}", "file.md").title == "file"


def test_heading_in_a_list_or_quote_changes_no_path() -> None:
    reading = read_text(f"# G\n## A\n- # x\n> ## y\n\n### B\n{TABLE}")

    assert [(topic.title, [table.title for table in topic.tables]) for topic in reading.topics] == [("A", ["B"])]


def test_headings_between_topic_and_title_are_the_path() -> None:
    table = only_table(f"# G\n## A\n### B\n#### C\n##### D\n{TABLE}")

    assert (table.title, table.path) == ("D", ("B", "C"))


@pytest.mark.parametrize("nothing", ["\u200b", "\u00ad\u2060", "<b></b>", "&nbsp;", "\ufeff"])
def test_heading_or_column_without_anything_to_see_has_no_name(nothing: str) -> None:
    reading = read_text(f"# {nothing}\n\n## {nothing}\n\n| {nothing} | b |\n|---|---|\n| 1 | 2 |\n", "notes.md")

    assert reading.title == "notes"
    assert [topic.title for topic in reading.topics] == [""]
    assert [head.name for head in reading.tables[0].head] == ["Column 1", "b"]


def test_title_of_front_matter_or_file_name_without_anything_to_see_is_none() -> None:
    assert read_text(f"---\ntitle: \u200b\n---\n# Notes\n{TABLE}").title == "Notes"
    assert read_text(TABLE, "\u200b.md").title == "Untitled"


def test_markup_leaves_the_title() -> None:
    assert only_table(f"# G\n## A `b` **c** <br> [d](https://e.f) ##\n{TABLE}").title == "A b c d"


# Size


def test_1500_rows_in_100_tables_are_read_in_time() -> None:
    rows = "".join(f"| **Item {n}** | `code {n}` | some words {n} | [link](https://a.b/{n}) |\n" for n in range(15))
    text = "# G\n" + "".join(f"## Topic {n}\n| a | b | c | d |\n|---|---|---|---|\n{rows}\n" for n in range(100))
    start = time.process_time()

    reading = read_text(text)

    assert len(reading.tables) == 100
    assert sum(len(table.rows) for table in reading.tables) == 1_500
    assert time.process_time() - start < 10


@pytest.mark.parametrize("line", ["|", "> > >", "| a | b |", "|---|", "- a", "`" * 50, "[a]: b 'c", "<a ", "\t"])
def test_hundred_thousand_hostile_lines_are_read_in_time(line: str) -> None:
    start = time.process_time()

    reading = read_text(f"{line}\n" * 100_000)

    assert isinstance(reading, Reading)
    assert time.process_time() - start < 30


@pytest.mark.parametrize(
    "shape", ["*", "_", "[", "<", "`", "![", "&", "\\", "|", "`\\", "``\\ ", "-", ":-", "~~", "<a "]
)
def test_long_hostile_cells_are_read_in_time(shape: str) -> None:
    row = f"| {(shape * 4_000)[:4_000]} | x |\n"
    start = time.process_time()

    read_text(f"| a | b |\n|---|---|\n{row * 20}\n{row * 20}")

    assert time.process_time() - start < 1
