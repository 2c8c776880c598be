"""What takes its time once: a start, a day's plan, an import; and how much memory a worker holds."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from statistics import median

from quizzes.memory.ordering import plan_day
from quizzes.memory.planning import Aim
from tests.bench import servers
from tests.bench.load import family_of, megabytes
from tests.bench.servers import ROOT, Server
from tests.simulation import BEGIN, facts_of

FACTS = 10_000
COLUMNS = 4


def measure(rows: Sequence[int]) -> dict[str, float]:
    """Seconds and megabytes, by what was measured; an import of each of these numbers of rows."""
    found = {"plan of a day, 10,000 facts": _plan()}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        env = servers.environment(f"sqlite:///{folder}/start.sqlite3")
        servers.prepare(env)
        found["start of a second run"] = _start(env)
        for count in rows:
            found |= _import(count, env | {"DATABASE_URL": f"sqlite:///{folder}/import-{count}.sqlite3"})
    return found


def memory_of(site: Server) -> float:
    """Megabytes of the largest worker of a site."""
    return max(megabytes(pid) for pid in family_of(site.pid))


def _plan() -> float:
    """Seconds for the list of a day, in the middle of five."""
    facts = facts_of(FACTS)
    took = []
    for _ in range(5):
        began = time.perf_counter()
        plan_day(facts, Aim(BEGIN), goal=20)
        took.append(time.perf_counter() - began)
    return median(took)


def _start(env: dict[str, str]) -> float:
    """Seconds from `make run` on a database that is there to the first page."""
    began = time.perf_counter()
    servers.prepare(env)
    with servers.site("start", env) as site:
        site.get("/")
        return time.perf_counter() - began


def _import(rows: int, env: dict[str, str]) -> dict[str, float]:
    """A document of so many rows, read, published and asked, by a process of its own."""
    servers.prepare(env)
    command = [sys.executable, "-m", "tests.bench.speeds", str(rows)]
    answer = subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **env}, capture_output=True, text=True)
    found: dict[str, float] = json.loads(answer.stdout)
    named = {f"{what}, {rows:,} rows": value for what, value in found.items()}
    if rows == 20_000:
        named["import of 100,000 rows with questions"] = 5 * sum(
            found[each] for each in ("read", "publish", "questions")
        )
    return named


def _time_import(rows: int) -> dict[str, float]:
    import django

    django.setup()
    from quizzes.actions.bank import refresh_bank
    from quizzes.demo.documents import documents
    from tables.actions.publishing import publish
    from tables.reader import read

    most = 1000
    tables = -(-rows // most)
    [document] = documents(tables=tables, rows=rows // tables, columns=COLUMNS, seed=1)
    moments = [time.perf_counter()]
    reading = read(document.text.encode())
    moments.append(time.perf_counter())
    guide = publish(None, reading, document.text.encode()).guide
    moments.append(time.perf_counter())
    refresh_bank(guide)
    moments.append(time.perf_counter())
    took = [later - earlier for earlier, later in zip(moments, moments[1:], strict=False)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)
    return dict(zip(("read", "publish", "questions"), took, strict=True)) | {"megabytes of an import": peak}


if __name__ == "__main__":
    print(json.dumps(_time_import(int(sys.argv[1]))))
