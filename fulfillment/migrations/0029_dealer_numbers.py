"""Dealers order telephone numbers: lines of a city and grade, and how many unsold ones were agreed."""

import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0028_postings")]

    operations = [
        migrations.CreateModel(
            name='DealerNumberLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province', models.CharField(max_length=20, verbose_name='province')),
                ('city', models.CharField(max_length=20, verbose_name='city')),
                ('grade', models.CharField(max_length=16, verbose_name='number grade')),
                ('quantity', models.PositiveIntegerField(verbose_name='quantity')),
                ('allotted', models.PositiveIntegerField(default=0, verbose_name='allotted')),
                ('dropped', models.PositiveIntegerField(default=0, verbose_name='dropped')),
            ],
            options={
                'verbose_name': "dealer's numbers on order",
                'verbose_name_plural': "dealers' numbers on order",
                'ordering': ['pk'],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='dealerterms',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='dealerterms',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='dealerterms',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='dealerterms',
            name='number_days',
            field=models.PositiveSmallIntegerField(db_default=90, default=90, verbose_name='numbers kept (days)'),
        ),
        migrations.AddField(
            model_name='dealerterms',
            name='number_limit',
            field=models.PositiveIntegerField(db_default=200, default=200, verbose_name='unsold numbers at most'),
        ),
        migrations.AddField(
            model_name='dealertermsevent',
            name='number_days',
            field=models.PositiveSmallIntegerField(db_default=90, default=90, verbose_name='numbers kept (days)'),
        ),
        migrations.AddField(
            model_name='dealertermsevent',
            name='number_limit',
            field=models.PositiveIntegerField(db_default=200, default=200, verbose_name='unsold numbers at most'),
        ),
        migrations.AlterField(
            model_name='dealerorder',
            name='hold_reason',
            field=models.CharField(blank=True, choices=[('credit', 'the credit limit does not reach'), ('overdue', 'an invoice is overdue'), ('blocked', 'the dealer is blocked'), ('numbers', 'too many telephone numbers are not sold yet')], default='', max_length=8, verbose_name='held because'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dealerterms',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fulfillment_dealertermsevent" ("branch_id", "counts_from", "credit_limit_fen", "dealer_id", "demand_days", "is_blocked", "lead_days", "number_days", "number_limit", "payment_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_days", "service_percent") VALUES (NEW."branch_id", NEW."counts_from", NEW."credit_limit_fen", NEW."dealer_id", NEW."demand_days", NEW."is_blocked", NEW."lead_days", NEW."number_days", NEW."number_limit", NEW."payment_days", _pgh_attach_context(), NOW(), \'insert\', NEW."dealer_id", NEW."review_days", NEW."service_percent"); RETURN NULL;', hash='e9957504adf4f51f327440bbc25734571cfff331', operation='INSERT', pgid='pgtrigger_insert_insert_06715', table='fulfillment_dealerterms', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dealerterms',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "fulfillment_dealertermsevent" ("branch_id", "counts_from", "credit_limit_fen", "dealer_id", "demand_days", "is_blocked", "lead_days", "number_days", "number_limit", "payment_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_days", "service_percent") VALUES (NEW."branch_id", NEW."counts_from", NEW."credit_limit_fen", NEW."dealer_id", NEW."demand_days", NEW."is_blocked", NEW."lead_days", NEW."number_days", NEW."number_limit", NEW."payment_days", _pgh_attach_context(), NOW(), \'update\', NEW."dealer_id", NEW."review_days", NEW."service_percent"); RETURN NULL;', hash='823d00186e048b0ff760efcd41bd19dc52cdae7f', operation='UPDATE', pgid='pgtrigger_update_update_dedae', table='fulfillment_dealerterms', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dealerterms',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fulfillment_dealertermsevent" ("branch_id", "counts_from", "credit_limit_fen", "dealer_id", "demand_days", "is_blocked", "lead_days", "number_days", "number_limit", "payment_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_days", "service_percent") VALUES (OLD."branch_id", OLD."counts_from", OLD."credit_limit_fen", OLD."dealer_id", OLD."demand_days", OLD."is_blocked", OLD."lead_days", OLD."number_days", OLD."number_limit", OLD."payment_days", _pgh_attach_context(), NOW(), \'delete\', OLD."dealer_id", OLD."review_days", OLD."service_percent"); RETURN NULL;', hash='9f175b0826cad4984ce581b06ed7a01525075f2e', operation='DELETE', pgid='pgtrigger_delete_delete_a7695', table='fulfillment_dealerterms', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='dealerterms',
            constraint=models.CheckConstraint(condition=models.Q(('number_days__gte', 1)), name='dealer_terms_numbers'),
        ),
        migrations.AddField(
            model_name='dealernumberline',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='number_lines', to='fulfillment.dealerorder'),
        ),
        migrations.AddConstraint(
            model_name='dealernumberline',
            constraint=models.UniqueConstraint(fields=('order', 'province', 'city', 'grade'), name='dealer_number_line_once'),
        ),
        migrations.AddConstraint(
            model_name='dealernumberline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0), ('quantity__gte', django.db.models.expressions.CombinedExpression(models.F('allotted'), '+', models.F('dropped')))), name='dealer_number_line_units'),
        ),
    ]
