import pytest

from tables.reader import read
from tables.reader.document import Problem, Reading, Severity

TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n"


def only_error(data: bytes) -> Problem:
    (problem,) = read(data, "notes.md").problems
    assert problem.severity is Severity.ERROR
    return problem


def test_windows_text_is_refused_with_its_byte_and_line() -> None:
    problem = only_error(b"# A\n\nfine\nit\x92s not\n")

    assert problem.code == "encoding"
    assert problem.line == 4
    assert problem.offset == 12
    assert problem.message == "Line 4 is not valid UTF-8 (byte 0x92)."
    assert problem.advice == "This looks like Windows-1252: save the file as UTF-8 and upload it again."


def test_text_in_another_old_encoding_is_not_called_windows_1252() -> None:
    problem = only_error("Привет, мир\n".encode("cp1251"))

    assert problem.message == "Line 1 is not valid UTF-8 (byte 0xCF)."
    assert problem.advice == "This looks like an older encoding: save the file as UTF-8 and upload it again."


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("utf-32-le", "UTF-32"),
        ("utf-32-be", "UTF-32"),
    ],
)
def test_wide_text_is_refused_by_name(encoding: str, name: str) -> None:
    problem = only_error(TABLE.encode(encoding))

    assert problem.message == f"The file is {name}, not UTF-8."
    assert problem.advice == "Save the file as UTF-8 and upload it again."


def test_bad_byte_in_a_text_that_is_utf_8_elsewhere_is_told_from_another_encoding() -> None:
    cut_off, pasted = only_error("é\nü".encode()[:-1]), only_error("é\n".encode() + b"it\x92s\n")

    assert (cut_off.line, cut_off.message) == (2, "Line 2 is not valid UTF-8 (byte 0xC3).")
    assert cut_off.advice == pasted.advice
    assert pasted.advice == "All before it is UTF-8: mend this one character, save the file and upload it again."


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(32)) * 20, "byte 0xE2 in line 2"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "byte 0xE2 in line 2"),
        (b"%PDF-1.7\n1 0 obj\n", "byte 0x25 in line 1"),
        (b"MZ" + bytes(2_000), "byte 0x00 in line 1"),
        (b"a\x01\x02", "byte 0x01 in line 1"),
    ],
)
def test_file_that_is_no_text_is_refused(data: bytes, place: str) -> None:
    problem = only_error(data)

    assert problem.message == f"This is not a text file ({place})."
    assert problem.advice == "Upload the Markdown source, saved as UTF-8."


def test_byte_order_mark_is_no_text() -> None:
    assert read(b"\xef\xbb\xbf" + TABLE.encode()) == read(TABLE.encode())
    assert read(b"\xef\xbb\xbf" * 2 + TABLE.encode()) == read(TABLE.encode())


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_every_line_end_counts_as_one(ending: str) -> None:
    assert read(TABLE.replace("\n", ending).encode()) == read(TABLE.encode())


def test_other_separators_end_no_line() -> None:
    table = read("| a | b |\n|---|---|\n| 1\u2028\u0085 | 2\u2029 |\n".encode()).tables[0]

    assert [row.line for row in table.rows] == [3]
    assert table.rows[0].cells[0].text == "1\u2028\u0085"


def test_control_characters_are_replaced_and_told() -> None:
    reading = read(b"| a\x00 | b |\n|---|---|\n| \x1b1\x02 | 2 |\n")

    assert reading.tables[0].head[0].text == "a\ufffd"
    assert reading.tables[0].rows[0].cells[0].text == "\ufffd1\ufffd"
    assert [problem.message for problem in reading.problems if problem.code == "control-character"] == [
        "A control character was replaced by \ufffd in line 1.",
        "2 control characters were replaced by \ufffd in line 3.",
    ]


def test_hidden_characters_are_left_out_of_names_and_texts_but_not_of_the_source() -> None:
    reading = read("# Ti\u202etle\n\n| a | b |\n|---|---|\n| 1\u2066 | 2 |\n".encode(), "x.md")

    assert reading.title == "Title"
    assert reading.tables[0].rows[0].cells[0].text == "1"
    assert reading.tables[0].rows[0].cells[0].source == "1\u2066"
    assert [(p.line, p.severity, p.message) for p in reading.problems if p.code == "bidi-control"] == [
        (1, "warning", "Line 1 holds invisible characters that can reorder or hide text (U+202E); they are left out."),
        (5, "warning", "Line 5 holds invisible characters that can reorder or hide text (U+2066); they are left out."),
    ]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("notes.md", "notes"),
        ("a/b\\c d.markdown", "c d"),
        ("", "Untitled"),
        ("x\u202ey\u0007.md", "xy"),
        (".md", ".md"),
    ],
)
def test_file_name_is_the_last_resort_for_a_title(name: str, title: str) -> None:
    assert read(TABLE.encode(), name).title == title


def test_same_bytes_give_the_same_answer() -> None:
    assert isinstance(read(b""), Reading)
    assert read(TABLE.encode(), "x.md") == read(TABLE.encode(), "x.md")
