"""Make the concepts of guides that were published before there were any, or changed since they were made."""

from typing import Any

from django.core.management import BaseCommand

from quizzes.actions.bank import naming_of, read_pins_of
from quizzes.models import Bank
from tables.actions.concepts import refresh_concepts
from tables.models import Guide


class Command(BaseCommand):
    """`manage.py refresh_concepts`: costs little where nothing has changed."""

    help = "Make the concept pages of every guide anew where they are not those of its present tables."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go over all guides and say how many were behind."""
        banks = {bank.guide_id: bank for bank in Bank.objects.all()}
        guides = list(Guide.objects.all())
        made = 0
        for guide in guides:
            naming = naming_of(read_pins_of(banks[guide.pk])) if guide.pk in banks else None
            made += refresh_concepts(guide, naming=naming)
        if options["verbosity"] > 0:
            self.stdout.write(f"Made the concepts of {made} of {len(guides)} guides.")
