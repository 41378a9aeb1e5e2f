"""Transfers: pay-out terms, limits, carry, the bank's answers, and what the database itself keeps of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

APPEND_ONLY = (
    "transferfile",
    "transferdocument",
    "transferevent",
    "payoutterms",
    "transferlimit",
    "bankanswer",
    "bankanswerline",
)

GUARDS = r"""
-- What a transfer is never changes, its state goes forward only. Money is in transit when it is confirmed
-- and back or at the bank when it is answered: each by a journal that can exist but once. What the bank
-- could not say is decided with its word.
CREATE FUNCTION settlement_guard_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    needed text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'transfer % is kept', OLD.reference USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.id, NEW.reference, NEW.business_date, NEW.institution_id, NEW.direction, NEW.amount_fen,
        NEW.account_number, NEW.account_name, NEW.bank_name, NEW.cnaps, NEW.proposed_by_id, NEW.proposed_at,
        NEW.confirmers)
       IS DISTINCT FROM
       (OLD.id, OLD.reference, OLD.business_date, OLD.institution_id, OLD.direction, OLD.amount_fen,
        OLD.account_number, OLD.account_name, OLD.bank_name, OLD.cnaps, OLD.proposed_by_id, OLD.proposed_at,
        OLD.confirmers) THEN
        RAISE EXCEPTION 'what transfer % is cannot change', OLD.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.replaced_by_id IS DISTINCT FROM OLD.replaced_by_id AND OLD.state <> 'failed' THEN
        RAISE EXCEPTION 'only a failed transfer is replaced: %', OLD.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.first_confirmed_by_id IS NOT NULL
       AND NEW.first_confirmed_by_id IS DISTINCT FROM OLD.first_confirmed_by_id THEN
        RAISE EXCEPTION 'who confirmed transfer % first stays', OLD.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state = OLD.state THEN
        IF (NEW.confirmed_by_id, NEW.confirmed_at, NEW.file_id, NEW.answered_at, NEW.booked_on, NEW.evidence,
            NEW.reason)
           IS DISTINCT FROM
           (OLD.confirmed_by_id, OLD.confirmed_at, OLD.file_id, OLD.answered_at, OLD.booked_on, OLD.evidence,
            OLD.reason) THEN
            RAISE EXCEPTION 'transfer % is kept as it is', OLD.reference USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state || '>' || NEW.state <> ALL (ARRAY[
        'draft>confirmed', 'draft>rejected', 'confirmed>exported', 'exported>sent', 'exported>succeeded',
        'exported>failed', 'exported>unknown', 'sent>succeeded', 'sent>failed', 'sent>unknown',
        'unknown>succeeded', 'unknown>failed']) THEN
        RAISE EXCEPTION 'transfer % does not go from % to %', OLD.reference, OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'unknown' AND btrim(NEW.evidence) = '' THEN
        RAISE EXCEPTION 'transfer % is unknown: only the word of the bank decides', OLD.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state = 'exported' AND NEW.file_id IS NULL THEN
        RAISE EXCEPTION 'transfer % is in no file', OLD.reference USING ERRCODE = 'restrict_violation';
    END IF;
    needed := CASE WHEN NEW.state = 'confirmed' THEN 'transfer:'
                   WHEN NEW.state IN ('succeeded', 'failed') THEN 'transfer_answer:' END || NEW.reference;
    IF needed IS NOT NULL AND NOT EXISTS (SELECT 1 FROM settlement_journal WHERE key = needed) THEN
        RAISE EXCEPTION 'the books do not know that transfer % is %', OLD.reference, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER settlement_guard_transfer BEFORE UPDATE OR DELETE ON settlement_fundtransfer
    FOR EACH ROW EXECUTE FUNCTION settlement_guard_transfer();

-- History writes itself; the role that serves requests may only read it.
CREATE FUNCTION settlement_transfer_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.state, NEW.first_confirmed_by_id) IS NOT DISTINCT FROM
                            (OLD.state, OLD.first_confirmed_by_id) THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.settlement_transferevent (transfer_id, at, by, before, after, reason, evidence)
    VALUES (NEW.id, coalesce(NEW.changed_at, NEW.proposed_at), NEW.changed_by,
            CASE WHEN TG_OP = 'UPDATE' THEN OLD.state ELSE '' END, NEW.state, NEW.reason, NEW.evidence);
    RETURN NULL;
END $$;
CREATE TRIGGER settlement_transfer_history AFTER INSERT OR UPDATE ON settlement_fundtransfer
    FOR EACH ROW EXECUTE FUNCTION settlement_transfer_history();
REVOKE ALL ON FUNCTION settlement_transfer_history() FROM PUBLIC;
""" + "".join(
    f"CREATE TRIGGER settlement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement_{name}"
    " FOR EACH STATEMENT EXECUTE FUNCTION settlement_refuse_change();\n"
    for name in APPEND_ONLY
)

UNGUARD = """
DROP FUNCTION settlement_guard_transfer() CASCADE;
DROP FUNCTION settlement_transfer_history() CASCADE;
""" + "".join(f"DROP TRIGGER settlement_append_only ON settlement_{name};\n" for name in APPEND_ONLY)

# Assumed figures; finance changes them by a further entry.
LIMITS = """
INSERT INTO settlement_transferlimit
    (role, user_id, valid_from, most_fen, daily_fen, two_above_fen, note, set_by, set_at)
VALUES ('finance_lead', NULL, '2000-01-01', 500000000, 2000000000, 100000000, '', 'installation',
        '2000-01-01 00:00+08');
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED
"""

# Files and transfers of before: their bytes move to the documents, their history begins here. The matrix
# was one of shares; that of a past day is computed when it is asked for.
EARLIER = """
INSERT INTO settlement_transferdocument (file_id, format, name, count, sum_fen, sha256, content)
SELECT id, 'csv', name, count, sum_fen, encode(sha256(convert_to(content, 'UTF8')), 'hex'),
       convert_to(content, 'UTF8')
FROM settlement_transferfile;
INSERT INTO settlement_transferevent (transfer_id, at, by, before, after, reason, evidence)
SELECT id, coalesce(answered_at, confirmed_at, proposed_at), 'installation', '', state, reason, ''
FROM settlement_fundtransfer;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED
"""


class Migration(migrations.Migration):
    dependencies = [
        ("settlement", "0013_money_facts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("DELETE FROM settlement_bilateralline", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="BankAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[("csv", "CSV"), ("pain002", "ISO 20022 pain.002")],
                        max_length=8,
                        verbose_name="format",
                    ),
                ),
                ("file_name", models.CharField(max_length=160, verbose_name="file")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("rows", models.PositiveIntegerField(verbose_name="rows")),
                ("amount_fen", models.BigIntegerField(verbose_name="amount (fen)")),
                ("loaded_at", models.DateTimeField(verbose_name="taken in")),
                ("loaded_by", models.CharField(max_length=80, verbose_name="taken in by")),
            ],
            options={
                "verbose_name": "bank's answer",
                "verbose_name_plural": "bank's answers",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="BankAnswerLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line_number", models.PositiveIntegerField(verbose_name="line")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("draft", "proposed"),
                            ("confirmed", "confirmed"),
                            ("exported", "exported"),
                            ("sent", "sent"),
                            ("succeeded", "succeeded"),
                            ("failed", "failed"),
                            ("unknown", "unknown"),
                            ("rejected", "rejected"),
                        ],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                ("amount_fen", models.BigIntegerField(verbose_name="amount (fen)")),
                ("bank_reference", models.CharField(blank=True, max_length=64, verbose_name="bank's number")),
                ("reason", models.CharField(blank=True, max_length=160, verbose_name="reason")),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("draft", "proposed"),
                            ("confirmed", "confirmed"),
                            ("exported", "exported"),
                            ("sent", "sent"),
                            ("succeeded", "succeeded"),
                            ("failed", "failed"),
                            ("unknown", "unknown"),
                            ("rejected", "rejected"),
                        ],
                        max_length=10,
                        verbose_name="state before",
                    ),
                ),
            ],
            options={
                "verbose_name": "row of a bank's answer",
                "verbose_name_plural": "rows of bank's answers",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PayoutTerms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("minimum_fen", models.BigIntegerField(verbose_name="minimum pay-out (fen)")),
                ("collects", models.BooleanField(verbose_name="collect what it owes")),
                ("note", models.CharField(blank=True, default="", max_length=160, verbose_name="note")),
                ("set_by", models.CharField(max_length=80, verbose_name="set by")),
                ("set_at", models.DateTimeField(verbose_name="set")),
            ],
            options={
                "verbose_name": "pay-out terms",
                "verbose_name_plural": "pay-out terms",
                "ordering": ["institution", "-valid_from", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="TransferDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("csv", "CSV"),
                            ("xlsx", "XLSX"),
                            ("pain001", "ISO 20022 pain.001, payments"),
                            ("pain008", "ISO 20022 pain.008, collections"),
                        ],
                        max_length=8,
                        verbose_name="format",
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
                ("count", models.PositiveIntegerField(verbose_name="transfers")),
                ("sum_fen", models.BigIntegerField(verbose_name="sum (fen)")),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
            ],
            options={
                "verbose_name": "document of a transfer file",
                "verbose_name_plural": "documents of transfer files",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="TransferEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                ("by", models.CharField(max_length=80, verbose_name="by")),
                ("before", models.CharField(blank=True, max_length=10)),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("draft", "proposed"),
                            ("confirmed", "confirmed"),
                            ("exported", "exported"),
                            ("sent", "sent"),
                            ("succeeded", "succeeded"),
                            ("failed", "failed"),
                            ("unknown", "unknown"),
                            ("rejected", "rejected"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=160)),
                ("evidence", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name": "event of a transfer",
                "verbose_name_plural": "events of transfers",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="TransferLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(blank=True, default="", max_length=16, verbose_name="role")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("most_fen", models.BigIntegerField(verbose_name="largest transfer (fen)")),
                ("daily_fen", models.BigIntegerField(verbose_name="in a day (fen)")),
                (
                    "two_above_fen",
                    models.BigIntegerField(null=True, verbose_name="two confirmers above (fen)"),
                ),
                ("note", models.CharField(blank=True, default="", max_length=160, verbose_name="note")),
                ("set_by", models.CharField(max_length=80, verbose_name="set by")),
                ("set_at", models.DateTimeField(verbose_name="set")),
            ],
            options={
                "verbose_name": "limit of confirmations",
                "verbose_name_plural": "limits of confirmations",
                "ordering": ["role", "user", "-valid_from", "-pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="bilateralline",
            name="bilateral_line_once",
        ),
        migrations.RemoveField(
            model_name="bilateralline",
            name="holder",
        ),
        migrations.AddField(
            model_name="bilateralline",
            name="counterparty",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.institution",
            ),
        ),
        migrations.AddField(
            model_name="fundtransfer",
            name="booked_on",
            field=models.DateField(null=True, verbose_name="answer booked on"),
        ),
        migrations.AddField(
            model_name="fundtransfer",
            name="changed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="fundtransfer",
            name="changed_by",
            field=models.CharField(db_default="system", default="system", max_length=80),
        ),
        migrations.AddField(
            model_name="fundtransfer",
            name="confirmers",
            field=models.PositiveSmallIntegerField(db_default=1, default=1, verbose_name="confirmers needed"),
        ),
        migrations.AddField(
            model_name="fundtransfer",
            name="evidence",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=200, verbose_name="the bank's word"
            ),
        ),
        migrations.AddField(
            model_name="fundtransfer",
            name="first_confirmed_at",
            field=models.DateTimeField(null=True, verbose_name="first confirmed"),
        ),
        migrations.AddField(
            model_name="fundtransfer",
            name="first_confirmed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="fundtransfer",
            name="replaced_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaces",
                to="settlement.fundtransfer",
                verbose_name="replaced by",
            ),
        ),
        migrations.AlterField(
            model_name="ledgeraccount",
            name="kind",
            field=models.CharField(
                choices=[
                    ("provider_transit", "provider in transit"),
                    ("cod_transit", "cash on delivery in transit"),
                    ("store_cash", "store takings in transit"),
                    ("split_pending", "split pending"),
                    ("fulfilment_pending", "shipper not known yet"),
                    ("payable", "payable"),
                    ("freight_payable", "freight payable"),
                    ("carried", "carried to the next netting"),
                    ("transfer", "transfer in transit"),
                    ("bank", "bank"),
                    ("suspense", "suspense"),
                    ("points_liability", "points liability"),
                    ("fee_accrued", "provider fees accrued"),
                    ("revenue", "platform revenue"),
                    ("fee_cost", "provider fees"),
                    ("freight_cost", "freight cost"),
                    ("points_cost", "points cost"),
                    ("discount_cost", "discounts borne"),
                    ("fee_variance", "provider fees: billed against estimated"),
                    ("write_off", "written-off differences"),
                    ("claim", "claims on providers, couriers and banks"),
                    ("dealer_receivable", "receivable from dealers"),
                    ("dealer_advance", "payments and credits of dealers not matched yet"),
                    ("dealer_sales", "sales to dealers"),
                    ("goods_cost", "goods bought for dealers"),
                    ("cost_depreciation", "channel cost: depreciation and amortisation"),
                    ("cost_lease", "channel cost: operating lease"),
                    ("cost_labour", "channel cost: labour"),
                    ("cost_other", "channel cost: other"),
                    ("cost_taken_over", "channel costs taken over from the general ledger"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="reconbreak",
            name="control_kind",
            field=models.CharField(
                choices=[
                    ("provider_transit", "provider in transit"),
                    ("cod_transit", "cash on delivery in transit"),
                    ("store_cash", "store takings in transit"),
                    ("split_pending", "split pending"),
                    ("fulfilment_pending", "shipper not known yet"),
                    ("payable", "payable"),
                    ("freight_payable", "freight payable"),
                    ("carried", "carried to the next netting"),
                    ("transfer", "transfer in transit"),
                    ("bank", "bank"),
                    ("suspense", "suspense"),
                    ("points_liability", "points liability"),
                    ("fee_accrued", "provider fees accrued"),
                    ("revenue", "platform revenue"),
                    ("fee_cost", "provider fees"),
                    ("freight_cost", "freight cost"),
                    ("points_cost", "points cost"),
                    ("discount_cost", "discounts borne"),
                    ("fee_variance", "provider fees: billed against estimated"),
                    ("write_off", "written-off differences"),
                    ("claim", "claims on providers, couriers and banks"),
                    ("dealer_receivable", "receivable from dealers"),
                    ("dealer_advance", "payments and credits of dealers not matched yet"),
                    ("dealer_sales", "sales to dealers"),
                    ("goods_cost", "goods bought for dealers"),
                    ("cost_depreciation", "channel cost: depreciation and amortisation"),
                    ("cost_lease", "channel cost: operating lease"),
                    ("cost_labour", "channel cost: labour"),
                    ("cost_other", "channel cost: other"),
                    ("cost_taken_over", "channel costs taken over from the general ledger"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="bilateralline",
            constraint=models.UniqueConstraint(
                fields=("business_date", "institution", "counterparty"),
                name="bilateral_line_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="fundtransfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "rejected"]), ("confirmed_by__isnull", False), _connector="OR"
                ),
                name="transfer_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundtransfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("confirmers__in", [1, 2])), name="transfer_confirmers"
            ),
        ),
        migrations.AddConstraint(
            model_name="fundtransfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "rejected"]),
                    ("confirmers", 1),
                    ("first_confirmed_by__isnull", False),
                    _connector="OR",
                ),
                name="transfer_two_confirmers",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundtransfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_confirmed_by", None),
                    models.Q(
                        models.Q(("first_confirmed_by", models.F("proposed_by")), _negated=True),
                        models.Q(
                            ("confirmed_by", None),
                            models.Q(("confirmed_by", models.F("first_confirmed_by")), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="transfer_different_confirmers",
            ),
        ),
        migrations.AddField(
            model_name="bankanswer",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="settlement.transferfile",
            ),
        ),
        migrations.AddField(
            model_name="bankanswerline",
            name="answer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="settlement.bankanswer"
            ),
        ),
        migrations.AddField(
            model_name="bankanswerline",
            name="transfer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="settlement.fundtransfer",
            ),
        ),
        migrations.AddField(
            model_name="payoutterms",
            name="institution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.institution",
                verbose_name="institution",
            ),
        ),
        migrations.AddField(
            model_name="transferdocument",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="documents",
                to="settlement.transferfile",
            ),
        ),
        migrations.AddField(
            model_name="transferevent",
            name="transfer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="settlement.fundtransfer",
            ),
        ),
        migrations.AddField(
            model_name="transferlimit",
            name="user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankanswerline",
            constraint=models.UniqueConstraint(fields=("answer", "transfer"), name="bank_answer_line_once"),
        ),
        migrations.AddConstraint(
            model_name="bankanswerline",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["sent", "succeeded", "failed", "unknown"])),
                name="bank_answer_outcome",
            ),
        ),
        migrations.AddIndex(
            model_name="payoutterms",
            index=models.Index(fields=["institution", "valid_from", "id"], name="payout_terms_latest"),
        ),
        migrations.AddConstraint(
            model_name="payoutterms",
            constraint=models.CheckConstraint(
                condition=models.Q(("minimum_fen__gte", 0)), name="payout_minimum_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="transferdocument",
            constraint=models.UniqueConstraint(fields=("file", "format"), name="transfer_document_once"),
        ),
        migrations.AddConstraint(
            model_name="transferlimit",
            constraint=models.CheckConstraint(
                condition=models.Q(("daily_fen__gte", 0), ("most_fen__gte", 0)),
                name="transfer_limit_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="transferlimit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("two_above_fen__gte", 0), ("user", None), models.Q(("role", ""), _negated=True)
                    ),
                    models.Q(("role", ""), ("two_above_fen", None), ("user__isnull", False)),
                    _connector="OR",
                ),
                name="transfer_limit_of_one",
            ),
        ),
        migrations.RunSQL(EARLIER, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name="transferfile",
            name="content",
        ),
        migrations.RunSQL(LIMITS, migrations.RunSQL.noop),
        migrations.RunSQL(GUARDS, UNGUARD),
    ]
