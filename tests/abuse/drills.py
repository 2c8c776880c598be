"""Backups taken while people answer, restored elsewhere, into either database (R24)."""

from collections.abc import Iterator
from pathlib import Path

from tests.abuse.crews import Crew
from tests.abuse.ledger import doubled, stored
from tests.abuse.results import Tried, none_of
from tests.abuse.sites import Site, free_ports
from tests.abuse.stages import Stage
from tests.postgres import find_postgres

PEOPLE = 8
DRILLS = 5


def drill(stage: Stage) -> Iterator[Tried]:
    """Five backups under load of each database; each is restored, turn by turn into one kind and the other."""
    yield from stage.without_postgres("restoring into PostgreSQL")
    for site in stage.both():
        [port] = free_ports(1)
        site.start(port, workers=2)
        taken: list[tuple[Path, dict[tuple[int, int], int]]] = []
        with Crew([port], PEOPLE) as crew:
            for number in range(DRILLS):
                crew.wait_for_more(10)
                said = {key: chosen for learner in crew.learners for key, chosen in dict(learner.kept).items()}
                path = stage.folder / f"{site.kind}-{number}.gz"
                site.manage("backup", str(path))
                taken.append((path, said))
        yield none_of(f"{site.kind}, {DRILLS} backups: other answers meanwhile than 200", "none", crew.record.faults)
        for number, (path, said) in enumerate(taken):
            yield restored(stage, path, said, into_postgres=bool(number % 2) and find_postgres() is not None)


def restored(stage: Stage, path: Path, said: dict[tuple[int, int], int], *, into_postgres: bool) -> Tried:
    """Restore one backup and look for every answer that was acknowledged before it began."""
    number = next(stage.numbers)
    if into_postgres:
        stage.tell(stage.primary, f"CREATE DATABASE restored_{number}")
        site = Site(stage.primary.url(f"restored_{number}"), stage.log)
    else:
        site = Site(f"sqlite:///{stage.folder}/restored-{number}.sqlite3", stage.log)
    site.manage("restore", str(path))
    held = stored(site)
    lost = [key for key, chosen in said.items() if held.get(key) != chosen]
    checked = site.manage("rebuild_memory", "--check").strip().rpartition("\n")[2]
    is_right = not lost and not doubled(site) and ", 0 differ" in checked
    seen = f"{len(lost)} lost of {len(said)}, {checked}"
    return Tried(f"{path.stem} restored into {site.kind}", "0 lost, 0 differ", seen, is_right)
