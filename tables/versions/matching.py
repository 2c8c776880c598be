"""
Plain Python: two lists of parts in, which new part is which old one out.

Parts are known by their place in the two lists. What speaks for a pair is a name (any hashable) or a set of features.
Every pass looks only at what is still free, and costs about as much as the lists are long, whatever they hold.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from difflib import SequenceMatcher

type Features = Mapping[int, frozenset[Hashable]]

# Beyond this many comparisons a pass makes do with less: equals go by place, common features count for nothing.
EFFORT = 200_000
COMPARED_CHARACTERS = 300


class Matching:
    """The pairs found so far; `guessed` holds the new parts whose pair was found by likeness, not by name."""

    def __init__(self) -> None:
        self.old_of: dict[int, int] = {}
        self.guessed: set[int] = set()
        self._taken: set[int] = set()

    def pair(self, old: int, new: int, *, guessed: bool = False) -> None:
        """Say that the new part is the old one."""
        self.old_of[new] = old
        self._taken.add(old)
        if guessed:
            self.guessed.add(new)

    def part(self, new: int) -> None:
        """Say that a pair that was guessed is none."""
        self._taken.discard(self.old_of.pop(new))
        self.guessed.discard(new)

    def free_old(self, places: Iterable[int]) -> list[int]:
        """Those of these old places that no new part has taken."""
        return [place for place in places if place not in self._taken]

    def free_new(self, places: Iterable[int]) -> list[int]:
        """Those of these new places that are nobody yet."""
        return [place for place in places if place not in self.old_of]


def match_names(
    matching: Matching,
    old: Mapping[int, Hashable],
    new: Mapping[int, Hashable],
    old_features: Features,
    new_features: Features,
) -> None:
    """
    Pair free parts of one name.

    Among several of a name equal features decide first, then the likest features, then the place.
    """
    olds, news = _places(old, matching.free_old(old)), _places(new, matching.free_new(new))
    for name, new_places in news.items():
        old_places = olds.get(name, [])
        if len(old_places) == len(new_places) == 1:
            matching.pair(old_places[0], new_places[0])
        elif old_places:
            _match_equals(matching, old_places, new_places, old_features, new_features)


def _places(names: Mapping[int, Hashable], free: Iterable[int]) -> dict[Hashable, list[int]]:
    places: dict[Hashable, list[int]] = defaultdict(list)
    for place in free:
        places[names[place]].append(place)
    return places


def _match_equals(
    matching: Matching, olds: list[int], news: list[int], old_features: Features, new_features: Features
) -> None:
    for old, new in zip(olds, news, strict=False):
        if old_features[old] == new_features[new]:
            matching.pair(old, new)
    waiting = _places(old_features, reversed(matching.free_old(olds)))
    for new in matching.free_new(news):
        if waiting.get(new_features[new]):
            matching.pair(waiting[new_features[new]].pop(), new)
    olds, news = matching.free_old(olds), matching.free_new(news)
    if len(olds) * len(news) <= EFFORT:
        ranked = sorted(
            (-likeness(old_features[old], new_features[new]), abs(rank - other), rank, old, new)
            for rank, old in enumerate(olds)
            for other, new in enumerate(news)
        )
        for *_, old, new in ranked:
            if matching.free_old([old]) and matching.free_new([new]):
                matching.pair(old, new)
    for old, new in zip(matching.free_old(olds), matching.free_new(news), strict=False):
        matching.pair(old, new)


def match_likest(matching: Matching, scores: Mapping[tuple[int, int], float], *, least: float) -> None:
    """
    Pair free parts by their scores, highest first, as guesses; below `least` nothing is the same.

    Where one part is as like to two others, none of them is paired: better new than wrong.
    """
    levels: dict[float, list[tuple[int, int]]] = defaultdict(list)
    for pair, score in scores.items():
        if score >= least:
            levels[score].append(pair)
    lost_old: set[int] = set()
    lost_new: set[int] = set()
    for level in sorted(levels, reverse=True):
        open_old, open_new = (set(matching.free_old({o for o, _ in levels[level]})) - lost_old,
                              set(matching.free_new({n for _, n in levels[level]})) - lost_new)  # fmt: skip
        pairs = [(old, new) for old, new in levels[level] if old in open_old and new in open_new]
        old_times, new_times = Counter(old for old, _ in pairs), Counter(new for _, new in pairs)
        for old, new in pairs:
            if old_times[old] == new_times[new] == 1:
                matching.pair(old, new, guessed=True)
            else:
                lost_old.add(old)
                lost_new.add(new)


def overlaps(old: Features, new: Features) -> Counter[tuple[int, int]]:
    """How many features each old part shares with each new one; the commonest features may be left out of the count."""
    olds, news = _holders(old), _holders(new)
    shared = sorted((olds.keys() & news.keys()), key=lambda feature: len(olds[feature]) * len(news[feature]))
    counts: Counter[tuple[int, int]] = Counter()
    effort = 0
    for feature in shared:
        effort += len(olds[feature]) * len(news[feature])
        if effort > EFFORT:
            break
        counts.update((place, other) for place in olds[feature] for other in news[feature])
    return counts


def _holders(features: Features) -> dict[Hashable, list[int]]:
    holders: dict[Hashable, list[int]] = defaultdict(list)
    for place, held in features.items():
        for feature in held:
            holders[feature].append(place)
    return holders


def likeness(some: frozenset[Hashable], others: frozenset[Hashable]) -> float:
    """Share of features in common, 0 to 1, counted by the side that has more."""
    return len(some & others) / max(len(some), len(others), 1)


def similarity(text: str, other: str) -> float:
    """How much two texts have in common letter by letter, 0 to 1; of long ones only the beginnings are compared."""
    matcher = SequenceMatcher(None, text[:COMPARED_CHARACTERS], other[:COMPARED_CHARACTERS], autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= 0.5 else 0.0
