"""Numbers that a dealer got: the number says whose it is, an allotment how it came and how it ended."""

import django.db.models.deletion
from django.db import migrations, models

GUARDS = """
CREATE FUNCTION catalogue_keep_allotment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.number_id, NEW.dealer_id, NEW.reference, NEW.since)
            IS NOT DISTINCT FROM (OLD.number_id, OLD.dealer_id, OLD.reference, OLD.since)
            AND (OLD.ended_at IS NULL OR NEW IS NOT DISTINCT FROM OLD) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'which number a dealer got, and how that ended, stays' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER numberallotment_keep BEFORE UPDATE OR DELETE ON catalogue_numberallotment
    FOR EACH ROW EXECUTE FUNCTION catalogue_keep_allotment();
"""

UNGUARD = """
DROP TRIGGER numberallotment_keep ON catalogue_numberallotment;
DROP FUNCTION catalogue_keep_allotment();
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "1004_recharge_cards"), ("members", "0003_warehouse_lead")]

    operations = [
        migrations.CreateModel(
            name='NumberAllotment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=32, verbose_name="dealer's order")),
                ('since', models.DateTimeField(verbose_name='since')),
                ('until', models.DateTimeField(verbose_name='unsold, until')),
                ('sold_at', models.DateTimeField(blank=True, null=True, verbose_name='sold at')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('end', models.CharField(blank=True, choices=[('given_back', 'given back by the dealer'), ('recalled', 'called back by the branch'), ('lapsed', 'not sold in time'), ('rested', 'given up after it was used')], default='', max_length=10, verbose_name='how it ended')),
                ('ended_by', models.CharField(blank=True, default='', max_length=80, verbose_name='ended by')),
                ('reason', models.CharField(blank=True, default='', max_length=160, verbose_name='reason')),
            ],
            options={
                'verbose_name': 'number of a dealer',
                'verbose_name_plural': 'numbers of dealers',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddField(
            model_name='number',
            name='dealer',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution', verbose_name='dealer'),
        ),
        migrations.AddIndex(
            model_name='number',
            index=models.Index(condition=models.Q(('dealer__isnull', False)), fields=['dealer', 'state'], name='number_of_dealer'),
        ),
        migrations.AddConstraint(
            model_name='number',
            constraint=models.CheckConstraint(condition=models.Q(('dealer', None), ('state__in', ('available', 'held', 'allocated', 'active', 'suspended')), _connector='OR'), name='number_dealer_state'),
        ),
        migrations.AddField(
            model_name='numberallotment',
            name='dealer',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution', verbose_name='dealer'),
        ),
        migrations.AddField(
            model_name='numberallotment',
            name='number',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allotments', to='catalogue.number', verbose_name='number'),
        ),
        migrations.AddIndex(
            model_name='numberallotment',
            index=models.Index(fields=['dealer', '-id'], name='number_allotment_dealer'),
        ),
        migrations.AddIndex(
            model_name='numberallotment',
            index=models.Index(fields=['reference'], name='number_allotment_order'),
        ),
        migrations.AddIndex(
            model_name='numberallotment',
            index=models.Index(condition=models.Q(('ended_at', None), ('sold_at', None)), fields=['until'], name='number_allotment_unsold'),
        ),
        migrations.AddConstraint(
            model_name='numberallotment',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('number',), name='number_allotted_once'),
        ),
        migrations.AddConstraint(
            model_name='numberallotment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end', ''), ('ended_at', None)), models.Q(('ended_at__isnull', False), models.Q(('end', ''), _negated=True)), _connector='OR'), name='number_allotment_end'),
        ),
        migrations.AddConstraint(
            model_name='numberallotment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end', 'recalled'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='number_recall_reason'),
        ),
        migrations.AddConstraint(
            model_name='numberallotment',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('since'))), name='number_allotment_days'),
        ),
        migrations.RunSQL(GUARDS, UNGUARD),
    ]
