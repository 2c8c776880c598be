"""What of a guide is asked and what is not, and what its readers say of it: looked up for its editors."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from quizzes.actions.pinning import StoredPin, may_be_hidden, name_of, pinnable, synonym_pin
from quizzes.generation.cues import soft_cues
from quizzes.generation.ledger import Code
from quizzes.generation.made import Made, QuestionKind
from quizzes.generation.pins import PinKind, pinned_titles
from quizzes.generation.words import comparable
from quizzes.models import Answer, Bank, Event, Fact, Question
from tables.models import Column, DecisionQuestion, Guide, Row, Table

EVENTS_LOOKED_AT = 500
OFFERS_SHOWN = 20
SKIPS_SHOWN = 40
FOUND_BY_NAME = frozenset({PinKind.ALIAS, PinKind.SAME_FACT, PinKind.NOT_SAME_FACT})

WORDS = {
    Code.EMPTY: "No value",
    Code.BOTH_THE_SAME: "Both rows say the same",
    Code.VAGUE: "Too vague",
    Code.POINTER: "Only points at another row",
    Code.GIVEAWAY: "The question would give it away",
    Code.TOO_FEW_LURES: "Too few fair wrong options",
    Code.YES_OR_NO: "Only yes or no",
    Code.TRUE_ELSEWHERE: "Another table makes it true",
    Code.TWO_ANSWERS: "The same question with two answers",
    Code.SHARED_BY_MOST: "Most rows say the same",
    Code.STANDS_OUT: "The right option would stand out by its length",
    Code.UNREACHED: "Neither a choice nor short enough to type",
    Code.NEAR: "Too like the right answer",
    Code.PIN: "Pinned by the author",
    Code.TOO_LONG: "Too long",
}
OVERRIDABLE = frozenset({Code.VAGUE, Code.POINTER, Code.GIVEAWAY, Code.TRUE_ELSEWHERE, Code.STANDS_OUT})
"""What "ask it anyway" may override: nothing is mended by asking for what is not there."""
REACHES = ("It stands in the same column or table.", "It is borrowed from the same topic.", "It is borrowed from afar.")


@dataclass(frozen=True, slots=True)
class TableLine:
    """One table in the overview: its facts, those of them that are asked, its questions by kind, its skips."""

    table: Table
    facts: int
    asked: int
    kinds: tuple[tuple[str, int], ...]
    skipped: int


@dataclass(frozen=True, slots=True)
class SkipGroup:
    """What is not asked for one reason; `skips` are the first of `count`, as in the ledger, each with its prompt."""

    name: str
    is_overridable: bool
    count: int
    skips: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Offered:
    """A wrong option that a question may draw, and why it may."""

    text: str
    why: str
    can_be_barred: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """One question as its editors see it: `dropped` are options with the reason why it never gets them."""

    question: Question
    right: tuple[str, ...]
    offered: tuple[Offered, ...]
    dropped: tuple[tuple[str, str], ...]
    cues: tuple[str, ...]
    may_be_hidden: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """What learners typed and had counted as right, for the editor to accept for all."""

    question: Question
    typed: str
    learners: int


@dataclass(frozen=True, slots=True)
class PinLine:
    """One pin in force, or of a place that is no longer in the document."""

    name: str
    pin: StoredPin
    is_unused: bool


def lines_of(tables: Sequence[Table], bank: Bank) -> list[TableLine]:
    """Each of these tables with its counts. 2 queries."""
    kinds: dict[int, list[tuple[str, int]]] = defaultdict(list)
    asked = Question.objects.asked().filter(table__in=tables).order_by("kind")
    labels = dict(Question.Kind.choices)
    for row in asked.values("table", "kind").annotate(count=Count("pk")):
        kinds[row["table"]].append((labels[row["kind"]], row["count"]))
    facts = Fact.objects.filter(table__in=tables, retired_at=None).order_by().values("table")
    counted = facts.annotate(all=Count("pk"), asked=Count("pk", filter=Q(is_asked=True)))
    counts = {row["table"]: (row["all"], row["asked"]) for row in counted}
    skipped = Counter(skip["table_key"] for skip in bank.skips if not skip["text"])
    return [
        TableLine(
            table,
            *counts.get(table.pk, (0, 0)),
            tuple(kinds[table.pk]),
            skipped[table.key.hex],
        )
        for table in tables
    ]


def skips_of(table: Table, bank: Bank) -> list[SkipGroup]:
    """What of a table is not asked, by reason, the most first."""
    groups: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for skip in bank.skips:
        if skip["table_key"] == table.key.hex and not skip["text"]:
            named = f"{skip['row']} / {skip['column']}" if skip["row"] and skip["column"] else ""
            groups[skip["code"]].append({**skip, "prompt": named})
    return [
        SkipGroup(WORDS[Code(code)], Code(code) in OVERRIDABLE, len(skips), tuple(skips[:SKIPS_SHOWN]))
        for code, skips in sorted(groups.items(), key=lambda group: -len(group[1]))
    ]


def listed(questions: Iterable[Question], table: Table, bank: Bank) -> list[Listed]:
    """Questions of one table with their options and cues; fetched with table and fact, this with all its parts."""
    dropped = [skip for skip in bank.skips if skip["table_key"] == table.key.hex and skip["text"]]
    return [_listed(question, dropped) for question in questions]


def _listed(question: Question, dropped: list[dict[str, str]]) -> Listed:
    made, barrable = question.made, set(pinnable(question))
    offered = tuple(Offered(each.text, REACHES[min(each.reach, 2)], each.text in barrable) for each in made.candidates)
    rows = [] if question.answer else [(row.is_right, f"{row.name}: {row.value}") for row in made.rows]
    right = (question.answer,) if question.answer else tuple(text for is_right, text in rows if is_right)
    others = tuple(Offered(text, "", False) for is_right, text in rows if not is_right)
    never = dict.fromkeys((skip["text"], skip["reason"]) for skip in dropped if _is_of(skip, question))
    return Listed(question, right, offered or others, tuple(never), _cues(question, made), may_be_hidden(question))


def _cues(question: Question, made: Made) -> tuple[str, ...]:
    """What hints at the right answer; that which-of-two names its two options is no hint."""
    stem, others = question.stem, [each.text for each in made.candidates]
    if question.kind == QuestionKind.WHICH_OF_TWO:
        for text in (question.answer, *others):
            stem = stem.replace(text, "")
    return soft_cues(stem, question.answer, others) if question.answer else ()


def _is_of(skip: Mapping[str, str], question: Question) -> bool:
    fact = question.fact
    if fact.authored:
        return skip["question_key"] == fact.authored.key.hex
    if not (fact.row and fact.column) or skip["kind"] not in {"", question.kind}:
        return False
    return (skip["row_key"], skip["header"]) == (fact.row.key.hex, fact.column.name)


def synonym_offers(guide: Guide, bank: Bank) -> list[Offer]:
    """What learners say means the same and no pin accepts yet, what most say first. One learner is enough. 1 query."""
    events = Event.objects.filter(kind=Event.Kind.COUNTED_RIGHT, answer__question__guide=guide)
    parts = ("table", "fact__row", "fact__column", "fact__authored")
    related = [f"answer__question__{part}" for part in parts]
    events = events.filter(answer__question__retired_at=None).select_related(*related).order_by("-happened_at")
    said: dict[tuple[int, str], list[Answer]] = defaultdict(list)
    for event in events[:EVENTS_LOOKED_AT]:
        answer = event.answer
        if answer and "text" in (answer.given or {}):
            said[answer.question_id, comparable(answer.chosen_text)].append(answer)
    pinned = {_place(pin) for pin in bank.pins.get("pins", [])}
    offers = []
    for told in said.values():
        question, typed = told[0].question, told[0].chosen_text
        if _place(synonym_pin(question, typed)) not in pinned:
            offers.append(Offer(question, typed, len({answer.learner_id for answer in told})))
    return sorted(offers, key=lambda offer: -offer.learners)[:OFFERS_SHOWN]


def _place(pin: StoredPin) -> tuple[object, ...]:
    values = pin.get("values", [])
    texts = tuple(comparable(str(value)) for value in values) if isinstance(values, list) else ()
    return (pin.get("kind"), pin.get("table", ""), comparable(str(pin.get("prompt", ""))), texts)


def pin_lines(guide: Guide, bank: Bank) -> list[PinLine]:
    """All pins of a guide, in order, each with whether its place is still in the document. 4 queries at most."""
    pins: list[StoredPin] = bank.pins.get("pins", [])
    if not pins:
        return []
    tables: dict[str, list[Table]] = defaultdict(list)
    for table in Table.objects.live().filter(guide=guide):
        for title in pinned_titles(table.name):
            tables[title].append(table)
    named = {table.pk for pin in pins for table in tables.get(comparable(str(pin.get("table", ""))), ())}
    prompts = _prompts_in(named)
    return [PinLine(name_of(pin), pin, _is_unused(pin, tables, prompts)) for pin in pins]


def _is_unused(pin: StoredPin, tables: Mapping[str, Sequence[Table]], prompts: Mapping[int, set[str]]) -> bool:
    if pin.get("kind") == PinKind.ALIAS or (pin.get("kind") == PinKind.NOT_THIS and not pin.get("table")):
        return False
    found = tables.get(comparable(str(pin.get("table", ""))), ())
    prompt = comparable(str(pin.get("prompt", "")))
    if not found or not prompt or pin.get("kind") in FOUND_BY_NAME:
        return not found
    return not any(prompt in prompts[table.pk] for table in found)


def _prompts_in(tables: Iterable[int]) -> Mapping[int, set[str]]:
    """All that a pin of these tables can name: values, questions, columns, "Row / Column" either way. 3 queries."""
    found: dict[int, set[str]] = defaultdict(set)
    columns: dict[int, list[Column]] = defaultdict(list)
    for column in Column.objects.live().filter(table__in=tables):
        columns[column.table_id].append(column)
        found[column.table_id].add(comparable(column.name))
    for row in Row.objects.live().filter(table__in=tables).iterator():
        for column in columns[row.table_id]:
            texts = (row.cell(column).text, f"{row.subject} / {column.name}", f"{column.name} / {row.subject}")
            found[row.table_id].update(comparable(text) for text in texts)
    for table, text in DecisionQuestion.objects.live().filter(table__in=tables).values_list("table", "question"):
        found[table].add(comparable(text))
    return found
