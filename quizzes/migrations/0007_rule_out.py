import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0006_confidence_in_exams")]

    operations = [
        migrations.CreateModel(
            name="RuleOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=64)),
                ("context", models.CharField(max_length=700)),
                ("stem", models.TextField()),
                ("options", models.JSONField()),
                ("struck", models.JSONField(blank=True, default=list)),
                ("tried", models.JSONField(blank=True, null=True)),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "learner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rule_outs", to="quizzes.learner"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rule_outs", to="quizzes.question"
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at", "-pk"],
                "indexes": [models.Index(fields=["learner", "-started_at"], name="rule_out_of_learner")],
                "constraints": [models.UniqueConstraint(fields=("learner", "token"), name="rule_out_begun_once")],
            },
        ),
    ]
