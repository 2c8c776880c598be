"""The figures as lines, each beside its budget."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.bench.load import Timed
from tests.bench.pages import ANSWER, PAGES, Page

RIVAL = "datasette tuned"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing measured: the figures in words, and whether its budget was kept (None where there is none)."""

    name: str
    figures: str
    budget: str = ""
    passed: bool | None = None


def page_lines(
    rounds: Mapping[tuple[str, str], Sequence[Timed]],
    queries: Mapping[str, Mapping[str, int]],
    first_visit: Mapping[str, int],
) -> list[Line]:
    """Rivals first, then each page on each database."""
    middle = {key: sorted(timed, key=lambda each: each.rate)[len(timed) // 2] for key, timed in rounds.items()}
    rates = {name: timed.rate for (server, name), timed in middle.items() if server == RIVAL}
    lines = [
        Line(f"{server}: {name}", figures(timed)) for (server, name), timed in middle.items() if server not in queries
    ]
    for database, counted in queries.items():
        for page in (*PAGES, ANSWER):
            if (database, page.name) in middle:
                timed, count = middle[database, page.name], counted.get(page.name)
                lines.append(_page_line(database, page, timed, count, rates.get(page.budget.rival)))
    size = sum(first_visit.values())
    said = f"{len(first_visit)} requests, {size / 1000:.1f} KB"
    return [*lines, Line("first visit", said, "5 requests, 45 KB", len(first_visit) <= 5 and size <= 45_000)]


def figures(timed: Timed, more: str = "") -> str:
    """One round in words."""
    failed = f", {timed.failed} FAILED" if timed.failed else ""
    return (
        f"{timed.rate:8,.0f}/s  p50 {timed.p50:5.1f}  p95 {timed.p95:6.1f}  p99 {timed.p99:6.1f} ms"
        f"  {timed.bytes / 1000:6.1f} KB  CPU {timed.cpu:5.2f} ms{more}{failed}"
    )


def _page_line(database: str, page: Page, timed: Timed, queries: int | None, rival: float | None) -> Line:
    budget = page.budget
    ratio = timed.rate / rival if rival else None
    reached = ratio if budget.rival else timed.rate
    said = [f"{queries} queries"] if queries is not None else []
    said += [f"{ratio:.1f}x"] if ratio else []
    kept: list[bool] = [timed.failed == 0]
    wanted = []
    if budget.least:
        wanted.append(f"{budget.least:g}{'x' if budget.rival else '/s'} (moonshot {budget.moonshot:g})")
        kept += [reached >= budget.least] if reached is not None else []
    if budget.most_queries:
        wanted.append(f"{budget.most_queries} queries")
        kept += [queries <= budget.most_queries] if queries is not None else []
    if budget.bytes:
        wanted.append(f"{budget.bytes / 1000:g} KB")
        kept.append(timed.bytes <= budget.bytes)
    more = f"  {', '.join(said)}" if said else ""
    return Line(f"{database}: {page.name}", figures(timed, more), ", ".join(wanted), all(kept) if wanted else None)


MOST = {
    "megabytes of a worker": (120, "MB"),
    "start of a second run": (4, "s"),
    "plan of a day, 10,000 facts": (0.150, "s"),
    "import of 100,000 rows with questions": (60, "s"),
    "megabytes of an import of 20,000 rows": (300, "MB"),
}


def speed_lines(found: Mapping[str, float]) -> list[Line]:
    """What takes its time once, in seconds, or memory in MB."""
    lines = []
    for name, value in found.items():
        most, unit = MOST.get(name, (None, "MB" if "megabytes" in name else "s"))
        lines.append(Line(name, f"{value:,.3g} {unit}", f"{most:g} {unit}" if most else "", most and value <= most))
    return lines


def growth_lines(found: Mapping[str, Mapping[str, Any]]) -> list[Line]:
    """Each page at two sizes of the database."""
    lines = []
    for name, sizes in found.items():
        big = sizes["big"]
        if "small" not in sizes:
            lines.append(_search_line(name, big["ms"]))
            continue
        small = sizes["small"]
        ratio = median(big["ms"]) / median(small["ms"])
        said = f"{median(small['ms']):.1f} -> {median(big['ms']):.1f} ms ({ratio:.2f}x), "
        said += f"{small['queries']} -> {big['queries']} queries"
        kept = ratio <= 1.5 and small["queries"] == big["queries"]
        lines.append(Line(name, said, "1.5x (moonshot 1.1), equal queries", kept))
    return lines


def _search_line(name: str, took: Sequence[float]) -> Line:
    most = 150 if name.startswith("sqlite") else 100
    p95 = sorted(took)[int(0.95 * (len(took) - 1))]
    return Line(name, f"p50 {median(took):.1f}  p95 {p95:.1f} ms", f"p95 {most} ms", p95 <= most)


def written(lines: Sequence[Line]) -> str:
    """All lines below each other."""
    width = max((len(line.name) for line in lines), default=0)
    marks = {True: "kept  ", False: "MISSED", None: "      "}
    return "\n".join(
        f"{marks[line.passed]}  {line.name:{width}}  {line.figures}" + (f"  [{line.budget}]" if line.budget else "")
        for line in lines
    )
