"""The night at scale: set-based guards, months made ahead, reports kept, institutions held, adjustments."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Each statement balances by itself, journal by journal: so nothing that was found balanced before, by the
# deferred trigger or after SET CONSTRAINTS ALL IMMEDIATE, can be thrown off by a later statement of the
# same transaction. One query per statement, however many legs it has.
GUARDS = r"""
CREATE FUNCTION settlement_check_postings() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bad record;
BEGIN
    SELECT legs.journal_id, legs.business_date, legs.currency, legs.total, j.key, j.business_date AS day,
           j.xid IS DISTINCT FROM pg_current_xact_id() AS is_late INTO bad
    FROM (SELECT journal_id, business_date, currency, sum(amount_fen) AS total FROM new_postings
          GROUP BY journal_id, business_date, currency) legs
    LEFT JOIN settlement_journal j ON j.id = legs.journal_id
    WHERE j.xid IS DISTINCT FROM pg_current_xact_id() OR j.business_date <> legs.business_date
       OR legs.total <> 0
    LIMIT 1;
    IF NOT FOUND THEN
        RETURN NULL;
    ELSIF bad.is_late THEN
        RAISE EXCEPTION 'journal % is complete: no leg can be added', bad.journal_id
            USING ERRCODE = 'restrict_violation';
    ELSIF bad.day <> bad.business_date THEN
        RAISE EXCEPTION 'posting and journal % differ in their business day', bad.journal_id
            USING ERRCODE = 'check_violation';
    END IF;
    RAISE EXCEPTION 'journal % is off by % %', bad.key, bad.total, bad.currency
        USING ERRCODE = 'check_violation';
END $$;

DROP TRIGGER settlement_posting_check ON settlement_posting;
DROP FUNCTION settlement_check_posting();
CREATE TRIGGER settlement_postings_check AFTER INSERT ON settlement_posting
    REFERENCING NEW TABLE AS new_postings FOR EACH STATEMENT EXECUTE FUNCTION settlement_check_postings();

CREATE OR REPLACE FUNCTION settlement_ensure_partition(day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    month date := date_trunc('month', day)::date;
    part text := format('settlement_posting_%s', to_char(month, 'YYYYMM'));
    grantee text;
BEGIN
    IF to_regclass('public.' || part) IS NOT NULL THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('settlement_ensure_partition'));
    IF to_regclass('public.' || part) IS NOT NULL THEN
        RETURN;
    END IF;
    EXECUTE format('CREATE TABLE public.%I (LIKE public.settlement_posting INCLUDING DEFAULTS '
        'INCLUDING CONSTRAINTS)', part);
    EXECUTE format('ALTER TABLE public.settlement_posting ATTACH PARTITION public.%I '
        'FOR VALUES FROM (%L) TO (%L)', part, month, (month + interval '1 month')::date);
    PERFORM public.settlement_guard_partition(part);
    FOR grantee IN SELECT DISTINCT r.rolname FROM pg_class c, aclexplode(c.relacl) a
        JOIN pg_roles r ON r.oid = a.grantee
        WHERE c.oid = to_regclass('public.' || part) AND a.grantee <> c.relowner
    LOOP
        EXECUTE format('REVOKE ALL ON public.%I FROM %I', part, grantee);
    END LOOP;
END $$;

-- The statement triggers that a month needs for itself.
CREATE FUNCTION settlement_guard_partition(part text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    EXECUTE format('CREATE OR REPLACE TRIGGER settlement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE '
        'ON public.%I FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change()', part);
    EXECUTE format('CREATE OR REPLACE TRIGGER settlement_postings_check AFTER INSERT ON public.%I '
        'REFERENCING NEW TABLE AS new_postings FOR EACH STATEMENT '
        'EXECUTE FUNCTION public.settlement_check_postings()', part);
END $$;
REVOKE ALL ON FUNCTION settlement_guard_partition(text) FROM PUBLIC;
SELECT settlement_guard_partition(inhrelid::regclass::text)
    FROM pg_inherits WHERE inhparent = 'settlement_posting'::regclass;

CREATE TRIGGER settlement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement_adjustmentleg
    FOR EACH STATEMENT EXECUTE FUNCTION settlement_refuse_change();

-- What was proposed does not change, and neither does what was decided.
CREATE FUNCTION settlement_keep_adjustment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state <> 'draft' OR
       (NEW.reason, NEW.original_date, NEW.reverses_id, NEW.proposed_by_id, NEW.proposed_at) IS DISTINCT FROM
       (OLD.reason, OLD.original_date, OLD.reverses_id, OLD.proposed_by_id, OLD.proposed_at) THEN
        RAISE EXCEPTION 'adjustment % is kept as it is', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER settlement_keep_adjustment BEFORE UPDATE OR DELETE ON settlement_adjustment
    FOR EACH ROW EXECUTE FUNCTION settlement_keep_adjustment();
"""

UNGUARD = """
DROP FUNCTION settlement_keep_adjustment() CASCADE;
DROP FUNCTION settlement_guard_partition(text);
DROP FUNCTION settlement_check_postings() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("settlement", "0005_rules_depth"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Adjustment",
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
                        choices=[("draft", "proposed"), ("posted", "posted"), ("rejected", "rejected")],
                        default="draft",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(max_length=160, verbose_name="reason")),
                ("original_date", models.DateField(verbose_name="corrects the day")),
                ("proposed_at", models.DateTimeField(verbose_name="proposed")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                ("answer", models.CharField(blank=True, default="", max_length=160, verbose_name="answer")),
            ],
            options={
                "verbose_name": "adjustment",
                "verbose_name_plural": "adjustments",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="AdjustmentLeg",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account_kind", models.CharField(max_length=20)),
                ("channel", models.CharField(blank=True, default="", max_length=16)),
                ("amount_fen", models.BigIntegerField(verbose_name="amount (fen)")),
            ],
        ),
        migrations.CreateModel(
            name="ClearingLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("business_date", models.DateField(verbose_name="business day")),
                ("account_kind", models.CharField(max_length=20)),
                ("channel", models.CharField(blank=True, max_length=16, verbose_name="channel")),
                ("trade_kind", models.CharField(max_length=20, verbose_name="kind")),
                ("original_date", models.DateField(verbose_name="original day")),
                ("trades", models.PositiveIntegerField(verbose_name="trades")),
                ("amount_fen", models.BigIntegerField(verbose_name="amount (fen)")),
            ],
            options={
                "verbose_name": "line of a clearing report",
                "verbose_name_plural": "lines of clearing reports",
            },
        ),
        migrations.RemoveConstraint(
            model_name="settlementchunk",
            name="settlement_chunk_once",
        ),
        migrations.RenameField(
            model_name="settlementchunk",
            old_name="first_trade_id",
            new_name="first_id",
        ),
        migrations.RenameField(
            model_name="settlementchunk",
            old_name="last_trade_id",
            new_name="last_id",
        ),
        migrations.AddField(
            model_name="businessday",
            name="reported_at",
            field=models.DateTimeField(null=True, verbose_name="reported"),
        ),
        migrations.AddField(
            model_name="netposition",
            name="problem",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=200, verbose_name="problem"
            ),
        ),
        migrations.AddField(
            model_name="netposition",
            name="state",
            field=models.CharField(
                choices=[("netted", "netted"), ("suspended", "in suspense"), ("released", "released")],
                db_default="netted",
                default="netted",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            model_name="settlementchunk",
            name="blocks",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="settlementchunk",
            name="problem",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="settlementchunk",
            name="retry_of",
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name="settlementchunk",
            name="kind",
            field=models.CharField(
                choices=[
                    ("trades", "trades"),
                    ("release", "shares of parties known since"),
                    ("retry", "trades that could not be shared before"),
                    ("seal", "blocks of the seal"),
                ],
                default="trades",
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="tradeshare",
            name="trade",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="shares",
                to="settlement.trade",
            ),
        ),
        migrations.AddIndex(
            model_name="netposition",
            index=models.Index(
                condition=models.Q(("state", "suspended")),
                fields=["institution", "business_date"],
                name="net_position_suspended",
            ),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True, fields=["business_date"], name="posting_day", pages_per_range=32
            ),
        ),
        migrations.AddIndex(
            model_name="settlementchunk",
            index=models.Index(
                condition=models.Q(("done_at", None)), fields=["business_date"], name="chunk_undone"
            ),
        ),
        migrations.AddIndex(
            model_name="settlementchunk",
            index=models.Index(
                condition=models.Q(("problem", ""), _negated=True), fields=["first_id"], name="chunk_problem"
            ),
        ),
        migrations.AddConstraint(
            model_name="settlementchunk",
            constraint=models.UniqueConstraint(
                fields=("business_date", "kind", "number"), name="settlement_chunk_once"
            ),
        ),
        migrations.AddField(
            model_name="adjustment",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="adjustment",
            name="journal",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adjustment",
                to="settlement.journal",
            ),
        ),
        migrations.AddField(
            model_name="adjustment",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="adjustment",
            name="reverses",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="settlement.journal",
                verbose_name="takes back",
            ),
        ),
        migrations.AddField(
            model_name="adjustmentleg",
            name="adjustment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="legs", to="settlement.adjustment"
            ),
        ),
        migrations.AddField(
            model_name="adjustmentleg",
            name="institution",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.institution",
            ),
        ),
        migrations.AddField(
            model_name="clearingline",
            name="holder",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.institution",
            ),
        ),
        migrations.AddField(
            model_name="clearingline",
            name="institution",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.institution",
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", None),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="adjustment_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by__isnull", False), ("journal__isnull", False), ("state", "posted")),
                    models.Q(models.Q(("state", "posted"), _negated=True), ("journal", None)),
                    _connector="OR",
                ),
                name="adjustment_posted_with_journal",
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "rejected"), _negated=True),
                fields=("reverses",),
                name="adjustment_reverses_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustmentleg",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_fen", 0), _negated=True), name="adjustment_leg_not_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="clearingline",
            constraint=models.UniqueConstraint(
                fields=(
                    "business_date",
                    "institution",
                    "account_kind",
                    "channel",
                    "trade_kind",
                    "original_date",
                    "holder",
                ),
                name="clearing_line_once",
                nulls_distinct=False,
            ),
        ),
        migrations.RunSQL(GUARDS, UNGUARD),
    ]
