"""How places answered of late: routing weighs their own rate instead of a typed one."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0023_activation_lists"), ("members", "0003_warehouse_lead")]

    operations = [
        migrations.CreateModel(
            name="AcceptanceRate",
            fields=[
                (
                    "location",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="members.institution",
                        verbose_name="location",
                    ),
                ),
                ("asked", models.PositiveIntegerField(verbose_name="parcels asked for")),
                ("taken", models.PositiveIntegerField(verbose_name="of these taken")),
                ("percent", models.PositiveSmallIntegerField(verbose_name="acceptance rate (%)")),
                ("reckoned_at", models.DateTimeField(verbose_name="reckoned at")),
            ],
            options={
                "verbose_name": "acceptance rate",
                "verbose_name_plural": "acceptance rates",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asked__gte", 1),
                            ("percent__gte", 1),
                            ("percent__lte", 100),
                            ("taken__lte", models.F("asked")),
                        ),
                        name="acceptance_rate_bounds",
                    )
                ],
            },
        ),
    ]
