"""Make memory anew from the answer log, or say where the two differ."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from quizzes.actions.replaying import differences, replay
from quizzes.models import Learner

SHOWN = 20


class Command(BaseCommand):
    """Parse what is wanted, replay learner by learner, say what was found."""

    help = "Make what learners remember anew from the log of their answers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and whether only to compare."""
        parser.add_argument("--learner", type=int, metavar="ID", help="only this learner")
        parser.add_argument("--user", metavar="NAME", help="only the learner of this account")
        parser.add_argument("--stale", action="store_true", help="only those whose memory waits to be made anew")
        parser.add_argument("--check", action="store_true", help="change nothing: say where memory and log differ")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, each learner in a transaction of their own."""
        count, differing = 0, 0
        for learner in chosen(options):
            count += 1
            if options["check"]:
                differing += self.compare(learner)
            else:
                rebuild(learner)
        if options["check"]:
            self.stdout.write(f"{count} learners looked at, {differing} differ from their log.")
            if differing:
                raise CommandError("Run rebuild_memory without --check to put that right.")
        else:
            self.stdout.write(f"Memory of {count} learners made anew.")

    def compare(self, pk: int) -> bool:
        """Say where one learner's memory differs from their log; whether it does."""
        with transaction.atomic():
            learner = Learner.objects.select_for_update().filter(pk=pk).first()
            found = differences(learner) if learner else []
        if learner and learner.is_stale:
            self.stdout.write(f"Learner {pk} waits to be made anew.")
        for difference in found[:SHOWN]:
            self.stdout.write(f"Learner {pk}: {difference}")
        if len(found) > SHOWN:
            self.stdout.write(f"Learner {pk}: {len(found) - SHOWN} more")
        return bool(found)


def rebuild(pk: int) -> None:
    """Replay one learner, unless they were merged into another meanwhile."""
    with transaction.atomic():
        learner = Learner.objects.select_for_update().filter(pk=pk).first()
        if learner:
            replay(learner)


def chosen(options: dict[str, Any]) -> Iterator[int]:
    """The ids of the learners wanted. Raises CommandError for somebody who does not learn here."""
    learners = Learner.objects.order_by("pk")
    if options["learner"] is not None:
        learners = learners.filter(pk=options["learner"])
    if options["user"] is not None:
        learners = learners.filter(user__username=options["user"])
    if (options["learner"] is not None or options["user"] is not None) and not learners.exists():
        raise CommandError("There is no such learner.")
    if options["stale"]:
        learners = learners.filter(is_stale=True)
    yield from list(learners.values_list("pk", flat=True))
