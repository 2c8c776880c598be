"""Plain Python: turns the texts of one column into the order of its rows, numbers as numbers."""

import re
from collections.abc import Sequence

from tables.reader.forms import fold, is_placeholder

NUMBER = re.compile(
    r"(?P<bound><=|>=|[<>≤≥~≈±]|up to |about |under |over )?\s*[$€£¥]?\s*(?P<sign>[-+−])?\s*[$€£¥]?"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?P<power>e[-+]?\d{1,3})?\s*(?P<unit>\D*)"
)
BELOW, ABOVE = {"<", "<=", "≤", "under", "up to"}, {">", ">=", "≥", "over"}
DIGITS = re.compile(r"(\d{1,18})")
WORD = re.compile(r"[^\W\d_]*")

_DECIMAL = {"k": 1e3, "m": 1e6, "g": 1e9, "t": 1e12, "p": 1e15}
_BINARY = {"k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40, "p": 2**50}
_SPANS = {
    **dict.fromkeys(("ns",), 1e-9),
    **dict.fromkeys(("us", "µs", "μs"), 1e-6),
    **dict.fromkeys(("ms",), 1e-3),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), 60),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3600),
    **dict.fromkeys(("d", "day", "days"), 86_400),
    **dict.fromkeys(("week", "weeks"), 604_800),
    **dict.fromkeys(("month", "months"), 2_629_800),
    **dict.fromkeys(("year", "years"), 31_557_600),
}
# A column is measured by the first family that knows the units of all its cells.
FAMILIES: list[dict[str, float]] = [
    {"b": 1, "byte": 1, "bytes": 1}
    | {f"{letter}b": size for letter, size in _DECIMAL.items()}
    | {f"{letter}ib": size for letter, size in _BINARY.items()},
    {"bps": 1} | {f"{letter}bps": size for letter, size in _DECIMAL.items()},
    {"hz": 1} | {f"{letter}hz": size for letter, size in _DECIMAL.items()},
    _SPANS,
    {"": 1, "k": 1e3, "m": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12}
    | {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12},
]


def order_rows(texts: Sequence[str], *, is_descending: bool = False) -> list[int]:
    """
    The positions of a column's cells, sorted. Equal ones keep their order, placeholders come last either way.

    Where every cell reads as a number the numbers count, with bounds ("<100MB") and units ("400 Gbps"); else the text,
    without regard to case and accents, numbers inside it by their size.
    """
    filled = [place for place, text in enumerate(texts) if not is_placeholder(text)]
    empty = [place for place, text in enumerate(texts) if is_placeholder(text)]
    cells = [texts[place] for place in filled]
    keys: Sequence[object] = measures(cells) or [natural(text) for text in cells]
    by_place = dict(zip(filled, keys, strict=True))
    return sorted(filled, key=by_place.__getitem__, reverse=is_descending) + empty  # type: ignore[arg-type]


def measures(texts: Sequence[str]) -> list[tuple[float, int]]:
    """
    The size of each text with -1 or 1 for a bound below or above it; an empty list unless all of them are numbers.

    Sizes are comparable among themselves only: their unit is that of the column.
    """
    found = [NUMBER.fullmatch(fold(text)) for text in texts]
    matches = [match for match in found if match]
    if len(matches) < len(texts):
        return []
    units = [WORD.match(match["unit"]).group() for match in matches]  # type: ignore[union-attr]
    family = next((family for family in FAMILIES if all(unit in family for unit in units)), {})
    return [
        (_size(match) * family.get(unit, 1), _bound(match["bound"])) for match, unit in zip(matches, units, strict=True)
    ]


def _size(match: re.Match[str]) -> float:
    size = float(match["number"].replace(",", "") + (match["power"] or ""))
    return -size if match["sign"] in {"-", "−"} else size


def _bound(bound: str | None) -> int:
    word = (bound or "").strip()
    return (word in ABOVE) - (word in BELOW)


def natural(text: str) -> list[str | int]:
    """A key under which "Row 9" comes before "Row 10": texts and numbers take turns."""
    return [int(part) if place % 2 else part for place, part in enumerate(DIGITS.split(fold(text)))]
