import os
import re
from collections.abc import Callable

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tables.reader import read
from tables.reader.blocks import scan
from tables.reader.document import Reading, Table
from tests.tables.markdown_oracle import OracleTable, oracle_tables

EXAMPLES = 2_000 if os.environ.get("STUDYSITE_NIGHTLY") else 200

LINES = (
    """
| a | b |
|---|---|
a | b
--- | ---
|:-:|--:|
| 1 | 2 |
1 | 2
| x
| a | b | c |
| :-- | --- | ---: |
text
**Label:**
# H
## H2
- item
  more
* item
1. one
2. two
-
> quote
> | a | b |
> |---|---|
> | 1 | 2 |
  | a | b |
  |---|---|
  | 1 | 2 |
    code
    | a | b |
```
~~~
``` py
<div>
</div>
<br>
<!-- c -->
<!--
-->
{: .x}
---
===
***
| a \\| b | `c|d` |
| `c\\|d` | \\\\| |
|---|
| a |
|
||
| | |
| - | - |
|-|:-|
- | a | b |
  - x
1. | a |
   |---|
:--
--
\\| a | b
\t| a | b |
   | 1
><br>
> > a
>  - b
<a href="x">
<script>
</script>
<?php
?>
|-
+ plus
10) ten
| 日本 | 한글 |
| שלום | مرحبا |
| é | 👩‍🚀 |
<td>x
   
\t
 - | x | y |
   |---|---|
> - | p | q |
>   |--|--|
>   | 8 | 9 |
* * *
| \t tab\t | x |
|  | nbsp |
""".strip("\n").split("\n")
    + ["", "", "", "", "\n[ref]: /url 'title'\n"]
)

TEXTS = """
a
word
 
**b**
*i*
***bi***
__u__
_v_
~~s~~
~
*
**
_
`c`
``c ` d``
`
[l](https://x.y)
[l](<https://x y> "t")
[l](/a(b)c)
[ref]
[text][ref]
[ref][]
![alt](https://x.y/z.png)
[
]
(
)
!
<https://x.y>
<a@b.cd>
<br>
<b>
</b>
<!-- c -->
<
>
&amp;
&copy;
&#35;
&bogus;
&
\\\\
\\*
\\_
\\`
\\[
\\~
\\a
日本
。
é
“q”
→
1
.
,
:
#
""".strip("\n").split("\n")


def documents() -> st.SearchStrategy[str]:
    """Documents of fragments, each line of its own, with one kind of line end throughout."""
    lines = st.lists(st.sampled_from(LINES), min_size=2, max_size=14)
    return st.builds(lambda text, ending: "\n".join(text).replace("\n", ending), lines, st.sampled_from(["\n", "\r\n"]))


def cells() -> st.SearchStrategy[str]:
    """The Markdown of one cell, of fragments put side by side."""
    return st.lists(st.sampled_from(TEXTS), max_size=9).map("".join)


def is_comparable(text: str) -> bool:
    """Whether no rule of the project that differs from the library's on purpose has a say in the document."""
    lines = re.split("\r\n|\n", text)
    lazy = scan(lines).lazy
    tables = oracle_tables(text)
    ours = read(text.encode()).tables
    return not (
        any(table.line in lazy for table in tables)
        or any(len(table.head) == 1 and "|" not in lines[table.line - 1] for table in ours)
    )


def rows_of(table: Table) -> list[tuple[int, list[str], list[str]]]:
    """The header and the rows of a table of ours, as the library's are listed."""
    head = (table.line, [head.source for head in table.head], [head.text for head in table.head])
    return [head] + [(row.line, [c.source for c in row.cells], [c.text for c in row.cells]) for row in table.rows]


def rows_kept(table: OracleTable, ours: Table) -> list[tuple[int, list[str], list[str]]]:
    """The rows of the library's table without those that the project leaves out and says so."""
    left_out = {line.line for line in ours.left_out}
    return [row for row in table.rows if row[0] not in left_out]


def blank(text: str) -> str:
    return re.sub(r"[ \t\n]+", " ", text)


@settings(max_examples=EXAMPLES)
@given(documents())
def test_tables_lines_rows_and_sources_are_those_of_markdown_it(text: str) -> None:
    assume(is_comparable(text))

    ours = read(text.encode()).tables
    theirs = oracle_tables(text)

    assert [(t.line, t.last_line, [head.align for head in t.head]) for t in ours] == [
        (t.line, t.last_line, t.align) for t in theirs
    ]
    for mine, other in zip(ours, theirs, strict=True):
        assert [row[:2] for row in rows_of(mine)] == [row[:2] for row in rows_kept(other, mine)]


@settings(max_examples=EXAMPLES)
@given(st.lists(cells(), min_size=1, max_size=5))
def test_texts_of_cells_are_those_of_markdown_it(sources: list[str]) -> None:
    rows = [f"| x | {source.replace('|', '')} |" for source in sources]
    text = "\n".join(["| a | b |", "|---|---|", *rows, "", "[ref]: https://x.y 'title'"])
    reading = read(text.encode())
    starred = {problem.line for problem in reading.problems if problem.code in ("star-kept", "markup-as-text")}

    ours = {row[0]: row[2] for row in rows_of(reading.tables[0])}
    theirs = {row[0]: row[2] for row in rows_kept(oracle_tables(text)[0], reading.tables[0])}

    for line, texts in theirs.items():
        if line not in starred and not differs_on_purpose(text.split("\n")[line - 1]):
            assert [blank(cell) for cell in ours[line]] == [blank(cell) for cell in texts]


def differs_on_purpose(line: str) -> bool:
    """Wiki links, runs of tildes which the library splits, and `[a](` at the end, which it takes for no reference."""
    return "[[" in line or "~~~" in line or re.search(r"\]\(\s*\|$", line) is not None


@settings(max_examples=EXAMPLES)
@given(documents(), st.sampled_from(["\r\n", "\r"]))
def test_line_ends_and_byte_order_mark_change_nothing(text: str, ending: str) -> None:
    plain = re.sub("\r\n|\r", "\n", text)

    other = read(b"\xef\xbb\xbf" + plain.replace("\n", ending).encode())

    assert other == read(plain.encode())


@settings(max_examples=EXAMPLES)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_give_a_reading(data: bytes) -> None:
    assert isinstance(read(data, "x.md"), Reading)


def joined(parts: Callable[[], st.SearchStrategy[str]]) -> st.SearchStrategy[str]:
    return st.lists(parts(), max_size=30).map("".join)


@settings(max_examples=EXAMPLES)
@given(joined(lambda: st.sampled_from([*LINES, *TEXTS, "\n", "\n\n", "[[w#p|a]]", "[^1]", "[^1]: n", "{: .a}", "| "])))
def test_any_markup_gives_a_reading(text: str) -> None:
    assert isinstance(read(text.encode(), "x.md"), Reading)
