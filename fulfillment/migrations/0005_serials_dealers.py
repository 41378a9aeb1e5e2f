"""Serial imports and what befalls units; dealers with their orders, receipts, invoices and payments."""

import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

GUARDS = """
CREATE FUNCTION fulfillment_refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER serialevent_append_only BEFORE UPDATE OR DELETE ON fulfillment_serialevent
    FOR EACH ROW EXECUTE FUNCTION fulfillment_refuse_rewrite();
CREATE TRIGGER dealerorderevent_append_only BEFORE UPDATE OR DELETE ON fulfillment_dealerorderevent
    FOR EACH ROW EXECUTE FUNCTION fulfillment_refuse_rewrite();
CREATE TRIGGER paymentmatch_append_only BEFORE UPDATE OR DELETE ON fulfillment_paymentmatch
    FOR EACH ROW EXECUTE FUNCTION fulfillment_refuse_rewrite();
"""

UNGUARD = """
DROP TRIGGER paymentmatch_append_only ON fulfillment_paymentmatch;
DROP TRIGGER dealerorderevent_append_only ON fulfillment_dealerorderevent;
DROP TRIGGER serialevent_append_only ON fulfillment_serialevent;
DROP FUNCTION fulfillment_refuse_rewrite();
"""


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0004_hot_stock"), ("members", "0002_people"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [
        migrations.CreateModel(
            name='DealerDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sku', models.CharField(max_length=64, verbose_name='SKU')),
                ('day', models.DateField(verbose_name='day')),
                ('sell_in', models.PositiveIntegerField(default=0, verbose_name='sell-in')),
                ('sell_out', models.PositiveIntegerField(default=0, verbose_name='sell-out')),
            ],
            options={
                'verbose_name': "dealer's day",
                'verbose_name_plural': "dealers' days",
            },
        ),
        migrations.CreateModel(
            name='DealerInvoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=32, null=True, unique=True, verbose_name='number')),
                ('amount_fen', models.PositiveBigIntegerField(verbose_name='amount (fen)')),
                ('paid_fen', models.PositiveBigIntegerField(default=0, verbose_name='paid (fen)')),
                ('issued_on', models.DateField(verbose_name='issued on')),
                ('due_on', models.DateField(verbose_name='due on')),
            ],
            options={
                'verbose_name': 'dealer invoice',
                'verbose_name_plural': 'dealer invoices',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='DealerOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=32, null=True, unique=True, verbose_name='number')),
                ('state', models.CharField(choices=[('on_hold', 'on credit hold'), ('submitted', 'to be approved'), ('waiting_goods', 'waiting for our supplier'), ('approved', 'approved, under way'), ('done', 'received'), ('rejected', 'rejected'), ('cancelled', 'cancelled')], max_length=14, verbose_name='state')),
                ('hold_reason', models.CharField(blank=True, choices=[('credit', 'the credit limit does not reach'), ('overdue', 'an invoice is overdue'), ('blocked', 'the dealer is blocked')], default='', max_length=8, verbose_name='held because')),
                ('amount_fen', models.PositiveBigIntegerField(verbose_name='amount (fen)')),
                ('key', models.CharField(max_length=64)),
                ('created_by', models.BigIntegerField(null=True)),
                ('created_by_name', models.CharField(max_length=80, verbose_name='ordered by')),
                ('created_at', models.DateTimeField(verbose_name='ordered at')),
                ('approved_by', models.BigIntegerField(null=True)),
                ('approved_by_name', models.CharField(blank=True, default='', max_length=80, verbose_name='approved by')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='approved at')),
                ('changed_at', models.DateTimeField(verbose_name='changed at')),
            ],
            options={
                'verbose_name': 'dealer order',
                'verbose_name_plural': 'dealer orders',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='DealerOrderEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('on_hold', 'on credit hold'), ('submitted', 'to be approved'), ('waiting_goods', 'waiting for our supplier'), ('approved', 'approved, under way'), ('done', 'received'), ('rejected', 'rejected'), ('cancelled', 'cancelled')], max_length=14, verbose_name='state')),
                ('who', models.CharField(max_length=80, verbose_name='who')),
                ('note', models.CharField(blank=True, default='', max_length=160, verbose_name='note')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'dealer order event',
                'verbose_name_plural': 'dealer order events',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='DealerOrderLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sku', models.CharField(max_length=64, verbose_name='SKU')),
                ('quantity', models.PositiveIntegerField(verbose_name='quantity')),
                ('unit_fen', models.PositiveBigIntegerField(verbose_name='unit price (fen)')),
                ('received', models.PositiveIntegerField(default=0, verbose_name='received')),
                ('dropped', models.PositiveIntegerField(default=0, verbose_name='dropped')),
            ],
            options={
                'verbose_name': 'dealer order line',
                'verbose_name_plural': 'dealer order lines',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='DealerPayment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('receipt', 'payment'), ('prepayment', 'prepayment')], max_length=10, verbose_name='kind')),
                ('amount_fen', models.PositiveBigIntegerField(verbose_name='amount (fen)')),
                ('matched_fen', models.PositiveBigIntegerField(default=0, verbose_name='matched (fen)')),
                ('reference', models.CharField(max_length=40, verbose_name='bank reference')),
                ('received_on', models.DateField(verbose_name='received on')),
                ('recorded_by', models.CharField(max_length=80, verbose_name='recorded by')),
                ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
            ],
            options={
                'verbose_name': 'dealer payment',
                'verbose_name_plural': 'dealer payments',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='DealerReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_note', models.BooleanField(verbose_name='by delivery note')),
                ('received_by', models.CharField(max_length=80, verbose_name='received by')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('note', models.CharField(blank=True, default='', max_length=160, verbose_name='note')),
            ],
            options={
                'verbose_name': 'dealer receipt',
                'verbose_name_plural': 'dealer receipts',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='DealerReceiptLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent', models.PositiveIntegerField(verbose_name='sent')),
                ('received', models.PositiveIntegerField(verbose_name='received')),
                ('missing_serials', models.JSONField(default=list, verbose_name='missing serials')),
            ],
            options={
                'verbose_name': 'dealer receipt line',
                'verbose_name_plural': 'dealer receipt lines',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='DealerTerms',
            fields=[
                ('dealer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='members.institution', verbose_name='dealer')),
                ('credit_limit_fen', models.PositiveBigIntegerField(default=0, verbose_name='credit limit (fen)')),
                ('payment_days', models.PositiveSmallIntegerField(default=30, verbose_name='days to pay')),
                ('lead_days', models.PositiveSmallIntegerField(default=3, verbose_name='lead time (days)')),
                ('review_days', models.PositiveSmallIntegerField(default=7, verbose_name='orders every (days)')),
                ('service_percent', models.PositiveSmallIntegerField(default=95, verbose_name='service level (%)')),
                ('is_blocked', models.BooleanField(default=False, verbose_name='blocked')),
                ('counts_from', models.DateField(verbose_name='facts from')),
            ],
            options={
                'verbose_name': 'dealer terms',
                'verbose_name_plural': 'dealer terms',
            },
        ),
        migrations.CreateModel(
            name='DealerTermsEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('credit_limit_fen', models.PositiveBigIntegerField(default=0, verbose_name='credit limit (fen)')),
                ('payment_days', models.PositiveSmallIntegerField(default=30, verbose_name='days to pay')),
                ('lead_days', models.PositiveSmallIntegerField(default=3, verbose_name='lead time (days)')),
                ('review_days', models.PositiveSmallIntegerField(default=7, verbose_name='orders every (days)')),
                ('service_percent', models.PositiveSmallIntegerField(default=95, verbose_name='service level (%)')),
                ('is_blocked', models.BooleanField(default=False, verbose_name='blocked')),
                ('counts_from', models.DateField(verbose_name='facts from')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PaymentMatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_fen', models.PositiveBigIntegerField(verbose_name='amount (fen)')),
                ('who', models.CharField(max_length=80, verbose_name='who')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'payment match',
                'verbose_name_plural': 'payment matches',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RechargeCard',
            fields=[
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='recharge_card', serialize=False, to='fulfillment.serialunit')),
                ('pin_encrypted', models.TextField()),
                ('pin_hash', models.CharField(max_length=64, unique=True)),
                ('face_fen', models.PositiveIntegerField(default=0, verbose_name='face value (fen)')),
                ('expires_on', models.DateField(blank=True, null=True, verbose_name='valid until')),
            ],
            options={
                'verbose_name': 'recharge card',
                'verbose_name_plural': 'recharge cards',
            },
        ),
        migrations.CreateModel(
            name='ReplenishmentProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sku', models.CharField(max_length=64, verbose_name='SKU')),
                ('state', models.CharField(choices=[('open', 'open'), ('ordered', 'ordered'), ('dismissed', 'dismissed')], max_length=10, verbose_name='state')),
                ('on_hand', models.IntegerField(verbose_name='unpromised on the shelf')),
                ('on_order', models.IntegerField(verbose_name='on order')),
                ('daily_milli', models.PositiveIntegerField()),
                ('spread_milli', models.PositiveIntegerField()),
                ('safety', models.PositiveIntegerField(verbose_name='safety stock')),
                ('reorder_point', models.PositiveIntegerField(verbose_name='reorder point')),
                ('quantity', models.PositiveIntegerField(verbose_name='proposed')),
                ('computed_at', models.DateTimeField(verbose_name='computed at')),
            ],
            options={
                'verbose_name': 'replenishment proposal',
                'verbose_name_plural': 'replenishment proposals',
            },
        ),
        migrations.CreateModel(
            name='SerialActivation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('activated_at', models.DateTimeField(verbose_name='activated at')),
            ],
            options={
                'verbose_name': 'activation',
                'verbose_name_plural': 'activations',
            },
        ),
        migrations.CreateModel(
            name='SerialEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('quarantined', 'put in quarantine'), ('released', 'released from quarantine'), ('scrapped', 'scrapped'), ('returned', 'returned by the customer'), ('at_dealer', 'received by the dealer'), ('missing', "missing at the dealer's receipt"), ('activated', 'first seen in the network'), ('pin_shown', 'secret shown')], max_length=12, verbose_name='event')),
                ('reason', models.CharField(blank=True, default='', max_length=120, verbose_name='reason')),
                ('grade', models.CharField(blank=True, choices=[('A', 'A: unopened, as new'), ('B', 'B: opened, complete'), ('C', 'C: used or incomplete'), ('D', 'D: broken')], default='', max_length=1, verbose_name='grade')),
                ('reference', models.CharField(blank=True, default='', max_length=64, verbose_name='reference')),
                ('who', models.CharField(max_length=80, verbose_name='who')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'serial event',
                'verbose_name_plural': 'serial events',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SerialImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('imei', 'IMEI'), ('iccid', 'ICCID'), ('card', 'recharge card')], max_length=8, verbose_name='kind')),
                ('sku', models.CharField(blank=True, default='', max_length=64, verbose_name='SKU')),
                ('delivery_note', models.CharField(max_length=40, verbose_name='delivery note')),
                ('file_name', models.CharField(max_length=120, verbose_name='file')),
                ('digest', models.CharField(max_length=64)),
                ('content', models.TextField(blank=True, default='')),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('running', 'running'), ('done', 'done'), ('failed', 'failed')], max_length=8, verbose_name='state')),
                ('failure', models.CharField(blank=True, default='', max_length=40, verbose_name='failure')),
                ('rows_total', models.PositiveIntegerField(default=0, verbose_name='rows')),
                ('rows_done', models.PositiveIntegerField(default=0, verbose_name='rows read')),
                ('rows_good', models.PositiveIntegerField(default=0, verbose_name='received')),
                ('rows_known', models.PositiveIntegerField(default=0, verbose_name='received before')),
                ('rows_rejected', models.PositiveIntegerField(default=0, verbose_name='set aside')),
                ('uploaded_by', models.CharField(max_length=80, verbose_name='by')),
                ('created_at', models.DateTimeField(verbose_name='uploaded at')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished at')),
            ],
            options={
                'verbose_name': 'serial import',
                'verbose_name_plural': 'serial imports',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='SerialImportReject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line_number', models.PositiveIntegerField(verbose_name='line')),
                ('serial', models.CharField(max_length=40, verbose_name='serial')),
                ('code', models.CharField(max_length=32, verbose_name='reason')),
                ('detail', models.CharField(blank=True, default='', max_length=80, verbose_name='detail')),
            ],
            options={
                'verbose_name': 'row set aside',
                'verbose_name_plural': 'rows set aside',
                'ordering': ['line_number'],
            },
        ),
        migrations.CreateModel(
            name='SupplierItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sku', models.CharField(max_length=64, verbose_name='SKU')),
                ('cost_fen', models.PositiveBigIntegerField(verbose_name='cost (fen)')),
                ('lead_days', models.PositiveSmallIntegerField(verbose_name='lead time (days)')),
                ('lot', models.PositiveIntegerField(default=1, verbose_name='lot (units)')),
            ],
            options={
                'verbose_name': "supplier's item",
                'verbose_name_plural': "suppliers' items",
            },
        ),
        migrations.CreateModel(
            name='SupplierOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=32, null=True, unique=True, verbose_name='number')),
                ('state', models.CharField(choices=[('open', 'ordered'), ('received', 'received'), ('cancelled', 'cancelled')], max_length=10, verbose_name='state')),
                ('amount_fen', models.PositiveBigIntegerField(verbose_name='amount (fen)')),
                ('created_by', models.CharField(max_length=80, verbose_name='ordered by')),
                ('created_at', models.DateTimeField(verbose_name='ordered at')),
                ('expected_on', models.DateField(verbose_name='expected on')),
                ('changed_at', models.DateTimeField(verbose_name='changed at')),
            ],
            options={
                'verbose_name': 'supplier order',
                'verbose_name_plural': 'supplier orders',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='SupplierOrderLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sku', models.CharField(max_length=64, verbose_name='SKU')),
                ('quantity', models.PositiveIntegerField(verbose_name='quantity')),
                ('cost_fen', models.PositiveBigIntegerField(verbose_name='cost (fen)')),
                ('received', models.PositiveIntegerField(default=0, verbose_name='received')),
            ],
            options={
                'verbose_name': 'supplier order line',
                'verbose_name_plural': 'supplier order lines',
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='serialunit',
            name='grade',
            field=models.CharField(blank=True, choices=[('A', 'A: unopened, as new'), ('B', 'B: opened, complete'), ('C', 'C: used or incomplete'), ('D', 'D: broken')], db_default='', default='', max_length=1, verbose_name='grade'),
        ),
        migrations.AlterField(
            model_name='serialunit',
            name='kind',
            field=models.CharField(choices=[('imei', 'IMEI'), ('iccid', 'ICCID'), ('card', 'recharge card')], max_length=8, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='dealerday',
            name='dealer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.institution', verbose_name='dealer'),
        ),
        migrations.AddField(
            model_name='dealerinvoice',
            name='dealer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution', verbose_name='dealer'),
        ),
        migrations.AddField(
            model_name='dealerorder',
            name='branch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution', verbose_name='branch'),
        ),
        migrations.AddField(
            model_name='dealerorder',
            name='dealer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution', verbose_name='dealer'),
        ),
        migrations.AddField(
            model_name='dealerinvoice',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invoices', to='fulfillment.dealerorder'),
        ),
        migrations.AddField(
            model_name='dealerorderevent',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='fulfillment.dealerorder'),
        ),
        migrations.AddField(
            model_name='dealerorderline',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='fulfillment.dealerorder'),
        ),
        migrations.AddField(
            model_name='dealerpayment',
            name='dealer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution', verbose_name='dealer'),
        ),
        migrations.AddField(
            model_name='dealerreceipt',
            name='fulfillment',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='dealer_receipt', to='fulfillment.fulfillmentorder'),
        ),
        migrations.AddField(
            model_name='dealerreceipt',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='fulfillment.dealerorder'),
        ),
        migrations.AddField(
            model_name='dealerinvoice',
            name='receipt',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invoice', to='fulfillment.dealerreceipt'),
        ),
        migrations.AddField(
            model_name='dealerreceiptline',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipt_lines', to='fulfillment.dealerorderline'),
        ),
        migrations.AddField(
            model_name='dealerreceiptline',
            name='receipt',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='fulfillment.dealerreceipt'),
        ),
        migrations.AddField(
            model_name='dealerterms',
            name='branch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution', verbose_name='responsible branch'),
        ),
        migrations.AddField(
            model_name='dealertermsevent',
            name='branch',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.institution', verbose_name='responsible branch'),
        ),
        migrations.AddField(
            model_name='dealertermsevent',
            name='dealer',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', serialize=False, to='members.institution', verbose_name='dealer'),
        ),
        migrations.AddField(
            model_name='dealertermsevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='dealertermsevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='fulfillment.dealerterms'),
        ),
        migrations.AddField(
            model_name='paymentmatch',
            name='invoice',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='fulfillment.dealerinvoice'),
        ),
        migrations.AddField(
            model_name='paymentmatch',
            name='payment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='fulfillment.dealerpayment'),
        ),
        migrations.AddField(
            model_name='replenishmentproposal',
            name='dealer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.institution', verbose_name='dealer'),
        ),
        migrations.AddField(
            model_name='replenishmentproposal',
            name='order',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='proposals', to='fulfillment.dealerorder'),
        ),
        migrations.AddField(
            model_name='serialactivation',
            name='dealer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution', verbose_name='dealer'),
        ),
        migrations.AddField(
            model_name='serialactivation',
            name='unit',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='activation', to='fulfillment.serialunit'),
        ),
        migrations.AddField(
            model_name='serialevent',
            name='location',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution', verbose_name='where'),
        ),
        migrations.AddField(
            model_name='serialevent',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='fulfillment.serialunit'),
        ),
        migrations.AddField(
            model_name='serialimport',
            name='location',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution', verbose_name='location'),
        ),
        migrations.AddField(
            model_name='serialunit',
            name='received_with',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='units', to='fulfillment.serialimport', verbose_name='received with'),
        ),
        migrations.AddField(
            model_name='serialimportreject',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rejects', to='fulfillment.serialimport'),
        ),
        migrations.AddField(
            model_name='supplieritem',
            name='supplier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.institution', verbose_name='supplier'),
        ),
        migrations.AddField(
            model_name='supplierorder',
            name='dealer_order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supplier_orders', to='fulfillment.dealerorder', verbose_name='dealer order'),
        ),
        migrations.AddField(
            model_name='supplierorder',
            name='location',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution', verbose_name='deliver to'),
        ),
        migrations.AddField(
            model_name='supplierorder',
            name='supplier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution', verbose_name='supplier'),
        ),
        migrations.AddField(
            model_name='supplierorderline',
            name='dealer_line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='fulfillment.dealerorderline'),
        ),
        migrations.AddField(
            model_name='supplierorderline',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='fulfillment.supplierorder'),
        ),
        migrations.AddIndex(
            model_name='dealerday',
            index=models.Index(fields=['day', 'dealer'], name='dealer_day_by_day'),
        ),
        migrations.AddConstraint(
            model_name='dealerday',
            constraint=models.UniqueConstraint(fields=('dealer', 'sku', 'day'), name='dealer_day_once'),
        ),
        migrations.AddIndex(
            model_name='dealerorder',
            index=models.Index(fields=['dealer', 'state'], name='dealer_order_open'),
        ),
        migrations.AddConstraint(
            model_name='dealerorder',
            constraint=models.UniqueConstraint(fields=('dealer', 'key'), name='dealer_order_once'),
        ),
        migrations.AddConstraint(
            model_name='dealerorder',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by', None), ('created_by', None), models.Q(('approved_by', models.F('created_by')), _negated=True), _connector='OR'), name='dealer_order_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='dealerorderline',
            constraint=models.UniqueConstraint(fields=('order', 'sku'), name='dealer_order_line_once'),
        ),
        migrations.AddConstraint(
            model_name='dealerorderline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0), ('quantity__gte', django.db.models.expressions.CombinedExpression(models.F('received'), '+', models.F('dropped')))), name='dealer_order_line_units'),
        ),
        migrations.AddConstraint(
            model_name='dealerpayment',
            constraint=models.UniqueConstraint(fields=('dealer', 'reference'), name='dealer_payment_once'),
        ),
        migrations.AddConstraint(
            model_name='dealerpayment',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0), ('matched_fen__lte', models.F('amount_fen'))), name='dealer_payment_amounts'),
        ),
        migrations.AddIndex(
            model_name='dealerinvoice',
            index=models.Index(condition=models.Q(('paid_fen__lt', models.F('amount_fen'))), fields=['dealer', 'due_on'], name='dealer_invoice_open'),
        ),
        migrations.AddConstraint(
            model_name='dealerinvoice',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0), ('paid_fen__lte', models.F('amount_fen'))), name='dealer_invoice_amounts'),
        ),
        migrations.AddConstraint(
            model_name='dealerinvoice',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('issued_on'))), name='dealer_invoice_due'),
        ),
        migrations.AddConstraint(
            model_name='dealerreceiptline',
            constraint=models.CheckConstraint(condition=models.Q(('received__lte', models.F('sent'))), name='dealer_receipt_units'),
        ),
        migrations.AddConstraint(
            model_name='dealerterms',
            constraint=models.CheckConstraint(condition=models.Q(('service_percent__gte', 50), ('service_percent__lte', 99)), name='dealer_terms_service'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dealerterms',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fulfillment_dealertermsevent" ("branch_id", "counts_from", "credit_limit_fen", "dealer_id", "is_blocked", "lead_days", "payment_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_days", "service_percent") VALUES (NEW."branch_id", NEW."counts_from", NEW."credit_limit_fen", NEW."dealer_id", NEW."is_blocked", NEW."lead_days", NEW."payment_days", _pgh_attach_context(), NOW(), \'insert\', NEW."dealer_id", NEW."review_days", NEW."service_percent"); RETURN NULL;', hash='8cf068e0dc3a8e98101ba5a81779a877086714c4', operation='INSERT', pgid='pgtrigger_insert_insert_06715', table='fulfillment_dealerterms', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dealerterms',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "fulfillment_dealertermsevent" ("branch_id", "counts_from", "credit_limit_fen", "dealer_id", "is_blocked", "lead_days", "payment_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_days", "service_percent") VALUES (NEW."branch_id", NEW."counts_from", NEW."credit_limit_fen", NEW."dealer_id", NEW."is_blocked", NEW."lead_days", NEW."payment_days", _pgh_attach_context(), NOW(), \'update\', NEW."dealer_id", NEW."review_days", NEW."service_percent"); RETURN NULL;', hash='f588a37eafafd2a0a5a606ede1a88034db98ed55', operation='UPDATE', pgid='pgtrigger_update_update_dedae', table='fulfillment_dealerterms', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dealerterms',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fulfillment_dealertermsevent" ("branch_id", "counts_from", "credit_limit_fen", "dealer_id", "is_blocked", "lead_days", "payment_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_days", "service_percent") VALUES (OLD."branch_id", OLD."counts_from", OLD."credit_limit_fen", OLD."dealer_id", OLD."is_blocked", OLD."lead_days", OLD."payment_days", _pgh_attach_context(), NOW(), \'delete\', OLD."dealer_id", OLD."review_days", OLD."service_percent"); RETURN NULL;', hash='9d7931ce5d6d7f5a6c6ff0efd4388a5914e76bc5', operation='DELETE', pgid='pgtrigger_delete_delete_a7695', table='fulfillment_dealerterms', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='paymentmatch',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='payment_match_amount'),
        ),
        migrations.AddConstraint(
            model_name='replenishmentproposal',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('dealer', 'sku'), name='proposal_open_once'),
        ),
        migrations.AddIndex(
            model_name='serialactivation',
            index=models.Index(condition=models.Q(('dealer__isnull', False)), fields=['activated_at', 'dealer'], name='activation_at_dealer'),
        ),
        migrations.AddConstraint(
            model_name='serialimport',
            constraint=models.UniqueConstraint(fields=('location', 'delivery_note', 'digest'), name='serial_import_once'),
        ),
        migrations.AddConstraint(
            model_name='serialimport',
            constraint=models.CheckConstraint(condition=models.Q(('rows_done', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('rows_good'), '+', models.F('rows_known')), '+', models.F('rows_rejected'))), ('rows_done__lte', models.F('rows_total'))), name='serial_import_rows'),
        ),
        migrations.AddConstraint(
            model_name='serialimportreject',
            constraint=models.UniqueConstraint(fields=('batch', 'line_number'), name='serial_import_reject_once'),
        ),
        migrations.AddConstraint(
            model_name='supplieritem',
            constraint=models.UniqueConstraint(fields=('supplier', 'sku'), name='supplier_item_once'),
        ),
        migrations.AddConstraint(
            model_name='supplieritem',
            constraint=models.CheckConstraint(condition=models.Q(('lot__gt', 0)), name='supplier_item_lot'),
        ),
        migrations.AddIndex(
            model_name='supplierorder',
            index=models.Index(fields=['state', 'location'], name='supplier_order_open'),
        ),
        migrations.AddConstraint(
            model_name='supplierorderline',
            constraint=models.UniqueConstraint(fields=('order', 'sku'), name='supplier_order_line_once'),
        ),
        migrations.AddConstraint(
            model_name='supplierorderline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0), ('received__lte', models.F('quantity'))), name='supplier_order_line_units'),
        ),
        migrations.RunSQL(GUARDS, UNGUARD),
    ]
