import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


# Where to begin; operators change them. Days of demand and units, by kind of location.
COVER_RULES = """
INSERT INTO fulfillment_coverrule (kind, window_days, low_days, target_days, high_days, least_units)
VALUES ('', 28, 5, 14, 60, 2), ('warehouse', 28, 10, 30, 90, 20)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('fulfillment', '0002_guards'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='CoverRuleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(blank=True, default='', max_length=16, verbose_name='kind of location')),
                ('window_days', models.PositiveSmallIntegerField(default=28, verbose_name='demand of the last days')),
                ('low_days', models.PositiveSmallIntegerField(default=5, verbose_name='short below (days)')),
                ('target_days', models.PositiveSmallIntegerField(default=14, verbose_name='refill to (days)')),
                ('high_days', models.PositiveSmallIntegerField(default=60, verbose_name='too much above (days)')),
                ('least_units', models.PositiveSmallIntegerField(default=2, verbose_name='always keep (units)')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StockCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=24, unique=True, verbose_name='code')),
                ('state', models.CharField(choices=[('open', 'being counted'), ('counted', 'waits for approval'), ('posted', 'posted'), ('cancelled', 'cancelled')], max_length=10, verbose_name='state')),
                ('scope', models.CharField(blank=True, default='', max_length=120, verbose_name='what is counted')),
                ('note', models.CharField(blank=True, default='', max_length=160, verbose_name='note')),
                ('opened_by', models.CharField(max_length=80, verbose_name='opened by')),
                ('opened_at', models.DateTimeField(verbose_name='opened at')),
                ('counted_by', models.CharField(blank=True, default='', max_length=80, verbose_name='counted by')),
                ('counted_by_user', models.BigIntegerField(blank=True, null=True)),
                ('counted_at', models.DateTimeField(blank=True, null=True, verbose_name='counted at')),
                ('approved_by', models.CharField(blank=True, default='', max_length=80, verbose_name='approved by')),
                ('approved_by_user', models.BigIntegerField(blank=True, null=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='approved at')),
            ],
            options={
                'verbose_name': 'stock count',
                'verbose_name_plural': 'stock counts',
            },
        ),
        migrations.CreateModel(
            name='StockSync',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=40, verbose_name='source')),
                ('sequence', models.BigIntegerField(verbose_name='sequence')),
                ('basis', models.CharField(choices=[('on_hand', 'on hand'), ('salable', 'salable')], max_length=8, verbose_name='states')),
                ('body_hash', models.CharField(max_length=64)),
                ('answer', models.JSONField()),
                ('taken_at', models.DateTimeField(verbose_name='taken at')),
                ('received_at', models.DateTimeField(verbose_name='received at')),
            ],
            options={
                'verbose_name': 'stock snapshot',
                'verbose_name_plural': 'stock snapshots',
            },
        ),
        migrations.CreateModel(
            name='StockSyncCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=40)),
                ('sku', models.CharField(max_length=64)),
                ('sequence', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='StockTransfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=24, unique=True, verbose_name='code')),
                ('state', models.CharField(choices=[('requested', 'asked for'), ('agreed', 'agreed'), ('refused', 'refused'), ('cancelled', 'cancelled'), ('under_way', 'in transit'), ('received', 'received')], max_length=10, verbose_name='state')),
                ('note', models.CharField(blank=True, default='', max_length=160, verbose_name='why')),
                ('requested_by', models.CharField(max_length=80, verbose_name='asked by')),
                ('created_at', models.DateTimeField(verbose_name='asked at')),
                ('changed_at', models.DateTimeField(verbose_name='changed at')),
            ],
            options={
                'verbose_name': 'stock transfer',
                'verbose_name_plural': 'stock transfers',
            },
        ),
        migrations.CreateModel(
            name='TransferLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sku', models.CharField(max_length=64, verbose_name='SKU')),
                ('serial_kind', models.CharField(blank=True, default='', max_length=8, verbose_name='serial kind')),
                ('wanted', models.PositiveIntegerField(verbose_name='wanted')),
                ('sent', models.PositiveIntegerField(blank=True, null=True, verbose_name='sent')),
                ('arrived', models.PositiveIntegerField(blank=True, null=True, verbose_name='arrived')),
                ('damaged', models.PositiveIntegerField(default=0, verbose_name='damaged')),
            ],
            options={
                'verbose_name': 'transfer line',
                'verbose_name_plural': 'transfer lines',
                'ordering': ['sku'],
            },
        ),
        migrations.CreateModel(
            name='TransferStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('requested', 'asked for'), ('agreed', 'agreed'), ('refused', 'refused'), ('cancelled', 'cancelled'), ('under_way', 'in transit'), ('received', 'received')], max_length=10, verbose_name='state')),
                ('who', models.CharField(max_length=80, verbose_name='who')),
                ('note', models.CharField(blank=True, default='', max_length=160, verbose_name='note')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'transfer step',
                'verbose_name_plural': 'transfer steps',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='TransferUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('under_way', 'in transit'), ('arrived', 'arrived'), ('damaged', 'damaged'), ('missing', 'missing')], default='under_way', max_length=10, verbose_name='outcome')),
            ],
            options={
                'verbose_name': 'unit in a transfer',
                'verbose_name_plural': 'units in transfers',
            },
        ),
        migrations.CreateModel(
            name='CountLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sku', models.CharField(max_length=64, verbose_name='SKU')),
                ('bin', models.CharField(blank=True, default='', max_length=12, verbose_name='bin')),
                ('serial_kind', models.CharField(blank=True, default='', max_length=8, verbose_name='serial kind')),
                ('counted', models.PositiveIntegerField(blank=True, null=True, verbose_name='counted')),
                ('expected', models.IntegerField(blank=True, null=True, verbose_name='expected')),
                ('counted_by_user', models.BigIntegerField(blank=True, null=True)),
                ('counted_at', models.DateTimeField(blank=True, null=True, verbose_name='counted at')),
                ('approved_by_user', models.BigIntegerField(blank=True, null=True)),
                ('is_closed', models.BooleanField(default=False)),
                ('location', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution')),
            ],
            options={
                'verbose_name': 'count line',
                'verbose_name_plural': 'count lines',
                'ordering': ['bin', 'sku'],
            },
        ),
        migrations.CreateModel(
            name='CountUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='units', to='fulfillment.countline')),
                ('serial', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='fulfillment.serialunit')),
            ],
            options={
                'verbose_name': 'counted unit',
                'verbose_name_plural': 'counted units',
            },
        ),
        migrations.CreateModel(
            name='CoverRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(blank=True, default='', max_length=16, unique=True, verbose_name='kind of location')),
                ('window_days', models.PositiveSmallIntegerField(default=28, verbose_name='demand of the last days')),
                ('low_days', models.PositiveSmallIntegerField(default=5, verbose_name='short below (days)')),
                ('target_days', models.PositiveSmallIntegerField(default=14, verbose_name='refill to (days)')),
                ('high_days', models.PositiveSmallIntegerField(default=60, verbose_name='too much above (days)')),
                ('least_units', models.PositiveSmallIntegerField(default=2, verbose_name='always keep (units)')),
            ],
            options={
                'verbose_name': 'cover rule',
                'verbose_name_plural': 'cover rules',
                'constraints': [models.CheckConstraint(condition=models.Q(('low_days__lte', models.F('target_days')), ('target_days__lt', models.F('high_days')), ('window_days__gt', 0)), name='cover_rule_order')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='coverrule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fulfillment_coverruleevent" ("high_days", "id", "kind", "least_units", "low_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "target_days", "window_days") VALUES (NEW."high_days", NEW."id", NEW."kind", NEW."least_units", NEW."low_days", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."target_days", NEW."window_days"); RETURN NULL;', hash='b6f0aaf6832323853928b79dfb0a011d0390b1c9', operation='INSERT', pgid='pgtrigger_insert_insert_27ed4', table='fulfillment_coverrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='coverrule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "fulfillment_coverruleevent" ("high_days", "id", "kind", "least_units", "low_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "target_days", "window_days") VALUES (NEW."high_days", NEW."id", NEW."kind", NEW."least_units", NEW."low_days", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."target_days", NEW."window_days"); RETURN NULL;', hash='12edb4d8daa33e8bd9abd95dd101b7c8f6f53508', operation='UPDATE', pgid='pgtrigger_update_update_6e153', table='fulfillment_coverrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='coverrule',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fulfillment_coverruleevent" ("high_days", "id", "kind", "least_units", "low_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "target_days", "window_days") VALUES (OLD."high_days", OLD."id", OLD."kind", OLD."least_units", OLD."low_days", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."target_days", OLD."window_days"); RETURN NULL;', hash='6935c168f7fdbf499f2545c5c476583bc3dcd050', operation='DELETE', pgid='pgtrigger_delete_delete_e6365', table='fulfillment_coverrule', when='AFTER')),
        ),
        migrations.AddField(
            model_name='coverruleevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='coverruleevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='fulfillment.coverrule'),
        ),
        migrations.AddField(
            model_name='stockcount',
            name='location',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution', verbose_name='location'),
        ),
        migrations.AddField(
            model_name='countline',
            name='count',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='fulfillment.stockcount'),
        ),
        migrations.AddField(
            model_name='stocksync',
            name='institution',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution'),
        ),
        migrations.AddField(
            model_name='stocksynccell',
            name='institution',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution'),
        ),
        migrations.AddField(
            model_name='stocksynccell',
            name='location',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution'),
        ),
        migrations.AddField(
            model_name='stocktransfer',
            name='from_location',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution', verbose_name='from location'),
        ),
        migrations.AddField(
            model_name='stocktransfer',
            name='to_location',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution', verbose_name='to location'),
        ),
        migrations.AddField(
            model_name='transferline',
            name='transfer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='fulfillment.stocktransfer'),
        ),
        migrations.AddField(
            model_name='transferstep',
            name='transfer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='fulfillment.stocktransfer'),
        ),
        migrations.AddField(
            model_name='transferunit',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='units', to='fulfillment.transferline'),
        ),
        migrations.AddField(
            model_name='transferunit',
            name='serial',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='fulfillment.serialunit'),
        ),
        migrations.AddConstraint(
            model_name='countunit',
            constraint=models.UniqueConstraint(fields=('line', 'serial'), name='count_unit_once'),
        ),
        migrations.AddIndex(
            model_name='stockcount',
            index=models.Index(fields=['location', 'state'], name='stock_count_at'),
        ),
        migrations.AddConstraint(
            model_name='stockcount',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('state', 'posted'), _negated=True), models.Q(('approved_by_user__isnull', False), ('counted_by_user__isnull', False)), _connector='OR'), models.Q(('approved_by_user', None), models.Q(('approved_by_user', models.F('counted_by_user')), _negated=True), _connector='OR')), name='stock_count_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='countline',
            constraint=models.UniqueConstraint(fields=('count', 'sku'), name='count_line_once'),
        ),
        migrations.AddConstraint(
            model_name='countline',
            constraint=models.UniqueConstraint(condition=models.Q(('is_closed', False)), fields=('location', 'sku'), name='count_line_one_open'),
        ),
        migrations.AddConstraint(
            model_name='countline',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by_user', None), models.Q(('approved_by_user', models.F('counted_by_user')), _negated=True), _connector='OR'), name='count_line_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='stocksync',
            constraint=models.UniqueConstraint(fields=('institution', 'source', 'sequence'), name='stock_sync_once'),
        ),
        migrations.AddConstraint(
            model_name='stocksynccell',
            constraint=models.UniqueConstraint(fields=('institution', 'source', 'location', 'sku'), name='stock_sync_cell_once'),
        ),
        migrations.AddIndex(
            model_name='stocktransfer',
            index=models.Index(condition=models.Q(('state', 'under_way')), fields=['to_location'], name='stock_transfer_coming'),
        ),
        migrations.AddIndex(
            model_name='stocktransfer',
            index=models.Index(fields=['from_location', 'state'], name='stock_transfer_leaving'),
        ),
        migrations.AddConstraint(
            model_name='stocktransfer',
            constraint=models.CheckConstraint(condition=models.Q(('from_location', models.F('to_location')), _negated=True), name='stock_transfer_two_places'),
        ),
        migrations.AddConstraint(
            model_name='transferline',
            constraint=models.UniqueConstraint(fields=('transfer', 'sku'), name='transfer_line_once'),
        ),
        migrations.AddConstraint(
            model_name='transferline',
            constraint=models.CheckConstraint(condition=models.Q(('wanted__gt', 0), models.Q(('sent', None), ('sent__lte', models.F('wanted')), _connector='OR'), models.Q(('arrived', None), ('sent__isnull', False), _connector='OR')), name='transfer_line_units'),
        ),
        migrations.AddConstraint(
            model_name='transferunit',
            constraint=models.UniqueConstraint(fields=('line', 'serial'), name='transfer_unit_once'),
        ),
        migrations.AddConstraint(
            model_name='transferunit',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', 'under_way')), fields=('serial',), name='transfer_unit_one_way'),
        ),
        migrations.RunSQL(COVER_RULES, migrations.RunSQL.noop),
    ]
