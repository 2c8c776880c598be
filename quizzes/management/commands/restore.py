"""Put a backup into an empty database, or only look whether it is whole."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser

from studysite.backups.reading import check_backup
from studysite.backups.restoring import NotEmpty, restore_backup
from studysite.backups.values import DamagedBackup
from studysite.prerequisites import need_database

SHOWN = ("accounts.User", "quizzes.Learner", "tables.Guide", "quizzes.Sitting", "quizzes.Answer")


class Command(BaseCommand):
    """`manage.py restore FILE [--check]`: into the database of DATABASE_URL, which must be new."""

    help = "Fill an empty database from a backup, of this or an older version and of either kind of database."
    requires_system_checks = ()  # they ask the database before we do

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and whether to touch no database."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--check", action="store_true", help="only say whether the file is whole")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Do it and say what is there now, as counted. Raises CommandError where nothing could be restored."""
        if not options["check"]:
            need_database()
        try:
            counts = check_backup(file) if options["check"] else restore_backup(file)
        except (DamagedBackup, NotEmpty) as refusal:
            raise CommandError(str(refusal)) from refusal
        done = "The backup is whole" if options["check"] else "Restored and counted"
        shown = ", ".join(f"{counts.get(label, 0)} {label}" for label in SHOWN)
        self.stdout.write(f"{done}: {sum(counts.values())} rows of {len(counts)} tables, among them {shown}.")
