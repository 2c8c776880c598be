"""Plain Python: a line of a document in, the same line with what cannot be seen made visible out."""

import re

from tables.reader.inline.rules import HIDDEN

UNSEEN = re.compile(f"{HIDDEN.pattern}|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff]")
LONGEST = 2_000


def visible_line(line: str) -> str:
    """The line with a code such as ⟨U+202E⟩ for each character that hides or turns text; very long ones are cut."""
    shown = line if len(line) <= LONGEST else f"{line[:LONGEST]}… ({len(line):,} characters)"
    return UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", shown)
