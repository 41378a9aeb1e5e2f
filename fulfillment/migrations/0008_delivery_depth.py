"""Visits, photos, identity outcomes, courier feeds; a proof of delivery is written once and never changed."""

import django.db.models.deletion
from django.db import migrations, models

# Checks kept before outcomes were: what differed is not known any more.
OUTCOMES = "UPDATE fulfillment_identitycheck SET outcome = 'both_differ' WHERE NOT passed"

GUARDS = """
CREATE FUNCTION fulfillment_keep_proof() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'proofs of delivery are kept as they were bound' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER evidence_append_only BEFORE UPDATE OR DELETE ON fulfillment_evidence
    FOR EACH ROW EXECUTE FUNCTION fulfillment_keep_proof();
CREATE TRIGGER evidence_keep BEFORE TRUNCATE ON fulfillment_evidence
    FOR EACH STATEMENT EXECUTE FUNCTION fulfillment_keep_proof();
"""

UNGUARD = """
DROP TRIGGER evidence_keep ON fulfillment_evidence;
DROP TRIGGER evidence_append_only ON fulfillment_evidence;
DROP FUNCTION fulfillment_keep_proof();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('fulfillment', '0007_operations_depth'),
    ]

    operations = [
        migrations.CreateModel(
            name='CourierEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event_id', models.CharField(max_length=80, verbose_name='event')),
                ('body_hash', models.CharField(max_length=64)),
                ('kind', models.CharField(choices=[('picked_up', 'picked up'), ('in_transit', 'on its way'), ('out_for_delivery', 'out for delivery'), ('attempt_failed', 'nobody met'), ('delivered', 'delivered'), ('refused', 'refused at the door')], max_length=20, verbose_name='kind')),
                ('parcel', models.CharField(max_length=40, verbose_name='parcel')),
                ('occurred_at', models.DateTimeField(verbose_name='occurred at')),
                ('received_at', models.DateTimeField(verbose_name='received at')),
                ('place', models.CharField(blank=True, default='', max_length=80, verbose_name='place')),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('details', models.JSONField(blank=True, default=dict, verbose_name='details')),
                ('outcome', models.CharField(choices=[('applied', 'moved the parcel'), ('noted', 'kept for tracking'), ('unknown', 'no such parcel of this courier'), ('conflict', 'does not fit the parcel')], max_length=10, verbose_name='outcome')),
                ('refusal', models.CharField(blank=True, default='', max_length=40, verbose_name='refusal')),
                ('deliveries', models.PositiveIntegerField(default=1, verbose_name='times received')),
                ('handled_at', models.DateTimeField(blank=True, null=True, verbose_name='handled at')),
                ('handled_by', models.CharField(blank=True, default='', max_length=80, verbose_name='handled by')),
            ],
            options={
                'verbose_name': 'courier event',
                'verbose_name_plural': 'courier events',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='CourierFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed', models.TextField()),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('changed_at', models.DateTimeField(verbose_name='changed at')),
            ],
            options={
                'verbose_name': 'courier feed',
                'verbose_name_plural': 'courier feeds',
            },
        ),
        migrations.CreateModel(
            name='CourierPosition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user_id', models.BigIntegerField(unique=True)),
                ('latitude', models.FloatField()),
                ('longitude', models.FloatField()),
                ('accuracy_m', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='DeliveryPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('parcel', 'parcel'), ('place', 'place'), ('damage', 'damage')], max_length=8, verbose_name='what it shows')),
                ('sha256', models.CharField(max_length=64)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('size', models.PositiveIntegerField(verbose_name='bytes')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('by', models.CharField(max_length=80, verbose_name='by')),
            ],
            options={
                'verbose_name': 'photo at the door',
                'verbose_name_plural': 'photos at the door',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='DoorVisit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='visit')),
                ('by', models.CharField(max_length=80, verbose_name='by')),
                ('arrived_at', models.DateTimeField(verbose_name='arrived at')),
                ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                ('position', models.CharField(blank=True, choices=[('fixed', 'position known'), ('refused', 'position refused'), ('unavailable', 'no position to be had'), ('', 'position not asked for')], default='', max_length=12, verbose_name='position')),
                ('latitude', models.FloatField(blank=True, null=True, verbose_name='latitude')),
                ('longitude', models.FloatField(blank=True, null=True, verbose_name='longitude')),
                ('accuracy_m', models.PositiveIntegerField(blank=True, null=True, verbose_name='accuracy (m)')),
                ('distance_m', models.PositiveIntegerField(blank=True, null=True, verbose_name='distance from the address (m)')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended at')),
                ('end', models.CharField(blank=True, choices=[('', 'at the door'), ('delivered', 'delivered'), ('partly', 'a part was taken'), ('refused', 'not taken'), ('again', 'comes again')], default='', max_length=10, verbose_name='end')),
                ('reason', models.CharField(blank=True, default='', max_length=16, verbose_name='reason')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='comes again on')),
            ],
            options={
                'verbose_name': 'visit at the door',
                'verbose_name_plural': 'visits at the door',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PickupGuess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('right', 'right'), ('wrong', 'wrong'), ('locked', 'locked')], max_length=8, verbose_name='outcome')),
                ('by', models.CharField(max_length=80, verbose_name='by')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'pick-up code entered',
                'verbose_name_plural': 'pick-up codes entered',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='RefusedUnits',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveIntegerField(verbose_name='quantity')),
                ('reason', models.CharField(max_length=16, verbose_name='reason')),
                ('serials', models.JSONField(blank=True, default=list, verbose_name='serials')),
                ('returned_at', models.DateTimeField(blank=True, null=True, verbose_name='back at the location')),
            ],
            options={
                'verbose_name': 'units not taken',
                'verbose_name_plural': 'units not taken',
            },
        ),
        migrations.AlterField(
            model_name='delivery',
            name='refused_reason',
            field=models.CharField(blank=True, choices=[('changed_mind', 'does not want it any more'), ('damaged', 'parcel damaged'), ('wrong_goods', 'wrong goods'), ('identity', 'identity not proven'), ('no_cash', 'cannot pay'), ('unreachable', 'nobody there, several times'), ('visits_used', 'not met on any visit')], default='', max_length=16, verbose_name='reason for refusal'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='courier_user_id',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='qr_reference',
            field=models.CharField(blank=True, max_length=40, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='visit',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='visit'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='waybill',
            field=models.CharField(blank=True, default='', max_length=40, verbose_name='waybill'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='mac',
            field=models.CharField(blank=True, default='', max_length=64),
        ),
        migrations.AddField(
            model_name='evidence',
            name='seals',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='identitycheck',
            name='outcome',
            field=models.CharField(choices=[('passed', 'proven'), ('name_differs', 'name differs'), ('number_differs', 'ID number differs'), ('both_differ', 'name and ID number differ'), ('document_expired', 'ID card expired'), ('other_person', 'somebody else'), ('photo_differs', 'photo shows somebody else'), ('document_unreadable', 'ID card unreadable or damaged'), ('no_document', 'no ID card shown')], default='passed', max_length=20, verbose_name='outcome'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='identitycheck',
            name='place',
            field=models.CharField(choices=[('door', 'at the door'), ('counter', 'at the counter')], default='door', max_length=8, verbose_name='where'),
        ),
        migrations.AddField(
            model_name='identitycheck',
            name='shown',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(condition=models.Q(('waybill', ''), _negated=True), fields=('courier', 'waybill'), name='delivery_waybill_once'),
        ),
        migrations.RunSQL(OUTCOMES, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='identitycheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'passed'), ('passed', True)), models.Q(('passed', False), models.Q(('outcome', 'passed'), _negated=True)), _connector='OR'), name='identity_check_outcome'),
        ),
        migrations.AddField(
            model_name='courierevent',
            name='courier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution', verbose_name='courier'),
        ),
        migrations.AddField(
            model_name='courierevent',
            name='fulfillment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='courier_events', to='fulfillment.fulfillmentorder'),
        ),
        migrations.AddField(
            model_name='courierfeed',
            name='courier',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution', verbose_name='courier'),
        ),
        migrations.AddField(
            model_name='courierposition',
            name='courier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution'),
        ),
        migrations.AddField(
            model_name='deliveryphoto',
            name='fulfillment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='fulfillment.fulfillmentorder'),
        ),
        migrations.AddField(
            model_name='doorvisit',
            name='delivery',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='fulfillment.delivery'),
        ),
        migrations.AddField(
            model_name='pickupguess',
            name='fulfillment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pickup_guesses', to='fulfillment.fulfillmentorder'),
        ),
        migrations.AddField(
            model_name='refusedunits',
            name='delivery',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refused_units', to='fulfillment.delivery'),
        ),
        migrations.AddField(
            model_name='refusedunits',
            name='line',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='refused_units', to='fulfillment.fulfillmentline'),
        ),
        migrations.AddIndex(
            model_name='courierevent',
            index=models.Index(fields=['fulfillment', 'occurred_at'], name='courier_event_of_parcel'),
        ),
        migrations.AddIndex(
            model_name='courierevent',
            index=models.Index(condition=models.Q(('handled_at', None), ('outcome__in', ['unknown', 'conflict'])), fields=['received_at'], name='courier_event_open'),
        ),
        migrations.AddConstraint(
            model_name='courierevent',
            constraint=models.UniqueConstraint(fields=('courier', 'event_id'), name='courier_event_once'),
        ),
        migrations.AddConstraint(
            model_name='deliveryphoto',
            constraint=models.UniqueConstraint(fields=('fulfillment', 'sha256'), name='delivery_photo_once'),
        ),
        migrations.AddConstraint(
            model_name='doorvisit',
            constraint=models.UniqueConstraint(fields=('delivery', 'number'), name='door_visit_once'),
        ),
        migrations.AddConstraint(
            model_name='doorvisit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accuracy_m__isnull', False), ('latitude__isnull', False), ('longitude__isnull', False), ('position', 'fixed')), models.Q(models.Q(('position', 'fixed'), _negated=True), ('accuracy_m', None), ('latitude', None), ('longitude', None)), _connector='OR'), name='door_visit_position'),
        ),
        migrations.AddConstraint(
            model_name='doorvisit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end', ''), ('ended_at', None)), models.Q(models.Q(('end', ''), _negated=True), models.Q(('ended_at', None), _negated=True)), _connector='OR'), name='door_visit_end'),
        ),
        migrations.AddIndex(
            model_name='refusedunits',
            index=models.Index(condition=models.Q(('returned_at', None)), fields=['delivery'], name='refused_units_out'),
        ),
        migrations.AddConstraint(
            model_name='refusedunits',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='refused_units_some'),
        ),
        migrations.RunSQL(GUARDS, UNGUARD),
    ]
