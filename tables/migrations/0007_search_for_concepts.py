"""
Keys for what guides name, by which a search finds it.

They are given when the concepts are made anew: by `manage.py refresh_concepts`, which `manage.py prepare` calls, or
when somebody next opens them. The kind of an entry has another choice, which changes nothing in the database.
"""

from django.db import migrations, models


def let_concepts_be_made_anew(apps, schema_editor):
    """Say of every guide that its concepts are behind."""
    apps.get_model("tables", "Guide").objects.update(concepts_version=0)


class Migration(migrations.Migration):

    dependencies = [
        ('tables', '0006_guides_of_groups'),
    ]

    operations = [
        migrations.AddField(
            model_name='concept',
            name='key',
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
        migrations.AlterField(
            model_name='entry',
            name='kind',
            field=models.CharField(choices=[('guide', 'Guide'), ('topic', 'Topic'), ('table', 'Table'), ('row', 'Row'), ('concept', 'Concept'), ('question', 'Question'), ('point', 'Key point')], max_length=10),
        ),
        migrations.RunPython(let_concepts_be_made_anew, migrations.RunPython.noop),
    ]
