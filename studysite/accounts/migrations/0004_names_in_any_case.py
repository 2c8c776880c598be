from django.core.management import CommandError
from django.db import migrations, models
from django.db.models import Count
from django.db.models.functions import Upper

ALIKE = """\
There are accounts whose names differ in capital letters only: {names}.
Nobody can sign in to them. Give all but one another name, then run this again. For the last of them that is
manage.py shell -c "User.objects.filter(pk={last}).update(username='another-name')\""""


def refuse_names_alike(apps, schema_editor):
    """Name the accounts that stand in the way: which of them keeps its name is not for us to say."""
    people = apps.get_model("accounts", "User").objects.using(schema_editor.connection.alias)
    people = people.annotate(in_capitals=Upper("username"))
    more_than_one = people.values("in_capitals").annotate(count=Count("pk")).filter(count__gt=1)
    alike = people.filter(in_capitals__in=more_than_one.values("in_capitals")).order_by("in_capitals", "pk")
    if alike:
        names = ", ".join(f"{person.username} (account {person.pk})" for person in alike)
        raise CommandError(ALIKE.format(names=names, last=alike[len(alike) - 1].pk))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_people")]

    operations = [
        migrations.AlterModelManagers("user", []),
        migrations.RunPython(refuse_names_alike, migrations.RunPython.noop),
        migrations.AddConstraint(
            "user",
            models.UniqueConstraint(
                Upper("username"),
                name="one_name_in_any_case",
                violation_error_message="Somebody has that name already. Choose another.",
            ),
        ),
    ]
