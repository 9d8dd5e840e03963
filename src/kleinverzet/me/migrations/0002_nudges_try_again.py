import datetime

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("me", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="nudge",
            name="nudges_by_time",
        ),
        migrations.AddField(
            model_name="nudge",
            name="try_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="nudge",
            name="state",
            field=models.CharField(
                choices=[
                    ("planned", "Planned"),
                    ("sending", "Sending"),
                    ("handed", "Handed"),
                    ("refused", "Refused"),
                    ("skipped", "Skipped"),
                    ("passed", "Passed"),
                ],
                default="planned",
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="rhythm",
            name="quiet_from",
            field=models.TimeField(default=datetime.time(22, 0)),
        ),
        migrations.AlterField(
            model_name="rhythm",
            name="quiet_until",
            field=models.TimeField(default=datetime.time(7, 0)),
        ),
        migrations.AddIndex(
            model_name="nudge",
            index=models.Index(fields=["state", "try_at"], name="nudges_by_time"),
        ),
    ]
