from dataclasses import replace

import pytest

from tables.reader import LIMITS, Limits, read
from tables.reader.document import Problem, Severity

HEAD = "| a | b |\n|---|---|\n"


def problem_of(text: str, code: str, limits: Limits = LIMITS) -> Problem:
    """The first problem of that code."""
    problems = [problem for problem in read(text.encode(), "x.md", limits).problems if problem.code == code]
    assert problems, f"no {code}"
    return problems[0]


def codes_of(text: str, limits: Limits = LIMITS) -> list[str]:
    return [problem.code for problem in read(text.encode(), "x.md", limits).problems]


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
        marks=200,
        problems=200,
    )


def test_table_with_too_many_columns_leaves_the_others_readable() -> None:
    wide = "|" + "a|" * 61 + "\n|" + "-|" * 61 + "\n"

    reading = read((wide + "\n" + HEAD).encode())

    assert len(reading.tables) == 1
    assert [problem.code for problem in reading.errors] == ["too-many-columns"]


@pytest.mark.parametrize(
    ("text", "code", "line", "message"),
    [
        (
            HEAD + "| 1 | 2 | three | |\n",
            "row-too-long",
            3,
            "Line 3 has 4 cells for 2 columns; “three” was cut.",
        ),
        (
            HEAD + "| `x | y` | 2 |\n",
            "pipe-in-code",
            3,
            "The | in `x | y` in line 3 ends the cell there, as in any table; “2” was cut.",
        ),
        (
            HEAD + "| `x | y` |\n",
            "pipe-in-code",
            3,
            "The | in `x | y` in line 3 ends the cell there, as in any table.",
        ),
        (
            HEAD + "| 1 | 2 |\n| 3 |\n| 4 | 5 |\n| 6\n",
            "rows-too-short",
            4,
            "2 rows from line 4 have fewer cells than the header; empty cells are not asked.",
        ),
        (
            f"# T\n{HEAD}| 1 | 2 |\nA note.\n",
            "line-below-table",
            5,
            "Line 5 stands directly below the table “T” and was read as a row of it.",
        ),
        (
            f"# T\n{HEAD}| --- | :-: |\n",
            "dash-row",
            4,
            "Line 4 of the table “T” holds only dashes: a break between rows, not a row.",
        ),
        (
            "| a | b |\n| 1 | 2 |\n| 3 | 4 |\n",
            "no-delimiter",
            1,
            "Lines 1 to 3 look like a table but have no delimiter row; they were read as text.",
        ),
        (
            "- text\n| a | b |\n|---|---|\n",
            "no-delimiter",
            2,
            "Lines 2 to 3 look like a table but continue the text above them; they were read as text.",
        ),
        (
            "x\n| a | b | c |\n|---|---|\n",
            "count-mismatch",
            3,
            "The delimiter row in line 3 has 2 cells, the line above it 3; no table was read.",
        ),
        (
            "A table: | a | b | |---|---| | 1 | 2 |\n",
            "one-line-table",
            1,
            "Line 1 looks like a whole table on one line; it was read as text.",
        ),
        (
            f"{HEAD}\n- x\n  ```\n  | a | b |\n\nout\n",
            "unclosed-fence",
            5,
            "The code fence opened in line 5 is never closed; everything below it was read as code.",
        ),
        (
            f"---\ntitle: x\n{HEAD}",
            "front-matter",
            1,
            "The --- at the top opens no front matter: not every line up to a second --- is “key: value”."
            " It was read as text.",
        ),
        (
            "x\n\n<div>\n<TABLE class=x>\n<tr><td colspan=2>1</td></tr>\n<tr><td>2</td></tr>\n</TABLE>\n",
            "html-table",
            4,
            "The HTML table in line 4, with 2 rows and cells that span several, was not imported.",
        ),
        (
            f"<!-- study: colour=red -->\n{HEAD}",
            "directive",
            1,
            "The key “colour” of the directive is not known; it was left out.",
        ),
        (
            f"<!-- study: kind=odd -->\n{HEAD}",
            "directive",
            1,
            "“odd” is no kind of a table; it was left out.",
        ),
        (
            f"<!-- study: kind -->\n{HEAD}",
            "directive",
            1,
            "“kind” in the directive is no key=value; it was left out.",
        ),
        (
            f"<!-- study: kind=plain -->\n\nwords\n\n{HEAD}",
            "directive",
            1,
            "This directive is not directly above a table; it was left out.",
        ),
        (
            f"# T\n<!-- study: subject=c -->\n{HEAD}",
            "directive",
            3,
            "The directive names the column “c”, which the table “T” does not have.",
        ),
        (
            f"# G\n## A\n{HEAD}\n## a\n{HEAD}",
            "duplicate-title",
            6,
            "The heading “a” in line 6 stands in line 2 too. Their tables are kept apart.",
        ),
        (
            HEAD + "| " + "[" * 201 + " | 2 |\n",
            "markup-as-text",
            3,
            "A cell holds too much markup to be rendered; it is shown as it is written.",
        ),
    ],
)
def test_warning_says_what_was_left_out_or_guessed(text: str, code: str, line: int, message: str) -> None:
    problem = problem_of(text, code)

    assert problem.severity is Severity.WARNING
    assert (problem.line, problem.message) == (line, message)
    assert problem.advice


@pytest.mark.parametrize(
    ("text", "code", "line", "message"),
    [
        (
            HEAD + "| 1 | 2(P*R) and 3(P*R) |\n",
            "star-kept",
            3,
            "A star between letters, digits or brackets was read as arithmetic, not as emphasis.",
        ),
        (
            "| x | y | z |\n|---|---|---|\n| ReLU | 1 | 2 |\n\n| Question | Answer |\n|---|---|\n| Best? | Swish |\n",
            "answer-without-row",
            7,
            "The answer “Swish” in line 7 names no row of this guide; it is asked all the same.",
        ),
        (
            HEAD + "| x | 1 |\n| X | 2 |\n",
            "duplicate-subject",
            4,
            "“X” in line 4 also names the row in line 3. Both rows are kept.",
        ),
        ("| a |  |\n|---|---|\n", "empty-header", 1, "The header of column 2 is empty; it is called “Column 2”."),
        (
            f"# T\n{HEAD}| 1 | 2 |\n",
            "kind-guessed",
            2,
            "The table “T” was taken for the kind “pairs”. It has two columns: a term and what it means.",
        ),
        (f"x\n\n{HEAD}", "no-heading", 3, "The document has no heading; its title names the tables."),
        (
            HEAD + "| [x][y] | 2 |\n",
            "reference-missing",
            3,
            "The reference “y” is not defined; its brackets are shown as text.",
        ),
    ],
)
def test_information_asks_for_nothing(text: str, code: str, line: int, message: str) -> None:
    problem = problem_of(text, code)

    assert problem.severity is Severity.INFORMATION
    assert (problem.line, problem.message, problem.advice) == (line, message, "")


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "| 1 | 2 | |\n",
        HEAD + "1 | 2\n| 3 | 4\n",
        HEAD + "| <code>`</code> | <code>`</code> |\n",
        "```\n| a | b |\n| c | d |\n```\n" + HEAD,
        "| one line | with pipes |\n\n" + HEAD,
        "`a || b`\n`c || d`\n\n" + HEAD,
        "    | a | b |\n    | c | d |\n\n" + HEAD,
    ],
)
def test_what_is_written_right_gives_no_warning(text: str) -> None:
    severities = {problem.severity for problem in read(text.encode()).problems}

    assert severities <= {Severity.INFORMATION}


def test_answers_are_tied_to_rows_by_their_parts() -> None:
    rows = "# G\n## T\n| x | y | z |\n|---|---|---|\n| L1 (Lasso) | 1 | 2 |\n| P4de | 3 | 4 |\n| CI/CD | 5 | 6 |\n\n"
    answers = "".join(
        f"| Q{n}? | {answer} |\n"
        for n, answer in enumerate(("L1", "P4DE (new)", "L1 + P4de", "L1, P4de", "CI/CD", "l1 or p4de"))
    )

    assert "answer-without-row" not in codes_of(f"{rows}### D\n| Question | Answer |\n|---|---|\n{answers}")
    assert "answer-without-row" in codes_of(f"{rows}### D\n| Question | Answer |\n|---|---|\n| Q? | L1 + Rust |\n")


def test_problems_are_listed_by_line_and_the_rest_is_counted() -> None:
    text = HEAD + "| 1 | 2 | 3 |\n" * 205 + "| " + "x" * 4_001 + " | 2 |\n"

    problems = read(text.encode()).problems

    detailed, counted = problems[:200], problems[200:]
    assert [problem.line for problem in detailed] == sorted(problem.line for problem in detailed)
    assert "cell-too-long" in {problem.code for problem in detailed}
    assert counted[0].message == "6 more of the kind “row-too-long” are not listed one by one."
    assert counted[0].severity is Severity.WARNING
