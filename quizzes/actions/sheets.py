"""One table as CSV or TSV on its way into a guide: the document that it makes, by itself or of the guide."""

from django.utils import timezone

from tables.actions.limits import site_limits
from tables.actions.states import load
from tables.models import Guide
from tables.reader import read
from tables.reader.document import Problem, Reading, Severity
from tables.reader.reading import UNTITLED
from tables.spreadsheets import NotASheet, keys_of_rows, markdown_of_sheet
from tables.versions.sheets import TablesAlike, document_with, looking_guarded


def document_of_sheet(source: bytes, name: str, guide: Guide | None) -> bytes | Reading:
    """A sheet as a document: of its own, or that of the guide of which it replaces one table; else why it is none."""
    limits = site_limits()
    try:
        made = _document(source, name, guide)
        if len(made) > limits.size:
            size = f"{len(made) / 1e6:.1f} MB; the limit is {limits.size // 10**6} MB"
            raise NotASheet(f"As a document it is {size}. Split it by topic.")
    except (NotASheet, TablesAlike) as fault:
        return Reading(UNTITLED, {}, (), (), (Problem("sheet", Severity.ERROR, 1, str(fault)),))
    return made


def _document(source: bytes, name: str, guide: Guide | None) -> bytes:
    state, limits = load(guide).state if guide else None, site_limits()
    alone = markdown_of_sheet(source, name, limits, exact=looking_guarded(state) if state else frozenset())
    if state is None or len(alone) > limits.size:
        return alone
    sheet = read(alone, name, limits)
    if sheet.errors:
        return alone
    return document_with(state, sheet, timezone.now(), limits, keys=keys_of_rows(source, name, limits))
