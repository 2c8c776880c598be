"""Plain Python: key points written on the site in, the list that an import of their export reads out."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from tables.exports.prose import Page
from tables.exports.spelling import Speller, link_definitions
from tables.reader import read
from tables.reader.blocks import Scan, scan
from tables.reader.building.parts import split_footnotes
from tables.reader.document import PointList
from tables.reader.forms import is_blank
from tables.reader.inline import Known
from tables.versions.state import PointState

ESCAPE = "put \\ before a sign that you mean as such."


def read_list(points: Sequence[PointState], known: Known) -> PointList | None:
    """The list that these points make below a table; None when one of them would not be read as it is written."""
    if not points:
        return None
    footnotes = "\n".join(f"[^{mark}]: x" for mark in known.footnotes)
    links = link_definitions({label: asdict(link) for label, link in known.links.items()})
    reading = read(f"| a |\n|---|\n| b |\n\n{_written(points)}\n{footnotes}\n\n{links}\n".encode())
    listed = reading.tables[0].list_after if len(reading.tables) == 1 else None
    sources = [point.source for point in points]
    return listed if listed and [point.source for point in listed.points] == sources else None


def point_fault(source: str, was: str = "") -> str:
    """
    Why Markdown would not be read back as one key point that shows something; "" where it would.

    What the point defined for the whole guide when it said `was`, it may go on defining.
    """
    listed, scanned = read_list([_alone(source)], Known()), _scanned(source)
    if listed is None or scanned.unclosed:
        return f"This would not be read back as one key point; {ESCAPE}"
    if _defines(scanned) - _defines(_scanned(was)):
        return f"This would define a link or a footnote for the whole guide; {ESCAPE}"
    return f"Nothing of this key point would be seen; {ESCAPE}" if is_blank(listed.points[0].text) else ""


def _alone(source: str) -> PointState:
    return PointState(UUID(int=0), source, text=source, html="", position=0, line=0)


def _written(points: Sequence[PointState]) -> str:
    return Page(Speller()).points("", points)


def _scanned(source: str) -> Scan:
    return scan(_written([_alone(source)]).split("\n"))


def _defines(scanned: Scan) -> set[str]:
    """The labels and marks that a key point defines."""
    return {*scanned.links, *split_footnotes(scanned.root)}
