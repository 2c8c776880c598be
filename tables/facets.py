"""Plain Python: the texts of a column in, whether its values are worth being offered as chips out."""

from collections.abc import Iterable

from tables.reader.document import Kind
from tables.reader.forms import compare_form, is_placeholder

FEWEST_CHIPS, MOST_CHIPS = 2, 30
# Questions and aspects are no things to filter by what they have in common.
WITHOUT_CHIPS = frozenset({Kind.ASPECT, Kind.DECISION, Kind.LOOKUP})


def deserves_chips(texts: Iterable[str]) -> bool:
    """Whether some value repeats while the values stay few; placeholders are no values."""
    forms = [compare_form(text) for text in texts if not is_placeholder(text)]
    values = len(set(forms))
    return FEWEST_CHIPS <= values <= MOST_CHIPS and values < len(forms)
