"""Statements, matches and breaks, and what the database itself keeps of them (settlement, E5)."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

APPEND_ONLY = (
    "tradereference", "statement", "statementline", "matchedge", "reconpolicy", "reconevent",
)

GUARDS = r"""
-- A signed-off comparison is final: neither its row nor a further file may change it.
CREATE FUNCTION settlement_keep_signed_off() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state = 'signed_off' THEN
        RAISE EXCEPTION 'reconciliation % is kept as it was signed off', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER settlement_keep_signed_off BEFORE UPDATE OR DELETE ON settlement_reconbatch
    FOR EACH ROW EXECUTE FUNCTION settlement_keep_signed_off();

CREATE FUNCTION settlement_statement_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM settlement_reconbatch WHERE id = NEW.batch_id AND state = 'signed_off';
    IF FOUND THEN
        RAISE EXCEPTION 'reconciliation % is signed off and takes no file', NEW.batch_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER settlement_statement_in_time BEFORE INSERT ON settlement_statement
    FOR EACH ROW EXECUTE FUNCTION settlement_statement_in_time();

-- What a break is about never changes, a resolved one not at all, none is deleted. The limit of a
-- write-off is the policy's, whatever the writer says.
CREATE FUNCTION settlement_guard_break() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state = 'resolved' THEN
        RAISE EXCEPTION 'break % is kept as it is', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.batch_id, NEW.kind, NEW.line_id, NEW.trade_id, NEW.transfer_id, NEW.bill_line_id,
        NEW.bill_batch_id, NEW.ours_fen, NEW.theirs_fen, NEW.difference_fen, NEW.control_kind,
        NEW.control_institution_id, NEW.bill_date)
       IS DISTINCT FROM
       (OLD.batch_id, OLD.kind, OLD.line_id, OLD.trade_id, OLD.transfer_id, OLD.bill_line_id,
        OLD.bill_batch_id, OLD.ours_fen, OLD.theirs_fen, OLD.difference_fen, OLD.control_kind,
        OLD.control_institution_id, OLD.bill_date) THEN
        RAISE EXCEPTION 'what break % is about cannot change', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    NEW.limit_fen := OLD.limit_fen;
    IF NEW.resolution = 'write_off' AND OLD.resolution <> 'write_off' THEN
        SELECT write_off_limit_fen INTO NEW.limit_fen FROM settlement_reconpolicy
            WHERE valid_from <= (NEW.changed_at AT TIME ZONE 'Asia/Shanghai')::date
            ORDER BY valid_from DESC LIMIT 1;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER settlement_guard_break BEFORE UPDATE OR DELETE ON settlement_reconbreak
    FOR EACH ROW EXECUTE FUNCTION settlement_guard_break();

-- History writes itself; the role that serves requests may only read it.
CREATE FUNCTION settlement_break_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.state, OLD.owner_id, OLD.resolution, OLD.note, OLD.journal_id)
        IS NOT DISTINCT FROM (NEW.state, NEW.owner_id, NEW.resolution, NEW.note, NEW.journal_id) THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.settlement_reconevent
        (batch_id, brk_id, at, by, before, after, owner_id, resolution, note, journal_id)
    VALUES (NEW.batch_id, NEW.id, NEW.changed_at, NEW.changed_by,
            CASE WHEN TG_OP = 'UPDATE' THEN OLD.state ELSE '' END, NEW.state, NEW.owner_id, NEW.resolution,
            NEW.note, NEW.journal_id);
    RETURN NULL;
END $$;
CREATE TRIGGER settlement_break_history AFTER INSERT OR UPDATE ON settlement_reconbreak
    FOR EACH ROW EXECUTE FUNCTION settlement_break_history();

CREATE FUNCTION settlement_batch_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    INSERT INTO public.settlement_reconevent (batch_id, at, by, before, after, resolution, note)
    VALUES (NEW.id, NEW.changed_at, NEW.changed_by,
            CASE WHEN TG_OP = 'UPDATE' THEN OLD.state ELSE '' END, NEW.state, '', '');
    RETURN NULL;
END $$;
CREATE TRIGGER settlement_batch_history AFTER INSERT ON settlement_reconbatch
    FOR EACH ROW EXECUTE FUNCTION settlement_batch_history();
CREATE TRIGGER settlement_batch_history_change AFTER UPDATE ON settlement_reconbatch
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION settlement_batch_history();
REVOKE ALL ON FUNCTION settlement_break_history(), settlement_batch_history() FROM PUBLIC;
""" + "".join(
    f"CREATE TRIGGER settlement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement_{name}"
    " FOR EACH STATEMENT EXECUTE FUNCTION settlement_refuse_change();\n"
    for name in APPEND_ONLY
)

DROP = "DROP FUNCTION " + ", ".join(
    f"settlement_{name}()"
    for name in ("keep_signed_off", "statement_in_time", "guard_break", "break_history", "batch_history")
) + " CASCADE;" + "".join(
    f"DROP TRIGGER settlement_append_only ON settlement_{name};" for name in APPEND_ONLY
)

# Assumed figures; finance changes them by a further row (admin). Three days are the design's.
POLICY = """
INSERT INTO settlement_reconpolicy
    (valid_from, pool_days, fee_tolerance_fen, write_off_limit_fen, changed_by)
VALUES ('2000-01-01', 3, 1, 10000, 'installation')
"""

# Trades booked before facts carried the providers' numbers.
EARLIER = """
INSERT INTO settlement_tradereference (trade_id, provider_id, our_reference, provider_reference)
SELECT t.id, t.provider_id, p.out_trade_no, coalesce(p.provider_reference, '')
FROM settlement_trade t JOIN order_payment p ON t.source_key = 'payment:' || p.id
WHERE t.provider_id IS NOT NULL
UNION ALL
SELECT t.id, t.provider_id, r.out_refund_no, coalesce(r.provider_reference, '')
FROM settlement_trade t JOIN order_refund r ON t.source_key = 'refund:' || r.id
WHERE t.provider_id IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED
"""


class Migration(migrations.Migration):
    dependencies = [
        ("settlement", "0003_split"),
        ("order", "1002_order_number_sequence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReconBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(choices=[('trades', 'trades'), ('funds', 'fund flow'), ('bank', 'bank account'), ('cod', 'cash on delivery')], max_length=8, verbose_name='what is compared')),
                ('bill_date', models.DateField(verbose_name='day of the statement')),
                ('state', models.CharField(choices=[('wait_file', 'waiting for the file'), ('loaded', 'loaded'), ('matched', 'matched'), ('balanced', 'agrees'), ('has_breaks', 'has breaks'), ('signed_off', 'signed off')], default='wait_file', max_length=10, verbose_name='state')),
                ('ours_count', models.PositiveIntegerField(default=0)),
                ('ours_fen', models.BigIntegerField(default=0)),
                ('theirs_count', models.PositiveIntegerField(default=0)),
                ('theirs_fen', models.BigIntegerField(default=0)),
                ('fee_fen', models.BigIntegerField(default=0)),
                ('matched_count', models.PositiveIntegerField(default=0)),
                ('matched_fen', models.BigIntegerField(default=0)),
                ('matched_at', models.DateTimeField(null=True, verbose_name='compared')),
                ('signed_off_at', models.DateTimeField(null=True, verbose_name='signed off')),
                ('changed_by', models.CharField(default='system', max_length=80)),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'reconciliation',
                'verbose_name_plural': 'reconciliations',
                'ordering': ['-bill_date', 'account', 'scope'],
            },
        ),
        migrations.CreateModel(
            name='ReconPolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(unique=True, verbose_name='valid from')),
                ('pool_days', models.PositiveSmallIntegerField(verbose_name='days that a one-sided row may wait')),
                ('fee_tolerance_fen', models.PositiveIntegerField(verbose_name='fee difference let pass per row (fen)')),
                ('write_off_limit_fen', models.PositiveBigIntegerField(verbose_name='written off without a second person (fen)')),
                ('changed_by', models.CharField(max_length=80)),
            ],
            options={
                'verbose_name': 'reconciliation policy',
                'verbose_name_plural': 'reconciliation policies',
                'ordering': ['-valid_from'],
            },
        ),
        migrations.AlterField(
            model_name='ledgeraccount',
            name='kind',
            field=models.CharField(choices=[('provider_transit', 'provider in transit'), ('cod_transit', 'cash on delivery in transit'), ('store_cash', 'store takings in transit'), ('split_pending', 'split pending'), ('fulfilment_pending', 'shipper not known yet'), ('payable', 'payable'), ('freight_payable', 'freight payable'), ('transfer', 'transfer in transit'), ('bank', 'bank'), ('suspense', 'suspense'), ('points_liability', 'points liability'), ('fee_accrued', 'provider fees accrued'), ('revenue', 'platform revenue'), ('fee_cost', 'provider fees'), ('freight_cost', 'freight cost'), ('points_cost', 'points cost'), ('fee_variance', 'provider fees: billed against estimated'), ('write_off', 'written-off differences'), ('claim', 'claims on providers, couriers and banks')], max_length=20, verbose_name='kind'),
        ),
        migrations.CreateModel(
            name='ReconBreak',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('missing_there', 'missing at the other side'), ('missing_here', 'missing here'), ('amount_short', 'amount short'), ('amount_over', 'amount over'), ('status_mismatch', 'state differs'), ('fee_mismatch', 'fee differs')], max_length=16, verbose_name='kind')),
                ('ours_fen', models.BigIntegerField(verbose_name='ours (fen)')),
                ('theirs_fen', models.BigIntegerField(verbose_name='theirs (fen)')),
                ('difference_fen', models.BigIntegerField(verbose_name='difference (fen)')),
                ('control_kind', models.CharField(choices=[('provider_transit', 'provider in transit'), ('cod_transit', 'cash on delivery in transit'), ('store_cash', 'store takings in transit'), ('split_pending', 'split pending'), ('fulfilment_pending', 'shipper not known yet'), ('payable', 'payable'), ('freight_payable', 'freight payable'), ('transfer', 'transfer in transit'), ('bank', 'bank'), ('suspense', 'suspense'), ('points_liability', 'points liability'), ('fee_accrued', 'provider fees accrued'), ('revenue', 'platform revenue'), ('fee_cost', 'provider fees'), ('freight_cost', 'freight cost'), ('points_cost', 'points cost'), ('fee_variance', 'provider fees: billed against estimated'), ('write_off', 'written-off differences'), ('claim', 'claims on providers, couriers and banks')], max_length=20)),
                ('state', models.CharField(choices=[('waiting', 'waiting for the other side'), ('open', 'open'), ('proposed', 'write-off proposed'), ('resolved', 'resolved')], max_length=8, verbose_name='state')),
                ('bill_date', models.DateField(verbose_name='day of the statement')),
                ('waits_until', models.DateField(verbose_name='waits until')),
                ('resolution', models.CharField(blank=True, choices=[('matched', 'found by itself'), ('linked', 'linked by hand'), ('write_off', 'written off'), ('suspense', 'moved to suspense'), ('claim', 'claimed from the other side'), ('fee', 'fee accepted as billed'), ('no_amount', 'settled, no amount open')], default='', max_length=10, verbose_name='resolution')),
                ('note', models.CharField(blank=True, default='', max_length=200, verbose_name='note')),
                ('limit_fen', models.BigIntegerField(null=True)),
                ('resolved_at', models.DateTimeField(null=True, verbose_name='resolved')),
                ('changed_by', models.CharField(default='system', max_length=80)),
                ('changed_at', models.DateTimeField()),
                ('approved_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='breaks', to='settlement.reconbatch')),
                ('bill_batch', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.reconbatch')),
                ('control_institution', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution')),
                ('journal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.journal')),
                ('owner', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('trade', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.trade')),
                ('transfer', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.fundtransfer')),
            ],
            options={
                'verbose_name': 'break',
                'verbose_name_plural': 'breaks',
            },
        ),
        migrations.CreateModel(
            name='ReconEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('by', models.CharField(max_length=80, verbose_name='by')),
                ('before', models.CharField(blank=True, max_length=10)),
                ('after', models.CharField(max_length=10)),
                ('resolution', models.CharField(blank=True, choices=[('matched', 'found by itself'), ('linked', 'linked by hand'), ('write_off', 'written off'), ('suspense', 'moved to suspense'), ('claim', 'claimed from the other side'), ('fee', 'fee accepted as billed'), ('no_amount', 'settled, no amount open')], max_length=10)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='settlement.reconbatch')),
                ('brk', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='settlement.reconbreak')),
                ('journal', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.journal')),
                ('owner', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'event of a reconciliation',
                'verbose_name_plural': 'events of reconciliations',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('format', models.CharField(choices=[('wechat_all', 'WeChat Pay: all trades'), ('wechat_success', 'WeChat Pay: payments'), ('wechat_refund', 'WeChat Pay: refunds'), ('wechat_funds', 'WeChat Pay: fund flow'), ('alipay', 'Alipay: trades'), ('unionpay', 'UnionPay: detail (ZM)'), ('bank', 'bank statement (camt.053)'), ('cod', 'cash-on-delivery remittance')], max_length=16, verbose_name='format')),
                ('file_name', models.CharField(max_length=160, verbose_name='file')),
                ('sha256', models.CharField(max_length=64)),
                ('rows', models.PositiveIntegerField(verbose_name='rows')),
                ('amount_fen', models.BigIntegerField(verbose_name='amount (fen)')),
                ('fee_fen', models.BigIntegerField(verbose_name='fee (fen)')),
                ('totals', models.JSONField(verbose_name='totals of the file')),
                ('loaded_at', models.DateTimeField(verbose_name='loaded')),
                ('loaded_by', models.CharField(max_length=80, verbose_name='loaded by')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='settlement.reconbatch')),
            ],
            options={
                'verbose_name': 'statement',
                'verbose_name_plural': 'statements',
            },
        ),
        migrations.CreateModel(
            name='StatementAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('wechat', 'WeChat Pay'), ('alipay', 'Alipay'), ('unionpay', 'UnionPay'), ('bank', 'bank'), ('cod', 'cash on delivery')], max_length=8, verbose_name='kind of statement')),
                ('number', models.CharField(max_length=40, verbose_name='account number')),
                ('begins_on', models.DateField(verbose_name='statements from')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution', verbose_name='institution')),
            ],
            options={
                'verbose_name': 'account with statements',
                'verbose_name_plural': 'accounts with statements',
                'ordering': ['source', 'number'],
            },
        ),
        migrations.AddField(
            model_name='reconbatch',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='settlement.statementaccount'),
        ),
        migrations.CreateModel(
            name='StatementLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line_number', models.PositiveIntegerField(verbose_name='line')),
                ('kind', models.CharField(choices=[('payment', 'payment'), ('refund', 'refund'), ('revoked', 'payment revoked'), ('flow', 'movement of funds'), ('payout', 'pay-out to the bank'), ('credit', 'credit'), ('debit', 'debit'), ('cash', 'cash collected')], max_length=8, verbose_name='kind')),
                ('our_reference', models.CharField(blank=True, max_length=64, verbose_name='our number')),
                ('provider_reference', models.CharField(blank=True, max_length=64, verbose_name='their number')),
                ('group_reference', models.CharField(blank=True, max_length=64, verbose_name='group')),
                ('amount_fen', models.BigIntegerField(verbose_name='amount (fen)')),
                ('fee_fen', models.BigIntegerField(verbose_name='fee (fen)')),
                ('occurred_at', models.DateTimeField(verbose_name='occurred')),
                ('status', models.CharField(blank=True, max_length=32, verbose_name='state')),
                ('text', models.CharField(blank=True, max_length=120, verbose_name='text')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='settlement.statement')),
            ],
            options={
                'verbose_name': 'row of a statement',
                'verbose_name_plural': 'rows of statements',
            },
        ),
        migrations.AddField(
            model_name='reconbreak',
            name='bill_line',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.statementline'),
        ),
        migrations.AddField(
            model_name='reconbreak',
            name='line',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='breaks', to='settlement.statementline'),
        ),
        migrations.CreateModel(
            name='MatchEdge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_fen', models.BigIntegerField(verbose_name='amount (fen)')),
                ('made_at', models.DateTimeField(verbose_name='matched')),
                ('made_by', models.CharField(max_length=80, verbose_name='matched by')),
                ('trade', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.trade')),
                ('transfer', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.fundtransfer')),
                ('bill_batch', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.reconbatch')),
                ('bill_line', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.statementline')),
                ('line', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='edges', to='settlement.statementline')),
            ],
            options={
                'verbose_name': 'match',
                'verbose_name_plural': 'matches',
            },
        ),
        migrations.CreateModel(
            name='TradeReference',
            fields=[
                ('trade', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='reference', serialize=False, to='settlement.trade')),
                ('our_reference', models.CharField(max_length=64, verbose_name='our number')),
                ('provider_reference', models.CharField(blank=True, default='', max_length=64, verbose_name="provider's number")),
                ('provider', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution')),
            ],
            options={
                'verbose_name': 'number at the provider',
                'verbose_name_plural': 'numbers at providers',
            },
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.UniqueConstraint(fields=('batch', 'format'), name='statement_once'),
        ),
        migrations.AddConstraint(
            model_name='statementaccount',
            constraint=models.UniqueConstraint(fields=('source', 'number'), name='statement_account_once'),
        ),
        migrations.AddConstraint(
            model_name='statementaccount',
            constraint=models.UniqueConstraint(condition=models.Q(('is_active', True)), fields=('institution',), name='statement_account_one_active'),
        ),
        migrations.AddConstraint(
            model_name='reconbatch',
            constraint=models.UniqueConstraint(fields=('account', 'scope', 'bill_date'), name='recon_batch_once'),
        ),
        migrations.AddConstraint(
            model_name='reconbatch',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['wait_file', 'loaded', 'matched', 'balanced', 'has_breaks', 'signed_off'])), name='recon_batch_state'),
        ),
        migrations.AddConstraint(
            model_name='reconbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_off_at__isnull', False), ('state', 'signed_off')), models.Q(models.Q(('state', 'signed_off'), _negated=True), ('signed_off_at', None)), _connector='OR'), name='recon_batch_signed'),
        ),
        migrations.AddIndex(
            model_name='statementline',
            index=models.Index(fields=['our_reference'], name='statement_line_ours'),
        ),
        migrations.AddIndex(
            model_name='statementline',
            index=models.Index(fields=['provider_reference'], name='statement_line_theirs'),
        ),
        migrations.AddIndex(
            model_name='statementline',
            index=models.Index(condition=models.Q(('group_reference', ''), _negated=True), fields=['group_reference'], name='statement_line_group'),
        ),
        migrations.AddIndex(
            model_name='reconbreak',
            index=models.Index(condition=models.Q(('trade__isnull', False)), fields=['trade'], name='break_trade'),
        ),
        migrations.AddIndex(
            model_name='reconbreak',
            index=models.Index(condition=models.Q(('transfer__isnull', False)), fields=['transfer'], name='break_transfer'),
        ),
        migrations.AddIndex(
            model_name='reconbreak',
            index=models.Index(condition=models.Q(('bill_line__isnull', False)), fields=['bill_line'], name='break_bill_line'),
        ),
        migrations.AddIndex(
            model_name='reconbreak',
            index=models.Index(condition=models.Q(('bill_batch__isnull', False)), fields=['bill_batch'], name='break_bill_batch'),
        ),
        migrations.AddIndex(
            model_name='reconbreak',
            index=models.Index(condition=models.Q(('line__isnull', False)), fields=['line'], name='break_line'),
        ),
        migrations.AddIndex(
            model_name='reconbreak',
            index=models.Index(condition=models.Q(('state', 'resolved'), _negated=True), fields=['bill_date', 'id'], name='break_live'),
        ),
        migrations.AddConstraint(
            model_name='reconbreak',
            constraint=models.UniqueConstraint(fields=('kind', 'line', 'trade', 'transfer', 'bill_line', 'bill_batch'), name='break_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='reconbreak',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'open', 'proposed', 'resolved'])), name='break_state'),
        ),
        migrations.AddConstraint(
            model_name='reconbreak',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('resolved_at__isnull', False), ('state', 'resolved'), models.Q(('resolution', ''), _negated=True)), models.Q(models.Q(('state', 'resolved'), _negated=True), ('journal', None), ('resolved_at', None)), _connector='OR'), name='break_resolved_how'),
        ),
        migrations.AddConstraint(
            model_name='reconbreak',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'resolved'), _negated=True), ('resolution__in', ['matched', 'linked']), models.Q(('difference_fen', 0), ('resolution', 'no_amount')), ('journal__isnull', False), _connector='OR'), name='break_resolved_by_journal'),
        ),
        migrations.AddConstraint(
            model_name='reconbreak',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='break_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='reconbreak',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('resolution', 'write_off'), ('state', 'resolved'), _negated=True), ('approved_by__isnull', False), models.Q(('difference_fen__gte', django.db.models.expressions.CombinedExpression(models.F('limit_fen'), '*', models.Value(-1))), ('difference_fen__lte', models.F('limit_fen'))), _connector='OR'), name='break_write_off_limit'),
        ),
        migrations.AddIndex(
            model_name='matchedge',
            index=models.Index(condition=models.Q(('trade__isnull', False)), fields=['trade'], name='match_trade'),
        ),
        migrations.AddIndex(
            model_name='matchedge',
            index=models.Index(condition=models.Q(('transfer__isnull', False)), fields=['transfer'], name='match_transfer'),
        ),
        migrations.AddIndex(
            model_name='matchedge',
            index=models.Index(condition=models.Q(('bill_line__isnull', False)), fields=['bill_line'], name='match_bill_line'),
        ),
        migrations.AddIndex(
            model_name='matchedge',
            index=models.Index(condition=models.Q(('bill_batch__isnull', False)), fields=['bill_batch'], name='match_bill_batch'),
        ),
        migrations.AddConstraint(
            model_name='matchedge',
            constraint=models.UniqueConstraint(fields=('line', 'trade', 'transfer', 'bill_line', 'bill_batch'), name='match_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='matchedge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('bill_batch', None), ('bill_line', None), ('trade__isnull', False), ('transfer', None)), models.Q(('bill_batch', None), ('bill_line', None), ('trade', None), ('transfer__isnull', False)), models.Q(('bill_batch', None), ('bill_line__isnull', False), ('trade', None), ('transfer', None)), models.Q(('bill_batch__isnull', False), ('bill_line', None), ('trade', None), ('transfer', None)), _connector='OR'), name='match_one_side'),
        ),
        migrations.AddConstraint(
            model_name='tradereference',
            constraint=models.UniqueConstraint(fields=('provider', 'our_reference'), name='trade_reference_once'),
        ),
        migrations.RunSQL(EARLIER, migrations.RunSQL.noop),
        migrations.RunSQL(POLICY, migrations.RunSQL.noop),
        migrations.RunSQL(GUARDS, DROP),
    ]
