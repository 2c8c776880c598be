"""Plain Python: the address of a page in, the addresses of the files of the same content out."""

from typing import NamedTuple

ENDINGS = {"csv": "CSV", "tsv": "TSV", "json": "JSON", "md": "Markdown"}


class Twin(NamedTuple):
    """A file of the same content as a page."""

    name: str
    ending: str
    address: str


def twins_of(page: str, query: str = "") -> list[Twin]:
    """The files of a page; `query` is the part of its address that filters and sorts, with its question mark."""
    return [Twin(name, ending, f"{page.rstrip('/')}.{ending}{query}") for ending, name in ENDINGS.items()]
