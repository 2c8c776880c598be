"""Take a Markdown document in as a guide, or as the next version of one."""

import json
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser

from quizzes.actions.publishing import check_document, publish_document
from quizzes.generation.pins import BadPin, read_pins
from tables.actions.limits import site_limits
from tables.actions.publishing import NotPublished, RenamesAreGuessed, find_guide
from tables.models import Guide
from tables.reader import read
from tables.reader.document import Problem, Reading, Severity
from tables.versions.changes import Diff


class Command(BaseCommand):
    """`manage.py import_guide FILE`: exit status 1 and nothing written where the document cannot be published."""

    help = (
        "Read a Markdown document of comparison tables and publish it. The guide is the one of --guide, else the one"
        " of the same front matter id, else the public one of the same title, else a new one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """One file, and what to do with it."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--guide", metavar="SLUG", help="the guide that the document is a newer version of")
        parser.add_argument("--accept-renames", action="store_true", help="take guessed renames for true")
        parser.add_argument("--check", action="store_true", help="only say what would change")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Read, say what is wrong with the document, publish or check, and say what changed."""
        source = read_bytes(file)
        reading = read(source, file.name, site_limits())
        self.tell_problems(file, reading, shows_all=options["verbosity"] > 1)
        if reading.errors:
            raise CommandError("Nothing was imported: the document has errors.")
        guide = chosen_guide(options["guide"]) or find_guide(reading)
        try:
            if options["check"]:
                outcome = check_document(guide, reading)
            else:
                outcome = publish_document(
                    guide,
                    reading,
                    source,
                    pins=pins_beside(file),
                    name=file.name,
                    accept_renames=options["accept_renames"],
                )
        except RenamesAreGuessed as guessed:
            raise CommandError(renames(guessed.diff)) from guessed
        except NotPublished as refused:
            raise CommandError(f"Nothing was imported. {refused}") from refused
        if options["check"] or options["verbosity"] > 1:
            self.stdout.writelines(f"  {change.sentence}\n" for change in outcome.publication.diff.changes)
        self.stdout.write(outcome.summary)

    def tell_problems(self, file: Path, reading: Reading, *, shows_all: bool) -> None:
        """One line for each problem; information only where all is wanted."""
        for problem in reading.problems:
            if shows_all or problem.severity is not Severity.INFORMATION:
                self.stderr.write(line_of(file, problem), style_func=str)


def read_bytes(file: Path) -> bytes:
    """The bytes of a file. Raises CommandError where there is none to read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error


def line_of(file: Path, problem: Problem) -> str:
    """`notes.md:14: warning: what was done, and what to do [code]`."""
    words = f"{problem.message} {problem.advice}".strip()
    return f"{file}:{problem.line}: {problem.severity}: {words} [{problem.code}]"


def chosen_guide(slug: str | None) -> Guide | None:
    """The guide of --guide, whoever may see it. Raises CommandError where there is none."""
    if not slug:
        return None
    guide = Guide.objects.filter(slug=slug).first()
    if guide is None:
        raise CommandError(f"No guide has the slug {slug}.")
    return guide


def pins_beside(file: Path) -> dict[str, Any] | None:
    """The author's pins in `notes.pins.json` beside `notes.md`, if there is such a file. Raises CommandError."""
    pins = file.with_suffix(".pins.json")
    if not pins.exists():
        return None
    try:
        text = pins.read_text(encoding="utf-8")
        read_pins(text)
        return dict(json.loads(text))
    except (BadPin, ValueError) as error:
        raise CommandError(f"{pins}: {error}") from error


def renames(diff: Diff) -> str:
    """Why nothing was published, with a line for each guess."""
    lines = "\n".join(f"  {change.sentence}" for change in diff.guessed)
    how = "--accept-renames (with make: ARGS=--accept-renames)"
    return f"Nothing was imported. These look like renames; if they are, add {how}:\n{lines}"
