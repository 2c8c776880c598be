"""A new version comes while people answer: servers end and start (R25), the database is migrated (R23)."""

import io
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

from tests.abuse.crews import Crew
from tests.abuse.ledger import in_order
from tests.abuse.results import Tried, none_of
from tests.abuse.sites import ROOT, Site, free_ports
from tests.abuse.stages import Stage, closing_site
from tests.postgres import find_postgres

PEOPLE = 8
ROUNDS = 5


def deploy(stage: Stage) -> Iterator[Tried]:
    """Two servers, ended one after the other by SIGTERM and started again, five times."""
    for site in stage.both():
        ports, what = free_ports(2), f"{site.kind}, {2 * ROUNDS} servers ended by SIGTERM"
        site.start(*ports)
        with Crew(ports, PEOPLE, is_fresh=True) as crew:
            for port in ports * ROUNDS:
                crew.wait_for_more(5)
                site.terminate(port)
                crew.wait_for_more(2)
                site.start(port)
        record = crew.record
        yield none_of(f"{what}: other answers than 200 and 503", "none", record.faults)
        yield none_of(f"{what}: requests cut of {record.statuses.total()}", "none", record.cuts)
        yield from in_order(site, what, crew.learners)


def migrate(stage: Stage) -> Iterator[Tried]:
    """The version before the last migration answers while this one migrates, and for a while after."""
    code = stage.folder / "before"
    if not unpack_before_last_migration(code):
        yield Tried("migrations under load", "the old version goes on", "no history of versions here", None)
        return
    yield from migrated(Site(f"sqlite:///{stage.folder}/old.sqlite3", stage.log, code=code), stage)
    if find_postgres():
        stage.tell(stage.primary, "CREATE DATABASE old")
        yield from migrated(Site(stage.primary.url("old"), stage.log, code=code), stage)


def migrated(old: Site, stage: Stage) -> Iterator[Tried]:
    """Let a crew answer at the old version, then at both, then at the new one."""
    what, ports = f"{old.kind}, migrated under load", free_ports(2)
    old.manage("prepare", "--port", "0")
    new = Site(old.url, stage.log)
    with closing_site(old), closing_site(new):
        old.start(ports[0])
        at = [ports[0]]
        with Crew(at, PEOPLE, is_fresh=True) as crew:
            crew.wait_for_more(20)
            new.manage("prepare", "--port", "0")
            crew.wait_for_more(20)
            new.start(ports[1])
            at.append(ports[1])
            crew.wait_for_more(40)
            at.remove(ports[0])
            old.terminate(ports[0])
            crew.wait_for_more(20)
        unavailable = crew.record.statuses[503]
        yield none_of(f"{what}: other answers than 200 and 503", "none", crew.record.faults)
        yield Tried(f"{what}: 503 meanwhile", "few", str(unavailable), unavailable < 50)
        yield from in_order(new, what, crew.learners)


def unpack_before_last_migration(folder: Path) -> bool:
    """Put the version before the last one that migrated there. False where there is no history to take it from."""
    if not shutil.which("git"):
        return False
    log = ["git", "log", "--first-parent", "-1", "--format=%H", "--", "*/migrations/*.py"]
    last = subprocess.run(log, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    if not last:
        return False
    archive = subprocess.run(["git", "archive", f"{last}^"], cwd=ROOT, capture_output=True, check=False)
    if archive.returncode:
        return False
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as file:
        file.extractall(folder, filter="data")
    return True
