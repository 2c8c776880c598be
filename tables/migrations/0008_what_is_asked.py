"""A number that changes with what is asked of a guide: pages kept for everybody go by it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tables', '0007_search_for_concepts'),
    ]

    operations = [
        migrations.AddField(
            model_name='guide',
            name='asked_version',
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False, help_text='Raised when other questions are asked.', serialize=False),
        ),
    ]
