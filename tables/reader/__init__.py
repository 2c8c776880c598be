"""Plain Python: the bytes of a Markdown document in, a `Reading` of its topics, tables, rows and problems out."""

from tables.reader.limits import LIMITS, Limits
from tables.reader.reading import read

__all__ = ["LIMITS", "Limits", "read"]
