from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0005_reports_of_cells")]

    operations = [
        migrations.AddField(
            model_name="sitting",
            name="asks_confidence",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="confusion",
            name="is_told",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(fields=["question", "-answered_at"], name="answer_to_question"),
        ),
    ]
