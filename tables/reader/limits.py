"""Plain Python: how large a document may be before the reader stops and says so."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest numbers that are still read; one more is an error."""

    size: int = 5_000_000
    lines: int = 100_000
    blocks: int = 300_000
    tables: int = 1_000
    topics: int = 500
    rows_of_table: int = 5_000
    rows_of_document: int = 20_000
    columns: int = 60
    cell_length: int = 4_000
    heading_length: int = 300
    id_length: int = 200
    marks: int = 200
    problems: int = 200


LIMITS = Limits()
"""Those of the site."""
