"""Many people at once for a while: no error, nothing lost, memory that stays what it was."""

import time
from collections.abc import Iterator

from tests.abuse.crews import Crew
from tests.abuse.ledger import in_order
from tests.abuse.results import Tried, none_of, p95
from tests.abuse.sites import free_ports
from tests.abuse.stages import Stage

PAUSE = 10.0
WARM = 0.3  # of the time, before memory is looked at


def crowd(stage: Stage) -> Iterator[Tried]:
    """People who look at a question for some ten seconds, then answer it."""
    yield from stage.without_postgres("a crowd")
    for site in stage.both():
        [port] = free_ports(1)
        site.start(port, workers=2)
        what, seconds = f"{site.kind}, {stage.people} people, {stage.minutes:g} min", stage.minutes * 60
        with Crew([port], stage.people, pause=PAUSE) as crew:
            time.sleep(max(seconds * WARM, 10))
            before = site.memory()
            time.sleep(seconds * (1 - WARM))
            after = site.memory()
        record, took = crew.record, p95(crew.record.seconds)
        wrong = [*record.faults, *record.cuts, *["503"] * record.statuses[503]]
        yield none_of(f"{what}: failed of {record.statuses.total()} requests", "none", wrong)
        yield Tried(f"{what}: p95 of {crew.kept} answers", "< 500 ms", f"{took} ms", took < 500)
        if before:
            growth = (after - before) / before
            seen = f"{growth:.1%}, {after / 2**20:.0f} MB at the end"
            yield Tried(f"{what}: growth of memory after the first {WARM:.0%}", "< 10%", seen, growth < 0.1)
        yield from in_order(site, what, crew.learners)
