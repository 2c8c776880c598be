"""Documents that mean harm, handed in over HTTP: accepted, accepted with warnings or refused in words; never half."""

import time
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tables.models import Draft, Guide
from tests.factories import make_user

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
DOCUMENTS = {
    **{f"payload {number}": f"# Ports\n\n{TABLE.format(payload)}".encode() for number, payload in enumerate(PAYLOADS)},
    **{f"heading {n}": f"# {p[:200]}\n\n{TABLE.format('x')}".encode() for n, p in enumerate(PAYLOADS[:8])},
    **{name: text.encode() for name, text in SHAPES.items()},
    **BYTES,
}
ENDINGS = [(name, "md") for name in DOCUMENTS] + [
    (name, "csv") for name in DOCUMENTS if "payload" in name or name in BYTES
]


class Alive(HTMLParser):
    """Finds what a browser would run in a page: scripts in it, handlers, addresses that are programs."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: "".join((value or "").split()).lower() for name, value in attrs}
        if tag in {"script", "style"} and "src" not in given or tag in {"iframe", "object", "embed", "base"}:
            self.found.append(tag)
        self.found += [name for name in given if name.startswith("on")]
        self.found += [value for value in given.values() if value.startswith(("javascript:", "data:", "vbscript:"))]


def alive_in(page):
    parser = Alive()
    parser.feed(page.content.decode())
    return parser.found


@pytest.mark.parametrize(("name", "ending"), ENDINGS)
def test_document_is_taken_or_refused_in_words_and_nothing_of_it_lives(client, db, name, ending):
    client.force_login(make_user("alice"))
    file = SimpleUploadedFile(f"ports.{ending}", DOCUMENTS[name])
    begun = time.monotonic()

    chosen = client.post(reverse("quizzes:import"), {"file": file, "visibility": "private"})
    draft = Draft.objects.first()
    pages = [chosen]
    if draft:
        pages += [client.get(reverse("quizzes:draft", args=[draft.pk]))]
        form = {"do": "publish", "guide": ""}
        pages += [client.post(reverse("quizzes:draft", args=[draft.pk]), form, follow=True)]
    for guide in Guide.objects.all():
        pages += [client.get(guide.get_absolute_url())]
        pages += [client.get(table.get_absolute_url(), follow=True) for table in guide.tables.all()[:3]]

    assert time.monotonic() - begun < 30  # each page alone is far quicker; this only catches what never ends
    assert {page.status_code for page in pages} <= {200, 303, 422}
    assert [found for page in pages for found in alive_in(page)] == []
    is_published = Draft.objects.filter(stage="published").exists()
    assert Guide.objects.exists() is is_published
    if not draft:
        assert 'class="err"' in chosen.content.decode()
    elif not is_published:
        assert "This cannot be published yet" in pages[1].content.decode()
