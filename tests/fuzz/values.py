"""What nobody types into a form: one bad value of each sort for a sweep, and hypothesis' mixtures of them."""

import os
from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

EXAMPLES = int(os.environ.get("FUZZ", "0"))
"""How many more random requests each test sends than it does by itself."""

HOSTILE: dict[str, str | bytes] = {
    "nul": "a\0b",
    "nothing but nul": "\0",
    "lone surrogate": "a\ud800b",
    "no utf-8": b"\xff\xfe\x80a",
    "half a character": b"caf\xc3",
    "bidirectional": "\u202egnp.exe\u2066\u200f\ufeff",
    "controls": "\r\n\x0b\x1b[2J\x7f\x85\u2028",
    "huge number": "9" * 400,
    "number beyond 64 bits": str(2**63),
    "number beyond 32 bits": str(2**31),
    "negative": "-1",
    "foreign digit": "²٣",
    "no number": "NaN",
    "infinite": "-1e999",
    "markup": "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7|add:1 }}{% load x %}",
    "sql": "' OR 1=1; DROP TABLE tables_guide; --%_\\",
    "json": '{"a": [1, null, {"b": 1e400}]}',
    "path": "../../../../etc/passwd",
    "address": "//evil.example/\\@evil.example",
    "format": "%s%n{0.__class__}${jndi:x}",
    "date": "0000-00-00T99:99:99+99:99",
    "long": "x" * 5000,
    "wide": "\u0344\ufdfa😀İﬃ" * 200,
    "empty": "",
    "space": " \u3000\t",
}

texts = st.one_of(
    st.sampled_from(list(HOSTILE.values())),
    st.text(st.characters(), max_size=40),
    st.binary(max_size=20),
    st.integers().map(str),
)
"""A value of any sort."""


def encoded(fields: list[tuple[str, str | bytes]]) -> str:
    """Fields as a browser, or nobody's browser, sends them; surrogates become the bytes that are no UTF-8."""
    return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in fields)


def quoted(value: str | bytes) -> str:
    """One value, percent-encoded to its last byte."""
    return quote_from_bytes(as_bytes(value), safe="")


def as_bytes(value: str | bytes) -> bytes:
    """The bytes of a value."""
    return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
