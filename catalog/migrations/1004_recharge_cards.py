"""A kind of goods: the recharge card, known by the number printed on it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "1003_prepaid_cards"),
        ("members", "0003_warehouse_lead"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="offering",
            name="offering_serial_known",
        ),
        migrations.RemoveConstraint(
            model_name="offering",
            name="offering_kind_known",
        ),
        migrations.AlterField(
            model_name="offering",
            name="kind",
            field=models.CharField(
                choices=[
                    ("device", "device"),
                    ("sim", "SIM card"),
                    ("plan", "plan"),
                    ("data_pack", "data pack"),
                    ("accessory", "accessory"),
                    ("top_up", "top-up"),
                    ("gift", "gift"),
                    ("food", "food"),
                    ("subscription", "subscription"),
                    ("merchant_goods", "partner goods"),
                    ("prepaid_card", "prepaid card"),
                    ("recharge_card", "recharge card"),
                ],
                max_length=16,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="offering",
            name="serial_kind",
            field=models.CharField(
                blank=True,
                choices=[("", "none"), ("imei", "IMEI"), ("iccid", "ICCID"), ("card", "card number")],
                default="",
                max_length=8,
                verbose_name="serial number",
            ),
        ),
        migrations.AddConstraint(
            model_name="offering",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "device",
                            "sim",
                            "plan",
                            "data_pack",
                            "accessory",
                            "top_up",
                            "gift",
                            "food",
                            "subscription",
                            "merchant_goods",
                            "prepaid_card",
                            "recharge_card",
                        ],
                    )
                ),
                name="offering_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="offering",
            constraint=models.CheckConstraint(
                condition=models.Q(("serial_kind__in", ["", "imei", "iccid", "card"])),
                name="offering_serial_known",
            ),
        ),
    ]
