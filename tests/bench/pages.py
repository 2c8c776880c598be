"""What is measured, and what is to be reached: see docs/performance.md."""

from dataclasses import dataclass, field

GZIP = "gzip, br"


@dataclass(frozen=True, slots=True)
class Budget:
    """
    So many times the requests a second of a `rival` page, or without one so many requests a second.

    `most_queries` is None where nothing is said of them, `bytes` what may go over the wire.
    """

    least: float | None = None
    moonshot: float | None = None
    rival: str = ""
    most_queries: int | None = None
    bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """
    One address. `{...}` are filled in from the cast, `{n}` in each request anew, so that no kept page answers.

    `reader` is who asks: "" for a visitor, else a cookie of the cast. `part` is the element that htmx asks for. `tag`
    asks with the ETag of the page, so that 304 is the answer.
    """

    name: str
    path: str
    reader: str = ""
    part: str = ""
    has_tag: bool = False
    budget: Budget = field(default_factory=Budget)


TABLE, LONG = "/{guide}/{table}/", "/{long_guide}/{long_table}/"
PAGES = (
    Page("table", TABLE, budget=Budget(10, 30, "table", 6, 45_000)),
    Page("table, not kept", TABLE + "?_={n}", budget=Budget(10, 30, "table", 6)),
    Page("table of 100 rows", LONG, budget=Budget(20, 100, "long table", 6)),
    Page("table of 100 rows, not kept", LONG + "?_={n}", budget=Budget(20, 100, "long table", 6)),
    Page("table, signed in", TABLE, "alice", budget=Budget(2, 5, "table", 9, 10_000)),
    Page("table, memory mode", "/progress/memory/{guide}/{table}/", "alice", budget=Budget(2, 5, "table", 9, 10_000)),
    Page("table of 100 rows, signed in", LONG, "alice", budget=Budget(2, 5, "long table", 9)),
    Page("filter", TABLE + "?q=gradient&_={n}", part="view", budget=Budget(4, 8, "filter", 6, 4_000)),
    Page("filter, signed in", TABLE + "?q=gradient", "alice", "view", budget=Budget(4, 8, "filter", 9, 4_000)),
    Page("search", "/search/?q=model", part="site-hits", budget=Budget(5, 10, "search", bytes=4_000)),
    Page("search, rare word, not kept", "/search/?q=swish&_={n}", part="site-hits", budget=Budget(5, 10, "search")),
    Page("search, common word, not kept", "/search/?q=model&_={n}", part="site-hits", budget=Budget(5, 10, "search")),
    Page("table.json", "/{guide}/{table}.json", budget=Budget(3, 10, "json")),
    Page("table.csv", "/{guide}/{table}.csv", budget=Budget(3, 10, "csv")),
    Page("table.json, not kept", "/{guide}/{table}.json?_={n}", budget=Budget(3, 10, "json")),
    Page("table, held already (304)", TABLE, has_tag=True, budget=Budget(10, 30, "table")),
    Page("table.csv, held already (304)", "/{guide}/{table}.csv", has_tag=True, budget=Budget(3, 10, "csv")),
    Page("guide", "/{guide}/"),
    Page("home", "/"),
    Page("home, signed in", "/", "alice", budget=Budget(most_queries=12)),
    Page("guide, signed in", "/{guide}/", "alice", budget=Budget(most_queries=12)),
    Page("question", "/quiz/{sitting}/1/", "alice", budget=Budget(150, 300, "", 10)),
    Page("progress", "/progress/?guide={guide}", "alice", budget=Budget(most_queries=12)),
    Page("mix-ups", "/progress/mixed-up/{guide}/{table}/", "alice", budget=Budget(most_queries=12)),
    Page("effort", "/progress/effort/{guide}/", "alice", budget=Budget(most_queries=12)),
    Page("group", "/groups/{group}/", "alice", budget=Budget(most_queries=12)),
    Page("blind spots of the group", "/groups/{group}/blind-spots/", "alice", budget=Budget(most_queries=12)),
)
ANSWER = Page("answer", "", budget=Budget(200, 400, "", 14))
