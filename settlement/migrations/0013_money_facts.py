"""Every fact of money: dealers, billed fees and corrections as trades; parcels that share an order."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("settlement", "0012_split_rule_versions")]

    operations = [
        migrations.AlterField(
            model_name="ledgeraccount",
            name="kind",
            field=models.CharField(
                choices=[
                    ("provider_transit", "provider in transit"),
                    ("cod_transit", "cash on delivery in transit"),
                    ("store_cash", "store takings in transit"),
                    ("split_pending", "split pending"),
                    ("fulfilment_pending", "shipper not known yet"),
                    ("payable", "payable"),
                    ("freight_payable", "freight payable"),
                    ("transfer", "transfer in transit"),
                    ("bank", "bank"),
                    ("suspense", "suspense"),
                    ("points_liability", "points liability"),
                    ("fee_accrued", "provider fees accrued"),
                    ("revenue", "platform revenue"),
                    ("fee_cost", "provider fees"),
                    ("freight_cost", "freight cost"),
                    ("points_cost", "points cost"),
                    ("fee_variance", "provider fees: billed against estimated"),
                    ("write_off", "written-off differences"),
                    ("claim", "claims on providers, couriers and banks"),
                    ("dealer_receivable", "receivable from dealers"),
                    ("dealer_advance", "payments and credits of dealers not matched yet"),
                    ("dealer_sales", "sales to dealers"),
                    ("goods_cost", "goods bought for dealers"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="reconbreak",
            name="control_kind",
            field=models.CharField(
                choices=[
                    ("provider_transit", "provider in transit"),
                    ("cod_transit", "cash on delivery in transit"),
                    ("store_cash", "store takings in transit"),
                    ("split_pending", "split pending"),
                    ("fulfilment_pending", "shipper not known yet"),
                    ("payable", "payable"),
                    ("freight_payable", "freight payable"),
                    ("transfer", "transfer in transit"),
                    ("bank", "bank"),
                    ("suspense", "suspense"),
                    ("points_liability", "points liability"),
                    ("fee_accrued", "provider fees accrued"),
                    ("revenue", "platform revenue"),
                    ("fee_cost", "provider fees"),
                    ("freight_cost", "freight cost"),
                    ("points_cost", "points cost"),
                    ("fee_variance", "provider fees: billed against estimated"),
                    ("write_off", "written-off differences"),
                    ("claim", "claims on providers, couriers and banks"),
                    ("dealer_receivable", "receivable from dealers"),
                    ("dealer_advance", "payments and credits of dealers not matched yet"),
                    ("dealer_sales", "sales to dealers"),
                    ("goods_cost", "goods bought for dealers"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="trade",
            name="kind",
            field=models.CharField(
                choices=[
                    ("payment", "payment"),
                    ("refund", "refund"),
                    ("till_sale", "till sale"),
                    ("freight", "freight"),
                    ("cod_remittance", "cash on delivery handed in"),
                    ("points_earned", "points earned"),
                    ("points_clawed_back", "points taken back"),
                    ("points_lapsed", "points lapsed"),
                    ("dealer_invoice", "invoice to a dealer"),
                    ("dealer_credit", "credit note to a dealer"),
                    ("dealer_payment", "payment of a dealer"),
                    ("dealer_matched", "dealer's payment set against an invoice"),
                    ("goods_bought", "goods bought from a supplier"),
                    ("provider_fee", "provider's fee as billed"),
                    ("courier_fee", "courier's fee as billed"),
                    ("adjustment", "adjustment"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.CreateModel(
            name="ParcelPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line_id", models.BigIntegerField()),
                ("parcel", models.BigIntegerField(null=True)),
                ("units", models.PositiveIntegerField()),
                ("known_date", models.DateField(null=True)),
                (
                    "courier",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.institution",
                    ),
                ),
                (
                    "fulfiller",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.institution",
                    ),
                ),
                (
                    "terms",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="settlement.ordershareterms",
                    ),
                ),
            ],
            options={
                "verbose_name": "part of a parcel",
                "verbose_name_plural": "parts of parcels",
                "indexes": [models.Index(fields=["known_date"], name="parcel_part_known_on")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("terms", "line_id", "parcel"), name="parcel_part_once", nulls_distinct=False
                    ),
                    models.CheckConstraint(condition=models.Q(("units__gt", 0)), name="parcel_part_units"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("courier", None), ("fulfiller", None), ("known_date", None)),
                            models.Q(("fulfiller__isnull", False), ("known_date__isnull", False)),
                            _connector="OR",
                        ),
                        name="parcel_part_known",
                    ),
                ],
            },
        ),
    ]
