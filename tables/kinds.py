"""Plain Python: the words of a table in, its kind and the reason for it out. The one classifier of the product."""

import re

from tables.reader.document import Kind
from tables.reader.forms import fold, is_placeholder

QUESTION_HEADERS = frozenset({"question", "questions"})
NEED_HEADERS = frozenset(
    {"scenario", "scenarios", "need", "needs", "situation", "situations", "requirement", "requirements", "if"}
    | {"problem statement"}
)
NEED_STARTS = ("if you", "you want", "you need", "when you", "i want", "i need")
ANSWER_STARTS = re.compile(r"(answer|recommended|recommendation|choose|use|pick|choice|solution|best choice)s?\b")
NOT_AN_ANSWER = re.compile(r"use (case|when)s?\b")
EXPLANATIONS = frozenset({"why", "reason", "reasons", "notes", "note", "explanation", "explanations", "rationale"})

ASPECT_HEADERS = frozenset({"aspect", "aspects", "criterion", "criteria", "dimension", "dimensions"})
WEAK_ASPECT_HEADERS = frozenset(
    {"", "feature", "features", "property", "properties", "attribute", "attributes", "factor", "factors"}
    | {"characteristic", "characteristics"}
)
VERSUS = re.compile(r"\b(vs\.?|versus)(?!\w)")
PROPERTY_WORDS = re.compile(
    r"\b(purpose|use|usage|description|describes|meaning|definition|details?|examples?|notes?|comments?|remarks?|value"
    r"|values|default|defaults|type|types|range|unit|units|formula|why|reason|summary|explanation|effect|effects|status"
    r"|since|version|syntax|how it works|works|best for|symbol|name|what it does|what it is|result|function|required)\b"
)

_MORE_PROPERTY_WORDS = (
    "说明 描述 類型 类型 默认值 預設值 值 示例 用途 含义 備註 备注 説明 型 例 既定値 意味 値 설명 유형 기본값"
    " 값 예 의미 용도 описание тип значение пример по_умолчанию назначение примечание"
    " beschreibung typ standardwert wert beispiel bedeutung zweck bemerkung"
    " descripción tipo valor ejemplo significado uso nota descrição exemplo descrizione esempio predefinito"
    " valeur exemple signification remarque utilité الوصف النوع القيمة مثال المعنى الافتراضي"
    " תיאור סוג ערך דוגמה משמעות ברירת_מחדל"
)
MORE_PROPERTY_WORDS = tuple(fold(word.replace("_", " ")) for word in _MORE_PROPERTY_WORDS.split())
"""Headers of properties in other languages than English: alone, or with more words after or before them."""

_MARKS = (
    "yes no y n x ✓ ✔ ✗ ✘ ✕ ✖ ✅ ❌ ☑ ☒ ☐ √ × ○ ● ◯ 〇 + true false ja nein oui non si sí sì não nao sim да нет tak nie"
    " evet hayır ναι όχι כן לא نعم لا 是 否 有 无 はい いいえ 예 아니오 네 아니요 có không ano ne igen nem kyllä ei"
)
MARKS = frozenset(fold(mark).strip("\ufe0f") for mark in _MARKS.split())
"""Cells that say yes or no, in the languages guides are written in, in their search form."""

ADDRESS = re.compile(r"(https?://|www\.)\S+")


def classify(
    title: str, headers: list[str], rows: list[list[str]], bold_keys: bool = False, links_only: bool = False
) -> tuple[Kind, str]:
    """
    The kind of a table and one sentence saying what showed it.

    `title` is the full name with its label, `headers` and `rows` are plain text, one entry for each column.
    `bold_keys` says that every first cell is bold throughout, `links_only` that no value is anything but a link.
    """
    words = [_word(header) for header in headers]
    keys = [row[0] if row else "" for row in rows]
    values = [[row[column] for row in rows if column < len(row)] for column in range(1, len(headers))]
    return (
        _plain_by_shape(words, rows)
        or _decision(words, headers, keys)
        or _plain_by_content(keys, values, links_only)
        or _aspect(title, words, headers)
        or _pairs(words)
        or _matrix(values)
        or _entity(headers, bold_keys)
    )


def _word(header: str) -> str:
    folded = fold(header).strip(" :?.…")
    return "" if folded in ("column 1", "-", "#") else folded


def _plain_by_shape(words: list[str], rows: list[list[str]]) -> tuple[Kind, str] | None:
    if len(words) < 2:
        return Kind.PLAIN, "It has one column, so there is nothing to ask about."
    return None if rows else (Kind.PLAIN, "It has no rows.")


def _decision(words: list[str], headers: list[str], keys: list[str]) -> tuple[Kind, str] | None:
    first, second, *further = words
    if any(word not in EXPLANATIONS for word in further):
        return None
    if first in QUESTION_HEADERS:
        return Kind.DECISION, f"Its first column is headed “{headers[0]}”, so each row is a question with its answer."
    if sum(key.rstrip().endswith(("?", "？", "؟", ";", "՞")) for key in keys) * 2 > len(keys):
        return Kind.DECISION, "Most cells of its first column end in a question mark."
    needs = first in NEED_HEADERS or first.startswith(NEED_STARTS)
    if needs and ANSWER_STARTS.match(second) and not NOT_AN_ANSWER.match(second):
        return Kind.LOOKUP, f"It goes from “{headers[0]}” to “{headers[1]}”, so each row says what to choose."
    return None


def _plain_by_content(keys: list[str], values: list[list[str]], links_only: bool) -> tuple[Kind, str] | None:
    subjects = {fold(key) for key in keys if not is_placeholder(key)}
    if len(subjects) * 2 < len(keys):
        return Kind.PLAIN, "Most of its rows have no name of their own in the first column."
    cells = [cell.strip() for column in values for cell in column if not is_placeholder(cell)]
    if links_only or (cells and all(ADDRESS.fullmatch(cell) for cell in cells)):
        return Kind.PLAIN, "Its rows hold nothing but links."
    return None


def _aspect(title: str, words: list[str], headers: list[str]) -> tuple[Kind, str] | None:
    if len(words) < 3:
        return None
    things = ", ".join(header for header in headers[1:] if header)
    if words[0] in ASPECT_HEADERS:
        return Kind.ASPECT, f"Its first column is headed “{headers[0]}”, so it compares {things}."
    if words[0] not in WEAK_ASPECT_HEADERS or not all(words[1:]):
        return None
    name = f"headed “{headers[0]}”" if words[0] else "unnamed"
    if VERSUS.search(fold(title)):
        return Kind.ASPECT, f"Its first column is {name} and its title sets things against each other: {things}."
    if any(_is_property(word) for word in words[1:]):
        return None
    return Kind.ASPECT, f"Its first column is {name} and the other columns are the things compared: {things}."


def _is_property(word: str) -> bool:
    """Whether a header names a property of the rows, not a thing that is compared."""
    steps = f" {word} "
    return PROPERTY_WORDS.search(word) is not None or any(f" {name} " in steps for name in MORE_PROPERTY_WORDS)


def _matrix(values: list[list[str]]) -> tuple[Kind, str] | None:
    for column in values:
        marks = [cell for cell in column if not is_placeholder(cell)]
        if not marks or any(fold(cell).strip("\ufe0f") not in MARKS for cell in marks):
            return None
    return Kind.MATRIX, "Its cells hold only marks for yes and no."


def _pairs(words: list[str]) -> tuple[Kind, str] | None:
    return (Kind.PAIRS, "It has two columns: a term and what it means.") if len(words) == 2 else None


def _entity(headers: list[str], bold_keys: bool) -> tuple[Kind, str]:
    named = f"“{headers[0]}”" if headers[0] else "its first column"
    evidence = ", each in bold" if bold_keys else ""
    return Kind.ENTITY, f"Each row is one thing named under {named}{evidence}; the other columns say what it is like."
