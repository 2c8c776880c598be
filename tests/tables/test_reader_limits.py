from dataclasses import replace

import pytest

from tables.reader import LIMITS, Limits, read
from tables.reader.document import Problem, Severity

HEAD = "| a | b |\n|---|---|\n"


def problem_of(text: str, code: str, limits: Limits) -> Problem:
    """The first problem of that code."""
    problems = [problem for problem in read(text.encode(), "x.md", limits).problems if problem.code == code]
    assert problems, f"no {code}"
    return problems[0]


def has_error(text: str, **limits: int) -> bool:
    return bool(read(text.encode(), "x.md", replace(LIMITS, **limits)).errors)


@pytest.mark.parametrize(
    ("limit", "text", "code", "line", "message", "advice"),
    [
        (
            {"size": 40},
            HEAD + "| 1 | 2 |" + " " * 20,
            "too-large",
            1,
            "The file is 0.1 MB; the limit is 0.1 MB.",
            "Split it by topic.",
        ),
        (
            {"lines": 3},
            HEAD + "| 1 | 2 |\n| 3 | 4 |\n",
            "too-many-lines",
            4,
            "The document has 4 lines; the limit of 3 is passed at this line.",
            "Split it by topic.",
        ),
        (
            {"blocks": 4},
            HEAD + "\n- a\n- b\n",
            "too-many-blocks",
            5,
            "The document has too many lists and quotes within one another; it was read up to line 5.",
            "Split it by topic.",
        ),
        (
            {"tables": 1},
            HEAD + "\n" + HEAD,
            "too-many-tables",
            4,
            "The document has more than 1 tables; the rest was not read.",
            "Split it by topic.",
        ),
        (
            {"topics": 1},
            f"## A\n{HEAD}\n## B\n",
            "too-many-topics",
            5,
            "The document has more than 1 topics; “B” is the first too many.",
            "Split it into several guides.",
        ),
        (
            {"rows_of_table": 1},
            f"# T\n{HEAD}| 1 | 2 |\n| 3 | 4 |\n",
            "too-many-rows",
            5,
            "The table “T” has more than 1 rows.",
            "Split it by topic.",
        ),
        (
            {"rows_of_document": 1},
            f"# T\n{HEAD}| 1 | 2 |\n\n{HEAD}| 3 | 4 |\n",
            "too-many-rows",
            8,
            "The document has more than 1 rows, at the table “T (2)”.",
            "Split it by topic.",
        ),
        (
            {"columns": 1},
            f"# T\n{HEAD}\n| c |\n|---|\n",
            "too-many-columns",
            2,
            "The table “T” has 2 columns; the limit is 1.",
            "Split it or turn it round.",
        ),
        (
            {"cell_length": 3},
            HEAD + "| 1 | 2345 |\n",
            "cell-too-long",
            3,
            "The cell in line 3, column “b”, has 4 characters; the limit is 3.",
            "Move the text below the table.",
        ),
        (
            {"heading_length": 3},
            f"# Long\n{HEAD}",
            "heading-too-long",
            1,
            "The heading in line 1 has 4 characters; the limit is 3.",
            "Shorten it.",
        ),
        (
            {"heading_length": 3},
            f"---\nlang: en\nTitle: Long\n---\n{HEAD}",
            "heading-too-long",
            3,
            "The title in line 3 has 4 characters; the limit is 3.",
            "Shorten it.",
        ),
        (
            {"id_length": 3},
            f"---\nid: long\n---\n{HEAD}",
            "id-too-long",
            2,
            "The id in line 2 has 4 characters; the limit is 3.",
            "Shorten it.",
        ),
        (
            {},
            "Only words.\n",
            "no-tables",
            1,
            "The document holds no table that could be read.",
            "A table is a line of cells above a line such as |---|---|.",
        ),
    ],
)
def test_error_says_what_is_wrong_and_what_to_change(
    limit: dict[str, int], text: str, code: str, line: int, message: str, advice: str
) -> None:
    problem = problem_of(text, code, replace(LIMITS, **limit))

    assert problem.severity is Severity.ERROR
    assert (problem.line, problem.message, problem.advice) == (line, message, advice)


def test_size_of_a_file_is_told_in_megabytes() -> None:
    problem = read(b"a" * 7_200_000).problems[0]

    assert f"{problem.message} {problem.advice}" == "The file is 7.2 MB; the limit is 5 MB. Split it by topic."
    assert not [p for p in read(b"a\n" * 10, limits=replace(LIMITS, size=20)).problems if p.code == "too-large"]
    assert [p for p in read(b"a\n" * 10, limits=replace(LIMITS, size=19)).problems if p.code == "too-large"]


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        ("lines", HEAD + "| 1 | 2 |\n"),
        ("tables", HEAD + "\n" + HEAD + "\n" + HEAD),
        ("topics", f"## A\n## B\n## C\n{HEAD}"),
        ("rows_of_table", HEAD + "| 1 | 2 |\n" * 3),
        ("rows_of_document", f"{HEAD}| 1 | 2 |\n\n{HEAD}| 1 | 2 |\n\n{HEAD}| 1 | 2 |\n"),
        ("columns", "| a | b | c |\n|---|---|---|\n"),
        ("cell_length", HEAD + "| 123 | 2 |\n"),
        ("heading_length", f"# abc\n{HEAD}"),
        ("heading_length", f"---\ntitle: abc\n---\n{HEAD}"),
        ("id_length", f"---\nid: abc\n---\n{HEAD}"),
    ],
)
def test_what_just_reaches_a_limit_is_read_and_one_more_is_not(limit: str, text: str) -> None:
    assert not has_error(text, **{limit: 3})
    assert has_error(text, **{limit: 2})


def test_limits_are_those_that_the_manual_names() -> None:
    assert Limits() == Limits(
        size=5_000_000,
        lines=100_000,
        tables=1_000,
        topics=500,
        rows_of_table=5_000,
        rows_of_document=20_000,
        columns=60,
        cell_length=4_000,
        heading_length=300,
        id_length=200,
        marks=200,
        problems=200,
    )


def test_heading_is_measured_by_what_is_seen_of_it() -> None:
    badge = f"[![Build](https://example.org/{'x' * 300}.svg)](https://example.org/build)"

    reading = read(f"# Notes {badge}\n{HEAD}".encode())

    assert reading.title == "Notes Build"
    assert not reading.errors
    assert [p.code for p in read(f"# Notes {badge * 12}\n{HEAD}".encode()).errors] == ["heading-too-long"]


def test_table_with_too_many_columns_leaves_the_others_readable() -> None:
    wide = "|" + "a|" * 61 + "\n|" + "-|" * 61 + "\n"

    reading = read((wide + "\n" + HEAD).encode())

    assert len(reading.tables) == 1
    assert [problem.code for problem in reading.errors] == ["too-many-columns"]


@pytest.mark.parametrize("tags", ["<div>", "<ul><li>", "<b><p>", "<blockquote>", "<x-y>"])
def test_html_too_deep_to_be_cleaned_in_time_is_read_as_its_words(tags):
    reading = read(f"{HEAD}| 1 | 2 |\n\n<div>{tags * 40_000}One &amp; two\n\n".encode(), "x.md")

    [note] = reading.tables[0].notes
    assert note.text == "One & two"


def test_html_that_is_long_and_not_deep_keeps_its_tags():
    items = "<li>One<li>Two" * 300
    reading = read(f"{HEAD}| 1 | 2 |\n\n<ul>{items}</ul>\n{'<p><b>x</b>' * 300}\n".encode(), "x.md")

    [note] = reading.tables[0].notes
    assert note.html.count("<li>") == 600
    assert note.html.count("<b>") == 300
