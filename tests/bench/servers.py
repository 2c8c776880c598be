"""The site as `make run` serves it, and what it is compared with: started on free ports, stopped at the end."""

import http.client
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

ROOT = Path(__file__).parents[2]
WORKERS = 2
PATIENCE = 60
"""Seconds until a server must answer."""
FTS = "CREATE VIRTUAL TABLE rows_fts USING fts5 (name, text, content=[rows], content_rowid=id)"


@dataclass(frozen=True, slots=True)
class Server:
    """A running one: its process and its address."""

    name: str
    pid: int
    port: int

    @property
    def base(self) -> str:
        """What stands before each path."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
        """Status, headers by their names in small letters, and body of one answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers=headers or {})
            response = connection.getresponse()
            return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
        finally:
            connection.close()


@contextmanager
def running(
    name: str, command: Sequence[str], port: int, path: str, env: dict[str, str] | None = None
) -> Iterator[Server]:
    """A server from the moment it answers. Raises RuntimeError with the last it said where it does not."""
    log = Path(f"/tmp/bench-{os.getpid()}-{name.replace(' ', '-')}.log")
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, cwd=ROOT, env={**os.environ, **(env or {})})
        try:
            server = Server(name, process.pid, port)
            _wait_for(server, process, path, log)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
            log.unlink(missing_ok=True)


def _wait_for(server: Server, process: subprocess.Popen[bytes], path: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            if server.get(path)[0] == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{server.name} did not start: {log.read_text()[-2000:]}")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def site(name: str, env: dict[str, str], application: str = "studysite.wsgi:application") -> "contextmanager[Server]":
    """The site as `make run` serves it; or another application in its place."""
    port = free_port()
    command = [str(Path(sys.executable).parent / "granian"), application, "--interface", "wsgi"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", str(WORKERS), "--blocking-threads", "1"]
    command += ["--no-ws", "--log-level", "error", "--workers-kill-timeout", "1"]
    return running(name, command, port, "/livez" if application.startswith("studysite") else "/", env)


def find_datasette() -> Path | None:
    """Datasette where it is installed; None where it is not. DATASETTE names it where it is not on the path."""
    found = shutil.which(os.environ.get("DATASETTE", "datasette"))
    return Path(found) if found else None


def datasette(binary: Path, folder: Path, *, is_tuned: bool) -> "contextmanager[Server]":
    """Datasette on the tables of FOLDER/tables.db; tuned: told that they do not change, without suggestions."""
    port = free_port()
    command = [str(binary), "serve", "--port", str(port), "--host", "127.0.0.1"]
    if is_tuned:
        counts = folder / "counts.json"
        subprocess.run(
            [binary, "inspect", folder / "tables.db", "--inspect-file", counts], check=True, capture_output=True
        )
        command += ["--immutable", f"{folder}/tables.db", "--inspect-file", str(counts)]
        command += ["--setting", "suggest_facets", "off", "--setting", "allow_facet", "off"]
    else:
        command += [f"{folder}/tables.db"]
    return running("datasette tuned" if is_tuned else "datasette", command, port, "/tables/short")


def tables_for_datasette(folder: Path, tables: dict[str, Sequence[Sequence[str]]]) -> None:
    """FOLDER/tables.db: each table with its header in the first line, and all rows of all in a full text index."""
    with sqlite3.connect(folder / "tables.db") as database:
        database.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, name TEXT, text TEXT)")
        for name, (head, *rows) in tables.items():
            columns = ", ".join(f'"{column}" TEXT' for column in head)
            database.execute(f'CREATE TABLE "{name}" ({columns})')
            database.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(head))})', rows)
            database.executemany(
                "INSERT INTO rows (name, text) VALUES (?, ?)", [(row[0], " ".join(row)) for row in rows]
            )
        database.execute(FTS)
        database.execute("INSERT INTO rows_fts (rows_fts) VALUES ('rebuild')")
    database.close()


def nginx(folder: Path) -> "contextmanager[Server] | None":
    """Nginx with the files of FOLDER/files; None where it is not installed."""
    binary = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if binary is None:
        return None
    port = free_port()
    user = "user root;" if os.getuid() == 0 else ""
    places = "".join(f"{kind}_temp_path {folder};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(
        f"{user} worker_processes {WORKERS}; pid {folder}/nginx.pid; daemon off; error_log stderr;"
        f" events {{ worker_connections 256; }}"
        f" http {{ access_log off; gzip_static on; {places} default_type text/html;"
        f" server {{ listen 127.0.0.1:{port}; root {folder}/files; }} }}"
    )
    return running("nginx", [binary, "-c", f"{folder}/nginx.conf", "-p", str(folder)], port, "/table.html")


def environment(database: str) -> dict[str, str]:
    """What a site with this database is started with."""
    return {
        "DATABASE_URL": database,
        "SECRET_KEY": "a-key-for-measurements",
        "DJANGO_SETTINGS_MODULE": "studysite.settings",
    }


def create_database(url: str, name: str) -> str:
    """An empty database of this name on a PostgreSQL server, in the place of one that is there; its address."""
    place, _, rest = url.partition("?")
    server, ending = place.rpartition("/")[0], f"?{rest}" if rest else ""
    with psycopg.connect(f"{server}/postgres{ending}", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{server}/{name}{ending}"


def count_rows_anew(url: str) -> None:
    """Let PostgreSQL learn at once what was just written: by itself it does so within minutes."""
    if url.startswith("postgres"):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("ANALYZE")


def prepare(env: dict[str, str]) -> None:
    """Make the database and the static files of a site, as `make run` does."""
    command = [sys.executable, "manage.py", "prepare", "--port", str(free_port())]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **env}, stdout=subprocess.DEVNULL)


def linked_from(page: str) -> list[str]:
    """The addresses on this site that a browser fetches for a page, each once, in order."""
    tags = re.findall(r"<(?:link|script|img)\b[^>]*>", page)
    wanted = [tag for tag in tags if not re.search(r'rel="(?:alternate|apple-touch-icon|canonical|next|prev)"', tag)]
    return list(dict.fromkeys(found[1] for tag in wanted if (found := re.search(r'(?:href|src)="(/[^"#]*)"', tag))))


def read_cast(folder: Path, env: dict[str, str]) -> dict[str, object]:
    """Fill the database of an environment, and give who is there to ask."""
    command = [sys.executable, "-m", "tests.bench.cast", str(folder)]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **env})
    cast: dict[str, object] = json.loads((folder / "cast.json").read_text())
    return cast
