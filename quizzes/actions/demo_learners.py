"""Learners made up by chance: their sittings, answers and memory, in step with one another, written in batches."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from uuid import UUID, uuid5

from django.contrib.auth.hashers import make_password
from django.db import models, transaction

from quizzes.actions.dealing import make_slots, questions_for
from quizzes.actions.minds import Mind, Said
from quizzes.actions.replaying import reply_of
from quizzes.demo.lives import A_SITTING, PACE, Reply, replies
from quizzes.models import Answer, AnswerFact, Confusion, Learner, Memory, Question, Sitting, Slot
from studysite.accounts.models import Group, Membership, User
from tables.models import Guide, Studied, Table

NAMES = UUID("6c6dc5b0-55c6-49a5-8df2-40b4b9a5d3a1")
QUESTIONS_OF_GUIDE = 400
BATCH = 1000
AT_ONCE = 4000
"""Answers that are made before they are written."""
WRITTEN: tuple[type[models.Model], ...] = (Sitting, Slot, Answer, AnswerFact, Memory, Confusion)
"""What a learner leaves, in the order in which it can be written."""
KINDS = (Question.Kind.FORWARD, Question.Kind.REVERSE, Question.Kind.WHICH_OF_TWO)
"""Questions about one fact with one right option."""


@dataclass(frozen=True, slots=True)
class Studies:
    """A guide as it is asked: one slot for each question, to be copied for whoever answers it."""

    guide: Guide
    slots: list[Slot]
    tables: dict[str, int]
    """The ids of its tables by the hex of their keys."""


@dataclass(slots=True)
class Made:
    """Whom and how much was made."""

    users: list[User] = field(default_factory=list)
    questions: int = 0
    answers: int = 0


def make_learners(guides: Sequence[Guide], *, learners: int, answers: int, seed: int, now: datetime) -> Made:
    """Accounts named learner-<seed>-<number>, each with an even share of the answers, in one of the guides in turns."""
    made = Made()
    if not (learners and guides):
        return made
    users = _make_users(learners, seed)
    people = Learner.objects.bulk_create((Learner(user=user) for user in users), batch_size=BATCH)
    studied = [_studies_of(guide, people[0], seed) for guide in guides]
    made.users, made.questions = users, sum(len(each.slots) for each in studied)
    lives = _Lives()
    for number, learner in enumerate(people):
        share = answers * (number + 1) // learners - answers * number // learners
        chance = Random(f"{seed}/learner/{number}")
        study = studied[number % len(studied)]
        given = replies(answers=share, questions=len(study.slots), until=now, chance=chance)
        lives.live(learner, study, given, chance)
        made.answers += share
    lives.write()
    return made


@transaction.atomic
def make_group(users: Sequence[User], guides: Sequence[Guide], *, seed: int) -> None:
    """A group of these people that studies the guides; the first of them owns it. None for nobody."""
    if not users:
        return
    group = Group.objects.create(key=uuid5(NAMES, f"{seed}/group"), name=f"Demo group {seed}", shows_standings=True)
    roles = [Membership.Role.OWNER] + [Membership.Role.MEMBER] * (len(users) - 1)
    Membership.objects.bulk_create(
        Membership(group=group, user=user, role=role, shares_standing=True)
        for user, role in zip(users, roles, strict=True)
    )
    Studied.objects.bulk_create(Studied(group=group, guide=guide) for guide in guides)


def learners_exist(seed: int) -> bool:
    """Whether learners of this seed were made before."""
    return User.objects.filter(username__startswith=f"learner-{seed}-").exists()


def _make_users(learners: int, seed: int) -> list[User]:
    nobody = make_password(None)
    users = (User(username=f"learner-{seed}-{number}", password=nobody) for number in range(1, learners + 1))
    return User.objects.bulk_create(users, batch_size=BATCH)


def _studies_of(guide: Guide, learner: Learner, seed: int) -> Studies:
    """Questions for facts drawn from the whole guide. Raises ValueError where none has a choice."""
    questions = Question.objects.asked().filter(guide=guide, kind__in=KINDS)
    facts = sorted(set(questions.order_by().values_list("fact", flat=True)))
    chosen = sorted(Random(f"{seed}/facts/{guide.key}").sample(facts, min(QUESTIONS_OF_GUIDE, len(facts))))
    sitting = Sitting(learner=learner, guide=guide, seed=seed)
    slots = make_slots(sitting, questions_for(chosen, KINDS, {}, seed), {})
    if not slots:
        raise ValueError(f"“{guide.title}” has no questions with options.")
    return Studies(
        guide, slots, {key.hex: pk for key, pk in Table.objects.filter(guide=guide).values_list("key", "pk")}
    )


class _Lives:
    """What learners did, gathered until it is enough to be written at once."""

    def __init__(self) -> None:
        self._rows: dict[type[models.Model], list[models.Model]] = {}
        self._learners: list[Learner] = []

    def live(self, learner: Learner, study: Studies, given: Iterable[Reply], chance: Random) -> None:
        """Let a learner answer, and remember."""
        mind, memories, sittings = Mind.fresh(), dict[int, Memory](), list[Sitting]()
        mixed = Counter[tuple[int, str, str]]()
        for reply in given:
            if reply.sitting == len(sittings):
                sittings.append(_sitting(learner, study.guide, reply, chance))
            answer, told = _answered(sittings[-1], study.slots[reply.question], reply, chance)
            memory = memories.setdefault(told.fact_id, Memory(learner=learner, fact_id=told.fact_id))
            said = reply_of(told.is_right, False, told.guess_chance, answer.confidence, sittings[-1].mode)
            moved = mind.take(memory, study.guide.pk, Said(said, answer.slot.kind, learner.day_of(reply.at), reply.at))
            told.recall, told.known = moved.recall, moved.known
            mixed.update(_mix_up(answer, study.tables))
            self._add(answer.slot, answer, told)
            learner.moved_at = sittings[-1].finished_at = reply.at
        mind.write_to(learner)
        self._add(*sittings, *memories.values(), *_confusions(learner, mixed))
        self._learners.append(learner)
        if len(self._rows.get(Answer, ())) >= AT_ONCE:
            self.write()

    def _add(self, *rows: models.Model) -> None:
        for row in rows:
            self._rows.setdefault(type(row), []).append(row)

    @transaction.atomic
    def write(self) -> None:
        """Write all that was gathered."""
        for model in WRITTEN:
            model._default_manager.bulk_create(self._rows.get(model, ()), batch_size=BATCH)
        began = models.F("finished_at") - A_SITTING * PACE
        Sitting.objects.filter(learner__in=self._learners).update(started_at=began)
        Learner.objects.bulk_update(self._learners, ["pace", "first_sights", "is_stale", "moved_at"], batch_size=BATCH)
        self._rows, self._learners = {}, []


def _sitting(learner: Learner, guide: Guide, reply: Reply, chance: Random) -> Sitting:
    return Sitting(
        learner=learner, guide=guide, scope=Sitting.Scope.GUIDE, seed=chance.getrandbits(63), finished_at=reply.at,
    )  # fmt: skip


def _answered(sitting: Sitting, asked: Slot, reply: Reply, chance: Random) -> tuple[Answer, AnswerFact]:
    """A copy of a slot with the answer to it, and what that says of its fact; all unsaved."""
    wrong = [place for place, option in enumerate(asked.options) if not option["is_right"]]
    chosen = asked.right if reply.is_right else chance.choice(wrong)
    slot = Slot(
        learner=sitting.learner, sitting=sitting, question_id=asked.question_id, position=reply.position,
        kind=asked.kind, context=asked.context, stem=asked.stem, options=asked.options, shown=asked.shown,
        right=asked.right, value_hash=asked.value_hash, points=float(reply.is_right), shown_at=reply.at - PACE,
    )  # fmt: skip
    answer = Answer(
        learner=sitting.learner, sitting=sitting, slot=slot, question_id=asked.question_id, position=slot.position,
        token=slot.token, chosen=chosen, given={"choice": chosen}, is_right=reply.is_right,
        points=float(reply.is_right),
        outcome=Answer.Outcome.RIGHT if reply.is_right else Answer.Outcome.WRONG, confidence=reply.confidence,
        answered_at=reply.at, took=PACE, study_day=sitting.learner.day_of(reply.at),
    )  # fmt: skip
    [(fact, value_hash)] = asked.shown["facts"]
    told = AnswerFact(
        learner=sitting.learner, answer=answer, fact_id=fact, is_right=reply.is_right, value_hash=value_hash,
        guess_chance=asked.shown["guess_chance"],
    )  # fmt: skip
    return answer, told


def _mix_up(answer: Answer, tables: dict[str, int]) -> list[tuple[int, str, str]]:
    """The table, the row asked and the row said, where a wrong answer takes one row of a table for another."""
    options = answer.slot.options
    if answer.is_right:
        return []
    asked, said = (options[place]["things"][:1] for place in (answer.slot.right, answer.chosen))
    if not (asked and said and asked[0]["table_key"] == said[0]["table_key"]):
        return []
    rows = asked[0]["row_key"], said[0]["row_key"]
    return [(tables[asked[0]["table_key"]], *rows)] if all(rows) and rows[0] != rows[1] else []


def _confusions(learner: Learner, mixed: Counter[tuple[int, str, str]]) -> list[Confusion]:
    return [
        Confusion(learner=learner, table_id=table, asked=UUID(asked), said=UUID(said), count=count)
        for (table, asked, said), count in mixed.items()
    ]
