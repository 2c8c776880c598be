"""Work on a document that was handed in on the site and is too long to be read while its author waits."""

from typing import Any

from django.core.management import BaseCommand
from django.core.management.base import CommandParser

from quizzes.actions.importing import work_on
from tables.models import Draft


class Command(BaseCommand):
    """`manage.py work_on_draft ID`: the site starts it by itself. Two of them do not meet: one of them has it."""

    help = "Read or publish a draft that waits for it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which draft."""
        parser.add_argument("draft", type=int)

    def handle(self, *args: Any, draft: int, **options: Any) -> None:
        """Do what it waits for, if it is still there."""
        found = Draft.objects.filter(pk=draft).first()
        if found:
            work_on(found)
