"""An opened account is taken back at its station: opened again with another card, closed once per card."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("fulfillment", "0011_dealer_money"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountUndo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.CharField(max_length=20, verbose_name="state before")),
                ("reason", models.CharField(max_length=160, verbose_name="reason")),
                ("asked_by", models.BigIntegerField(blank=True, null=True, verbose_name="asked by (user)")),
                ("asked_by_name", models.CharField(max_length=80, verbose_name="asked by")),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished at")),
                (
                    "fulfillment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account_undos",
                        to="fulfillment.fulfillmentorder",
                        verbose_name="fulfillment",
                    ),
                ),
            ],
            options={
                "verbose_name": "account taken back",
                "verbose_name_plural": "accounts taken back",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("finished_at", None)),
                        fields=("fulfillment",),
                        name="account_undo_one_open",
                    ),
                    models.CheckConstraint(
                        condition=Q(("reason", ""), _negated=True), name="account_undo_reason"
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="provisioningjob", name="provisioning_one_live_job"),
        migrations.AlterField(
            model_name="provisioningjob",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting for the network"),
                    ("done", "done"),
                    ("failed", "failed"),
                    ("reversed", "taken back"),
                ],
                default="waiting",
                max_length=8,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            model_name="provisioningjob",
            name="undo",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="closings",
                to="fulfillment.accountundo",
                verbose_name="account taken back",
            ),
        ),
        migrations.AddConstraint(
            model_name="provisioningjob",
            constraint=models.UniqueConstraint(
                condition=Q(
                    Q(("state__in", ["failed", "reversed"]), _negated=True),
                    Q(("kind", "close_account"), _negated=True),
                ),
                fields=("order_number", "line_id", "kind"),
                name="provisioning_one_live_job",
            ),
        ),
        migrations.AddConstraint(
            model_name="provisioningjob",
            constraint=models.UniqueConstraint(
                condition=Q(("kind", "close_account"), Q(("state", "failed"), _negated=True)),
                fields=("order_number", "line_id", "iccid"),
                name="provisioning_one_closing",
            ),
        ),
    ]
