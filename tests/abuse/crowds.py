"""Many people at once for a while: no error, nothing lost, memory that stays what it was."""

import time
from collections.abc import Iterator

from tests.abuse.crews import Crew
from tests.abuse.ledger import in_order
from tests.abuse.results import Tried, none_of, p95
from tests.abuse.sites import free_ports
from tests.abuse.stages import Stage

PAUSE = 10.0
ARRIVAL = 0.2  # seconds for each: to begin a sitting is dearer than to answer


def crowd(stage: Stage) -> Iterator[Tried]:
    """People who look at a question for some ten seconds, then answer it."""
    yield from stage.without_postgres("a crowd")
    for site in stage.both():
        [port] = free_ports(1)
        site.start(port, workers=2)
        what, seconds = f"{site.kind}, {stage.people} people, {stage.minutes:g} min", stage.minutes * 60
        arrival = max(ARRIVAL * stage.people, PAUSE)
        with Crew([port], stage.people, pause=PAUSE, arrival=arrival) as crew:
            time.sleep(arrival)
            before = site.memory()
            crew.record.seconds.clear()
            time.sleep(seconds)
            # Before they are told to stop: then all of them answer at once.
            after, took = site.memory(), p95(crew.record.seconds)
        record = crew.record
        wrong = [*record.faults, *record.cuts, *["503"] * record.statuses[503]]
        yield none_of(f"{what}: failed of {record.statuses.total()} requests", "none", wrong)
        yield Tried(f"{what}: p95 of {crew.kept} answers", "< 500 ms", f"{took} ms", took < 500)
        if before:
            growth = (after - before) / before
            seen = f"{growth:.1%}, {after / 2**20:.0f} MB at the end"
            yield Tried(f"{what}: growth of memory once all were there", "< 10%", seen, growth < 0.1)
        yield from in_order(site, what, crew.learners)
