"""Put a server under load and time it: a front of the load tool wrk, and of what the system says of processes."""

import json
import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).parent / "requests.lua"
THREADS, CONNECTIONS = 2, 16
NO_WRK = "no load: the load tool wrk was not found (Debian: apt install wrk)"


@dataclass(frozen=True, slots=True)
class Sent:
    """One request to send: see requests.lua."""

    path: str
    cookie: str = ""
    part: str = ""
    tag: str = ""
    form: str = ""

    def line(self) -> str:
        """As requests.lua reads it."""
        method = "POST" if self.form else "GET"
        return "\t".join((method, self.path, self.cookie, self.part, self.tag, self.form))


@dataclass(frozen=True, slots=True)
class Timed:
    """One round: requests a second, milliseconds within which so many percent came, bytes and CPU ms a request."""

    rate: float
    p50: float
    p95: float
    p99: float
    bytes: float
    cpu: float
    failed: int


def has_wrk() -> bool:
    """Whether there is anything to measure with."""
    return shutil.which("wrk") is not None


def put_under_load(
    base: str, lines: Path, *, seconds: int, server: int, once: bool = False, connections: int = CONNECTIONS
) -> Timed:
    """
    Send the lines of a file for so long, to a server with this process id, in turns; `once` each but once.

    Raises CalledProcessError with wrk's own words.
    """
    before = cpu_seconds(server)
    command = ["wrk", f"-t{THREADS}", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s"]
    answer = subprocess.run(
        [*command, str(SCRIPT), base, "--", str(lines), "once" if once else "each"],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "BENCH_THREADS": str(THREADS)},
    )
    told = json.loads(answer.stdout.partition("BENCH ")[2].partition("\n")[0])
    used = cpu_seconds(server) - before
    _wait_until_idle(server)
    done = max(told["requests"], 1)
    return Timed(
        rate=told["requests"] / told["seconds"],
        p50=told["p50"],
        p95=told["p95"],
        p99=told["p99"],
        bytes=told["bytes"] / done,
        cpu=1000 * used / done,
        failed=told["failed"] + told["broken"],
    )


def _wait_until_idle(server: int) -> None:
    """Let a server finish what was asked last, so that the next round does not wait for it; 10 s at most."""
    for _ in range(50):
        before = cpu_seconds(server)
        time.sleep(0.2)
        if cpu_seconds(server) - before < 0.02:
            return


def family_of(pid: int) -> list[int]:
    """A process and all that descend from it, by /proc; the process alone where there is no /proc."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # gone meanwhile
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = [pid]
    for each in found:
        found += children.get(each, [])
    return found


def cpu_seconds(pid: int) -> float:
    """CPU that a process and its descendants used so far; 0 where the system does not say."""
    total = 0
    for each in family_of(pid):
        try:
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def megabytes(pid: int) -> float:
    """Memory of one process in MB, what it shares divided by who shares it; 0 where the system does not say."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
