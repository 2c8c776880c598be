from django.apps import AppConfig
from django.core.checks import register


class TablesConfig(AppConfig):
    name = "tables"
    verbose_name = "Guides and tables"

    def ready(self) -> None:
        """Have `manage.py check` look at the host's own pages."""
        from tables.actions.about import faults_of_about

        register(faults_of_about)
