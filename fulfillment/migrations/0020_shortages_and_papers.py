"""What the scale showed, who signed for the courier, and further cards after refusals."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0019_supply_corrections")]

    operations = [
        migrations.AddField(
            model_name="fulfillmentorder",
            name="packed_g",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="on the scale (g)"),
        ),
        migrations.AddField(
            model_name="manifest",
            name="received_by",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=80, verbose_name="received by"
            ),
        ),
        migrations.CreateModel(
            name="CardsAllowed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("refused", models.PositiveSmallIntegerField(verbose_name="cards refused before")),
                ("reason", models.CharField(max_length=160, verbose_name="reason")),
                ("allowed_by", models.CharField(max_length=80, verbose_name="allowed by")),
                ("allowed_at", models.DateTimeField(verbose_name="allowed at")),
                (
                    "fulfillment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cards_allowed",
                        to="fulfillment.fulfillmentorder",
                        verbose_name="fulfillment",
                    ),
                ),
            ],
            options={
                "verbose_name": "further cards allowed",
                "verbose_name_plural": "further cards allowed",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="cards_allowed_reason"
                    )
                ],
            },
        ),
    ]
