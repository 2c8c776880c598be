"""Fill a site with made-up guides and learners, to try it at any size."""

from dataclasses import fields
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser

from quizzes.actions.demo import HoldsMore, Size, make_demo

HELP = {
    "tables": "tables in all, 20 to a guide or fewer",
    "rows": "rows of each table",
    "columns": "columns of each table, with the one that names its rows",
    "asked": "guides for which questions are made and which are studied",
    "learners": "learners, with accounts nobody can sign in to",
    "answers": "answers of all learners together",
    "members": "learners who are in one study group",
}


class Command(BaseCommand):
    """`manage.py make_demo [--tables N] ... [--seed N] [--add]`: for trial sites, never for one that is in use."""

    help = "Fill an empty site with made-up guides, questions, learners and answers."

    def add_arguments(self, parser: CommandParser) -> None:
        """How much of everything."""
        for size in fields(Size):
            parser.add_argument(f"--{size.name}", type=int, default=size.default, metavar="N", help=HELP[size.name])
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same number makes the same site")
        parser.add_argument("--add", action="store_true", help="also where the site holds guides already")

    def handle(self, *args: Any, seed: int, add: bool, **options: Any) -> None:
        """Make it and say how much. Raises CommandError where the site is not empty, or the size is none."""
        size = Size(**{each.name: options[each.name] for each in fields(Size)})
        try:
            made = make_demo(size, seed=seed, adds=add)
        except HoldsMore as refused:
            raise CommandError(str(refused)) from refused
        except ValueError as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"Made {made.guides} guides with {size.tables * size.rows:,} rows,"
            f" and {size.learners:,} learners who gave {made.answers:,} answers to {made.questions:,} questions."
        )
