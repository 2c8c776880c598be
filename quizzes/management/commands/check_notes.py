"""Say what an author may want to mend in the notes of a guide."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from quizzes.actions.notes import check_notes
from quizzes.generation.pins import BadPin
from quizzes.notes_check.findings import Finding
from tables.models import Guide


class Command(BaseCommand):
    """`manage.py check_notes SLUG`: changes nothing; exit status 0 whatever is found."""

    help = "Say where the notes of a guide repeat, pull apart, leave gaps or point into nothing, line by line."

    def add_arguments(self, parser: CommandParser) -> None:
        """One guide."""
        parser.add_argument("guide", metavar="SLUG")

    def handle(self, *args: Any, guide: str, **options: Any) -> None:
        """One line for each finding, then how many there are."""
        own = Guide.objects.filter(slug=guide).first()
        if own is None:
            raise CommandError(f"No guide has the slug {guide}.")
        try:
            checked = check_notes(own)
        except BadPin as error:
            raise CommandError(str(error)) from error
        self.stdout.writelines(line_of(finding) for finding in checked.findings)
        dismissed = f", {len(checked.dismissed)} dismissed" if checked.dismissed else ""
        unasked = f" {len(checked.unasked)} facts are not asked." if checked.unasked else ""
        count = len(checked.findings)
        self.stdout.write(f"{count} finding{'s'[: count != 1]}{dismissed}.{unasked}")


def line_of(finding: Finding) -> str:
    """`23, 40: what was found. What to do. [kind]`, with the lines of the document it speaks of."""
    lines = ", ".join(dict.fromkeys(str(place.line) for place in finding.places if place.line))
    return f"{lines or '-'}: {finding.sentence} {finding.suggestion} [{finding.code}]\n"
