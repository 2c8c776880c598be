import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quizzes', '0003_reports'),
        ('tables', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='report',
            name='question',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='quizzes.question'),
        ),
        migrations.AddField(
            model_name='report',
            name='row',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='tables.row'),
        ),
        migrations.AddField(
            model_name='report',
            name='column',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='tables.column'),
        ),
        migrations.AddField(
            model_name='report',
            name='value',
            field=models.TextField(blank=True),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('column', None), ('question__isnull', False), ('row', None)), models.Q(('column__isnull', False), ('question', None), ('row__isnull', False)), _connector='OR'), name='report_of_question_or_cell'),
        ),
    ]
