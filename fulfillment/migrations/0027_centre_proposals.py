"""Where a centre of its own would pay: costs by date, reckonings, proposals; a third job to switch."""

import django.contrib.postgres.constraints
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import fulfillment.models.tariffs

# What was decided, or lapsed, stays as it was; nothing is deleted.
GUARD = """
CREATE FUNCTION fulfillment_keep_centre_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state <> 'open' THEN
        RAISE EXCEPTION 'proposal % of a centre is decided and stays', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER centreproposal_keep BEFORE UPDATE OR DELETE ON fulfillment_centreproposal
    FOR EACH ROW EXECUTE FUNCTION fulfillment_keep_centre_proposal();
"""
UNGUARD = """
DROP TRIGGER centreproposal_keep ON fulfillment_centreproposal;
DROP FUNCTION fulfillment_keep_centre_proposal();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("fulfillment", "0026_supplier_pages"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="CentreCosts",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fixed_month_fen", models.PositiveBigIntegerField(verbose_name="fixed cost a month (fen)")),
                ("investment_fen", models.PositiveBigIntegerField(verbose_name="investment (fen)")),
                ("handling_fen", models.PositiveIntegerField(verbose_name="handling per parcel (fen)")),
                ("unit_fen", models.PositiveIntegerField(verbose_name="replenishment per unit (fen)")),
                ("assortment", models.PositiveIntegerField(verbose_name="articles it would hold")),
                ("horizon_days", models.PositiveSmallIntegerField(verbose_name="orders of the last days")),
                (
                    "payback_months",
                    models.PositiveSmallIntegerField(verbose_name="investment back within (months)"),
                ),
                ("starts", models.DateField(verbose_name="valid from")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="valid until (exclusive)")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("made_by", models.CharField(max_length=80, verbose_name="made by")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
            ],
            options={
                "verbose_name": "costs of a centre",
                "verbose_name_plural": "costs of a centre",
                "ordering": ["starts"],
            },
        ),
        migrations.CreateModel(
            name="CentreCostsEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("fixed_month_fen", models.PositiveBigIntegerField(verbose_name="fixed cost a month (fen)")),
                ("investment_fen", models.PositiveBigIntegerField(verbose_name="investment (fen)")),
                ("handling_fen", models.PositiveIntegerField(verbose_name="handling per parcel (fen)")),
                ("unit_fen", models.PositiveIntegerField(verbose_name="replenishment per unit (fen)")),
                ("assortment", models.PositiveIntegerField(verbose_name="articles it would hold")),
                ("horizon_days", models.PositiveSmallIntegerField(verbose_name="orders of the last days")),
                (
                    "payback_months",
                    models.PositiveSmallIntegerField(verbose_name="investment back within (months)"),
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
        migrations.CreateModel(
            name="CentreProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("province", models.CharField(max_length=20, verbose_name="province")),
                ("city", models.CharField(max_length=20, verbose_name="city")),
                ("latitude", models.FloatField(verbose_name="latitude")),
                ("longitude", models.FloatField(verbose_name="longitude")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("accepted", "accepted"),
                            ("dismissed", "dismissed"),
                            ("lapsed", "lapsed"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("orders_milli", models.PositiveBigIntegerField(verbose_name="orders a day (thousandths)")),
                (
                    "needed_milli",
                    models.PositiveBigIntegerField(verbose_name="orders a day needed (thousandths)"),
                ),
                ("saving_fen", models.PositiveBigIntegerField(verbose_name="saving a month (fen)")),
                ("fixed_month_fen", models.PositiveBigIntegerField(verbose_name="fixed cost a month (fen)")),
                ("investment_fen", models.PositiveBigIntegerField(verbose_name="investment (fen)")),
                (
                    "payback_milli",
                    models.PositiveIntegerField(verbose_name="payback (thousandths of a month)"),
                ),
                ("story", models.JSONField(verbose_name="reckoning")),
                ("proposed_at", models.DateTimeField(verbose_name="proposed at")),
                ("reckoned_at", models.DateTimeField(verbose_name="reckoned at")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "decided_by",
                    models.CharField(blank=True, default="", max_length=80, verbose_name="decided by"),
                ),
                ("reason", models.CharField(blank=True, default="", max_length=200, verbose_name="reason")),
                ("ask_again_on", models.DateField(blank=True, null=True, verbose_name="not again before")),
            ],
            options={
                "verbose_name": "proposal of a centre",
                "verbose_name_plural": "proposals of centres",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="CentreReckoning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=48, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "failed"),
                        ],
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "asked_by",
                    models.CharField(blank=True, default="", max_length=80, verbose_name="asked by"),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                ("begun_at", models.DateTimeField(blank=True, null=True, verbose_name="begun at")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished at")),
                ("steps_done", models.PositiveSmallIntegerField(default=0, verbose_name="steps done")),
                ("failure", models.CharField(blank=True, default="", max_length=40, verbose_name="failure")),
                ("status", models.CharField(blank=True, default="", max_length=16, verbose_name="outcome")),
                ("costs", models.JSONField(default=dict, verbose_name="costs")),
                ("figures", models.JSONField(default=dict, verbose_name="figures")),
                ("candidates", models.JSONField(default=list, verbose_name="cities")),
                ("centres", models.JSONField(default=list, verbose_name="centres")),
                ("flows", models.JSONField(default=list, verbose_name="flows")),
            ],
            options={
                "verbose_name": "reckoning of centres",
                "verbose_name_plural": "reckonings of centres",
                "ordering": ["-pk"],
            },
        ),
        migrations.AlterField(
            model_name="optimiserrun",
            name="kind",
            field=models.CharField(
                choices=[
                    ("prices", "shadow prices"),
                    ("reevaluation", "re-evaluation"),
                    ("centres", "proposals of centres"),
                ],
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="optimiserswitch",
            name="kind",
            field=models.CharField(
                choices=[
                    ("prices", "shadow prices"),
                    ("reevaluation", "re-evaluation"),
                    ("centres", "proposals of centres"),
                ],
                max_length=12,
                primary_key=True,
                serialize=False,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="optimiserswitchevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("prices", "shadow prices"),
                    ("reevaluation", "re-evaluation"),
                    ("centres", "proposals of centres"),
                ],
                max_length=12,
                serialize=False,
                verbose_name="kind",
            ),
        ),
        migrations.AddIndex(
            model_name="fulfillmentorder",
            index=django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True, fields=["created_at"], name="fulfillment_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="centrecosts",
            constraint=models.CheckConstraint(
                condition=models.Q(("assortment__gt", 0), ("horizon_days__gt", 0), ("payback_months__gt", 0)),
                name="centre_costs_terms",
            ),
        ),
        migrations.AddConstraint(
            model_name="centrecosts",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends", None), ("ends__gt", models.F("starts")), _connector="OR"),
                name="centre_costs_dates",
            ),
        ),
        migrations.AddConstraint(
            model_name="centrecosts",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[(fulfillment.models.tariffs.Days("starts", "ends"), "&&")],
                name="centre_costs_no_overlap",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="centrecosts",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "fulfillment_centrecostsevent" ("assortment", "ends", "fixed_month_fen", "handling_fen", "horizon_days", "id", "investment_fen", "made_at", "made_by", "payback_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "unit_fen", "version") VALUES (NEW."assortment", NEW."ends", NEW."fixed_month_fen", NEW."handling_fen", NEW."horizon_days", NEW."id", NEW."investment_fen", NEW."made_at", NEW."made_by", NEW."payback_months", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts", NEW."unit_fen", NEW."version"); RETURN NULL;',
                    hash="3c21244cb0c1aa80c7b8d69bff5f6173665e12bb",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_61cab",
                    table="fulfillment_centrecosts",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="centrecosts",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "fulfillment_centrecostsevent" ("assortment", "ends", "fixed_month_fen", "handling_fen", "horizon_days", "id", "investment_fen", "made_at", "made_by", "payback_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "unit_fen", "version") VALUES (NEW."assortment", NEW."ends", NEW."fixed_month_fen", NEW."handling_fen", NEW."horizon_days", NEW."id", NEW."investment_fen", NEW."made_at", NEW."made_by", NEW."payback_months", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts", NEW."unit_fen", NEW."version"); RETURN NULL;',
                    hash="e22671e5fa2368737a475135edfa79fb9ba1bf5d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_13745",
                    table="fulfillment_centrecosts",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="centrecosts",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "fulfillment_centrecostsevent" ("assortment", "ends", "fixed_month_fen", "handling_fen", "horizon_days", "id", "investment_fen", "made_at", "made_by", "payback_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "unit_fen", "version") VALUES (OLD."assortment", OLD."ends", OLD."fixed_month_fen", OLD."handling_fen", OLD."horizon_days", OLD."id", OLD."investment_fen", OLD."made_at", OLD."made_by", OLD."payback_months", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts", OLD."unit_fen", OLD."version"); RETURN NULL;',
                    hash="ca82c4143176c4e7426262de958ce1eb5b043092",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f3bdb",
                    table="fulfillment_centrecosts",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="centrecostsevent",
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
            model_name="centrecostsevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="fulfillment.centrecosts",
            ),
        ),
        migrations.AddIndex(
            model_name="centreproposal",
            index=models.Index(fields=["province", "city"], name="centre_proposal_place"),
        ),
        migrations.AddConstraint(
            model_name="centreproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("province", "city"),
                name="centre_proposal_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="centreproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("state", "open")),
                    models.Q(("decided_at__isnull", False), ("state", "lapsed")),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("state__in", ["accepted", "dismissed"]),
                        models.Q(("decided_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="centre_proposal_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="centreproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "dismissed"), _negated=True),
                    models.Q(models.Q(("reason", ""), _negated=True), ("ask_again_on__isnull", False)),
                    _connector="OR",
                ),
                name="centre_proposal_dismissed",
            ),
        ),
        migrations.AddConstraint(
            model_name="centrereckoning",
            constraint=models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(("state__in", ["waiting", "running"])),
                name="centre_reckoning_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="centrereckoning",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "running"]), ("finished_at__isnull", False), _connector="OR"
                ),
                name="centre_reckoning_finished",
            ),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
