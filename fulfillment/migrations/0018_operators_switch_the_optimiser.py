"""Operators switch the optimiser's jobs on and off; without a row the settings hold."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fulfillment", "0015_holds_of_a_customer"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="OptimiserSwitch",
            fields=[
                (
                    "kind",
                    models.CharField(
                        choices=[("prices", "shadow prices"), ("reevaluation", "re-evaluation")],
                        max_length=12,
                        primary_key=True,
                        serialize=False,
                        verbose_name="kind",
                    ),
                ),
                ("is_on", models.BooleanField(verbose_name="switched on")),
                ("changed_by", models.CharField(max_length=80, verbose_name="changed by")),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
            ],
            options={
                "verbose_name": "switch of the optimiser",
                "verbose_name_plural": "switches of the optimiser",
            },
        ),
        migrations.CreateModel(
            name="OptimiserSwitchEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "kind",
                    models.CharField(
                        choices=[("prices", "shadow prices"), ("reevaluation", "re-evaluation")],
                        max_length=12,
                        serialize=False,
                        verbose_name="kind",
                    ),
                ),
                ("is_on", models.BooleanField(verbose_name="switched on")),
                ("changed_by", models.CharField(max_length=80, verbose_name="changed by")),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="optimiserswitch",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "fulfillment_optimiserswitchevent" ("changed_at", "changed_by", "is_on", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."changed_at", NEW."changed_by", NEW."is_on", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."kind"); RETURN NULL;',
                    hash="2bd6bce44d1e9e25fa987cf88ecb4b676b88b2c0",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3e121",
                    table="fulfillment_optimiserswitch",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="optimiserswitch",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "fulfillment_optimiserswitchevent" ("changed_at", "changed_by", "is_on", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."changed_at", NEW."changed_by", NEW."is_on", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."kind"); RETURN NULL;',
                    hash="d690b2dd2f5755ade284717cd491f83856f76037",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_659b6",
                    table="fulfillment_optimiserswitch",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="optimiserswitchevent",
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
            model_name="optimiserswitchevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="fulfillment.optimiserswitch",
            ),
        ),
    ]
