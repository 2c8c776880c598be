"""Write a guide as a Django fixture."""

from typing import Any

from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser

from quizzes.actions.fixtures import fixture_of
from tables.models import Guide


class Command(BaseCommand):
    """`manage.py dump_guide SLUG > fixtures/NAME.json`: content and questions, nothing about learners."""

    help = "Print a guide with its questions as a fixture for loaddata. The same content gives the same bytes."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which guide."""
        parser.add_argument("slug", metavar="SLUG")

    def handle(self, *args: Any, slug: str, **options: Any) -> None:
        """Print the fixture."""
        guide = Guide.objects.filter(slug=slug).first()
        if guide is None:
            raise CommandError(f"No guide has the slug {slug}.")
        self.stdout.write(fixture_of(guide))
