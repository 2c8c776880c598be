"""A replica that visitors read from: it lags, it dies, it comes back, the primary goes; they browse on."""

import random
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import psycopg

from tests.abuse.learners import Learner
from tests.abuse.results import Tried, none_of, timed, until
from tests.abuse.sites import Site, free_ports
from tests.abuse.stages import Stage
from tests.postgres import find_postgres

LOOKS = 40
CHANGED = "Changed a moment ago"


def replica(stage: Stage) -> Iterator[Tried]:
    """Visitors read from the replica, everybody with a session from the primary; neither is missed for long."""
    yield from stage.without_postgres("a read replica")
    if not find_postgres():
        return
    with stage.postgres() as site:
        name = site.url.split("?")[0].rpartition("/")[2]
        there = Site(stage.replica.url(name), stage.log)
        site.environment["REPLICA_URL"] = there.url
        until(lambda: bool(safe_rows(there, "SELECT 1 FROM tables_guide")))
        site.start(*free_ports(2))
        yield from lagging(site, there)
        yield from dying(site, stage)
        yield from alone(site, stage)


def lagging(site: Site, there: Site) -> Iterator[Tried]:
    """A replica that stands still shows what was; nobody with a session sees that, and soon no visitor does."""
    learner = Learner(next(iter(site.servers))).begin(count="5")
    for _ in range(3):  # a server is not sure of its replica at the first look
        for port in site.servers:
            get(port, f"/search/?q=relu&moment={time.monotonic()}")
        time.sleep(6)
    there.rows("SELECT pg_wal_replay_pause()::text")
    [(slug,)] = site.rows(f"UPDATE tables_guide SET title = '{CHANGED}' RETURNING slug")
    seen = learner.send("GET", f"/{slug}/").text
    yield Tried("replica: who has a session reads", "the primary", at(CHANGED in seen), CHANGED in seen)
    shown = CHANGED in text_of(look(site, f"/{slug}/?visitor"))
    yield Tried("replica: a visitor reads", "the replica", at(shown), not shown)
    took = until(lambda: CHANGED in text_of(look(site, f"/{slug}/?moment={time.monotonic()}")))
    yield Tried("replica: stands still, visitors read from the primary after", "< 50 s", f"{took:.0f} s", took < 50)
    there.rows("SELECT pg_wal_replay_resume()::text")
    back(site)


def dying(site: Site, stage: Stage) -> Iterator[Tried]:
    """The replica is stopped as if the power went."""
    stage.replica.stop()
    seconds: list[float] = []
    wrong = [fault for fault in (browsed(site, seconds) for _ in range(LOOKS)) if fault]
    yield none_of(f"replica away: pages that did not come, of {LOOKS}", "none", wrong)
    yield Tried("replica away: slowest page", "< 5 s", f"{max(seconds):.1f} s", max(seconds) < 5)
    stage.replica.start()
    took = back(site)
    yield Tried("replica started again: read from after", "< 45 s", f"{took:.0f} s", took < 45)


def alone(site: Site, stage: Stage) -> Iterator[Tried]:
    """The primary is stopped: visitors browse on."""
    learner = Learner(next(iter(site.servers))).begin(count="5")
    stage.primary.stop()
    wrong = [fault for fault in (browsed(site, []) for _ in range(LOOKS)) if fault]
    status = learner.look(1).status
    stage.primary.start()
    yield none_of(f"primary away: pages that did not come to visitors, of {LOOKS}", "none", wrong)
    yield Tried("primary away: who has a session is told", "503", str(status), status == 503)


def browsed(site: Site, seconds: list[float]) -> str:
    """What is wrong with the next page a visitor looks at, one that no server keeps; empty where nothing is."""
    with timed(seconds):
        status, _ = look(site, f"/search/?q=relu&moment={time.monotonic()}")
    return "" if status == 200 else str(status)


def look(site: Site, path: str) -> tuple[int, str]:
    """One page without a session: its status and text, at any of the servers."""
    return get(random.choice(list(site.servers)), path)


def get(port: int, path: str) -> tuple[int, str]:
    """One page at one server, without a session: its status and text."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as fault:
        return fault.code, ""


def text_of(page: tuple[int, str]) -> str:
    """The text of a page."""
    return page[1]


def at(is_new: bool) -> str:
    """Where a page was read, by what it shows."""
    return "the primary" if is_new else "the replica"


def back(site: Site) -> float:
    """How many seconds it takes until the replica is read from again at every server, as their log says."""
    before = site.log.read_text(errors="replace").count("The replica is back")

    def are_back() -> bool:
        for port in site.servers:
            urllib.request.urlopen(
                f"http://127.0.0.1:{port}/search/?q=relu&moment={time.monotonic()}", timeout=30
            ).close()
        return site.log.read_text(errors="replace").count("The replica is back") >= before + len(site.servers)

    return until(are_back)


def safe_rows(site: Site, query: str) -> list[tuple[object, ...]]:
    """Rows of a database that may not be there yet."""
    try:
        return site.rows(query)
    except psycopg.Error:
        return []
