"""Keep all that the site holds in one file, while it runs."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser

from studysite.backups.writing import write_backup
from studysite.prerequisites import need_prepared

NAME = "studysite-{:%Y%m%d-%H%M%S}.jsonl.gz"
PATTERN = "studysite-????????-??????.jsonl.gz"


class Command(BaseCommand):
    """`manage.py backup PLACE [--keep N]`: a file of that name, or one named by the moment in that folder."""

    help = "Write everything the database holds to one file, as it stands at this moment, while the site is in use."
    requires_system_checks = ()  # they ask the database before we do

    def add_arguments(self, parser: CommandParser) -> None:
        """Where, and how many to keep there."""
        parser.add_argument("place", metavar="PLACE", type=Path, help="a new file, or a folder")
        parser.add_argument("--keep", type=int, metavar="N", help="with a folder: remove all but the N newest backups")

    def handle(self, *args: Any, place: Path, keep: int | None, **options: Any) -> None:
        """Write, then tidy up. Raises CommandError where nothing could be written."""
        if keep is not None and (keep < 1 or not place.is_dir()):
            raise CommandError("--keep needs a folder, and a number from 1 up.")
        need_prepared()
        path = place / NAME.format(datetime.now(UTC)) if place.is_dir() else place
        try:
            counts = write_backup(path)
        except OSError as error:
            raise CommandError(f"{path} cannot be written ({error.strerror or 'it is there already'}).") from error
        self.stdout.write(f"{sum(counts.values())} rows of {len(counts)} tables in {path}.")
        if keep is not None:
            for old in sorted(place.glob(PATTERN))[:-keep]:
                old.unlink()
