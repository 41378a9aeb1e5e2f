"""Capacity held with the promise, receipts with surplus, dealers' supply terms as data."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import fulfillment.models.routing


class Migration(migrations.Migration):
    dependencies = [
        ("fulfillment", "0009_hot_stock_lean"),
        ("members", "0003_warehouse_lead"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="DealerSurplus",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("units", models.PositiveIntegerField(verbose_name="units")),
                ("serials", models.JSONField(default=list, verbose_name="serials")),
                ("reason", models.CharField(max_length=160, verbose_name="reason")),
                (
                    "wish",
                    models.CharField(
                        choices=[("keep", "keep and be invoiced"), ("send_back", "send back")],
                        max_length=10,
                        verbose_name="the dealer's wish",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "waits for the supplier"),
                            ("kept", "kept and invoiced"),
                            ("going_back", "on the way back"),
                            ("back", "back on the supplier's shelf"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("from_shelf", models.BooleanField(default=True, verbose_name="from the sender's books")),
                ("reported_by", models.BigIntegerField(null=True)),
                ("reported_by_name", models.CharField(max_length=80, verbose_name="reported by")),
                ("reported_at", models.DateTimeField(verbose_name="reported at")),
                ("decided_by", models.BigIntegerField(null=True)),
                (
                    "decided_by_name",
                    models.CharField(blank=True, default="", max_length=80, verbose_name="decided by"),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("note", models.CharField(blank=True, default="", max_length=160, verbose_name="note")),
                (
                    "back_by",
                    models.CharField(blank=True, default="", max_length=80, verbose_name="taken back by"),
                ),
                ("back_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back at")),
            ],
            options={
                "verbose_name": "surplus of a receipt",
                "verbose_name_plural": "surpluses of receipts",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="LocationLoad",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("packages", models.PositiveIntegerField(verbose_name="packages")),
            ],
            options={
                "verbose_name": "load of a day",
                "verbose_name_plural": "loads of days",
            },
        ),
        migrations.CreateModel(
            name="RoutingWeights",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("extra_package_fen", models.PositiveIntegerField(verbose_name="each further package (fen)")),
                ("late_day_fen", models.PositiveIntegerField(verbose_name="each day until arrival (fen)")),
                ("refusal_fen", models.PositiveIntegerField(verbose_name="a place that may decline (fen)")),
                ("scarcity_fen", models.PositiveIntegerField(verbose_name="rarity of the goods (fen)")),
                (
                    "unfilled_fen",
                    models.PositiveIntegerField(verbose_name="a unit that nobody can send (fen)"),
                ),
                (
                    "least_saving_fen",
                    models.PositiveIntegerField(verbose_name="least saving of a moved parcel (fen)"),
                ),
                ("starts", models.DateField(verbose_name="valid from")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="valid until (exclusive)")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("made_by", models.CharField(max_length=80, verbose_name="made by")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
            ],
            options={
                "verbose_name": "routing weights",
                "verbose_name_plural": "routing weights",
                "ordering": ["starts"],
            },
        ),
        migrations.CreateModel(
            name="RoutingWeightsEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("extra_package_fen", models.PositiveIntegerField(verbose_name="each further package (fen)")),
                ("late_day_fen", models.PositiveIntegerField(verbose_name="each day until arrival (fen)")),
                ("refusal_fen", models.PositiveIntegerField(verbose_name="a place that may decline (fen)")),
                ("scarcity_fen", models.PositiveIntegerField(verbose_name="rarity of the goods (fen)")),
                (
                    "unfilled_fen",
                    models.PositiveIntegerField(verbose_name="a unit that nobody can send (fen)"),
                ),
                (
                    "least_saving_fen",
                    models.PositiveIntegerField(verbose_name="least saving of a moved parcel (fen)"),
                ),
                ("starts", models.DateField(verbose_name="valid from")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="valid until (exclusive)")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("made_by", models.CharField(max_length=80, verbose_name="made by")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="dealerterms",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="dealerterms",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="dealerterms",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="dealerterms",
            name="demand_days",
            field=models.PositiveSmallIntegerField(default=28, verbose_name="days of demand looked at"),
        ),
        migrations.AddField(
            model_name="dealertermsevent",
            name="demand_days",
            field=models.PositiveSmallIntegerField(default=28, verbose_name="days of demand looked at"),
        ),
        migrations.AddField(
            model_name="fulfillmentorder",
            name="leaves_on",
            field=models.DateField(blank=True, null=True, verbose_name="leaves on"),
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
                ],
                max_length=12,
                verbose_name="event",
            ),
        ),
        migrations.AddIndex(
            model_name="fulfillmentorder",
            index=models.Index(fields=["location", "leaves_on"], name="fulfillment_leaving"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dealerterms",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "fulfillment_dealertermsevent" ("branch_id", "counts_from", "credit_limit_fen", "dealer_id", "demand_days", "is_blocked", "lead_days", "payment_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_days", "service_percent") VALUES (NEW."branch_id", NEW."counts_from", NEW."credit_limit_fen", NEW."dealer_id", NEW."demand_days", NEW."is_blocked", NEW."lead_days", NEW."payment_days", _pgh_attach_context(), NOW(), \'insert\', NEW."dealer_id", NEW."review_days", NEW."service_percent"); RETURN NULL;',
                    hash="9875d95290fcbc46daf8906e1bf5e4be4cd11273",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_06715",
                    table="fulfillment_dealerterms",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dealerterms",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "fulfillment_dealertermsevent" ("branch_id", "counts_from", "credit_limit_fen", "dealer_id", "demand_days", "is_blocked", "lead_days", "payment_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_days", "service_percent") VALUES (NEW."branch_id", NEW."counts_from", NEW."credit_limit_fen", NEW."dealer_id", NEW."demand_days", NEW."is_blocked", NEW."lead_days", NEW."payment_days", _pgh_attach_context(), NOW(), \'update\', NEW."dealer_id", NEW."review_days", NEW."service_percent"); RETURN NULL;',
                    hash="7682c8467256f35c228eef0d6f1fc07dc4eb00b0",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_dedae",
                    table="fulfillment_dealerterms",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dealerterms",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "fulfillment_dealertermsevent" ("branch_id", "counts_from", "credit_limit_fen", "dealer_id", "demand_days", "is_blocked", "lead_days", "payment_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_days", "service_percent") VALUES (OLD."branch_id", OLD."counts_from", OLD."credit_limit_fen", OLD."dealer_id", OLD."demand_days", OLD."is_blocked", OLD."lead_days", OLD."payment_days", _pgh_attach_context(), NOW(), \'delete\', OLD."dealer_id", OLD."review_days", OLD."service_percent"); RETURN NULL;',
                    hash="0491ea99175dde61d14255b1d73c9c9f7454d033",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a7695",
                    table="fulfillment_dealerterms",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="dealerterms",
            constraint=models.CheckConstraint(
                condition=models.Q(("demand_days__gte", 7), ("demand_days__lte", 366)),
                name="dealer_terms_demand",
            ),
        ),
        migrations.AddField(
            model_name="dealersurplus",
            name="invoice",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="surplus",
                to="fulfillment.dealerinvoice",
            ),
        ),
        migrations.AddField(
            model_name="dealersurplus",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="surpluses",
                to="fulfillment.dealerorderline",
            ),
        ),
        migrations.AddField(
            model_name="dealersurplus",
            name="receipt",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="surpluses",
                to="fulfillment.dealerreceipt",
            ),
        ),
        migrations.AddField(
            model_name="locationload",
            name="location",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="members.institution"
            ),
        ),
        migrations.AddConstraint(
            model_name="routingweights",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends", None), ("ends__gt", models.F("starts")), _connector="OR"),
                name="routing_weights_dates",
            ),
        ),
        migrations.AddConstraint(
            model_name="routingweights",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[(fulfillment.models.routing.Days("starts", "ends"), "&&")],
                name="routing_weights_no_overlap",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="routingweights",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "fulfillment_routingweightsevent" ("ends", "extra_package_fen", "id", "late_day_fen", "least_saving_fen", "made_at", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refusal_fen", "scarcity_fen", "starts", "unfilled_fen", "version") VALUES (NEW."ends", NEW."extra_package_fen", NEW."id", NEW."late_day_fen", NEW."least_saving_fen", NEW."made_at", NEW."made_by", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."refusal_fen", NEW."scarcity_fen", NEW."starts", NEW."unfilled_fen", NEW."version"); RETURN NULL;',
                    hash="3b6805f3cdea339c02a41714315cb46cb522f72e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_41d35",
                    table="fulfillment_routingweights",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="routingweights",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "fulfillment_routingweightsevent" ("ends", "extra_package_fen", "id", "late_day_fen", "least_saving_fen", "made_at", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refusal_fen", "scarcity_fen", "starts", "unfilled_fen", "version") VALUES (NEW."ends", NEW."extra_package_fen", NEW."id", NEW."late_day_fen", NEW."least_saving_fen", NEW."made_at", NEW."made_by", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."refusal_fen", NEW."scarcity_fen", NEW."starts", NEW."unfilled_fen", NEW."version"); RETURN NULL;',
                    hash="d29d43e1f0ce6e51668e16d34916f0543630006f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0ecdf",
                    table="fulfillment_routingweights",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="routingweights",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "fulfillment_routingweightsevent" ("ends", "extra_package_fen", "id", "late_day_fen", "least_saving_fen", "made_at", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refusal_fen", "scarcity_fen", "starts", "unfilled_fen", "version") VALUES (OLD."ends", OLD."extra_package_fen", OLD."id", OLD."late_day_fen", OLD."least_saving_fen", OLD."made_at", OLD."made_by", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."refusal_fen", OLD."scarcity_fen", OLD."starts", OLD."unfilled_fen", OLD."version"); RETURN NULL;',
                    hash="77ef681b61491f29ba7a2f01d7b7d93d0ebf730f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c2a2c",
                    table="fulfillment_routingweights",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="routingweightsevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="routingweightsevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="fulfillment.routingweights",
            ),
        ),
        migrations.AddIndex(
            model_name="dealersurplus",
            index=models.Index(
                condition=models.Q(("state", "asked")), fields=["state"], name="dealer_surplus_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="dealersurplus",
            constraint=models.UniqueConstraint(fields=("receipt", "line"), name="dealer_surplus_once"),
        ),
        migrations.AddConstraint(
            model_name="dealersurplus",
            constraint=models.CheckConstraint(
                condition=models.Q(("units__gt", 0)), name="dealer_surplus_units"
            ),
        ),
        migrations.AddConstraint(
            model_name="dealersurplus",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", None),
                    ("reported_by", None),
                    models.Q(("decided_by", models.F("reported_by")), _negated=True),
                    _connector="OR",
                ),
                name="dealer_surplus_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="dealersurplus",
            constraint=models.CheckConstraint(
                condition=models.Q(("invoice", None), ("state", "kept"), _connector="OR"),
                name="dealer_surplus_invoiced",
            ),
        ),
        migrations.AddConstraint(
            model_name="locationload",
            constraint=models.UniqueConstraint(fields=("location", "day"), name="location_load_once"),
        ),
    ]
