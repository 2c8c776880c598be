import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tables.reader.inline import Known, Link, Renderer, render_cell

REL = 'rel="nofollow noopener noreferrer"'


def text_of(source: str) -> str:
    return render_cell(source).text


def html_of(source: str) -> str:
    return render_cell(source).html


@pytest.mark.parametrize(
    "source",
    [
        "2*(P*R)/(P+R)",
        "2(P*R)/(P+R)",
        "F = (1+b²)*(P*R)/(b²*P+R)",
        "a*b*c",
        "x**2 + y**2",
        "2 * 3 * 4",
        "99.9%*",
        "snake_case_name",
        "Sum(weights^2)",
        "<100MB",
        ">1B",
        "~-0.3 to inf",
        "~5 to ~10",
        "$5-$10",
        "C:\\dir",
        "a < b && c > d",
        "2(P*R) and 3(P*R)",
        "α*β*γ",
        "# no heading",
        "- no list",
        "1. no list",
        "[1] and [^ab]",
        ":rocket:",
        "é 日本 שלום 👩‍🚀",
        "\u00a0",
    ],
)
def test_text_appears_character_for_character(source: str) -> None:
    cell = render_cell(source)

    assert cell.source == source
    assert cell.text == source
    assert cell.html == source.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize(
    ("source", "text", "html"),
    [
        ("**bold**", "bold", "<strong>bold</strong>"),
        ("*it* and __b__", "it and b", "<em>it</em> and <strong>b</strong>"),
        ("***a** b*", "a b", "<em><strong>a</strong> b</em>"),
        ("*a **b*** c", "a b c", "<em>a <strong>b</strong></em> c"),
        ("un**believ**able", "unbelievable", "un<strong>believ</strong>able"),
        ("日本語**強調**です", "日本語強調です", "日本語<strong>強調</strong>です"),
        ("**bold", "**bold", "**bold"),
        ("* a *", "* a *", "* a *"),
        ("~~gone~~", "gone", "<del>gone</del>"),
        ("`a * b`", "a * b", "<code>a * b</code>"),
        ("`` a`b ``", "a`b", "<code>a`b</code>"),
        ("`<b>` & `&lt;`", "<b> & &lt;", "<code>&lt;b&gt;</code> &amp; <code>&amp;lt;</code>"),
        (r"\*a\* \~ \< \| \_ \#", "*a* ~ < | _ #", "*a* ~ &lt; | _ #"),
        ("&copy; &#42; &amp;lt;", "© * &lt;", "© * &amp;lt;"),
        ("one<br>two", "one\ntwo", "one<br>two"),
        ("N<sup>2</sup>, H<sub>2</sub>O", "N^2, H2O", "N<sup>2</sup>, H<sub>2</sub>O"),
        ("<kbd>Ctrl</kbd>+C", "Ctrl+C", "<kbd>Ctrl</kbd>+C"),
        ("<ruby>漢<rt>kan</rt></ruby>字", "漢字", "<ruby>漢<rt>kan</rt></ruby>字"),
        ("<code>`</code>", "`", "<code>`</code>"),
        ("<div>a</div><!-- b -->c", "ac", "ac"),
        ("<ul><li>a</li><li>**b** c</li></ul>", "a\nb c", "a<br><strong>b</strong> c"),
        ("To do: <ul> <li>a <li> <a href=https://x.y>b</a></ul>", "To do:\na\nb", None),
        ("a<p>b</p>`c`<p>[d](#e)", "a\nb\nc\nd", "a<br>b<br><code>c</code><br>d"),
        ("a<br><p>b</p><p></p>", "a\nb", "a<br>b"),
        ("<b>open", "open", "<b>open</b>"),
        ("[[page#part|alias]]", "alias", "alias"),
        ("[[page#part]]", "part", "part"),
        ("[[folder/page]]", "page", "page"),
        ("`[[page]]`", "[[page]]", "<code>[[page]]</code>"),
    ],
)
def test_markup_gives_text_and_html(source: str, text: str, html: str | None) -> None:
    cell = render_cell(source)

    assert cell.text == text
    assert html is None or cell.html == html


@pytest.mark.parametrize(
    ("source", "text", "html"),
    [
        ("[a](https://b.c)", "a", f'<a href="https://b.c" {REL}>a</a>'),
        ('[a](<https://b.c> "d")', "a", f'<a href="https://b.c" title="d" {REL}>a</a>'),
        ("[a](https://b.c/(d))", "a", f'<a href="https://b.c/(d)" {REL}>a</a>'),
        ("<https://b.c?d&e>", "https://b.c?d&e", f'<a href="https://b.c?d&amp;e" {REL}>https://b.c?d&amp;e</a>'),
        ("<me@b.cd>", "me@b.cd", f'<a href="mailto:me@b.cd" {REL}>me@b.cd</a>'),
        ("![a *b*](https://c.d/e.png)", "a b", f'<a href="https://c.d/e.png" {REL}>a <em>b</em></a>'),
        ("[![a](https://b.c/d.png)](https://e.f)", "a", f'<a href="https://e.f" {REL}>a</a>'),
        ("![](https://c.d/e.png?f=/g#h)", "e.png", f'<a href="https://c.d/e.png?f=/g#h" {REL}>e.png</a>'),
        ("[![ ](https://b.c/d.svg)](https://e.f)", "d.svg", f'<a href="https://e.f" {REL}>d.svg</a>'),
        ("<a href=https://a.b><img src=https://c.d/e.png></a>", "e.png", f'<a href="https://a.b" {REL}>e.png</a>'),
        ("![<b></b>](b/c.png)", "c.png", "c.png"),
        ("<img src='https://c.d/e/f.png'>", "f.png", f'<a href="https://c.d/e/f.png" {REL}>f.png</a>'),
        ("<img alt=' ' src=a.png><img alt=b src=c.png><img>", "a.pngbimage", "a.pngbimage"),
        ("![](data:image/png;base64,AA/BB) ![](#a) ![]()", "image image image", "image image image"),
        ("[a](#part)", "a", "a"),
        ("[a](../b.md)", "a", "a"),
        ("[*a* `b`](https://c.d)", "a b", f'<a href="https://c.d" {REL}><em>a</em> <code>b</code></a>'),
        ("[a [b](https://c.d) e](https://f.g)", "[a b e](https://f.g)", None),
        ("[a] (b)", "[a] (b)", "[a] (b)"),
    ],
)
def test_link_is_followed_only_to_the_web_or_a_mailbox(source: str, text: str, html: str | None) -> None:
    cell = render_cell(source)

    assert cell.text == text
    assert html is None or cell.html == html


def test_reference_links_are_resolved_in_every_form() -> None:
    references = {"site": Link("https://a.b", "t"), "`code`": Link("https://c.d")}

    texts = [render_cell(source, Known(references)).text for source in ("[x][Site]", "[site][]", "[SITE]", "[`code`]")]

    assert texts == ["x", "site", "SITE", "code"]
    assert "https://c.d" in render_cell("[`code`]", Known(references)).html
    assert text_of("[x][site]") == "[x][site]"


def test_footnote_mark_leaves_the_text_only_where_the_note_is_defined() -> None:
    renderer = Renderer(Known(footnotes={"1"}))

    rendered = renderer.inline("up to 5[^1] or [^2]")

    assert rendered.text == "up to 5 or [^2]"
    assert rendered.html == "up to 5<sup>1</sup> or [^2]"
    assert rendered.footnotes == ("1",)
    assert renderer.inline("`[^1]`").text == "[^1]"


def test_star_that_gfm_would_take_for_emphasis_is_told() -> None:
    renderer = Renderer()

    assert renderer.inline("2(P*R) and 3(P*R)").kept_stars
    assert not renderer.inline("2(P*R)").kept_stars
    assert not renderer.inline("*a* b*c").kept_stars


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//x>",
        "<img src=x onerror=alert(1)>",
        "<img alt='<script>alert(1)</script>' src='javascript:alert(1)'>",
        "<svg onload=alert(1)><script>alert(1)</script></svg>",
        "<math><mi xlink:href='data:x'>",
        "<style>*{}</style>",
        "<b onclick=alert(1) style=color:red class=x id=y hx-get=/z data-hx-get=/z>a</b>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](java&#10;script:alert(1))",
        "[a](&#x6a;avascript:alert(1))",
        "[a](<java\tscript:alert(1)>)",
        "[a](\u0001javascript:alert(1))",
        "[a](data:text/html,x)",
        "[a](vbscript:x)",
        '<a href="javascript:alert(1)">a</a>',
        "<a href='java&Tab;script:alert(1)'>a</a>",
        "<javascript:alert(1)>",
        '[a](https://b.c "\\"><script>alert(1)</script>")',
        '[a](https://b.c/"onmouseover="alert(1))',
        '!["><script>alert(1)</script>](https://b.c)',
        "<a href=https://b.c title='\"><script>alert(1)</script>'>a</a>",
        "<!-- <script>alert(1)</script>",
        "<b",
        "</b></td></tr></table><script>alert(1)</script>",
        "<iframe src=https://x></iframe><object data=x><embed src=x><form action=x><input name=y><base href=x>",
    ],
)
def test_payload_leaves_nothing_alive(payload: str) -> None:
    html = html_of(payload)

    tags = re.findall(r"<[^>]*>", html)
    assert all(
        re.fullmatch(r"</?(a|b|code|em|strong|del)>|<a href=\"(https?://|mailto:)[^\"]*\"[^<>]*>", tag) for tag in tags
    )
    assert not any(re.search(r"\son|\sstyle|\sclass|\sid=|hx-|javascript:|data:|vbscript:", tag) for tag in tags)


def test_payload_in_code_is_shown() -> None:
    assert text_of("`<script>alert(1)</script>`") == "<script>alert(1)</script>"
    assert html_of("`<script>`") == "<code>&lt;script&gt;</code>"


def test_hidden_characters_never_reach_text_or_html() -> None:
    cell = render_cell("a\u202eb\u2066c\U000e0041 &#x202e;d `\u202de` \u200f\u200d")

    assert cell.text == "abc d e \u200f\u200d"
    assert "\u202e" in cell.source
    assert not re.search("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]", cell.html)


def test_text_is_in_composed_form() -> None:
    assert text_of("**e\u0301**") == "é"
    assert text_of("e\u0301") == "é"


@pytest.mark.parametrize(
    ("just_enough", "too_much"),
    [
        ("*a* " * 100, "*a* " * 101),
        ("[a](https://b.c) " * 200, "[a](https://b.c) " * 201),
        ("[" * 200, "[" * 201),
        ("*" * 400 + "a", "*" * 402 + "a"),
        ("`a`" + "b" * 3_997, "`a`" + "b" * 3_998),
    ],
)
def test_cell_with_too_much_markup_is_shown_as_written(just_enough: str, too_much: str) -> None:
    renderer = Renderer()

    capped = renderer.inline(too_much)

    assert not renderer.inline(just_enough).is_capped
    assert capped.is_capped
    assert capped.text == too_much.strip(" ")
    assert capped.html == too_much


@pytest.mark.parametrize(
    "shape",
    [
        "*",
        "_",
        "[",
        "<",
        "`",
        "![",
        "&",
        "\\",
        "a*",
        "*a ",
        "<a ",
        "<!--",
        "<?",
        "](",
        "[a](",
        "`a",
        "~~",
        "<a b='",
        "[[",
        "&#",
    ],
)
def test_hostile_cell_is_rendered_in_time(shape: str) -> None:
    source = (shape * 4_000)[:4_000]
    start = time.process_time()

    cell = render_cell(source)

    assert time.process_time() - start < 1
    assert cell.source == source


def test_deeply_nested_emphasis_ends_well() -> None:
    source = "*a **b " * 100

    assert render_cell(source + "c** d* " * 50).text
    assert text_of("*" * 99 + "a" + "*" * 99) == "a"


@given(st.text(alphabet="*_~`[]()<>!&\\;#xa1 \"'|:/^\n\u00e9日", max_size=60))
def test_any_cell_gives_balanced_and_allowed_html(source: str) -> None:
    html = html_of(source)

    names = re.findall(r"<(/?)([a-z0-9]+)[^>]*>", html)
    opened = [name for slash, name in names if not slash and name != "br"]
    assert sorted(opened) == sorted(name for slash, name in names if slash)
    assert set(opened) <= {"a", "em", "strong", "del", "code"}
