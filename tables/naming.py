"""Plain Python: tells whether an answer of a decision table names things of another table."""

import re
from collections.abc import Collection, Iterable

from tables.reader.forms import fold

TAIL = re.compile(r"\s*\([^()]*\)$")
JOINTS = (", ", " or ", " + ", " / ")


def folded_names(names: Iterable[str]) -> set[str]:
    """The names that an answer can be looked up in."""
    return {fold(name) for name in names} - {""}


def names_any(answer: str, names: Collection[str]) -> bool:
    """
    Whether an answer names one or more of these folded names.

    A remark in brackets at its end may be left out ("ReLU (start here)"). A list names its parts only where each part
    is a name ("P3, P4d").
    """
    whole = fold(answer)
    bare = TAIL.sub("", whole)
    if whole in names or bare in names:
        return True
    lists = (bare.split(joint) for joint in JOINTS if joint in bare)
    return any(all(part.strip() in names for part in parts) for parts in lists)
