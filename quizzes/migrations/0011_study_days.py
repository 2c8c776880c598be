from datetime import timedelta

from django.db import migrations
from django.db.models import DateTimeField, ExpressionWrapper, F
from django.db.models.functions import TruncDate

BATCH = 5000


def fill(apps, schema_editor):
    """Give the answers kept so far the study day of the site's time zone, some thousands in each transaction."""
    answers = apps.get_model("quizzes", "Answer").objects
    day = TruncDate(ExpressionWrapper(F("answered_at") - timedelta(hours=4), output_field=DateTimeField()))
    last = answers.order_by("-pk").values_list("pk", flat=True).first() or 0
    for start in range(0, last + 1, BATCH):
        answers.filter(pk__gte=start, pk__lt=start + BATCH, study_day=None).update(study_day=day)


class Migration(migrations.Migration):
    """Memory itself is made anew when a learner next comes: all are marked stale by the migration before."""

    atomic = False
    dependencies = [("quizzes", "0010_memory")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
