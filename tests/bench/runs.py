"""The measurements: each page and each rival in rounds that take turns, so that what disturbs one disturbs all."""

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench import servers
from tests.bench.load import Sent, Timed, put_under_load
from tests.bench.pages import ANSWER, GZIP, PAGES, Page
from tests.bench.servers import Server
from tests.postgres import find_postgres, throw_away_cluster

DURABLE = "-c fsync=on"
RIVALS = {
    "table": "/tables/short",
    "long table": "/tables/long",
    "filter": "/tables/short?Issue__contains=gradient",
    "search": "/tables/rows?_search=swish",
    "json": "/tables/short.json?_shape=objects",
    "csv": "/tables/short.csv",
}
CROWD = 200


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked of one server."""

    server: Server
    name: str
    lines: Path
    once: bool = False
    connections: int = 16


type Rounds = dict[tuple[str, str], list[Timed]]
"""What was timed, by the names of server and page."""


@dataclass(frozen=True, slots=True)
class Options:
    """How long and of what."""

    seconds: int
    rounds: int
    databases: Sequence[str]
    pages: Sequence[str]


class Stage:
    """All servers of one run, and what is asked of them."""

    def __init__(self, folder: Path, stack: ExitStack, options: Options) -> None:
        self.folder, self.options = folder, options
        self.casts: dict[str, dict[str, Any]] = {}
        self.targets: list[Target] = []
        self.missing: list[str] = []
        self.sites: dict[str, Server] = {}
        for name, env in self._databases(stack):
            own = folder / name
            own.mkdir()
            servers.prepare(env)
            self.casts[name] = servers.read_cast(own, env)
            self.sites[name] = stack.enter_context(servers.site(name, env))
            self.targets += self._targets_of(self.sites[name], self.casts[name], own)
        if self._wants("rivals"):
            self._add_rivals(stack, next(iter(self.sites)))

    def _databases(self, stack: ExitStack) -> Iterator[tuple[str, dict[str, str]]]:
        if "sqlite" in self.options.databases:
            yield "SQLite", servers.environment(f"sqlite:///{self.folder}/site.sqlite3")
        if "postgres" in self.options.databases:
            binaries = find_postgres()
            if binaries is None:
                self.missing.append("PostgreSQL was not found.")
                return
            server = stack.enter_context(throw_away_cluster(binaries, flags=DURABLE))
            yield "PostgreSQL", servers.environment(servers.create_database(server, "bench"))

    def _wants(self, name: str) -> bool:
        return not self.options.pages or any(wanted in name for wanted in self.options.pages)

    def _target(self, server: Server, name: str, sent: Sent, **how: Any) -> Target:
        lines = self.folder / f"{server.name}-{name}.tsv".replace(" ", "-")
        lines.write_text(sent.line())
        return Target(server, name, lines, **how)

    def _targets_of(self, site: Server, cast: dict[str, Any], own: Path) -> Iterator[Target]:
        for page in filter(lambda page: self._wants(page.name), PAGES):
            yield self._target(site, page.name, sent_for(page, cast, site))
        if self._wants(ANSWER.name):
            lines = [line.split("\t") for line in (own / "answers.tsv").read_text().splitlines()]
            rounds = [lines[place :: self.options.rounds] for place in range(self.options.rounds)]
            for number, some in enumerate(rounds):
                path = own / f"answers-{number}.tsv"
                path.write_text("\n".join(Sent(to, cookie, part="main", form=form).line() for to, cookie, form in some))
            yield Target(site, ANSWER.name, own / "answers-{round}.tsv", once=True)

    def _add_rivals(self, stack: ExitStack, database: str) -> None:
        site, cast = self.sites[database], self.casts[database]
        hello = stack.enter_context(servers.site("hello", {}, "tests.bench.hello:application"))
        self.targets.append(self._target(hello, "hello", Sent("/")))
        found = servers.find_datasette()
        if found:
            servers.tables_for_datasette(self.folder, _tables(site, cast))
            for is_tuned in (False, True):
                rival = stack.enter_context(servers.datasette(found, self.folder, is_tuned=is_tuned))
                self.targets += [self._target(rival, name, Sent(path)) for name, path in RIVALS.items()]
        else:
            self.missing.append("Datasette was not found: no ratios (pip install datasette; DATASETTE=path names it).")
        self._add_files(stack, site, cast)

    def _add_files(self, stack: ExitStack, site: Server, cast: dict[str, Any]) -> None:
        files = self.folder / "files"
        files.mkdir()
        paths = {"table": "/{guide}/{table}/", "long table": "/{long_guide}/{long_table}/"}
        for name, path in paths.items():
            page = site.get(path.format(**cast))[2]
            (files / f"{name.split()[0]}.html").write_bytes(page)
            (files / f"{name.split()[0]}.html.gz").write_bytes(gzip.compress(page))
        server = servers.nginx(self.folder)
        if server is None:
            self.missing.append("Nginx was not found (Debian: apt install nginx-light).")
            return
        running = stack.enter_context(server)
        self.targets += [self._target(running, name, Sent(f"/{name.split()[0]}.html")) for name in paths]

    def run(self) -> Rounds:
        """Every target once in each round."""
        found: Rounds = defaultdict(list)
        for number in range(self.options.rounds):
            for target in self.targets:
                lines = Path(str(target.lines).format(round=number))
                timed = put_under_load(
                    target.server.base,
                    lines,
                    seconds=self.options.seconds,
                    server=target.server.pid,
                    once=target.once,
                    connections=target.connections,
                )
                found[target.server.name, target.name].append(timed)
        return found


def sent_for(page: Page, cast: dict[str, Any], site: Server) -> Sent:
    """The request for a page. Raises RuntimeError where it is not answered as a page."""
    path = page.path.format(**cast, n="{n}")
    cookie = cast["cookies"][page.reader]
    headers = {"Cookie": cookie} if cookie else {}
    headers |= {"HX-Request": "true", "HX-Target": page.part} if page.part else {}
    status, answered, _ = site.get(path.replace("{n}", "0"), headers)
    if status != 200:
        raise RuntimeError(f"{path} of {site.name} is answered with {status}.")
    tag = answered["etag"] if page.has_tag else ""
    return Sent(path, cookie, page.part, tag)


def weights(site: Server, cast: dict[str, Any]) -> dict[str, Any]:
    """How much goes over the wire for a first visit of the table page: requests and bytes, by address."""
    path = "/{guide}/{table}/".format(**cast)
    _, headers, body = site.get(path, {"Accept-Encoding": GZIP})
    page = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
    found = {"page": len(body)}
    for address in servers.linked_from(page.decode()):
        found[address] = len(site.get(address, {"Accept-Encoding": GZIP})[2])
    return found


def _tables(site: Server, cast: dict[str, Any]) -> dict[str, list[list[str]]]:
    """The same tables for others: the short and the long one; all rows of both are searched."""
    found: dict[str, list[list[str]]] = {}
    for name, path in (("short", "/{guide}/{table}.csv"), ("long", "/{long_guide}/{long_table}.csv")):
        found[name] = list(csv.reader(io.StringIO(site.get(path.format(**cast))[2].decode("utf-8-sig"))))
    return found
