"""A PostgreSQL server of our own for one run of the tests: private, on a socket only, thrown away at the end."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OLDEST = 15
PLACES = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt", "/Applications/Postgres.app/Contents/Versions")
NO_POSTGRES = (
    f"no server binaries of PostgreSQL {OLDEST} or newer were found: install the server, or name their folder by PG_BIN"
)
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def find_postgres() -> Path | None:
    """The folder with initdb, pg_ctl and postgres that fits and is named first; None where there is none."""
    folders = [Path(os.environ["PG_BIN"])] if os.environ.get("PG_BIN") else usual_folders()
    return next((folder for folder in folders if major_version(folder) >= OLDEST), None)


def usual_folders() -> list[Path]:
    """Where server binaries are on Debian, Fedora, Homebrew and others, newest first for each place; may not exist."""
    on_path = [Path(found).resolve().parent for name in ("pg_ctl", "pg_config") if (found := shutil.which(name))]
    asked = []
    if shutil.which("pg_config"):
        answer = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
        asked = [Path(answer.stdout.strip())]
    kept = [found for place in PLACES for found in sorted(Path(place).glob("*/bin"), key=number_in, reverse=True)]
    return [*on_path, *asked, *kept]


def number_in(path: Path) -> int:
    """The first number of a path, 0 where there is none: /usr/lib/postgresql/16/bin is 16."""
    found = re.search(r"\d+", str(path))
    return int(found[0]) if found else 0


def major_version(folder: Path) -> int:
    """The major version of the server in a folder; 0 where one of the binaries is missing."""
    if not all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
        return 0
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    return number_in(Path(answer.stdout))


@contextmanager
def throw_away_cluster(binaries: Path, *, flags: str = FAST) -> Iterator[str]:
    """
    Start a new server and give the address of its database, for DATABASE_URL; stop and remove it afterwards.

    Unless other `flags` are given it is fast and forgets all when the machine stops.

    Root may not run a server, so root lends this to the user `postgres`. Raises CalledProcessError with the
    server's own words when it does not start.
    """
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # short: a socket's path may have some 100 characters
    owner = "postgres" if os.getuid() == 0 else None
    if owner:
        shutil.chown(folder, owner, owner)

    def call(name: str, *options: str) -> None:
        command = [str(binaries / name), "-D", f"{folder}/data", *options]
        extra = [] if owner else None
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, user=owner, extra_groups=extra, cwd=folder)

    try:
        call("initdb", "--no-sync", "--auth=trust", "--username=studysite", "--encoding=UTF8", "--locale=C")
        call("pg_ctl", "--wait", "--log", f"{folder}/log", "-o", f"{flags} -c listen_addresses='' -k {folder}", "start")
        try:
            yield f"postgres://studysite@/studysite?host={folder}"
        finally:
            call("pg_ctl", "--mode=immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
