import pytest

from tables.reader import read
from tables.reader.document import Problem, Severity

HEAD = "| a | b |\n|---|---|\n"


def problem_of(text: str, code: str) -> Problem:
    """The first problem of that code."""
    problems = [problem for problem in read(text.encode(), "x.md").problems if problem.code == code]
    assert problems, f"no {code}"
    return problems[0]


def codes_of(text: str) -> list[str]:
    return [problem.code for problem in read(text.encode(), "x.md").problems]


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
            "| `x|y` | b |\n|---|---|---|\n",
            "pipe-in-code",
            1,
            "The | in `x|y` in line 1 ends the cell there, as in any table.",
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
            "| a | b |\n|----+----|\n| 1 | 2 |\n",
            "no-delimiter",
            1,
            "Lines 1 to 3 look like a table, but the delimiter row in line 2 has + between its cells;"
            " they were read as text.",
        ),
        (
            "+----+------+\n| id | name |\n+----+------+\n| 1  | a    |\n+----+------+\n",
            "no-delimiter",
            2,
            "Lines 2 to 4 look like a table but have no delimiter row; they were read as text.",
        ),
        (
            "| a | b |\n\n|---|---|\n\n| 1 | 2 |\n",
            "no-header",
            3,
            "The delimiter row in line 3 has no header in the line above it; no table was read.",
        ),
        (
            "## T | a | b |\n---|:-:\n1 | 2\n| 3 | 4 |\n",
            "no-header",
            2,
            "The delimiter row in line 2 has no header in the line above it; no table was read.",
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
            f"{HEAD}\n<!-- TODO\n\n## B\n\n{HEAD}",
            "unclosed-html",
            4,
            "The <!-- opened in line 4 is never closed; everything below it was read as HTML.",
        ),
        (
            f"{HEAD}\n> <Pre class=x>\n> words\n\nout\n",
            "unclosed-html",
            4,
            "The <Pre> opened in line 4 is never closed; everything below it was read as HTML.",
        ),
        (
            f"---\ntitle: x\n{HEAD}",
            "front-matter",
            1,
            "The --- at the top opens no front matter: line 3 is no “key: value”. It was read as text.",
        ),
        (
            "---\ntitle: x\nid: y\n",
            "front-matter",
            1,
            "The --- at the top opens no front matter: no second --- ends it. It was read as text.",
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
            HEAD + "| 1 | `a <b>` and git clone <url> |\n",
            "tag-dropped",
            3,
            "Line 3 has <url>, which reads as an HTML tag and is not shown.",
        ),
        (
            HEAD + "| Map<String><int x='y'></int><int> | 2 |\n",
            "tag-dropped",
            3,
            "Line 3 has <String>, <int>, </int>, which read as HTML tags and are not shown.",
        ),
        (
            f"{HEAD}\n- one\n- kill -9 <pid>\n",
            "tag-dropped",
            5,
            "Line 5 has <pid>, which reads as an HTML tag and is not shown.",
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
        "- - -\n" + HEAD,
        HEAD + "1 | 2\n| 3 | 4\n",
        HEAD + "| `\\` | `\\\\` |\n| \\`a | b\\` |\n",
        HEAD + "| <code>`</code> | <code>`</code> |\n",
        "```\n| a | b |\n| c | d |\n```\n" + HEAD,
        "| one line | with pipes |\n\n" + HEAD,
        "`a || b`\n`c || d`\n\n" + HEAD,
        "    | a | b |\n    | c | d |\n\n" + HEAD,
        HEAD + "| <https://a.b> <c@d.ef> <FONT color=x><B>b</b></font> | <svg></svg> <!-- url --> |\n",
        HEAD + "| `<url>` \\<url> &lt;url> <code>x</code> < url> <5 | <details><hr/><input><h2>x</h2></details> |\n",
        "<!-- a\n\nb -->\n\n<div>\nno end\n\n" + HEAD,
    ],
)
def test_what_is_written_right_gives_no_warning(text: str) -> None:
    severities = {problem.severity for problem in read(text.encode()).problems}

    assert severities <= {Severity.INFORMATION}


def test_rows_below_a_delimiter_row_without_header_are_told_once() -> None:
    assert codes_of("|---|---|\n| 1 | 2 |\n| 3 | 4 |\n").count("no-header") == 1
    assert "no-delimiter" not in codes_of("|---|---|\n| 1 | 2 |\n| 3 | 4 |\n")


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
