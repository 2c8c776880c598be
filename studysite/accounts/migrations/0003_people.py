from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField("user", "wants_mail", models.BooleanField(db_default=False, default=False)),
    ]
