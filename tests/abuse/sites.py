"""The site as hosted: granian on ports of its own over one database, started, killed and looked into from outside."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg

ROOT = Path(__file__).parent.parent.parent
KEY = "a-key-that-stays-the-same-for-every-process"
OURS = ("DATABASE_URL", "REPLICA_URL", "CACHE_URL", "SITE_URL", "DEBUG", "DJANGO_SETTINGS_MODULE", "SENTRY_DSN")


class Site:
    """One database and the servers before it. `code` is the folder of the version that answers."""

    def __init__(self, database_url: str, log: Path, *, code: Path = ROOT, **variables: str) -> None:
        self.url = database_url
        self.log = log
        self.code = code
        kept = {name: value for name, value in os.environ.items() if name not in OURS}
        self.environment = kept | {"SECRET_KEY": KEY, "DATABASE_URL": database_url} | variables
        self.servers: dict[int, subprocess.Popen[bytes]] = {}

    @property
    def kind(self) -> str:
        """The database by name."""
        return "SQLite" if self.url.startswith("sqlite") else "PostgreSQL"

    def start(self, *ports: int, workers: int = 1) -> None:
        """Start a server on each port, on new ones where none is named, and wait until all may be sent visitors."""
        for port in ports:
            self.servers[port] = self.launch(port, workers)
        for port in ports:
            self.wait(port)

    def launch(self, port: int, workers: int = 1) -> subprocess.Popen[bytes]:
        """Start one server without waiting. It leads a group of processes, which `kill` ends together."""
        command = [str(Path(sys.executable).with_name("granian")), "studysite.wsgi:application", "--interface", "wsgi"]
        command += ["--host", "127.0.0.1", "--port", str(port), "--workers", str(workers), "--blocking-threads", "1"]
        command += ["--no-ws", "--log-level", "error", "--workers-kill-timeout", "10", "--respawn-failed-workers"]
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command, cwd=self.code, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def wait(self, port: int, *, seconds: float = 60) -> None:
        """Wait until a server says that it is ready. Raises TimeoutError with where its log is."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
            time.sleep(0.02)
        raise TimeoutError(f"no server on port {port} after {seconds:.0f} s: see {self.log}")

    def kill(self, *ports: int) -> None:
        """End servers as the power going would: SIGKILL to each and to its workers."""
        for port in ports:
            with suppress(ProcessLookupError):
                os.killpg(self.servers[port].pid, signal.SIGKILL)
        for port in ports:
            self.servers.pop(port).wait()

    def terminate(self, port: int) -> None:
        """End one server as a deployment does: SIGTERM, then wait until it has gone."""
        server = self.servers.pop(port)
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)

    def close(self) -> None:
        """Kill what still runs."""
        self.kill(*list(self.servers))

    def processes(self) -> list[int]:
        """The ids of all processes of all servers."""
        groups = {server.pid for server in self.servers.values()}
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                if int(path.read_text().rpartition(")")[2].split()[2]) in groups:
                    found.append(int(path.parent.name))
        return found

    def workers(self) -> list[int]:
        """The ids of all processes that answer, without those that watch over them."""
        leaders = {server.pid for server in self.servers.values()}
        return [process for process in self.processes() if process not in leaders]

    def memory(self) -> int:
        """How much memory the servers hold together, in bytes; 0 on systems that do not tell."""
        pages = 0
        for process in self.processes():
            with suppress(OSError):
                pages += int(Path(f"/proc/{process}/statm").read_text().split()[1])
        return pages * 4096

    def manage(self, *command: str, **variables: str) -> str:
        """Run one command of manage.py; what it printed. Raises CalledProcessError."""
        given = [sys.executable, "manage.py", *command]
        run = subprocess.run(
            given, cwd=self.code, env=self.environment | variables, capture_output=True, text=True, check=False
        )
        if run.returncode:
            raise RuntimeError(f"manage.py {' '.join(command)}: {run.stderr.strip()[-600:]}")
        return run.stdout

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database itself holds."""
        parts = urlsplit(self.url)
        if self.kind == "SQLite":
            with closing(sqlite3.connect(parts.path[1:], timeout=20)) as connection:
                return connection.execute(query).fetchall()
        options = {"host": parse_qs(parts.query)["host"][0], "user": parts.username, "dbname": parts.path[1:]}
        with psycopg.connect(**options, autocommit=True) as connection:  # type: ignore[arg-type]
            return connection.execute(query).fetchall()  # type: ignore[call-overload,no-any-return]


def free_ports(count: int) -> list[int]:
    """Ports on which nobody listens now."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports
