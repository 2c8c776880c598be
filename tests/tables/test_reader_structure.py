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


def test_markup_leaves_the_title() -> None:
    assert only_table(f"# G\n## A `b` **c** <br> [d](https://e.f) ##\n{TABLE}").title == "A b c d"


# Labels, companions, lists


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("**When to Use:**", "When to Use"),
        ("**When to Use**:", "When to Use"),
        ("**When to Use**", "When to Use"),
        ("When to use:", "When to use"),
        ("何时使用：", "何时使用"),
        ("**Remember:** `#exam`", "Remember"),
        ("Remember: #exam", "Remember"),
        ("__All__", "All"),
    ],
)
def test_line_above_a_table_is_its_label(line: str, label: str) -> None:
    for gap in ("\n", "\n\n"):
        table = read_text(f"# G\n## T\n{TABLE}\n{line}{gap}{TABLE}").tables[1]

        assert (table.label, table.companion, table.name) == (label, True, f"T: {label}")


@pytest.mark.parametrize("line", ["Words.", "**Two** words", "two\nlines:", "Words:\n\n", "- item:"])
def test_other_text_above_a_table_is_no_label(line: str) -> None:
    assert read_text(f"# G\n## T\n{TABLE}\n{line}\n\n{TABLE}").tables[1].label == ""


def test_label_of_a_first_table_is_kept_but_names_no_companion() -> None:
    table = only_table(f"# G\n## T\nCompared:\n{TABLE}")

    assert (table.label, table.companion, table.name) == ("Compared", False, "T")


def test_equal_names_below_one_heading_are_numbered() -> None:
    names = [t.name for t in read_text(f"# G\n## T\n{TABLE}\n{TABLE}\nL:\n{TABLE}\nL:\n{TABLE}").tables]

    assert names == ["T", "T (2)", "T: L", "T: L (2)"]


@pytest.mark.parametrize("between", ["", "\n", "\nKey points:\n", "\n**Key points**\n\n", "\n{: .x}\n\n<!-- c -->\n"])
def test_list_straight_after_a_table_or_its_label_belongs_to_it(between: str) -> None:
    points = only_table(f"# G\n## T\n{TABLE}{between}- one\n- two\n").list_after

    assert points is not None
    assert [point.text for point in points.points] == ["one", "two"]
    assert points.label == ("Key points" if "Key" in between else "")


@pytest.mark.parametrize("between", ["\nA sentence.\n\n", "\n***\n", "\n### Next\n", "\n> quote\n\n"])
def test_list_after_anything_else_is_a_note(between: str) -> None:
    table = only_table(f"# G\n## T\n{TABLE}{between}- one\n- two\n")

    assert table.list_after is None
    assert table.notes[-1].text == "one\ntwo"


def test_nested_items_stay_in_their_point() -> None:
    points = only_table(f"# G\n## T\n{TABLE}\n- one `c`\n  - deep **d**\n\n  more\n- two\n").list_after

    assert points is not None
    assert points.points[0].text == "one c\ndeep d\nmore"
    assert points.points[0].html == "one <code>c</code><br>deep <strong>d</strong><br>more"
    assert points.points[0].source == "one `c`\n- deep **d**\n\nmore"
    assert [point.line for point in points.points] == [7, 11]


@pytest.mark.parametrize(
    ("items", "asks", "pairs"),
    [
        (["Need A? -> **B**", "Need C? → D"], True, [("Need A?", "B"), ("Need C?", "D")]),
        (["Fast => **B**", "Small ⇒ **C**", "words"], True, [("Fast", "B"), ("Small", "C"), ("", "")]),
        (["**B**: when fast", "**C:** if small"], False, [("when fast", "B"), ("if small", "C")]),
        (["Use **B** for speed", "Use **C** when small"], False, [("for speed", "B"), ("when small", "C")]),
        (["Need A? -> **B**", "words", "words"], False, [("", ""), ("", ""), ("", "")]),
        (["a -> b", "c -> d"], False, [("", ""), ("", "")]),
        (["A = b", "C = d"], False, [("", ""), ("", "")]),
    ],
)
def test_points_of_one_shape_are_decisions(items: list[str], asks: bool, pairs: list[tuple[str, str]]) -> None:
    points = only_table(f"# G\n## T\n{TABLE}\n" + "".join(f"- {item}\n" for item in items)).list_after

    assert points is not None
    assert points.asks is asks
    assert [(point.question, point.answer) for point in points.points] == pairs


# Text around tables


def test_notes_are_rendered_as_safe_html() -> None:
    text = "A *b* <b onclick=x>c</b>\n\n1. one\n   - two\n2. three\n\n> q\n\n```js\nlet a = '<b>';\n```\n\n#### h\n"

    notes = only_table(f"# G\n## T\n{TABLE}\nX.\n\n{text}").notes

    assert [note.html for note in notes[1:]] == [
        "<p>A <em>b</em> <b>c</b></p>",
        "<ol><li>one<ul><li>two</li></ul></li><li>three</li></ol>",
        "<blockquote><p>q</p></blockquote>",
        "<pre><code>let a = '&lt;b&gt;';</code></pre>",
        "<h4>h</h4>",
    ]
    assert notes[2].source == "1. one\n   - two\n2. three"
    assert (notes[2].line, notes[2].last_line) == (11, 13)


def test_html_block_is_shown_without_what_could_do_harm() -> None:
    notes = only_table(f"# G\n## T\n{TABLE}\n<div onclick=x>a <b>b</b><script>alert(1)</script></div>\n").notes

    assert [(note.text, note.html) for note in notes] == [("a b", "a <b>b</b>")]


def test_attribute_lines_and_comments_show_nowhere() -> None:
    notes = only_table(f"# G\n## T\n{TABLE}\nwords\n{{: .x}}\n\n<!-- c -->\n").notes

    assert [(note.text, note.source) for note in notes] == [("words", "words\n{: .x}")]


def test_footnote_of_a_cell_is_shown_with_its_table_and_any_other_where_it_stands() -> None:
    text = f"# G\n## T\n{TABLE.replace('1', '1[^a]')}\nw[^b]\n\n[^a]: of the *cell*\n[^b]: of words\n"

    notes = only_table(text).notes

    assert [note.text for note in notes] == ["w", "of words", "of the cell"]
    assert notes[2].html == "<p><sup>a</sup>of the <em>cell</em></p>"
    assert notes[2].line == 9


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
