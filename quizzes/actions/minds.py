"""A learner's memory while answers move it: as the database has it in, moved by the plain model, kept again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from quizzes.memory.leeches import Stubbornness
from quizzes.memory.states import START, FirstSights, Moved, Pace, Reply, move
from quizzes.models import Learner, Memory
from tables.actions.writing import upsert, values_of

BATCH = 500
MOVED = (
    "stability", "difficulty", "last_on", "asked", "missed", "is_right", "rights_in_row", "last_kind", "is_sure",
    "answered_at", "misses", "recent", "right_days", "last_right_on", "is_leech",
)  # fmt: skip
"""All that an answer moves of a `Memory`."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one answer says of one fact: as judged, or as its learner had it counted."""

    reply: Reply
    kind: str
    on: date
    answered_at: datetime

    @property
    def is_sure(self) -> bool:
        """Whether the learner was, by their own word."""
        return self.reply.confidence == "sure"


class Mind:
    """What answers move beside the memory of single facts: a learner's pace, and by guide their first sights."""

    def __init__(self, pace: Pace, first_sights: dict[int, FirstSights]) -> None:
        self.pace = pace
        self._first = first_sights

    @classmethod
    def of(cls, learner: Learner) -> "Mind":
        """As it is kept of a learner."""
        sights = {int(guide): FirstSights(*sums) for guide, sums in learner.first_sights.items()}
        return cls(Pace(tuple(learner.pace or START)), sights)

    @classmethod
    def fresh(cls) -> "Mind":
        """That of somebody who has answered nothing."""
        return cls(Pace(), {})

    @property
    def guides(self) -> set[int]:
        """Those in which something was seen, by their ids."""
        return set(self._first)

    def first_of(self, guide: int) -> FirstSights:
        """First sights within a guide."""
        return self._first.get(guide, FirstSights())

    def take(self, memory: Memory, guide: int, said: Said) -> Moved:
        """Count one more answer in, the latest so far, to a memory that is not stored yet, or not again."""
        moved = move(memory.state, said.reply, said.on, self.pace, self.first_of(guide))
        self.pace = moved.pace
        if memory.state is None:
            self._first[guide] = moved.first
        _count(memory, said)
        state, stubborn = moved.state, memory.stubbornness.after(said.on, is_right=said.reply.is_right)
        memory.stability, memory.difficulty, memory.last_on = state.stability, state.difficulty, state.last_on
        _resist(memory, stubborn)
        return moved

    def write_to(self, learner: Learner) -> None:
        """Put it into the learner's fields, unsaved."""
        learner.pace = [] if self.pace.log_weights == START else list(self.pace.log_weights)
        learner.first_sights = {str(guide): [sums.rights, sums.tries] for guide, sums in self._first.items()}


def _count(memory: Memory, said: Said) -> None:
    memory.asked += 1
    memory.missed += not said.reply.is_right
    memory.is_right = said.reply.is_right
    memory.rights_in_row = memory.rights_in_row + 1 if said.reply.is_right else 0
    memory.last_kind = said.kind
    memory.is_sure = said.is_sure
    memory.answered_at = said.answered_at


def _resist(memory: Memory, stubborn: Stubbornness) -> None:
    memory.misses = stubborn.misses
    memory.recent = "".join("r" if is_right else "w" for is_right in stubborn.recent)
    memory.right_days = stubborn.right_days
    memory.last_right_on = stubborn.last_right_on
    memory.is_leech = stubborn.is_leech


def keep_memories(memories: Iterable[Memory]) -> None:
    """Store memories, new ones and moved ones."""
    names = ("learner", "fact", *MOVED)
    upsert(Memory, names, (values_of(memory, names) for memory in memories), unique=("learner", "fact"))
