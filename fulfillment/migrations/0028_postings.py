"""Parcels that customers post at a counter, and what that costs them."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import fulfillment.models.tariffs

# What was agreed with the sender stays: later only that it was accepted, and given back, each once.
KEEP = """
CREATE FUNCTION fulfillment_posting_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a posted parcel stays on record' USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(OLD) - '{accepted_at,collected_at,given_back_by}'::text[]
            <> to_jsonb(NEW) - '{accepted_at,collected_at,given_back_by}'::text[]
        OR (OLD.accepted_at IS NOT NULL AND NEW.accepted_at IS DISTINCT FROM OLD.accepted_at)
        OR (OLD.collected_at IS NOT NULL AND (NEW.collected_at, NEW.given_back_by)
            IS DISTINCT FROM (OLD.collected_at, OLD.given_back_by))
    THEN
        RAISE EXCEPTION 'what was agreed for a posted parcel stays' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER posting_keep BEFORE UPDATE OR DELETE ON fulfillment_posting
    FOR EACH ROW EXECUTE FUNCTION fulfillment_posting_keep();
"""
UNKEEP = """
DROP TRIGGER posting_keep ON fulfillment_posting;
DROP FUNCTION fulfillment_posting_keep();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("fulfillment", "0027_centre_proposals"),
        ("members", "0003_warehouse_lead"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="PostageRateEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("zone", models.CharField(max_length=12, verbose_name="zone")),
                ("first_g", models.PositiveIntegerField(default=1000, verbose_name="first (g)")),
                ("first_fen", models.PositiveIntegerField(verbose_name="first (fen)")),
                ("step_g", models.PositiveIntegerField(default=1000, verbose_name="each further (g)")),
                ("step_fen", models.PositiveIntegerField(verbose_name="each further (fen)")),
                ("volumetric_divisor", models.PositiveIntegerField(default=6000, verbose_name="ml per kg")),
                ("days", models.PositiveSmallIntegerField(default=2, verbose_name="days")),
                ("starts", models.DateField(verbose_name="valid from")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="valid until (exclusive)")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("made_by", models.CharField(blank=True, default="", max_length=80, verbose_name="made by")),
                ("made_at", models.DateTimeField(blank=True, null=True, verbose_name="made at")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "demand",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="posting",
                        serialize=False,
                        to="fulfillment.fulfillmentdemand",
                        verbose_name="demand",
                    ),
                ),
                ("line_id", models.BigIntegerField(unique=True, verbose_name="order line")),
                ("sender_identity_id", models.BigIntegerField(verbose_name="sender's identity")),
                ("contents", models.CharField(max_length=120, verbose_name="contents")),
                ("weight_g", models.PositiveIntegerField(verbose_name="on the scale (g)")),
                ("length_cm", models.PositiveSmallIntegerField(verbose_name="length (cm)")),
                ("width_cm", models.PositiveSmallIntegerField(verbose_name="width (cm)")),
                ("height_cm", models.PositiveSmallIntegerField(verbose_name="height (cm)")),
                ("billed_g", models.PositiveIntegerField(verbose_name="billed (g)")),
                (
                    "declared_fen",
                    models.PositiveBigIntegerField(default=0, verbose_name="declared value (fen)"),
                ),
                ("postage_fen", models.PositiveBigIntegerField(verbose_name="postage (fen)")),
                ("freight_fen", models.PositiveBigIntegerField(verbose_name="planned freight (fen)")),
                ("transit_days", models.PositiveSmallIntegerField(verbose_name="days on the way")),
                ("inspected_by", models.CharField(max_length=80, verbose_name="inspected by")),
                ("posted_at", models.DateTimeField(verbose_name="posted at")),
                (
                    "accepted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="accepted at (time)"),
                ),
                ("collected_at", models.DateTimeField(blank=True, null=True, verbose_name="given back at")),
                (
                    "given_back_by",
                    models.CharField(blank=True, default="", max_length=80, verbose_name="given back by"),
                ),
            ],
            options={
                "verbose_name": "posted parcel",
                "verbose_name_plural": "posted parcels",
                "ordering": ["-posted_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PostageRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("zone", models.CharField(max_length=12, verbose_name="zone")),
                ("first_g", models.PositiveIntegerField(default=1000, verbose_name="first (g)")),
                ("first_fen", models.PositiveIntegerField(verbose_name="first (fen)")),
                ("step_g", models.PositiveIntegerField(default=1000, verbose_name="each further (g)")),
                ("step_fen", models.PositiveIntegerField(verbose_name="each further (fen)")),
                ("volumetric_divisor", models.PositiveIntegerField(default=6000, verbose_name="ml per kg")),
                ("days", models.PositiveSmallIntegerField(default=2, verbose_name="days")),
                ("starts", models.DateField(verbose_name="valid from")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="valid until (exclusive)")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("made_by", models.CharField(blank=True, default="", max_length=80, verbose_name="made by")),
                ("made_at", models.DateTimeField(blank=True, null=True, verbose_name="made at")),
            ],
            options={
                "verbose_name": "postage rate",
                "verbose_name_plural": "postage rates",
                "ordering": ["zone", "starts"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("zone", "starts"), name="postage_rate_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_g__gt", 0), ("step_g__gt", 0), ("volumetric_divisor__gt", 0)
                        ),
                        name="postage_rate_steps",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends", None), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="postage_rate_dates",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("zone", "="),
                            (fulfillment.models.tariffs.Days("starts", "ends"), "&&"),
                        ],
                        name="postage_rate_no_overlap",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="postagerate",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "fulfillment_postagerateevent" ("days", "ends", "first_fen", "first_g", "id", "made_at", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "step_fen", "step_g", "version", "volumetric_divisor", "zone") VALUES (NEW."days", NEW."ends", NEW."first_fen", NEW."first_g", NEW."id", NEW."made_at", NEW."made_by", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts", NEW."step_fen", NEW."step_g", NEW."version", NEW."volumetric_divisor", NEW."zone"); RETURN NULL;',
                    hash="80bd9d417f6d73f1d513c2eef122b2ff44e941a2",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b07cc",
                    table="fulfillment_postagerate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="postagerate",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "fulfillment_postagerateevent" ("days", "ends", "first_fen", "first_g", "id", "made_at", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "step_fen", "step_g", "version", "volumetric_divisor", "zone") VALUES (NEW."days", NEW."ends", NEW."first_fen", NEW."first_g", NEW."id", NEW."made_at", NEW."made_by", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts", NEW."step_fen", NEW."step_g", NEW."version", NEW."volumetric_divisor", NEW."zone"); RETURN NULL;',
                    hash="0fad6dac5e53e3d7b5f47d08abfdd0177aafeb66",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_62b82",
                    table="fulfillment_postagerate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="postagerate",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "fulfillment_postagerateevent" ("days", "ends", "first_fen", "first_g", "id", "made_at", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "step_fen", "step_g", "version", "volumetric_divisor", "zone") VALUES (OLD."days", OLD."ends", OLD."first_fen", OLD."first_g", OLD."id", OLD."made_at", OLD."made_by", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts", OLD."step_fen", OLD."step_g", OLD."version", OLD."volumetric_divisor", OLD."zone"); RETURN NULL;',
                    hash="ba487e078faf38e7281f412477e065e780e193ae",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7ed46",
                    table="fulfillment_postagerate",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="postagerateevent",
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
            model_name="postagerateevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="fulfillment.postagerate",
            ),
        ),
        migrations.AddField(
            model_name="posting",
            name="rate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="fulfillment.postagerate",
                verbose_name="postage rate",
            ),
        ),
        migrations.AddField(
            model_name="posting",
            name="store",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.institution",
                verbose_name="accepted at",
            ),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(fields=["store", "-posted_at"], name="posting_of_store"),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("height_cm__gt", 0),
                    ("length_cm__gt", 0),
                    ("weight_g__gt", 0),
                    ("width_cm__gt", 0),
                    ("billed_g__gte", models.F("weight_g")),
                ),
                name="posting_measured",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("contents", ""), _negated=True), models.Q(("inspected_by", ""), _negated=True)
                ),
                name="posting_inspected",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("collected_at", None), ("given_back_by", "")),
                    models.Q(
                        ("accepted_at__isnull", False),
                        ("collected_at__isnull", False),
                        models.Q(("given_back_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="posting_given_back",
            ),
        ),
        migrations.RunSQL(KEEP, UNKEEP),
    ]
