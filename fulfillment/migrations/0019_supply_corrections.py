"""Purchases end short, files are taken back, numbers come with a file, and units tell more."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fulfillment", "0018_operators_switch_the_optimiser"),
        ("members", "0003_warehouse_lead"),
    ]

    operations = [
        migrations.CreateModel(
            name="NumberReceipt",
            fields=[
                (
                    "msisdn",
                    models.CharField(max_length=13, primary_key=True, serialize=False, verbose_name="number"),
                ),
                ("received_at", models.DateTimeField(verbose_name="received at")),
            ],
            options={
                "verbose_name": "receipt of a number",
                "verbose_name_plural": "receipts of numbers",
            },
        ),
        migrations.RemoveConstraint(
            model_name="serialimport",
            name="serial_import_once",
        ),
        migrations.AddField(
            model_name="serialimport",
            name="reversal_reason",
            field=models.CharField(blank=True, default="", max_length=120, verbose_name="taken back because"),
        ),
        migrations.AddField(
            model_name="serialimport",
            name="reversed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="taken back at"),
        ),
        migrations.AddField(
            model_name="serialimport",
            name="reversed_by",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="taken back by"),
        ),
        migrations.AddField(
            model_name="supplierorder",
            name="end_reason",
            field=models.CharField(blank=True, default="", max_length=160, verbose_name="why ended"),
        ),
        migrations.AddField(
            model_name="supplierorder",
            name="ended_by",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="ended by"),
        ),
        migrations.AlterField(
            model_name="serialevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("quarantined", "put in quarantine"),
                    ("released", "released from quarantine"),
                    ("scrapped", "scrapped"),
                    ("returned", "returned by the customer"),
                    ("at_dealer", "received by the dealer"),
                    ("missing", "missing at the dealer's receipt"),
                    ("surplus", "more than was sent: with the dealer"),
                    ("came_back", "back from the dealer"),
                    ("activated", "first seen in the network"),
                    ("pin_shown", "secret shown"),
                    ("sent_away", "sent to another location"),
                    ("arrived", "arrived from another location"),
                    ("damaged", "arrived damaged"),
                    ("lost", "lost on the way"),
                    ("not_found", "missing at a count"),
                    ("found", "found at a count"),
                    ("withdrawn", "receipt taken back"),
                ],
                max_length=12,
                verbose_name="event",
            ),
        ),
        migrations.AlterField(
            model_name="serialimport",
            name="kind",
            field=models.CharField(
                choices=[
                    ("imei", "IMEI"),
                    ("iccid", "ICCID"),
                    ("card", "recharge card"),
                    ("number", "mobile number"),
                ],
                max_length=8,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="serialimport",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting"),
                    ("running", "running"),
                    ("done", "done"),
                    ("failed", "failed"),
                    ("reversed", "taken back"),
                ],
                max_length=8,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="serialunit",
            name="state",
            field=models.CharField(
                choices=[
                    ("free", "free"),
                    ("claimed", "claimed"),
                    ("in_transit", "in transit"),
                    ("sold", "sold"),
                    ("quarantine", "in quarantine"),
                    ("scrapped", "scrapped"),
                    ("withdrawn", "receipt taken back"),
                ],
                max_length=12,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="supplierorder",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "ordered"),
                    ("received", "received"),
                    ("closed", "closed short"),
                    ("cancelled", "cancelled"),
                ],
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="serialimport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "reversed"), _negated=True),
                fields=("location", "delivery_note", "digest", "kind", "sku"),
                name="serial_import_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="serialimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "reversed"), _negated=True),
                    models.Q(
                        ("reversed_at__isnull", False), models.Q(("reversal_reason", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="serial_import_reversal",
            ),
        ),
        migrations.AddField(
            model_name="numberreceipt",
            name="batch",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="numbers",
                to="fulfillment.serialimport",
                verbose_name="received with",
            ),
        ),
    ]
