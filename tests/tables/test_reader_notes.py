import re

import pytest

from tables.reader import read
from tables.reader.document import Reading, Table

TABLE = "| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n"


def read_text(text: str) -> Reading:
    return read(text.encode(), "file.md")


def only_table(text: str) -> Table:
    (table,) = read_text(text).tables
    return table


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


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ('<img src="https://e.f/g.png" alt="A &gt; b">', '<a href="https://e.f/g.png" rel>A &gt; b</a>'),
        ('<p align=center>\n<IMG src="a/b.png?c"/>\n</p>', "<p>\nb.png\n</p>"),
        ('<p>See <img alt="Arch" src=a.png> here</p>', "<p>See Arch here</p>"),
        ("<p><a href=https://e.f><img src=https://g.h/i.svg></a></p>", '<p><a href="https://e.f" rel>i.svg</a></p>'),
        (
            '<p><a href="#a"><img src="https://e.f/g.png" alt="<b>"></a></p>',
            '<p><a href="https://e.f/g.png" rel>&lt;b&gt;</a></p>',
        ),
        ('<p><img src="data:image/png;base64,AA/BB"></p>', "<p>image</p>"),
        ('<p><img src="javascript:alert(1)" alt=\'"onclick="\' onerror=x></p>', '<p>"onclick="</p>'),
        ("![](https://e.f/g.png)", '<p><a href="https://e.f/g.png" rel>g.png</a></p>'),
        ("- a\n\n  <div><img src=b.png alt=c></div>", "<ul><li>a<p>c</p></li></ul>"),
    ],
)
def test_image_between_tables_is_shown_by_its_words_or_its_name_and_leads_to_its_address(
    written: str, html: str
) -> None:
    (note,) = only_table(f"# G\n## T\n{TABLE}\nX.\n\n{written}\n").notes[1:]

    assert note.html == html.replace("rel>", 'rel="nofollow noopener noreferrer">')
    assert note.source == written


def test_image_that_is_not_shown_is_left_out() -> None:
    notes = only_table(f"# G\n## T\n{TABLE}\nX.\n\n<div>a<!-- <img src=b.png> --><style><img></style></div>\n").notes

    assert [note.text for note in notes[1:]] == ["a"]


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<details>\n<summary>Sum</summary>\nIntro\n{}\nRight below.\n</details>", ["Sum\nIntro\nRight below."]),
        ("<p>Important</p>\n{}", ["Important"]),
        ("<center>Before{}After</center>", ["Before\nAfter"]),
        ("{} <b>between</b> {}\nbelow", ["between\nbelow"]),
        ("<div>one<table><tr><td>\n\n<p>in it</p>\n\n</td></tr></table>two</div>", ["one", "two"]),
        ("{}", []),
        ("<div>\n{}\n</div>", []),
        ("- item\n\n  words\n  {}\n\n  below", ["item\nwords\n\nbelow"]),
        ("> {} quoted", ["quoted"]),
    ],
)
def test_words_around_an_html_table_stay_wherever_it_stands(html: str, texts: list[str]) -> None:
    given = html.replace("{}", "<table><tr><td><table></table>in it</td></tr></table>")
    reading = read_text(f"# G\n## T\n{TABLE}\nX.\n\n{given}\n\nend")

    assert [note.text for note in reading.tables[0].notes] == ["X.", *texts, "end"]
    assert "html-table" in {problem.code for problem in reading.problems}


def test_every_html_table_is_reported_with_its_own_lines_and_rows() -> None:
    text = f"{TABLE}\n<table><tr><tr></table><table>\n<tr>\n</table>\n\n- <table><tr>\n\n  </table>\n\n<TABLE>\n"

    found = [problem for problem in read_text(text).problems if problem.code == "html-table"]
    rows = [re.findall(r"with (\d) rows?", problem.message) for problem in found]

    assert [(problem.line, problem.last_line) for problem in found] == [(5, 5), (5, 7), (9, 11), (13, 13)]
    assert rows == [["2"], ["1"], ["1"], ["0"]]


def test_attribute_lines_and_comments_show_nowhere() -> None:
    notes = only_table(f"# G\n## T\n{TABLE}\nwords\n{{: .x}}\n\n<!-- c -->\n").notes

    assert [(note.text, note.source) for note in notes] == [("words", "words\n{: .x}")]


def test_footnote_glued_below_the_last_row_is_no_row() -> None:
    table = only_table("| a[^1] | b[^2] |\n|---|---|\n| 1 | 2 |\n[^1]: The *footnote*.\n[^2]: Another.\n")

    assert [head.text for head in table.head] == ["a", "b"]
    assert (len(table.rows), table.last_line) == (1, 3)
    assert [note.text for note in table.notes] == ["The footnote.", "Another."]


def test_footnote_of_a_cell_is_shown_with_its_table_and_any_other_where_it_stands() -> None:
    text = f"# G\n## T\n{TABLE.replace('1', '1[^a]')}\nw[^b]\n\n[^a]: of the *cell*\n[^b]: of words\n"

    notes = only_table(text).notes

    assert [note.text for note in notes] == ["w", "of words", "of the cell"]
    assert notes[2].html == "<p><sup>a</sup>of the <em>cell</em></p>"
    assert notes[2].line == 9
