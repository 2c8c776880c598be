"""Whether pages stay as fast as the site grows: the same learner looks at the same pages on two sizes of it."""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from quizzes.demo.documents import documents
from tests.bench import servers
from tests.bench.pages import GZIP, PAGES, Page
from tests.bench.servers import Server

COMMON = "matters"
"""A word of nearly every made-up row."""


def measure(bigs: Sequence[str], rounds: int) -> dict[str, dict[str, Any]]:
    """Milliseconds and queries of each page, on a database of the seed and on each of these big ones, by turns."""
    found: dict[str, dict[str, Any]] = {}
    for url in bigs:
        name = url.partition(":")[0]
        with ExitStack() as stack:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="bench-")))
            small = stack.enter_context(_small(url, folder))
            sites = {size: _site(stack, folder, size, each) for size, each in (("small", small), ("big", url))}
            for page in (page for page in PAGES if not page.has_tag):
                found[f"{name}: {page.name}"] = _compare(page, sites, rounds)
            found |= {f"{name}: {each.name}": _alone(each, sites["big"], rounds) for each in _searches()}
    return found


@contextmanager
def _small(url: str, folder: Path) -> Iterator[str]:
    """A database of the same kind with nothing but the seed."""
    if url.startswith("sqlite"):
        yield f"sqlite:///{folder}/small.sqlite3"
        return
    yield servers.create_database(url, "bench_small")


def _site(stack: ExitStack, folder: Path, size: str, url: str) -> tuple[Server, dict[str, Any]]:
    env = servers.environment(url)
    (folder / size).mkdir()
    servers.prepare(env)
    cast = servers.read_cast(folder / size, env)
    servers.count_rows_anew(url)
    return stack.enter_context(servers.site(size, env)), cast


def _compare(page: Page, sites: dict[str, tuple[Server, dict[str, Any]]], rounds: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        size: {"ms": [], "queries": cast["queries"].get(page.name)} for size, (_, cast) in sites.items()
    }
    for number in range(rounds + 2):
        for size, (server, cast) in sites.items():
            took = _look(page, server, cast, number)
            if number >= 2:  # each worker has seen it
                found[size]["ms"].append(took)
    return found


def _look(page: Page, server: Server, cast: dict[str, Any], number: int) -> float:
    path = page.path.format(**cast, n=f"{number}.{time.monotonic_ns()}")
    cookie = cast["cookies"][page.reader]
    headers = {"Accept-Encoding": GZIP} | ({"Cookie": cookie} if cookie else {})
    headers |= {"HX-Request": "true", "HX-Target": page.part} if page.part else {}
    began = time.perf_counter()
    status, _, _ = server.get(path, headers)
    took = 1000 * (time.perf_counter() - began)
    if status != 200:
        raise RuntimeError(f"{path} is answered with {status}.")
    return took


def _searches() -> Iterator[Page]:
    """As somebody types, over all rows: for a word that is nearly everywhere, and for one that is once."""
    first = next(documents(tables=1, rows=1, columns=2, seed=1)).title.split()[2]
    for name, word in (("common word", COMMON), ("rare word", first)):
        yield Page(f"search among all rows, {name}", f"/search/?q={quote(word)}&_={{n}}", part="site-hits")


def _alone(page: Page, site: tuple[Server, dict[str, Any]], rounds: int) -> dict[str, Any]:
    server, cast = site
    return {"big": {"ms": [_look(page, server, cast, number + 1) for number in range(3 * rounds)]}}
