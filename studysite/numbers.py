"""Plain Python: a text that somebody sent in, the number it means out."""

DIGITS = 18
"""Every database has room for a number of so many; Python itself refuses to read one of thousands."""


def number_in(text: str) -> int:
    """The number that a text writes in at most 18 digits; 0, which no row has and no counting, for any other text."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else 0
