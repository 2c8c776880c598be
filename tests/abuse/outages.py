"""The database goes away in the middle of everything: 503 until it is back, and nothing lost (R8)."""

import random
import time
from collections.abc import Iterator

from tests.abuse.crews import Crew
from tests.abuse.ledger import in_order
from tests.abuse.results import Tried, none_of
from tests.abuse.sites import free_ports
from tests.abuse.stages import Stage
from tests.postgres import find_postgres

RESTARTS = 20
PEOPLE = 8
LONG = 20.0


def restart(stage: Stage) -> Iterator[Tried]:
    """PostgreSQL is stopped as if the power went, and started again, while people answer."""
    yield from stage.without_postgres("restarts of the database")
    if not find_postgres():
        return
    with stage.postgres() as site:
        ports = free_ports(2)
        site.start(*ports)
        what, back = f"{RESTARTS} restarts of PostgreSQL, one after {LONG:.0f} s", []
        with Crew(ports, PEOPLE) as crew:
            for number in range(RESTARTS):
                crew.wait_for_more(3)
                stage.primary.stop()
                time.sleep(random.uniform(0, 0.5) if number else LONG)
                stage.primary.start()
                back.append(crew.wait_for_more())
        unavailable = crew.record.statuses[503]
        yield none_of(f"{what}: answers but 200 and 503 with words and Retry-After", "none", crew.record.faults)
        yield Tried(f"{what}: 503 meanwhile", "> 0", str(unavailable), unavailable > 0)
        yield Tried(
            f"{what}: back after",
            "< 5 s",
            f"{max(back):.1f} s at most, {back[0]:.1f} s after the long one",
            max(back) < 5,
        )
        yield from in_order(site, what, crew.learners)
