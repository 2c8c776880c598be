import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.actions.notes import check_notes_of
from quizzes.notes_check.checking import findings_of
from tables.versions.state import GuideState
from tests.quizzes.notes import found_in, state_of

HTTP = """---
title: HTTP
---
## Methods

### Request methods

| Method | Purpose | Safe | Body |
|---|---|---|---|
| **GET** | Fetch a resource | Yes | No |
| **POST** | Submit an entity, often changing state | No | Yes |
| **PUT** | Replace a representation | No | Yes |
| **DELETE** | Remove a resource | No | Optional |

Data flows in both directions once the request is sent.

## Versions

### Protocol versions

| Version | Year | Transport | Multiplexing |
|---|---|---|---|
| HTTP/1.1 | 1997 | TCP | - pipelining, rarely used |
| HTTP/2 | 2015 | TCP with TLS | Streams over one connection |
| HTTP/3 | 2022 | QUIC over UDP | Independent streams |

### TCP vs UDP

| Aspect | TCP | UDP |
|---|---|---|
| Delivery | Guaranteed | Best effort |
| Order | Kept | May change |
| Directions | Both directions at once | One datagram at a time |

## Choosing

### Which status?

| Question | Answer |
|---|---|
| Moved for good? | 301 |
| Nothing changed since? | 304 |
| Caller is unknown? | 401 |
| Caller may not do this? | 403 |

**Key points:**
- Idempotent = repeating changes nothing
- Small payload = fewer packets
"""

GERMAN = """# Datenbanken

## Speicher

### Speicherarten

| Art | Zugriff | Dauerhaft | Einsatz |
|---|---|---|---|
| **Blockspeicher** | Blöcke fester Größe | ja | Datenbanken |
| **Dateispeicher** | Pfade, Ordner | ja | Gemeinsame Ablagen |
| **Arbeitsspeicher** | Bytes | nein | Zwischenergebnisse |

### Welcher Speicher?

| Frage | Antwort |
|---|---|
| Viele Leser, ein Ordnerbaum? | Dateispeicher |
| Sehr kurze Wege? | Arbeitsspeicher |
"""

CHINESE = """# 网络

## 协议

### 传输协议

| 协议 | 连接 | 可靠 | 用途 |
|---|---|---|---|
| **TCP** | 面向连接 | 是 | 网页、邮件 |
| **UDP** | 无连接 | 否 | 语音、视频 |
| **QUIC** | 加密连接 | 是 | 新版网页 |

### 端口

| 服务 | 端口 |
|---|---|
| 安全网页 | 443 |
| 域名 | 53 |
"""

ARABIC = """# الخطوط

## الأنواع

### أنواع الخط

| النوع | الأصل | الاستعمال |
|---|---|---|
| **النسخ** | بغداد | الكتب والصحف |
| **الرقعة** | إسطنبول | الكتابة السريعة |
| **الكوفي** | الكوفة | الزخرفة والعمارة |
"""

JAPANESE = """# 記憶域

## 種類

### メモリの種類

| 種類 | 速度 | 容量 | 揮発性 |
|---|---|---|---|
| レジスタ | 最速 | 極小 | ✓ |
| キャッシュ | 速い | 小 | ✓ |
| 主記憶 | 中 | 大 | ✓ |
| 補助記憶 | 遅い | 特大 | |
"""

RUSSIAN = """# Сортировки

## Алгоритмы

### Сравнение алгоритмов

| Алгоритм | В среднем | Память | Устойчив |
|---|---|---|---|
| Быстрая | O(n log n) | O(log n) | нет |
| Слиянием | O(n log n), всегда | O(n) | да |
| Вставками | O(n^2) | O(1) | да |
"""

MARKS = """# Plans

| Feature | Free | Pro | Team |
|---|---|---|---|
| Export | ✓ | ✓ | ✓ |
| Groups | | | ✓ |
| History | - | ✓ | ✓ |
"""

REGIONS = """# Prices

## Europe

### Small machines in Europe

| Machine | Memory | Price |
|---|---|---|
| m1 | 2 GB | 10 |
| m2 | 4 GB | 18 |

## Asia

### Large machines in Asia

| Machine | Memory | Price |
|---|---|---|
| x1 | 64 GB | 210 |
| x2 | 128 GB | 390 |
"""


@pytest.mark.parametrize("text", [HTTP, GERMAN, CHINESE, ARABIC, JAPANESE, RUSSIAN, MARKS, REGIONS, "# Empty\n"])
def test_nothing_is_found_in_a_clean_document(text):
    assert [finding.sentence for finding in found_in(text)] == []


words = st.sampled_from(
    [
        "",
        "-",
        "TBD",
        "Both",
        "both matter",
        "the latter",
        "Same as Redis",
        "Like UDP",
        "Redis",
        "TCP, UDP",
        "UDP",
        "TCP",
    ]
    + [
        "A DDP",
        "B DDP",
        "DDP",
        "P(x^2)",
        "0",
        "No",
        "✓",
        "见上",
        "كلاهما",
        "🙂",
        "a | b",
        "Fast, small, cheap",
        "Fast, small",
    ]
)
headers = st.sampled_from(
    ["Name", "Question", "Answer", "Need", "Use", "Aspect", "Too high", "Too low", "TCP", "Library", ""]
)
points = st.sampled_from(["Small Redis = fast", "TCP: both", "Need speed? -> **UDP**", "=", "->", "Large TCP - Redis"])


@st.composite
def tables(draw: st.DrawFn) -> str:
    columns = draw(st.integers(1, 4))
    line = st.lists(words, min_size=columns, max_size=columns)
    rows = draw(st.lists(line, max_size=5))
    head = draw(st.lists(headers, min_size=columns, max_size=columns))
    lines = [head, ["---"] * columns, *rows]
    listed = "".join(f"- {point}\n" for point in draw(st.lists(points, max_size=3)))
    title = draw(st.sampled_from(["One", "TCP vs UDP", "Which?"]))
    return f"### {title}\n\n" + "\n".join("| " + " | ".join(cells) + " |" for cells in lines) + f"\n\n{listed}\n"


@given(st.lists(tables(), max_size=4))
@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
def test_every_document_can_be_checked(documents):
    state = state_of("# Guide\n\n## Topic\n\n" + "\n".join(documents))

    found = findings_of(state)

    assert len({finding.key for finding in found}) == len(found)
    assert all(finding.places and finding.sentence and finding.suggestion for finding in found)
    assert found == findings_of(state)


def test_a_large_document_is_checked_in_two_seconds():
    tables = []
    for table in range(70):
        rows = "".join(
            f"| Thing {table} {row} | word{row * 7 % 90} of {row} | part{row * table % 50}, a |\n" for row in range(25)
        )
        asked = "".join(f"| Which word{row} of {table}? | Thing {table} {row} |\n" for row in range(5))
        tables.append(f"### Things {table}\n\n| Name | Says | Has |\n|--|--|--|\n{rows}\n")
        tables.append(f"### Which {table}?\n\n| Question | Answer |\n|--|--|\n{asked}\n")
    state = state_of("# Guide\n\n## Topic\n\n" + "".join(tables))
    started = time.process_time()

    findings_of(state)

    assert time.process_time() - started < 2


def test_guide_without_tables_has_no_findings():
    checked = check_notes_of(GuideState(state_of("# Empty\n").key, title=""))

    assert (checked.findings, checked.dismissed, checked.counts()) == ((), (), [])
