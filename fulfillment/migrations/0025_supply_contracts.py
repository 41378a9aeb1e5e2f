"""Contracts of central procurement: purchases and production orders are called off from them."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import fulfillment.models.tariffs
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fulfillment", "0024_acceptance_rates"),
        ("members", "0003_warehouse_lead"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.AddField(
            model_name="supplierorder",
            name="kind",
            field=models.CharField(
                choices=[("purchase", "material purchase"), ("production", "production order")],
                default="purchase",
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.CreateModel(
            name="SupplyContract",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="contract number")),
                ("sku", models.CharField(max_length=64, verbose_name="SKU")),
                ("cost_fen", models.PositiveBigIntegerField(verbose_name="cost (fen)")),
                ("units", models.PositiveIntegerField(verbose_name="units agreed")),
                ("called", models.PositiveIntegerField(default=0, editable=False, verbose_name="called off")),
                ("lot", models.PositiveIntegerField(default=1, verbose_name="lot (units)")),
                ("lead_days", models.PositiveSmallIntegerField(verbose_name="lead time (days)")),
                ("to_order", models.BooleanField(default=False, verbose_name="made to order")),
                ("starts", models.DateField(verbose_name="valid from")),
                ("ends", models.DateField(verbose_name="valid until (exclusive)")),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.institution",
                        verbose_name="supplier",
                    ),
                ),
            ],
            options={
                "verbose_name": "supply contract",
                "verbose_name_plural": "supply contracts",
                "ordering": ["-starts", "number"],
            },
        ),
        migrations.AddField(
            model_name="supplierorderline",
            name="contract",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="fulfillment.supplycontract",
                verbose_name="contract",
            ),
        ),
        migrations.CreateModel(
            name="SupplyContractEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.CharField(max_length=40, verbose_name="contract number")),
                ("sku", models.CharField(max_length=64, verbose_name="SKU")),
                ("cost_fen", models.PositiveBigIntegerField(verbose_name="cost (fen)")),
                ("units", models.PositiveIntegerField(verbose_name="units agreed")),
                ("lot", models.PositiveIntegerField(default=1, verbose_name="lot (units)")),
                ("lead_days", models.PositiveSmallIntegerField(verbose_name="lead time (days)")),
                ("to_order", models.BooleanField(default=False, verbose_name="made to order")),
                ("starts", models.DateField(verbose_name="valid from")),
                ("ends", models.DateField(verbose_name="valid until (exclusive)")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="fulfillment.supplycontract",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.institution",
                        verbose_name="supplier",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="supplycontract",
            constraint=models.CheckConstraint(
                condition=models.Q(("called__lte", models.F("units")), ("lot__gt", 0), ("units__gt", 0)),
                name="supply_contract_units",
                violation_error_message="More is called off than the contract holds.",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplycontract",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gt", models.F("starts"))),
                name="supply_contract_days",
                violation_error_message="The contract ends after it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplycontract",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("supplier", "="),
                    ("sku", "="),
                    (fulfillment.models.tariffs.Days("starts", "ends"), "&&"),
                ],
                name="supply_contract_no_overlap",
                violation_error_message="This supplier has a contract for this article on these days.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="supplycontract",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "fulfillment_supplycontractevent" ("cost_fen", "ends", "id", "lead_days", "lot", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sku", "starts", "supplier_id", "to_order", "units") VALUES (NEW."cost_fen", NEW."ends", NEW."id", NEW."lead_days", NEW."lot", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sku", NEW."starts", NEW."supplier_id", NEW."to_order", NEW."units"); RETURN NULL;',
                    hash="8b4bb45bee39a9361d9ca9a56b93d62383928ac0",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e0546",
                    table="fulfillment_supplycontract",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="supplycontract",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."cost_fen" IS DISTINCT FROM (NEW."cost_fen") OR OLD."ends" IS DISTINCT FROM (NEW."ends") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."lead_days" IS DISTINCT FROM (NEW."lead_days") OR OLD."lot" IS DISTINCT FROM (NEW."lot") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."sku" IS DISTINCT FROM (NEW."sku") OR OLD."starts" IS DISTINCT FROM (NEW."starts") OR OLD."supplier_id" IS DISTINCT FROM (NEW."supplier_id") OR OLD."to_order" IS DISTINCT FROM (NEW."to_order") OR OLD."units" IS DISTINCT FROM (NEW."units"))',
                    func='INSERT INTO "fulfillment_supplycontractevent" ("cost_fen", "ends", "id", "lead_days", "lot", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sku", "starts", "supplier_id", "to_order", "units") VALUES (NEW."cost_fen", NEW."ends", NEW."id", NEW."lead_days", NEW."lot", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sku", NEW."starts", NEW."supplier_id", NEW."to_order", NEW."units"); RETURN NULL;',
                    hash="5e17556715b9b5fc90fbacaa4b238af7b70cf84d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1ca14",
                    table="fulfillment_supplycontract",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="supplycontract",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "fulfillment_supplycontractevent" ("cost_fen", "ends", "id", "lead_days", "lot", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sku", "starts", "supplier_id", "to_order", "units") VALUES (OLD."cost_fen", OLD."ends", OLD."id", OLD."lead_days", OLD."lot", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sku", OLD."starts", OLD."supplier_id", OLD."to_order", OLD."units"); RETURN NULL;',
                    hash="13c329498fce87feb27ce08adb507a4dbb4e77d9",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_956d1",
                    table="fulfillment_supplycontract",
                    when="AFTER",
                ),
            ),
        ),
    ]
