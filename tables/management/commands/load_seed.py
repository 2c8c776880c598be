"""Give an empty database the guide that ships with the project."""

from typing import Any

from django.core.management import BaseCommand, call_command

from tables.actions.concepts import refresh_concepts
from tables.models import Guide

SEED = "section-6"


class Command(BaseCommand):
    """`manage.py load_seed`: never touches a database that holds a guide."""

    help = "Load the guide that ships with the project, if the database holds no guide at all."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the fixture and say what was done in one sentence."""
        if Guide.objects.exists():
            self.stdout.write("The database holds a guide already: nothing was loaded.")
            return
        call_command("loaddata", SEED, verbosity=0)
        for guide in Guide.objects.all():
            refresh_concepts(guide)
        call_command("index_search", verbosity=0)
        self.stdout.write(f"Loaded {', '.join(Guide.objects.values_list('title', flat=True))}.")
