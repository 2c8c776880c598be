"""Show how the reader understands a Markdown document, without writing anything."""

import json
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser

from tables.actions.limits import site_limits
from tables.reader import read
from tables.reader.document import Reading
from tables.reader.listing import list_reading


class Command(BaseCommand):
    """`manage.py read_document FILE [--json]`: exit status 1 where the document could not be published."""

    help = "Read a Markdown document of comparison tables and print what was understood, with every problem by line."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """One file, and the form of what is printed."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--json", action="store_true", help="print the whole reading as JSON")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Read and print; then fail if there are errors."""
        try:
            reading = read(file.read_bytes(), file.name, site_limits())
        except OSError as error:
            raise CommandError(f"{file} cannot be read ({error.strerror}).") from error
        if options["json"]:
            self.stdout.write(json.dumps(list_reading(reading), ensure_ascii=False, indent=2))
        else:
            self.stdout.writelines(f"{line}\n" for line in in_words(reading))
        if reading.errors:
            raise CommandError("The document has errors, so it cannot be published.")


def in_words(reading: Reading) -> list[str]:
    """The tables with their lines and sizes, then the problems."""
    lines = [reading.title]
    for topic in reading.topics:
        lines.append(f"  {topic.title}" if topic.title else "  (no topic)")
        for table in topic.tables:
            size = f"{table.kind.value}, {len(table.rows)} rows, {len(table.head)} columns"
            lines.append(f"    {table.line}-{table.last_line}  {table.name}  ({size})")
    for problem in reading.problems:
        place = f"line {problem.line}, {problem.severity.value}, {problem.code}"
        lines.append(f"{place}: {problem.message} {problem.advice}".rstrip())
    return lines
