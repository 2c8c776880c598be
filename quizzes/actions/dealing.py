"""Deal a sitting: for each fact wanted one question, drawn once, so that every look shows the same."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import batched
from random import Random

from quizzes.actions.confusions import Confused, confused_by
from quizzes.generation.drawing import draw
from quizzes.generation.made import WRITTEN, Made, QuestionKind
from quizzes.generation.options import Option
from quizzes.generation.sources import Thing
from quizzes.generation.symbols import symbols_in
from quizzes.models import Fact, Learner, Memory, Question, Sitting, Slot
from quizzes.shown import AskedFact, shown_of
from quizzes.staging import Way, best_way
from tables.models import Guide

BATCH = 500
MOST_SLOTS = 500
"""Above so many questions nobody sits; "all" of a large guide is this many of them."""

type Sight = dict[int, Memory]
"""What a learner showed of facts, by the facts' ids."""


class NothingToAsk(Exception):
    """No question fits what was chosen."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A fact that could be asked."""

    pk: int
    sibling_group: int | None


def last_sight(learner: Learner, guide: Guide) -> Sight:
    """What this learner showed of a guide's facts. 1 query."""
    return {memory.fact_id: memory for memory in Memory.objects.of(learner).filter(fact__guide=guide)}


def pick_facts(wanted: Sequence[Wanted], sight: Sight, count: int | None, seed: int) -> list[int]:
    """
    At most `count` facts, still in their order: not asked yet first, then missed (what they were sure of
    before the rest), then the others.

    Of facts that teach the same thing one comes before the second of another.
    """
    most = min(count or MOST_SLOTS, MOST_SLOTS)
    if most >= len(wanted):
        return [fact.pk for fact in wanted]
    chance = Random(f"{seed}/pick")
    ranked = sorted(wanted, key=lambda fact: (_need(sight.get(fact.pk)), chance.random()))
    met: set[int] = set()
    later: dict[int, bool] = {}
    for fact in ranked:
        later[fact.pk] = fact.sibling_group in met
        met |= {fact.sibling_group} if fact.sibling_group else set()
    chosen = {fact.pk for fact in sorted(ranked, key=lambda fact: later[fact.pk])[:most]}
    return [fact.pk for fact in wanted if fact.pk in chosen]


def _need(memory: Memory | None) -> int:
    if memory is None:
        return 0
    if memory.is_right:
        return 3
    return 1 if memory.is_sure else 2


def ways_of(facts: Iterable[int], kinds: Sequence[str]) -> dict[int, list[Way]]:
    """The questions that ask for each fact, of these kinds (none: all but rebuild). 1 query for each 500."""
    found: dict[int, list[Way]] = defaultdict(list)
    asked = Question.objects.asked()
    asked = asked.filter(kind__in=kinds) if kinds else asked.exclude(kind=QuestionKind.REBUILD)
    for some in batched(facts, BATCH):
        ways = asked.filter(facts__in=some).order_by("position")
        for fact, question, kind, leading in ways.values_list("facts", "pk", "kind", "fact"):
            found[fact].append(Way(question, kind, fact == leading))
    return found


def questions_for(facts: Sequence[int], kinds: Sequence[str], sight: Sight, seed: int) -> list[Question]:
    """One question for each fact, none twice, each as hard as the learner is ready for; in the order of the facts."""
    ways = ways_of(facts, kinds)
    taken: list[int] = []
    for fact in facts:
        memory = sight.get(fact)
        rights, last = (memory.rights_in_row, memory.last_kind) if memory else (0, "")
        way = best_way(ways[fact], rights_in_row=rights, last_kind=last, taken=set(taken), seed=f"{seed}/{fact}")
        taken += [way.question] if way else []
    found: dict[int, Question] = {}
    for some in batched(taken, BATCH):
        found |= {question.pk: question for question in Question.objects.filter(pk__in=some)}
    return [found[pk] for pk in taken]


def best_question(
    fact: int,
    ways: Sequence[Way],
    memory: Memory | None,
    *,
    recall: float,
    seed: str,
    tired: str | None,
    met: Collection[int] = (),
) -> Question | None:
    """
    The question to ask for one fact now, of another kind than the `tired` one if there is; None where nothing asks it.

    `recall` is what is predicted for today. A question that asks for facts `met` today too is passed over where another
    is left. 2 queries.
    """
    links = Question.facts.through._default_manager.filter(question__in=[way.question for way in ways])
    busy = set(links.filter(fact_id__in=set(met) - {fact}).values_list("question", flat=True))
    fresh = [way for way in ways if way.question not in busy] or ways
    lively = [way for way in fresh if way.kind != tired] or fresh
    rights, last = (memory.rights_in_row, memory.last_kind) if memory else (0, "")
    way = best_way(lively, rights_in_row=rights, last_kind=last, taken=(), seed=seed, recall=recall)
    return Question.objects.select_related("guide").get(pk=way.question) if way else None


def deal(sitting: Sitting, questions: Iterable[Question], sight: Sight) -> Sitting:
    """Store a new sitting and a slot for each question. Raises NothingToAsk without questions. About 5 queries."""
    ordered = list(questions)
    if not ordered:
        raise NothingToAsk
    if sitting.is_shuffled:
        Random(f"{sitting.seed}/order").shuffle(ordered)
    sitting.save()
    slots = make_slots(sitting, ordered, sight)
    Slot.objects.bulk_create(slots, batch_size=BATCH)
    return sitting


def make_slots(sitting: Sitting, questions: Sequence[Question], sight: Sight, *, after: int = 0) -> list[Slot]:
    """The questions as they will be asked here, whatever becomes of the document, in positions from `after` on."""
    facts = facts_by_key(questions)
    confused = confused_by(sitting.learner, sitting.guide)
    slots = [
        make_slot(sitting, question, position, facts, sight, confused)
        for position, question in enumerate(questions, start=after + 1)
    ]
    typed = [slot for slot in slots if slot.kind in WRITTEN]
    if symbols := symbols_of(sitting.guide) if typed else ():
        for slot in typed:
            slot.shown["symbols"] = symbols
    return slots


def symbols_of(guide: Guide) -> tuple[str, ...]:
    """What the typed answers of a guide have that no keyboard has. 1 query, over what is typed in the guide."""
    typed = Question.objects.asked().filter(guide=guide, kind__in=WRITTEN).order_by()
    return symbols_in(typed.values_list("answer", flat=True).iterator())


def facts_by_key(questions: Iterable[Question]) -> dict[str, tuple[int, str]]:
    """The facts that these questions ask for, by the hex of their keys. 1 query for each 500 questions."""
    found: dict[str, tuple[int, str]] = {}
    for some in batched((question.pk for question in questions), BATCH):
        facts = Fact.objects.filter(asked_by__in=some).values_list("key", "pk", "value_hash")
        found |= {key.hex: (pk, value_hash) for key, pk, value_hash in facts.distinct()}
    return found


def make_slot(
    sitting: Sitting,
    question: Question,
    position: int,
    facts: Mapping[str, tuple[int, str]],
    sight: Sight,
    confused: Confused,
) -> Slot:
    """One question as it will be asked at this position."""
    made = question.made
    is_new = question.fact_id not in sight
    drawn = draw(made, seed=sitting.seed, first_sight=is_new, confusions=_confusions(made, confused))
    ids = dict(zip(made.facts, (facts.get(key) for key in question.prepared["keys"]), strict=True))
    asked: list[AskedFact] = [ids.get(fact) if fact else None for fact in drawn.facts]
    shown = shown_of(
        replace(made, neighbour=_beside(made, confused)),
        drawn,
        asked,
        extras=question.prepared.get("extras", ()),
        notation=question.prepared.get("notation", "text"),
        answer=question.prepared.get("leads_to", made.answer),
    )
    options = _rivals(question) if made.kind in WRITTEN else [option.to_json() for option in drawn.options]
    return Slot(
        learner=sitting.learner,
        sitting=sitting,
        question=question,
        position=position,
        kind=question.kind,
        context=_context(question, made),
        stem=question.stem,
        options=options,
        shown=shown.to_json(),
        right=_place_of_right(made, drawn.options),
        value_hash=next((fact[1] for fact in asked if fact), ""),
    )


def _confusions(made: Made, confused: Confused) -> dict[str, float]:
    """How often the learner took each wrong option for the answer, or the other way round."""
    right = {thing.row_key for thing in made.things}
    counts = {
        lure.text: sum(
            confused.get(frozenset((mine, thing.row_key)), 0.0)
            for mine in right
            for thing in lure.things
            if thing.row_key
        )
        for lure in made.candidates
    }
    return {text: count for text, count in counts.items() if count}


def _beside(made: Made, confused: Confused) -> Thing | None:
    """What a right answer is laid beside: the row that the learner mixes up most with it, else the nearest one."""
    mine = (made.subject,) if made.subject else made.things
    counts = {
        Thing(thing.table_key, row_key=next(iter(pair - {thing.row_key}))): count
        for thing in mine
        for pair, count in confused.items()
        if count >= 1 and thing.row_key in pair and len(pair) > 1
    }
    return max(counts, key=lambda thing: counts[thing]) if counts else made.neighbour


def _context(question: Question, made: Made) -> str:
    return f"{question.context} ({made.antecedent})"[:700] if made.antecedent else question.context


def _rivals(question: Question) -> list[dict[str, object]]:
    """What would answer another question of the author's: kept for the verdict, never shown."""
    rivals: list[dict[str, object]] = question.prepared.get("rivals", [])
    return rivals


def _place_of_right(made: Made, options: Sequence[Option]) -> int | None:
    if made.kind in {QuestionKind.SELECT_ALL, QuestionKind.ORDER_BY}:
        return None
    return next((place for place, option in enumerate(options) if option.is_right), None)
