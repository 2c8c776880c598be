"""Print a link by which somebody sets a new password: for hosts that send no mail."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from studysite.accounts.actions.people import drop_second_factor, reset_path
from studysite.accounts.adapter import at_the_site
from studysite.accounts.models import User
from studysite.prerequisites import need_prepared


class Command(BaseCommand):
    help = "Print a link that lets one person set a new password, once. Give it to nobody else."
    requires_system_checks = ()  # they ask the database before we do

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument(
            "--without-second-factor", action="store_true", help="also take away passkeys, app and recovery codes"
        )

    def handle(self, *args: Any, username: str, without_second_factor: bool, **options: Any) -> None:
        need_prepared()
        user = User.objects.filter(username__iexact=username, is_active=True).first()
        if user is None:
            raise CommandError(f"There is nobody here by the name of {username}, or their account is closed.")
        if without_second_factor:
            drop_second_factor(user)
        self.stdout.write(at_the_site(reset_path(user)))
        self.stderr.write("Works once, for three days. Whoever has it can become this person.")
