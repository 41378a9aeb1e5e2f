import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import fulfillment.models.routing


class Migration(migrations.Migration):
    dependencies = [
        ("fulfillment", "0005_serials_dealers"),
        ("catalogue", "1002_offerings"),  # btree_gist
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name='LocationDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('is_closed', models.BooleanField(default=False, verbose_name='closed')),
                ('capacity', models.PositiveIntegerField(blank=True, null=True, verbose_name='packages this day')),
                ('cutoff_hour', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='cut-off (hour)')),
                ('note', models.CharField(blank=True, default='', max_length=80, verbose_name='note')),
            ],
            options={
                'verbose_name': 'special day',
                'verbose_name_plural': 'special days',
                'ordering': ['day', 'location'],
            },
        ),
        migrations.CreateModel(
            name='LocationDayEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('day', models.DateField(verbose_name='day')),
                ('is_closed', models.BooleanField(default=False, verbose_name='closed')),
                ('capacity', models.PositiveIntegerField(blank=True, null=True, verbose_name='packages this day')),
                ('cutoff_hour', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='cut-off (hour)')),
                ('note', models.CharField(blank=True, default='', max_length=80, verbose_name='note')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OptimiserRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('prices', 'shadow prices'), ('reevaluation', 're-evaluation')], max_length=12, verbose_name='kind')),
                ('status', models.CharField(max_length=16, verbose_name='status')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('orders', models.PositiveIntegerField(default=0, verbose_name='orders looked at')),
                ('changed', models.PositiveIntegerField(default=0, verbose_name='changed')),
                ('figures', models.JSONField(default=dict, verbose_name='figures')),
                ('milliseconds', models.PositiveIntegerField(default=0, verbose_name='milliseconds')),
            ],
            options={
                'verbose_name': 'run of the optimiser',
                'verbose_name_plural': 'runs of the optimiser',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='PickupProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('distance_km', models.FloatField(default=0, verbose_name='between the stores (km)')),
                ('state', models.CharField(choices=[('asked', 'waits for the customer'), ('accepted', 'the customer agrees'), ('declined', 'the customer does not agree'), ('lapsed', 'no answer in time'), ('withdrawn', 'withdrawn by an operator')], default='asked', max_length=10, verbose_name='state')),
                ('asked_at', models.DateTimeField(verbose_name='asked at')),
                ('answer_by', models.DateTimeField(verbose_name='answer by')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered at')),
                ('answered_by', models.CharField(blank=True, default='', max_length=80, verbose_name='answered by')),
            ],
            options={
                'verbose_name': 'proposal for a pick-up',
                'verbose_name_plural': 'proposals for pick-ups',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ShadowPrice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sku', models.CharField(max_length=64, verbose_name='SKU')),
                ('fen', models.FloatField(verbose_name='shadow price (fen)')),
            ],
            options={
                'verbose_name': 'shadow price',
                'verbose_name_plural': 'shadow prices',
            },
        ),
        migrations.CreateModel(
            name='TrunkLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('run_fen', models.PositiveIntegerField(verbose_name='cost of a run (fen)')),
                ('run_kg', models.PositiveIntegerField(verbose_name='load of a run (kg)')),
                ('last_km_fen', models.PositiveIntegerField(verbose_name="hub's fee per parcel (fen)")),
                ('reach_km', models.PositiveSmallIntegerField(default=5, verbose_name='reach of the hub (km)')),
                ('departs_hour', models.PositiveSmallIntegerField(default=18, verbose_name='departs (hour)')),
                ('days', models.PositiveSmallIntegerField(default=1, verbose_name='days')),
                ('is_open', models.BooleanField(default=True, verbose_name='runs')),
            ],
            options={
                'verbose_name': 'trunk line',
                'verbose_name_plural': 'trunk lines',
            },
        ),
        migrations.CreateModel(
            name='TrunkLineEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('run_fen', models.PositiveIntegerField(verbose_name='cost of a run (fen)')),
                ('run_kg', models.PositiveIntegerField(verbose_name='load of a run (kg)')),
                ('last_km_fen', models.PositiveIntegerField(verbose_name="hub's fee per parcel (fen)")),
                ('reach_km', models.PositiveSmallIntegerField(default=5, verbose_name='reach of the hub (km)')),
                ('departs_hour', models.PositiveSmallIntegerField(default=18, verbose_name='departs (hour)')),
                ('days', models.PositiveSmallIntegerField(default=1, verbose_name='days')),
                ('is_open', models.BooleanField(default=True, verbose_name='runs')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='tariffrate',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='tariffrate',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='tariffrate',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='fulfillmentdemand',
            name='promised_on',
            field=models.DateField(blank=True, null=True, verbose_name='promised for'),
        ),
        migrations.AddField(
            model_name='fulfillmentorder',
            name='trunk_fen',
            field=models.PositiveIntegerField(default=0, verbose_name='share of the trunk run (fen)'),
        ),
        migrations.AddField(
            model_name='fulfillmentorder',
            name='via',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution', verbose_name='through the hub'),
        ),
        migrations.AddField(
            model_name='tariffrate',
            name='made_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='made at'),
        ),
        migrations.AddField(
            model_name='tariffrate',
            name='made_by',
            field=models.CharField(blank=True, default='', max_length=80, verbose_name='made by'),
        ),
        migrations.AddField(
            model_name='tariffrate',
            name='version',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='version'),
        ),
        migrations.AddField(
            model_name='tariffrateevent',
            name='made_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='made at'),
        ),
        migrations.AddField(
            model_name='tariffrateevent',
            name='made_by',
            field=models.CharField(blank=True, default='', max_length=80, verbose_name='made by'),
        ),
        migrations.AddField(
            model_name='tariffrateevent',
            name='version',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='version'),
        ),
        migrations.AlterField(
            model_name='fulfillmentevent',
            name='state',
            field=models.CharField(choices=[('awaiting_acceptance', 'awaiting acceptance'), ('accepted', 'accepted'), ('in_wave', 'in a wave'), ('picked', 'picked'), ('sim_taken', 'SIM taken'), ('account_open', 'account open'), ('packed', 'packed'), ('ready_for_pickup', 'ready for pick-up'), ('handed_over', 'handed over'), ('out_for_delivery', 'out for delivery'), ('delivered', 'delivered'), ('refused', 'refused at the door'), ('returned', 'returned'), ('declined', 'declined by the location'), ('short', 'short at the shelf'), ('moved', 'routed elsewhere'), ('cancelled', 'cancelled')], max_length=20, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='fulfillmentorder',
            name='state',
            field=models.CharField(choices=[('awaiting_acceptance', 'awaiting acceptance'), ('accepted', 'accepted'), ('in_wave', 'in a wave'), ('picked', 'picked'), ('sim_taken', 'SIM taken'), ('account_open', 'account open'), ('packed', 'packed'), ('ready_for_pickup', 'ready for pick-up'), ('handed_over', 'handed over'), ('out_for_delivery', 'out for delivery'), ('delivered', 'delivered'), ('refused', 'refused at the door'), ('returned', 'returned'), ('declined', 'declined by the location'), ('short', 'short at the shelf'), ('moved', 'routed elsewhere'), ('cancelled', 'cancelled')], max_length=20, verbose_name='state'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tariffrate',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fulfillment_tariffrateevent" ("days", "ends", "first_fen", "first_g", "id", "made_at", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "step_fen", "step_g", "version", "volumetric_divisor", "zone") VALUES (NEW."days", NEW."ends", NEW."first_fen", NEW."first_g", NEW."id", NEW."made_at", NEW."made_by", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts", NEW."step_fen", NEW."step_g", NEW."version", NEW."volumetric_divisor", NEW."zone"); RETURN NULL;', hash='66f7353115a4fc74f7990f86e9b869b6e0989ebd', operation='INSERT', pgid='pgtrigger_insert_insert_fd06d', table='fulfillment_tariffrate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tariffrate',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "fulfillment_tariffrateevent" ("days", "ends", "first_fen", "first_g", "id", "made_at", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "step_fen", "step_g", "version", "volumetric_divisor", "zone") VALUES (NEW."days", NEW."ends", NEW."first_fen", NEW."first_g", NEW."id", NEW."made_at", NEW."made_by", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts", NEW."step_fen", NEW."step_g", NEW."version", NEW."volumetric_divisor", NEW."zone"); RETURN NULL;', hash='7925e05ecb7f96cb885337f90b318d030e2df159', operation='UPDATE', pgid='pgtrigger_update_update_44094', table='fulfillment_tariffrate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tariffrate',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fulfillment_tariffrateevent" ("days", "ends", "first_fen", "first_g", "id", "made_at", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "step_fen", "step_g", "version", "volumetric_divisor", "zone") VALUES (OLD."days", OLD."ends", OLD."first_fen", OLD."first_g", OLD."id", OLD."made_at", OLD."made_by", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts", OLD."step_fen", OLD."step_g", OLD."version", OLD."volumetric_divisor", OLD."zone"); RETURN NULL;', hash='c704fa5b971a510d0575d599bfd0be32782ef719', operation='DELETE', pgid='pgtrigger_delete_delete_75d27', table='fulfillment_tariffrate', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='tariffrate',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('zone', '='), (fulfillment.models.routing.Days('starts', 'ends'), '&&')], name='tariff_rate_no_overlap'),
        ),
        migrations.AddField(
            model_name='locationday',
            name='location',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.institution', verbose_name='location'),
        ),
        migrations.AddField(
            model_name='locationdayevent',
            name='location',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.institution', verbose_name='location'),
        ),
        migrations.AddField(
            model_name='locationdayevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='locationdayevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='fulfillment.locationday'),
        ),
        migrations.AddField(
            model_name='pickupproposal',
            name='demand',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='fulfillment.fulfillmentdemand', verbose_name='demand'),
        ),
        migrations.AddField(
            model_name='pickupproposal',
            name='from_location',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.institution', verbose_name='from'),
        ),
        migrations.AddField(
            model_name='pickupproposal',
            name='to_location',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.institution', verbose_name='to'),
        ),
        migrations.AddField(
            model_name='shadowprice',
            name='location',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.institution'),
        ),
        migrations.AddField(
            model_name='trunkline',
            name='hub',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.institution', verbose_name='hub'),
        ),
        migrations.AddField(
            model_name='trunkline',
            name='origin',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.institution', verbose_name='from'),
        ),
        migrations.AddField(
            model_name='trunklineevent',
            name='hub',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.institution', verbose_name='hub'),
        ),
        migrations.AddField(
            model_name='trunklineevent',
            name='origin',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.institution', verbose_name='from'),
        ),
        migrations.AddField(
            model_name='trunklineevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='trunklineevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='fulfillment.trunkline'),
        ),
        migrations.AddConstraint(
            model_name='locationday',
            constraint=models.UniqueConstraint(fields=('location', 'day'), name='location_day_once'),
        ),
        migrations.AddConstraint(
            model_name='locationday',
            constraint=models.CheckConstraint(condition=models.Q(('cutoff_hour', None), ('cutoff_hour__lte', 24), _connector='OR'), name='location_day_cutoff'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='locationday',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fulfillment_locationdayevent" ("capacity", "cutoff_hour", "day", "id", "is_closed", "location_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."capacity", NEW."cutoff_hour", NEW."day", NEW."id", NEW."is_closed", NEW."location_id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='da32933f03d6df92928e3c20692f3561405a1729', operation='INSERT', pgid='pgtrigger_insert_insert_dde8c', table='fulfillment_locationday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='locationday',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "fulfillment_locationdayevent" ("capacity", "cutoff_hour", "day", "id", "is_closed", "location_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."capacity", NEW."cutoff_hour", NEW."day", NEW."id", NEW."is_closed", NEW."location_id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='d0fba893eb5480d01c6a062afd7e6fadc7669571', operation='UPDATE', pgid='pgtrigger_update_update_2c1e3', table='fulfillment_locationday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='locationday',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fulfillment_locationdayevent" ("capacity", "cutoff_hour", "day", "id", "is_closed", "location_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."capacity", OLD."cutoff_hour", OLD."day", OLD."id", OLD."is_closed", OLD."location_id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='e72ea1984ab1618a399a81e44796b646d76465a4', operation='DELETE', pgid='pgtrigger_delete_delete_6dfb1', table='fulfillment_locationday', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='pickupproposal',
            index=models.Index(condition=models.Q(('state', 'asked')), fields=['answer_by'], name='pickup_proposal_due'),
        ),
        migrations.AddConstraint(
            model_name='pickupproposal',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('demand',), name='pickup_proposal_one_open'),
        ),
        migrations.AddConstraint(
            model_name='shadowprice',
            constraint=models.UniqueConstraint(fields=('location', 'sku'), name='shadow_price_once'),
        ),
        migrations.AddConstraint(
            model_name='shadowprice',
            constraint=models.CheckConstraint(condition=models.Q(('fen__gt', 0)), name='shadow_price_positive'),
        ),
        migrations.AddConstraint(
            model_name='trunkline',
            constraint=models.UniqueConstraint(fields=('origin', 'hub'), name='trunk_line_once'),
        ),
        migrations.AddConstraint(
            model_name='trunkline',
            constraint=models.CheckConstraint(condition=models.Q(('departs_hour__lte', 24), ('reach_km__gt', 0), ('run_kg__gt', 0), models.Q(('origin', models.F('hub')), _negated=True)), name='trunk_line_terms'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trunkline',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fulfillment_trunklineevent" ("days", "departs_hour", "hub_id", "id", "is_open", "last_km_fen", "origin_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reach_km", "run_fen", "run_kg") VALUES (NEW."days", NEW."departs_hour", NEW."hub_id", NEW."id", NEW."is_open", NEW."last_km_fen", NEW."origin_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reach_km", NEW."run_fen", NEW."run_kg"); RETURN NULL;', hash='269c1c479c153d54913b3f009c76ac2d293b6f6c', operation='INSERT', pgid='pgtrigger_insert_insert_eecb3', table='fulfillment_trunkline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trunkline',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "fulfillment_trunklineevent" ("days", "departs_hour", "hub_id", "id", "is_open", "last_km_fen", "origin_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reach_km", "run_fen", "run_kg") VALUES (NEW."days", NEW."departs_hour", NEW."hub_id", NEW."id", NEW."is_open", NEW."last_km_fen", NEW."origin_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reach_km", NEW."run_fen", NEW."run_kg"); RETURN NULL;', hash='b19d9eff9351f7e2650c9c939a7b0ce6054f6f2b', operation='UPDATE', pgid='pgtrigger_update_update_bdc2f', table='fulfillment_trunkline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trunkline',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fulfillment_trunklineevent" ("days", "departs_hour", "hub_id", "id", "is_open", "last_km_fen", "origin_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reach_km", "run_fen", "run_kg") VALUES (OLD."days", OLD."departs_hour", OLD."hub_id", OLD."id", OLD."is_open", OLD."last_km_fen", OLD."origin_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reach_km", OLD."run_fen", OLD."run_kg"); RETURN NULL;', hash='56f698ad76244ea80cf94c06c52f3da007f51bff', operation='DELETE', pgid='pgtrigger_delete_delete_477d0', table='fulfillment_trunkline', when='AFTER')),
        ),
        # Rates written before versions were counted: in the order of their days.
        migrations.RunSQL(
            """
            UPDATE fulfillment_tariffrate r SET version = n.number FROM (
                SELECT id, row_number() OVER (PARTITION BY zone ORDER BY starts) AS number
                FROM fulfillment_tariffrate
            ) n WHERE n.id = r.id AND n.number > 1
            """,
            migrations.RunSQL.noop,
        ),
    ]
