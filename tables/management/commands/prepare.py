"""Make everything ready that `make run` serves, and say where it will be."""

import hashlib
import socket
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, call_command
from django.core.management.base import CommandError, CommandParser

from studysite.prerequisites import need_database

WELCOME = """
Studysite runs at http://127.0.0.1:{port}/
  Open that page to read the tables and take a quiz. Stop with Ctrl-C.
  make admin                 makes an account that may edit content at http://127.0.0.1:{port}/admin/
  make import FILE=notes.md  reads a document of your own
"""


class Command(BaseCommand):
    """`manage.py prepare`: migrations, cache table, seed, search, static files, each only where it is missing."""

    help = "Prepare the database and the static files. Safe while the version before this one is serving."
    requires_system_checks = ()  # they ask the database before we do

    def add_arguments(self, parser: CommandParser) -> None:
        """The port that `make run` will take, and whether static files were built elsewhere."""
        parser.add_argument("--port", type=int, help="that of a server on this machine, which must be free")
        parser.add_argument("--without-static", action="store_true", help="leave the static files as they are")

    def handle(self, *args: Any, port: int | None, without_static: bool, **options: Any) -> None:
        """
        Prepare, then say so; with a port also the address and what to do next.

        Raises CommandError when the port is taken or the database cannot be reached.
        """
        if port is not None:
            refuse_taken_port(port)
        need_database()
        self.check()
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        call_command("load_seed", stdout=self.stdout)
        call_command("refresh_concepts", verbosity=0)
        call_command("index_search", verbosity=0)
        if not without_static:
            self.build_static_files()
        self.stdout.write("The site is ready to be started." if port is None else WELCOME.format(port=port))

    def build_static_files(self) -> None:
        """Collect and compress the static files, unless the ones there were made from what is here now."""
        made_from = Path(f"{settings.STATIC_ROOT}.made")
        sources = fingerprint()
        if made_from.exists() and made_from.read_text() == sources:
            return
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        made_from.write_text(sources)


def refuse_taken_port(port: int) -> None:
    """Raise CommandError when another program listens on the port: the server would share it without a word."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}). Try make run PORT={port + 1}"
            ) from error


def fingerprint() -> str:
    """A short text that changes whenever a static file of the project or of its packages does."""
    digest = hashlib.blake2b(digest_size=16)
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
