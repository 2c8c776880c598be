"""Markdown out and in again: the same guide, to the cell."""

import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tables.exports.markdown import guide_markdown, table_markdown
from tables.identity import guide_key
from tables.reader import read
from tables.reader.document import Note, Point, Reading, Table
from tables.versions.changes import compare
from tables.versions.merging import merge
from tables.versions.state import GuideState
from tests.edits import SEED
from tests.tables.brief import DOCUMENTS

NAMES = sorted(
    str(path.relative_to(DOCUMENTS))
    for path in DOCUMENTS.rglob("*.md")
    if not read(path.read_bytes(), path.name).errors
)
TABLE = "| h | i |\n|:--|---|\n| **1** | 2 |"
FRAGMENTS = [TABLE, TABLE, f"{TABLE}\n", "", "", "", "", ""]
FRAGMENTS += r"""
| h | i |
|---|---|
|---|---|
| `a \| b` | \\|
|---|---|

~
# One
~
# Two
~
## Topic
~
## *Other* `topic` #
~
### Table
~
### Table
~
### a_b_c <i> [ref] &amp; \*
~
#### Deep
~
##### Deeper
~
###### Deepest
~
Topic
---
~
**Label:**
~
Label:
~
**Label**
~
*Odd* `x` label: #tag
~
text
~
text
text
~
- item
- item
~
- item
~
* need a? -> **b**
* need c? -> **d**
~
1. one
2. two
   more
~
  - inner
~
-
~
> quote
> - a
~
> | a | b |
> |---|---|
~
- | a | b |
  |---|---|
~
    code
~
```
code
```
~
```
~
~~~ x
~
<div>
html
</div>
~
<!-- comment -->
~
<!--
~
<pre>
x
~
---
~
***
~
===
~
{: .x}
~
[ref]: /url 'title'
~
[ref]: https://x.y/a&b
~
see [ref] and [^1] and [^2]
~
| [ref] | [^1] |
|---|---|
| [^1] [^2] | [REF][] |

~
[^1]: note

~
> [^2]: inside

~
- x

  [^1]: in an item

~
- [^1]: an item
~
- a
===
~
- a

  b
===
~
- a
  ===
~
<!-- study: title="Other" -->
~
<!-- study: kind=plain id=x skip='h' -->
~
  text
~
2. two
~
+ plus
~
<b>x</b>
""".strip("\n").split("\n~\n")
EXAMPLES = 2_000 if os.environ.get("STUDYSITE_NIGHTLY") else 100
MONDAY, TUESDAY = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 1, 6, tzinfo=UTC)


def state_of(reading: Reading) -> GuideState:
    return merge(GuideState(guide_key("Guide"), title=""), reading, MONDAY).state


def written(state: GuideState) -> str:
    return "".join(guide_markdown(state))


def settled(reading: Reading) -> Reading:
    """A reading less its line numbers, problems and what was left out."""
    topics = tuple(
        replace(topic, line=0, intro=_notes(topic.intro), tables=tuple(map(_table, topic.tables)))
        for topic in reading.topics
    )
    return replace(reading, intro=_notes(reading.intro), topics=topics, problems=())


def _notes(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    return tuple(replace(note, line=0, last_line=0) for note in notes)


def _table(table: Table) -> Table:
    points = table.list_after
    listed: tuple[Point, ...] = tuple(replace(point, line=0) for point in points.points) if points else ()
    return replace(
        table, line=0, last_line=0, left_out=(), intro=_notes(table.intro), notes=_notes(table.notes),
        rows=tuple(replace(row, line=0) for row in table.rows),
        list_after=replace(points, line=0, last_line=0, points=listed) if points else None,
    )  # fmt: skip


def keeps_the_laws(source: bytes, name: str) -> None:
    reading = read(source, name)
    state = state_of(reading)
    export = written(state)
    again = read(export.encode(), name)
    merged = merge(state, again, TUESDAY)

    assert settled(again) == settled(reading)
    assert compare(state, merged.state, against=1).is_empty
    assert written(merged.state) == export
    assert again.errors == []


@pytest.mark.parametrize("name", NAMES)
def test_a_document_reads_back_as_itself(name):
    source = (DOCUMENTS / name).read_bytes()

    keeps_the_laws(source, Path(name).name)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=25).map(lambda drawn: "\n".join([*drawn, TABLE])))
def test_any_document_reads_back_as_itself(text):
    assume(not read(text.encode(), "notes.md").errors)

    keeps_the_laws(text.encode(), "notes.md")


def test_the_seed_differs_in_padding_and_rules_alone():
    source = SEED.read_text(encoding="utf-8")

    export = written(state_of(read(source.encode(), SEED.name)))

    keeps_the_laws(source.encode(), SEED.name)
    assert _bare(export) == _bare(source)


def _bare(text: str) -> list[str]:
    lines = [re.sub(r"-+", "-", re.sub(r"[ ]*\|[ ]*", "|", line)) for line in text.splitlines()]
    return [line for line in lines if line and line != "-"]


@pytest.mark.parametrize(
    "source",
    [
        "Foo:\n\n\n| h |\n|---|\n| a |",  # no label: too far away
        "# T\n## A\n| h |\n|---|\n| a |\n\n---\n\n- no list of the table",
        "# T\n## A\n| h |\n|---|\n| a |\n\n---\n\n**Label:**\n- no list of the table",
        "# A\n## B\n### C\n#### D\n##### E\n###### F\n| h |\n|---|\n| a |\n# G",
        "# A\n## No table\ntext\n# B\n| h |\n|---|\n| a |",
        '---\ntitle: "  Spaced  out "\nmine: \'"\'\n---\n| h |\n|---|\n| a |',
        "# T\n- x\n\n<!-- -->\n\n- y\n\n| h |\n|---|\n| a |",
        "# A *b* `c` <d> [e](https://f.g) #\n## ~~x~~ \\# #\n| h |\n|---|\n| a |",
        "# T\n[^1]: one\n\n> [^1]: two\n\n| h |\n|---|\n| a [^1] |",  # the one moves below the table
        "# T\n| h |\n|---|\n| a [^1] |\n\n- x\n\n  [^1]: one\n\n[^1]: two",
        "# T\nsee [^1]\n\n- | h |\n  |---|\n  | a |\n- [^1]: beside a table",
        "# T\n| h |\n|---|\n| a |\n\n- a\n===\n- b",
        "# T\n| h |\n|---|\n| a |\n\n- a\n\n  b\n===",
        "# T\n| h |\n|---|\n| a |\n\n- a\n===\n- b\n  ===",
        "# T\n| h |\n|---|\n| a |\n\n- a\n===\n| h |\n|---|\n- [^1]: x",
        "# T\n| h |\n|---|\n| a |\n\n<p>b</p>\n<table>\n</table>\n\n- c\n\n  <table><tr></table>d\n\n> <table><p>e",
        "# T\n| h |\n|---|\n| a |\n\nx\n\n> <table>\n\n<p>y\n<table>\n\n- <p>z</table>\n\n</table>v<table>\n\n- <p>w",
        "# T\n| h |\n|---|\n| a |\n\n- <table>\n- b <table></table>\n- c\n\n  <p>d<table></table>e",
        "# T\n- | h |\n  |---|\n  | a |\n\n  <b>\n  <table></table>\n  b\n\n> - <pre><table></table>\n\n| h |\n|---|",
        "# T\n| h |\n|---|\n| a[^1] |\n[^1]: glued\n\n> w\n\n- \u3000\u4e00\u00a0\n- b\u3000",
        "# T\n| h |\n|---|\n| [l] [m] |\n\n- \u00a0x\n\n[l]: http://x/&NewLine;y\n[m]: http://z 'a&#10;&#10;b\nc'",
        "# T\n**A `b` [c] #d:**\n| h |\n|---|\n| \\|a\\\\\\| |\n\n```\nnever closed",
    ],
)
def test_what_looks_like_something_else_stays_what_it_is(source):
    keeps_the_laws(source.encode(), "notes.md")


def test_a_row_that_holds_nothing_stays_a_row():
    state = state_of(read(b"| h | i |\n|---|---|\n| a | b |\n|  |  | cut |\n| - |  | cut |", "notes.md"))

    again = read(written(state).encode(), "notes.md")

    assert [[cell.text for cell in row.cells] for row in again.tables[0].rows] == [["a", "b"], ["", ""], ["-", ""]]


def test_a_kind_chosen_on_the_site_is_said_and_changes_nothing_there():
    state = state_of(read(b"# T\n| h | i |\n|---|---|\n| a | b |", "notes.md"))
    chosen = replace(state, tables=(replace(state.tables[0], kind="plain", kind_is_set=True),))

    export = written(chosen)

    again = read(export.encode(), "notes.md")
    assert '<!-- study: kind="plain" -->' in export
    assert again.tables[0].kind == "plain"
    assert compare(chosen, merge(chosen, again, TUESDAY).state, against=1).is_empty


def test_one_table_is_a_document_of_its_own_with_the_links_it_mentions():
    source = (
        "# T\n## A\ntext\n\n| h |\n|---|\n| [x][one] |\n\n- point\n\n[one]: https://a.b 'c \"d\"'\n[two]: https://e.f"
    )
    state = state_of(read(source.encode(), "notes.md"))

    export = "".join(table_markdown(state.tables[0], links=state.links))

    assert export == '# A\n\n| h |\n|---|\n| [x][one] |\n\n- point\n\n[one]: <https://a.b> "c \\"d\\""\n'


def test_only_the_rows_asked_for_are_written_in_the_order_asked_for():
    state = state_of(read(b"# T\n| h |\n|---|\n| a |\n|---|\n| b |\n| c |", "notes.md"))
    a, _, c = state.tables[0].rows

    export = "".join(table_markdown(state.tables[0], [c, a]))

    assert export == "# T\n\n| h |\n|---|\n| c |\n| a |\n"
