from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quizzes", "0011_study_days"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(
                condition=models.Q(("confidence", "sure")), fields=["learner", "-answered_at"], name="answer_sure"
            ),
        ),
    ]
