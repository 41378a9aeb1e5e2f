"""A kind of offering: postage, what a customer pays for a parcel of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "1005_dealer_numbers"),
        ("members", "0003_warehouse_lead"),
    ]

    operations = [
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
                    ("postage", "postage"),
                ],
                max_length=16,
                verbose_name="kind",
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
                            "postage",
                        ],
                    )
                ),
                name="offering_kind_known",
            ),
        ),
    ]
