import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tables.reader import read
from tables.spreadsheets import NotASheet, is_sheet, markdown_of_sheet

CELLS = [
    "a|b", "`x`", "*a*", "2*(P*R)/(P+R)", "a_b_c", "<b>", "&amp;", "[[x]]", "[^1]", "~~x~~", ":smile:", "\\", "\\|",
    "http://x.org", "- x", "# x", "1. x", "$5", "![a](b)", "x^2", "{: .a}", "a\nb", "<100MB",
    "'tis", "--", "مرحبا", "日本",
]  # fmt: skip


def sheet_of(rows, **dialect):
    out = io.StringIO()
    csv.writer(out, **dialect).writerows(rows)
    return out.getvalue().encode()


def table_of(data, name="Ports.csv"):
    return read(markdown_of_sheet(data, name), name).tables[0]


@pytest.mark.parametrize("cell", CELLS)
def test_cell_says_what_it_said_in_the_sheet(cell):
    table = table_of(sheet_of([["Name", "Value"], ["row", cell]]))

    assert table.rows[0].cells[1].text == cell


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-inf to inf", "@sum"])
def test_guard_against_formulas_is_taken_off_again(cell):
    table = table_of(sheet_of([["Name", "Value"], ["row", f"'{cell}"]]))

    assert table.rows[0].cells[1].text == cell


@pytest.mark.parametrize(
    ("name", "dialect"), [("a.csv", {}), ("a.tsv", {"delimiter": "\t"}), ("a.csv", {"delimiter": ";"})]
)
def test_commas_semicolons_and_tabs_separate_cells(name, dialect):
    table = table_of(sheet_of([["Name", "Value"], ["TCP", "1, 2"]], **dialect), name)

    assert [head.text for head in table.head] == ["Name", "Value"]
    assert [cell.text for cell in table.rows[0].cells] == ["TCP", "1, 2"]


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"'])
def test_line_that_tells_the_separator_is_no_header(first):
    table = table_of(f"\ufeff{first}\r\nName;Value, unit\r\nTCP;1\r\n".encode())

    assert [head.text for head in table.head] == ["Name", "Value, unit"]
    assert [cell.text for cell in table.rows[0].cells] == ["TCP", "1"]


@pytest.mark.parametrize("separator", [",", "\t", "|", ":"])
def test_separator_that_is_told_goes_before_what_the_name_and_the_header_say(separator):
    table = table_of(f"sep={separator}\na;b;c{separator}d\n1;2{separator}3\n".encode(), "x.tsv")

    assert [head.text for head in table.head] == ["a;b;c", "d"]
    assert [cell.text for cell in table.rows[0].cells] == ["1;2", "3"]


def test_header_that_only_begins_like_a_separator_stays():
    assert [head.text for head in table_of(b"sep=x,b\n1,2\n").head] == ["sep=x", "b"]


def test_name_of_the_file_is_the_title():
    assert read(markdown_of_sheet(b"a,b\nc,d\n", "Network ports.csv")).title == "Network ports"


def test_identities_of_an_export_are_no_column():
    table = table_of(b"studysite id,Name,Value\n0123,TCP,6\n")

    assert [head.text for head in table.head] == ["Name", "Value"]
    assert [cell.text for cell in table.rows[0].cells] == ["TCP", "6"]


def test_a_column_of_the_authors_own_called_id_stays():
    assert [head.text for head in table_of(b"Name,id\nTCP,6\nUDP,17\n").head] == ["Name", "id"]


def test_wrong_bytes_are_told_with_their_line():
    reading = read(markdown_of_sheet(b"a,b\ncaf\xe9,d\n", "x.csv"))

    assert "Line 2 is not valid UTF-8" in reading.errors[0].message


@pytest.mark.parametrize(("data", "said"), [(b",,\n,,\n", "no row"), (b"a," * 100, "101 columns")])
def test_what_is_no_sheet_says_so(data, said):
    with pytest.raises(NotASheet, match=said):
        markdown_of_sheet(data, "x.csv")


@pytest.mark.parametrize(("name", "expected"), [("a.csv", True), ("A.TSV", True), ("a.md", False), ("", False)])
def test_sheets_are_known_by_their_name(name, expected):
    assert is_sheet(name) is expected


words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)


@given(st.lists(st.lists(words, min_size=3, max_size=3), min_size=2, max_size=6))
def test_no_cell_is_lost_or_moved(rows):
    rows = [[cell.replace("'", "") or "x" for cell in row] for row in rows]
    table = table_of(sheet_of(rows))

    assert len(table.rows) + len(table.left_out) == len(rows) - 1
    assert all(len(row.cells) == 3 for row in table.rows)


@pytest.mark.parametrize("data", [b'"' * 99, b"\xff\xfe" + "a,b".encode("utf-16-le"), b"a\rb\rc", b"\x00" * 50])
def test_strange_bytes_end_in_a_reading(data):
    reading = read(markdown_of_sheet(data, "x.csv"))

    assert reading.errors or reading.tables
