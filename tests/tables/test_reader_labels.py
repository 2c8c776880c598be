import pytest

from tables.reader import read
from tables.reader.document import Reading, Table

TABLE = "| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n"


def read_text(text: str) -> Reading:
    return read(text.encode(), "file.md")


def only_table(text: str) -> Table:
    (table,) = read_text(text).tables
    return table


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
