"""Parcels that stand still: limits and decisions; days on the way; waves for trunk lines."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


GUARD = """
CREATE TRIGGER standstilldecision_append_only BEFORE UPDATE OR DELETE ON fulfillment_standstilldecision
    FOR EACH ROW EXECUTE FUNCTION fulfillment_refuse_rewrite();
"""

UNGUARD = "DROP TRIGGER standstilldecision_append_only ON fulfillment_standstilldecision;"


class Migration(migrations.Migration):
    dependencies = [
        ("fulfillment", "0020_shortages_and_papers"),
        ("members", "0003_warehouse_lead"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="StandstillDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tool",
                    models.CharField(
                        choices=[
                            ("sent_again", "lost: sent again"),
                            ("lost", "lost: money back"),
                            ("came_back", "came back to the house"),
                            ("reminded", "customer reminded"),
                            ("shelved", "not collected: back to the shelf"),
                            ("re_routed", "routed elsewhere"),
                        ],
                        max_length=12,
                        verbose_name="decision",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("awaiting_acceptance", "awaiting acceptance"),
                            ("accepted", "accepted"),
                            ("in_wave", "in a wave"),
                            ("picked", "picked"),
                            ("sim_taken", "SIM taken"),
                            ("account_open", "account open"),
                            ("packed", "packed"),
                            ("ready_for_pickup", "ready for pick-up"),
                            ("handed_over", "handed over"),
                            ("out_for_delivery", "out for delivery"),
                            ("delivered", "delivered"),
                            ("refused", "refused at the door"),
                            ("returned", "returned"),
                            ("lost", "lost on the way"),
                            ("declined", "declined by the location"),
                            ("short", "short at the shelf"),
                            ("moved", "routed elsewhere"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=20,
                        verbose_name="stood in state",
                    ),
                ),
                ("reason", models.CharField(max_length=160, verbose_name="reason")),
                ("by", models.CharField(max_length=80, verbose_name="by")),
                ("user_id", models.BigIntegerField(blank=True, null=True)),
                ("at", models.DateTimeField(verbose_name="at")),
            ],
            options={
                "verbose_name": "decision about a standstill",
                "verbose_name_plural": "decisions about standstills",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="StandstillLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("awaiting_acceptance", "awaiting acceptance"),
                            ("accepted", "accepted"),
                            ("in_wave", "in a wave"),
                            ("picked", "picked"),
                            ("sim_taken", "SIM taken"),
                            ("account_open", "account open"),
                            ("packed", "packed"),
                            ("ready_for_pickup", "ready for pick-up"),
                            ("handed_over", "handed over"),
                            ("out_for_delivery", "out for delivery"),
                            ("delivered", "delivered"),
                            ("refused", "refused at the door"),
                            ("returned", "returned"),
                            ("lost", "lost on the way"),
                            ("declined", "declined by the location"),
                            ("short", "short at the shelf"),
                            ("moved", "routed elsewhere"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("hours", models.PositiveIntegerField(verbose_name="hours")),
            ],
            options={
                "verbose_name": "limit of a standstill",
                "verbose_name_plural": "limits of standstills",
                "ordering": ["state", "location"],
            },
        ),
        migrations.CreateModel(
            name="StandstillLimitEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("awaiting_acceptance", "awaiting acceptance"),
                            ("accepted", "accepted"),
                            ("in_wave", "in a wave"),
                            ("picked", "picked"),
                            ("sim_taken", "SIM taken"),
                            ("account_open", "account open"),
                            ("packed", "packed"),
                            ("ready_for_pickup", "ready for pick-up"),
                            ("handed_over", "handed over"),
                            ("out_for_delivery", "out for delivery"),
                            ("delivered", "delivered"),
                            ("refused", "refused at the door"),
                            ("returned", "returned"),
                            ("lost", "lost on the way"),
                            ("declined", "declined by the location"),
                            ("short", "short at the shelf"),
                            ("moved", "routed elsewhere"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("hours", models.PositiveIntegerField(verbose_name="hours")),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="trunkline",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="trunkline",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="trunkline",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="fulfillmentorder",
            name="transit_days",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="days on the way"),
        ),
        migrations.AddField(
            model_name="trunkline",
            name="full_at",
            field=models.PositiveSmallIntegerField(
                db_default=60, default=60, verbose_name="or with so many parcels"
            ),
        ),
        migrations.AddField(
            model_name="trunkline",
            name="lead_minutes",
            field=models.PositiveSmallIntegerField(
                db_default=120, default=120, verbose_name="wave this long before (minutes)"
            ),
        ),
        migrations.AddField(
            model_name="trunklineevent",
            name="full_at",
            field=models.PositiveSmallIntegerField(
                db_default=60, default=60, verbose_name="or with so many parcels"
            ),
        ),
        migrations.AddField(
            model_name="trunklineevent",
            name="lead_minutes",
            field=models.PositiveSmallIntegerField(
                db_default=120, default=120, verbose_name="wave this long before (minutes)"
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="refused_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("changed_mind", "does not want it any more"),
                    ("damaged", "parcel damaged"),
                    ("wrong_goods", "wrong goods"),
                    ("identity", "identity not proven"),
                    ("no_cash", "cannot pay"),
                    ("unreachable", "nobody there, several times"),
                    ("visits_used", "not met on any visit"),
                    ("lost", "lost on the way"),
                    ("came_back", "came back undelivered"),
                ],
                default="",
                max_length=16,
                verbose_name="reason for refusal",
            ),
        ),
        migrations.AlterField(
            model_name="fulfillmentevent",
            name="state",
            field=models.CharField(
                choices=[
                    ("awaiting_acceptance", "awaiting acceptance"),
                    ("accepted", "accepted"),
                    ("in_wave", "in a wave"),
                    ("picked", "picked"),
                    ("sim_taken", "SIM taken"),
                    ("account_open", "account open"),
                    ("packed", "packed"),
                    ("ready_for_pickup", "ready for pick-up"),
                    ("handed_over", "handed over"),
                    ("out_for_delivery", "out for delivery"),
                    ("delivered", "delivered"),
                    ("refused", "refused at the door"),
                    ("returned", "returned"),
                    ("lost", "lost on the way"),
                    ("declined", "declined by the location"),
                    ("short", "short at the shelf"),
                    ("moved", "routed elsewhere"),
                    ("cancelled", "cancelled"),
                ],
                max_length=20,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="fulfillmentorder",
            name="state",
            field=models.CharField(
                choices=[
                    ("awaiting_acceptance", "awaiting acceptance"),
                    ("accepted", "accepted"),
                    ("in_wave", "in a wave"),
                    ("picked", "picked"),
                    ("sim_taken", "SIM taken"),
                    ("account_open", "account open"),
                    ("packed", "packed"),
                    ("ready_for_pickup", "ready for pick-up"),
                    ("handed_over", "handed over"),
                    ("out_for_delivery", "out for delivery"),
                    ("delivered", "delivered"),
                    ("refused", "refused at the door"),
                    ("returned", "returned"),
                    ("lost", "lost on the way"),
                    ("declined", "declined by the location"),
                    ("short", "short at the shelf"),
                    ("moved", "routed elsewhere"),
                    ("cancelled", "cancelled"),
                ],
                max_length=20,
                verbose_name="state",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trunkline",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "fulfillment_trunklineevent" ("days", "departs_hour", "full_at", "hub_id", "id", "is_open", "last_km_fen", "lead_minutes", "origin_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reach_km", "run_fen", "run_kg") VALUES (NEW."days", NEW."departs_hour", NEW."full_at", NEW."hub_id", NEW."id", NEW."is_open", NEW."last_km_fen", NEW."lead_minutes", NEW."origin_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reach_km", NEW."run_fen", NEW."run_kg"); RETURN NULL;',
                    hash="165d26d3959b76c651aaa0cbf1e394ed5c2fac9d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_eecb3",
                    table="fulfillment_trunkline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trunkline",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "fulfillment_trunklineevent" ("days", "departs_hour", "full_at", "hub_id", "id", "is_open", "last_km_fen", "lead_minutes", "origin_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reach_km", "run_fen", "run_kg") VALUES (NEW."days", NEW."departs_hour", NEW."full_at", NEW."hub_id", NEW."id", NEW."is_open", NEW."last_km_fen", NEW."lead_minutes", NEW."origin_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reach_km", NEW."run_fen", NEW."run_kg"); RETURN NULL;',
                    hash="821b8867eceda1bce1dfcb5756d35244862b357e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bdc2f",
                    table="fulfillment_trunkline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trunkline",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "fulfillment_trunklineevent" ("days", "departs_hour", "full_at", "hub_id", "id", "is_open", "last_km_fen", "lead_minutes", "origin_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reach_km", "run_fen", "run_kg") VALUES (OLD."days", OLD."departs_hour", OLD."full_at", OLD."hub_id", OLD."id", OLD."is_open", OLD."last_km_fen", OLD."lead_minutes", OLD."origin_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reach_km", OLD."run_fen", OLD."run_kg"); RETURN NULL;',
                    hash="c3d2c20a15db28f0b0fbf5a7d7f43f7681bfa94d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_477d0",
                    table="fulfillment_trunkline",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="standstilldecision",
            name="fulfillment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="standstill_decisions",
                to="fulfillment.fulfillmentorder",
                verbose_name="fulfillment",
            ),
        ),
        migrations.AddField(
            model_name="standstilllimit",
            name="location",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="members.institution",
                verbose_name="location",
            ),
        ),
        migrations.AddField(
            model_name="standstilllimitevent",
            name="location",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="members.institution",
                verbose_name="location",
            ),
        ),
        migrations.AddField(
            model_name="standstilllimitevent",
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
            model_name="standstilllimitevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="fulfillment.standstilllimit",
            ),
        ),
        migrations.AddConstraint(
            model_name="standstilldecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="standstill_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="standstilllimit",
            constraint=models.UniqueConstraint(
                fields=("location", "state"), name="standstill_limit_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="standstilllimit",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours__gt", 0)), name="standstill_limit_hours"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standstilllimit",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "fulfillment_standstilllimitevent" ("hours", "id", "location_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."hours", NEW."id", NEW."location_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state"); RETURN NULL;',
                    hash="3ef412f307f571746934b310980bc9c89e8e69f1",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d14de",
                    table="fulfillment_standstilllimit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standstilllimit",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "fulfillment_standstilllimitevent" ("hours", "id", "location_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."hours", NEW."id", NEW."location_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state"); RETURN NULL;',
                    hash="10f915ab70032391f4151d644ef1f11121141844",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_71608",
                    table="fulfillment_standstilllimit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standstilllimit",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "fulfillment_standstilllimitevent" ("hours", "id", "location_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (OLD."hours", OLD."id", OLD."location_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."state"); RETURN NULL;',
                    hash="ec62268783702b0ccf973528a17432c7a9272bf5",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_57a0d",
                    table="fulfillment_standstilllimit",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
