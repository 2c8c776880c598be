"""Remind members of study groups of what is due; to be run once a day."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from quizzes.actions.reminding import NotSent, remind_all


class Command(BaseCommand):
    """`manage.py remind`: run twice it reminds nobody twice."""

    help = "Send mails about assignments that are due tomorrow, to members who asked for them and have not done them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send them and say how many. Raises CommandError while the mail server cannot be reached."""
        if not (settings.SENDS_MAIL and settings.SITE_URL):
            self.stdout.write("Nobody was reminded: that needs EMAIL_URL, and SITE_URL for the links.")
            return
        try:
            sent = remind_all()
        except NotSent as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{sent} {'person was' if sent == 1 else 'people were'} reminded.")
