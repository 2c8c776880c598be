"""PostgreSQL as a host runs it, every commit on the disk: a primary and a replica that follows it."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.postgres import find_postgres

OPTIONS = "-c fsync=on -c synchronous_commit=on -c listen_addresses='' -c max_connections=60 -c hot_standby=on"


class Cluster:
    """One server in a folder of its own, reached by a socket in that folder. Root lends it to the user `postgres`."""

    def __init__(self, folder: Path) -> None:
        found = find_postgres()
        if found is None:
            raise RuntimeError("no PostgreSQL: ask find_postgres() first")
        self.binaries = found
        self.folder = folder
        self.owner = "postgres" if os.getuid() == 0 else None
        folder.mkdir(parents=True, exist_ok=True)
        if self.owner:
            shutil.chown(folder, self.owner, self.owner)

    def url(self, name: str = "studysite") -> str:
        """The address of one of its databases, for DATABASE_URL."""
        return f"postgres://studysite@/{name}?host={self.folder}"

    def begin(self) -> "Cluster":
        """Make a new and empty server and start it."""
        self.call(
            "initdb", "-D", f"{self.folder}/d", "--auth=trust", "--username=studysite", "--locale=C", "-E", "UTF8"
        )
        return self.start()

    def follow(self, primary: "Cluster") -> "Cluster":
        """Make a replica that streams from a running primary, and start it."""
        self.call(
            "pg_basebackup",
            "-D",
            f"{self.folder}/d",
            "-h",
            f"{primary.folder}",
            "-U",
            "studysite",
            "-R",
            "--checkpoint=fast",
        )
        return self.start()

    def copy(self, primary: "Cluster") -> "Cluster":
        """Make a server of its own that holds what another one holds now, and start it."""
        self.call(
            "pg_basebackup", "-D", f"{self.folder}/d", "-h", f"{primary.folder}", "-U", "studysite", "--checkpoint=fast"
        )
        return self.start()

    def is_running(self) -> bool:
        """Whether the server is there."""
        try:
            self.control("status")
        except subprocess.CalledProcessError:
            return False
        return True

    def start(self) -> "Cluster":
        """Start, and wait until it answers. Raises CalledProcessError when it does not."""
        self.control("--wait", "--log", f"{self.folder}/log", "-o", f"{OPTIONS} -k {self.folder}", "start")
        return self

    def stop(self, mode: str = "immediate") -> None:
        """Stop: `immediate` is as if the power went."""
        self.control(f"--mode={mode}", "--wait", "stop")

    def control(self, *options: str) -> None:
        """Call pg_ctl."""
        self.call("pg_ctl", "-D", f"{self.folder}/d", *options)

    def call(self, name: str, *options: str) -> None:
        """Call one of its programs. Raises CalledProcessError with the program's own words."""
        extra = [] if self.owner else None
        command = [str(self.binaries / name), *options]
        subprocess.run(
            command, check=True, stdout=subprocess.DEVNULL, user=self.owner, extra_groups=extra, cwd=self.folder
        )
