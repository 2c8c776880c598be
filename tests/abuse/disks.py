"""The disk is full, the database may only be read: 503 with words, nothing half-written, on when it is over (R10)."""

import resource
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from tests.abuse.clusters import Cluster
from tests.abuse.crews import Crew
from tests.abuse.ledger import in_order
from tests.abuse.results import Tried, none_of
from tests.abuse.sites import Site, free_ports
from tests.abuse.stages import Stage, closing_site
from tests.postgres import find_postgres

PEOPLE = 4
SECONDS = 3.0
TIMES = 3
MEGABYTES = 260
type Trouble = Callable[[], AbstractContextManager[None]]


def disk(stage: Stage) -> Iterator[Tried]:
    """No room to write, three times, while people answer."""
    yield from stage.without_postgres("a full disk")
    with stage.sqlite() as site:
        yield from fill_up(site, "SQLite, files may not grow", small_files(site))
        [(word,)] = site.rows("PRAGMA integrity_check")
        yield Tried("SQLite, files may not grow: integrity_check", "ok", word, word == "ok")
    if find_postgres():
        yield from small_cluster(stage)


def read_only(stage: Stage) -> Iterator[Tried]:
    """The database takes no writes, as a standby before it is promoted."""
    yield from stage.without_postgres("a database that may only be read")
    if find_postgres():
        with stage.postgres() as site:
            yield from fill_up(site, "PostgreSQL, read only", only_read(stage, site))


def fill_up(site: Site, what: str, trouble: Trouble) -> Iterator[Tried]:
    """Let a crew answer while the trouble comes and goes."""
    ports, back = free_ports(2), []
    site.start(*ports)
    with Crew(ports, PEOPLE) as crew:
        for _ in range(TIMES):
            crew.wait_for_more(5)
            with trouble():
                time.sleep(SECONDS)
            back.append(crew.wait_for_more())
    unavailable = crew.record.statuses[503]
    yield none_of(f"{what}: answers but 200 and 503 with words and Retry-After", "none", crew.record.faults)
    yield Tried(f"{what}: 503 meanwhile", "> 0", str(unavailable), unavailable > 0)
    yield Tried(f"{what}: goes on after", "< 5 s", f"{max(back):.1f} s at most", max(back) < 5)
    yield from in_order(site, what, crew.learners)


def small_files(site: Site) -> Trouble:
    """Trouble: no file of the servers may be written beyond its first few bytes."""

    @contextmanager
    def trouble() -> Iterator[None]:
        processes = site.processes()
        limit_files(processes, 4096)
        yield
        limit_files(processes, resource.RLIM_INFINITY)

    return trouble


def limit_files(processes: list[int], size: int) -> None:
    """How far files may be written by these processes, in bytes. Those that have ended are passed over."""
    for process in processes:
        with suppress(ProcessLookupError):
            resource.prlimit(process, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def only_read(stage: Stage, site: Site) -> Trouble:
    """Trouble: every transaction of this database may only read."""
    name = site.url.split("?")[0].rpartition("/")[2]

    def switch(word: str) -> None:
        stage.tell(stage.primary, f"ALTER DATABASE {name} SET default_transaction_read_only = {word}")
        stage.tell(stage.primary, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")

    @contextmanager
    def trouble() -> Iterator[None]:
        switch("on")
        yield
        switch("off")

    return trouble


def small_cluster(stage: Stage) -> Iterator[Tried]:
    """PostgreSQL on a file system of its own that is filled to the last byte; only root may make one."""
    folder, what = stage.folder / "s", "PostgreSQL, disk full"
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={MEGABYTES}m", "none", str(folder)]
    if subprocess.run(["mount", *options], capture_output=True, check=False).returncode:
        yield Tried(what, "503, then on", "only root may make a small file system", None)
        return
    try:
        cluster = Cluster(folder).copy(stage.primary)
        try:
            with closing_site(Site(cluster.url(), stage.log)) as site:
                yield from fill_up(site, what, filled(cluster))
        finally:
            cluster.stop()
    finally:
        subprocess.run(["umount", str(folder)], check=False)


def filled(cluster: Cluster) -> Trouble:
    """Trouble: another file takes all the room there is. A server that gave up is started again afterwards."""
    filler = cluster.folder / "filler"

    @contextmanager
    def trouble() -> Iterator[None]:
        fill(filler)
        yield
        filler.unlink()
        if not cluster.is_running():
            cluster.start()

    return trouble


def fill(path: Path) -> None:
    """Write until nothing more fits."""
    size = 1 << 20
    with path.open("wb", buffering=0) as file:
        while size:
            try:
                file.write(b"x" * size)
            except OSError:
                size //= 2
