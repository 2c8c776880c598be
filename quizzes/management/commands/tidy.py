"""Take away what nobody will come back for; to be run once a day."""

from typing import Any

from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser

from quizzes.actions.tidying import tidy
from studysite.prerequisites import need_prepared


class Command(BaseCommand):
    """`manage.py tidy [--days N] [--trial]`: safe while the site is in use."""

    help = "Delete old guests without answers, unpublished documents, dead invitations and ended sessions."
    requires_system_checks = ()  # they ask the database before we do

    def add_arguments(self, parser: CommandParser) -> None:
        """How old, and whether only to count."""
        parser.add_argument("--days", type=int, default=30, metavar="N", help="what is older than N days (30)")
        parser.add_argument("--trial", action="store_true", help="delete nothing: say what would go")

    def handle(self, *args: Any, days: int, trial: bool, **options: Any) -> None:
        """Do it and say what went. Raises CommandError for less than a day: somebody may be in the middle of it."""
        if days < 1:
            raise CommandError("--days must be 1 or more.")
        need_prepared()
        went = tidy(days=days, is_trial=trial)
        self.stdout.write(
            f"{'Would go' if trial else 'Gone'}: {went.guests} guests, {went.drafts} unpublished documents,"
            f" {went.invitations} invitations, {went.sessions} sessions."
        )
