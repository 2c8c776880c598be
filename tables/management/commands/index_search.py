"""Bring what a search looks through in step with the guides."""

from typing import Any

from django.core.management import BaseCommand
from django.core.management.base import CommandParser

from tables.actions.indexing import guides_behind, refresh_entries
from tables.models import Guide


class Command(BaseCommand):
    """`manage.py index_search`: needed only after content was written behind the site's back, as by a fixture."""

    help = "Write the entries that a search looks through, for the guides where they are behind."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which guides."""
        parser.add_argument("--all", action="store_true", help="look through every guide, not only those behind")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refresh guide by guide, each in a transaction of its own, and say the sum."""
        guides = list(Guide.objects.all()) if options["all"] else guides_behind()
        written = sum(refresh_entries(guide) for guide in guides)
        if options["verbosity"]:
            count = f"{len(guides)} guide" if len(guides) == 1 else f"{len(guides)} guides"
            self.stdout.write(f"Search: {count} looked through, {written} entries changed.")
