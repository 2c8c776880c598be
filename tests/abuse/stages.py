"""Where the plays take place: a folder of their own with prepared databases, of which each play gets a fresh copy."""

import itertools
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import psycopg

from tests.abuse.clusters import Cluster
from tests.abuse.results import Tried
from tests.abuse.sites import Site
from tests.postgres import NO_POSTGRES, find_postgres


@dataclass
class Stage:
    """How much is to be played, and where."""

    folder: Path
    kills: int = 100
    minutes: float = 1.0
    people: int = 200
    clusters: list[Cluster] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=itertools.count)

    @cached_property
    def log(self) -> Path:
        """What the servers say."""
        return self.folder / "servers.log"

    @cached_property
    def prepared(self) -> Path:
        """A SQLite file with the seed in it."""
        path = self.folder / "prepared.sqlite3"
        Site(f"sqlite:///{path}", self.log).manage("prepare", "--port", "0")
        return path

    @cached_property
    def primary(self) -> Cluster:
        """A running PostgreSQL whose database `studysite` has the seed in it."""
        cluster = Cluster(self.folder / "p").begin()
        self.clusters.append(cluster)
        self.tell(cluster, "CREATE DATABASE studysite")
        Site(cluster.url(), self.log).manage("prepare", "--port", "0")
        return cluster

    @cached_property
    def replica(self) -> Cluster:
        """A running replica of it."""
        cluster = Cluster(self.folder / "r").follow(self.primary)
        self.clusters.append(cluster)
        return cluster

    @contextmanager
    def sqlite(self, **variables: str) -> Iterator[Site]:
        """A site over a fresh copy of the prepared SQLite file."""
        path = self.folder / f"play-{next(self.numbers)}.sqlite3"
        with closing(sqlite3.connect(self.prepared)) as connection:
            connection.execute("VACUUM INTO ?", [str(path)])
        with closing_site(Site(f"sqlite:///{path}", self.log, **variables)) as site:
            yield site

    @contextmanager
    def postgres(self, **variables: str) -> Iterator[Site]:
        """A site over a fresh copy of the prepared PostgreSQL database."""
        name = f"play_{next(self.numbers)}"
        self.tell(self.primary, f"CREATE DATABASE {name} TEMPLATE studysite")
        with closing_site(Site(self.primary.url(name), self.log, **variables)) as site:
            yield site

    def both(self) -> Iterator[Site]:
        """A site over each kind of database that is found here, one after the other."""
        with self.sqlite() as site:
            yield site
        if find_postgres():
            with self.postgres() as site:
                yield site

    def without_postgres(self, what: str) -> Iterator[Tried]:
        """The line that stands for what needs PostgreSQL where there is none."""
        if not find_postgres():
            yield Tried(what, "PostgreSQL", NO_POSTGRES, None)

    def tell(self, cluster: Cluster, statement: str) -> None:
        """Run one statement beside the databases of the plays."""
        with psycopg.connect(
            host=str(cluster.folder), user="studysite", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)


@contextmanager
def closing_site(site: Site) -> Iterator[Site]:
    """Kill the servers of a site at the end, however it comes."""
    try:
        yield site
    finally:
        site.close()


@contextmanager
def stage(**options: float) -> Iterator[Stage]:
    """A stage that is taken down at the end, the servers of databases first."""
    folder = Path(tempfile.mkdtemp(prefix="abuse-", dir="/tmp"))  # short: a socket's path may have some 100 characters
    folder.chmod(0o755)
    made = Stage(folder, **options)  # type: ignore[arg-type]
    try:
        yield made
    finally:
        for cluster in reversed(made.clusters):
            cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
