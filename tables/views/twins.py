"""Guides and tables in other formats, at the address of their page with an ending: `.md`, `.json`, `.csv`, `.tsv`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from studysite.web import as_file, cached_public, streamed, streamed_public
from tables.actions.keeping import version_of
from tables.actions.outline import Outline, read_outline
from tables.actions.readable import readable_guide
from tables.actions.reading import read_guide, read_table
from tables.address import Asked, read_address
from tables.exports.delimited import Manner, guide_lines, table_lines
from tables.exports.markdown import RowsOf, guide_markdown, table_markdown
from tables.exports.shapes import guide_json, table_json
from tables.filtering import Line, show_rows
from tables.models import Guide, Table
from tables.versions.state import GuideState

KEPT_ROWS = 1_000
"""Files of up to so many rows are kept for the next visitor; longer ones are sent as they are made."""
TYPES = {"md": "text/markdown", "json": "application/json", "csv": "text/csv", "tsv": "text/tab-separated-values"}
PLAIN_TEXT = "text/plain; charset=utf-8"
SHOWN = frozenset({"md", "json"})
"""Formats that browsers can show; the others are kept as files."""


@require_safe
def guide_twin(request: HttpRequest, guide_slug: str, ending: str) -> HttpResponseBase:
    """A whole guide."""
    guide = readable_guide(request.user, guide_slug)
    outline = read_outline(guide)
    asked = _Wanted(request, guide, ending, guide.slug, outline.row_count)
    return asked.answer(lambda: _guide_pieces(request, outline, ending))


def _guide_pieces(request: HttpRequest, outline: Outline, ending: str) -> Iterator[str]:
    """The guide in one format. Raises _NothingToExport; tables without rows can be told of in some."""
    guide = outline.guide
    if not (outline.tables if ending in SHOWN else outline.row_count):
        raise _NothingToExport(f"“{guide.title}” holds no rows yet")
    state, rows_of = read_guide(guide)
    writers: dict[str, Callable[[GuideState, RowsOf], Iterator[str]]] = {
        "md": guide_markdown,
        "json": lambda state, rows_of: guide_json(state, guide.slug, rows_of),
    }
    if ending in writers:
        return writers[ending](state, rows_of)
    return guide_lines(state, _manner(request, ending), rows_of)


@require_safe
def table_twin(request: HttpRequest, guide_slug: str, table_slug: str, ending: str) -> HttpResponseBase:
    """One table with the rows and columns, in the order, that the same address without the ending names."""
    guide = readable_guide(request.user, guide_slug)
    table = read_outline(guide).find(table_slug)
    if table is None:
        raise Http404
    asked = _Wanted(request, guide, ending, table.slug, table.row_count)
    return asked.answer(lambda: _View(guide, table, request).pieces(ending))


class _NothingToExport(Exception):
    """There is no row to write; says why, as the beginning of a sentence."""


class _View:
    """What an address shows of one table."""

    def __init__(self, guide: Guide, table: Table, request: HttpRequest) -> None:
        self.guide, self.table, self.request = guide, table, request
        self.state = read_table(table)
        rows = self.state.rows
        self.asked: Asked = read_address(request.GET.lists(), [column.slug for column in self.state.columns])
        lines = [Line([row.text(column) for column in self.state.columns], row.folded) for row in rows]
        self.rows = [rows[place] for place in show_rows(self.state.columns, lines, self.asked).places]
        by_slug = {column.slug: column for column in self.state.columns}
        self.columns = (*self.state.columns[:1], *(by_slug[slug] for slug in self.asked.shown))

    def pieces(self, ending: str) -> Iterator[str]:
        """The table in one format. Raises _NothingToExport, save for JSON, which can say so itself."""
        if not self.rows and ending != "json":
            name = self.table.name
            raise _NothingToExport(
                f"No row of “{name}” matches the filter" if self.asked.filters else f"“{name}” holds no rows yet"
            )
        match ending:
            case "md":
                is_whole = not self.asked.filters and not self.asked.sort
                shown = replace(self.state, columns=self.columns)
                return table_markdown(shown, None if is_whole else self.rows, links=self.guide.links)
            case "json":
                return table_json(self.state, self.rows, self._place(), self.columns)
        with_ids = self.request.GET.get("ids") == "1"
        return table_lines(self.columns, self.rows, _manner(self.request, ending), with_ids=with_ids)

    def _place(self) -> dict[str, Any]:
        guide, topic = self.guide, self.table.topic
        return {
            "guide": {"id": str(guide.key), "slug": guide.slug, "title": guide.title},
            "topic_title": topic.title,
            "rows_in_all": self.table.row_count,
            "columns_in_all": len(self.state.columns),
            "notices": list(self.asked.notices),
        }


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A file that somebody asked for: of `name`, about so many rows long."""

    request: HttpRequest
    guide: Guide
    ending: str
    name: str
    rows: int

    def answer(self, pieces: Callable[[], Iterable[str]]) -> HttpResponseBase:
        """The file, kept for the next visitor or sent as it is made."""
        key = f"{version_of(self.guide)} twin"
        if self.rows > KEPT_ROWS:
            return streamed_public(self.request, key, lambda: self._file(streamed, pieces))
        return cached_public(self.request, key, lambda: self._file(_whole, pieces))

    def _file[Response: HttpResponseBase](
        self, send: Callable[[Iterable[str], str], Response], pieces: Callable[[], Iterable[str]]
    ) -> Response | HttpResponse:
        try:
            response = send(pieces(), TYPES[self.ending])
        except _NothingToExport as reason:
            return HttpResponse(f"{reason}: there is nothing to export.\n", content_type=PLAIN_TEXT, status=404)
        return as_file(response, f"{self.name}.{self.ending}", is_kept=self.ending not in SHOWN)


def _manner(request: HttpRequest, ending: str) -> Manner:
    return Manner("," if ending == "csv" else "\t", exact=request.GET.get("exact") == "1")


def _whole(pieces: Iterable[str], content_type: str) -> HttpResponse:
    return HttpResponse("".join(pieces), content_type=f"{content_type}; charset=utf-8")
