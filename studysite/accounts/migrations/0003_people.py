from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_groups")]

    operations = [
        migrations.AddField("user", "wants_mail", models.BooleanField(db_default=False, default=False)),
    ]
