from typing import Any

from django.db import migrations, models


def mark(apps: Any, schema_editor: Any) -> None:
    """Sittings of files can be told by their seed: any other has one of 63 bits, by chance."""
    apps.get_model("quizzes", "Sitting").objects.filter(seed=0).update(is_taken_in=True)


class Migration(migrations.Migration):
    dependencies = [
        ("quizzes", "0017_analysis"),
    ]

    operations = [
        migrations.AddField(
            model_name="sitting",
            name="is_taken_in",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddIndex(
            model_name="sitting",
            index=models.Index(condition=models.Q(("is_taken_in", True)), fields=["learner"], name="sitting_taken_in"),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop, elidable=True),
    ]
