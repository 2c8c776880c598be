"""Plain Python: what a slot keeps of its question beside the options, as values that a JSON field holds."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from quizzes.generation.drawing import Drawn, Hole
from quizzes.generation.made import Judged, Made
from quizzes.generation.sources import Thing

type AskedFact = tuple[int, str] | None
"""A fact by the id it is stored under, and the hash of its value as asked; None for what no memory is kept for."""


@dataclass(frozen=True, slots=True)
class Shown:
    """
    What is needed to ask and to judge a question at any later time, whatever becomes of the document.

    `facts` are in the order of the options (select-all, order-by), of `holes` (rebuild), or the one fact. `order` has
    the places of the options, the lowest first. `subject` and `column` are the cell asked; `things` the rows of the
    right answer. `accepted`, `extras` and `notation` are those of a typed answer, and `symbols` what the guide's typed
    answers have that no keyboard has. `tray` and `holes`: see
    `quizzes.generation.drawing.Drawn`. `cells` are all cells of a table to be rebuilt, fixed ones included, and `head`
    what stands above the names of its rows. `look` is what is laid before the learner first, where a fact is stubborn:
    how often it was "missed", and the "contrast" of its two rows.
    """

    facts: tuple[AskedFact, ...] = ()
    guess_chance: float = 0.5
    answer: str = ""
    asks: str = ""
    column: str = ""
    subject: Thing | None = None
    things: tuple[Thing, ...] = ()
    has_own_row: bool = True
    neighbour: Thing | None = None
    order: tuple[int, ...] = ()
    accepted: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    notation: str = "text"
    holes: tuple[Hole, ...] = ()
    tray: tuple[str, ...] = ()
    cells: tuple[Judged, ...] = ()
    symbols: tuple[str, ...] = ()
    head: str = ""
    look: Mapping[str, Any] | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain values; what is empty is left out."""
        return {name: value for name, value in asdict(self).items() if value not in ("", (), None)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """What `to_json` gave, back again."""
        found = dict(stored)
        found["facts"] = tuple(tuple(fact) if fact else None for fact in stored.get("facts", ()))
        found["things"] = tuple(Thing(**thing) for thing in stored.get("things", ()))
        for name in ("subject", "neighbour"):
            found[name] = Thing(**stored[name]) if stored.get(name) else None
        for name in ("order", "accepted", "extras", "tray", "symbols"):
            found[name] = tuple(stored.get(name, ()))
        found["holes"] = tuple(
            Hole(Judged.from_json(hole["row"]), tuple(hole["right"]), hole["guess_chance"])
            for hole in stored.get("holes", ())
        )
        found["cells"] = tuple(Judged.from_json(cell) for cell in stored.get("cells", ()))
        return cls(**found)


def shown_of(
    made: Made,
    drawn: Drawn,
    facts: Sequence[AskedFact],
    *,
    answer: str,
    extras: Sequence[str] = (),
    notation: str = "text",
) -> Shown:
    """
    What is kept of a question as it was drawn; `facts` has one for each of `drawn.facts`.

    `answer` is the right one; where it is asked which question leads to it, that to which it leads.
    """
    return Shown(
        facts=tuple(facts),
        guess_chance=drawn.guess_chance,
        answer=answer,
        asks=made.asks,
        column=made.column,
        subject=made.subject,
        things=made.things,
        has_own_row=made.has_own_row,
        neighbour=made.neighbour,
        order=drawn.order,
        accepted=made.accepted,
        extras=tuple(extras),
        notation=notation,
        holes=drawn.holes,
        tray=drawn.tray,
        cells=made.rows if drawn.holes else (),
    )
