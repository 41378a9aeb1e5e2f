"""Split rules with versions that people propose and confirm; comparisons, funding, limits and claw-back."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

SWITCHED_OFF = """
UPDATE settlement_splitruleversion v SET state = 'withdrawn'
FROM settlement_splitrule r WHERE r.id = v.rule_id AND NOT r.is_active
"""

SPLIT = r"""
-- The only implementation of a rule's split (settlement, decisions 5 and 6).
-- Shares of gross (fen, not negative) by the lines of a rule version, in the order of the list. Lines of
-- roles in `absent` get nothing. net is gross less the provider's estimated fee. The base "remainder" is what
-- is left after the line `after` (0: the line before). Shares are exact decimals until the end, none exceeds
-- what is left, the largest remainder gets the missing fen (ties: the earlier line), the residual line gets
-- what is left.
CREATE OR REPLACE FUNCTION settlement_split(version bigint, gross bigint, net bigint, absent text[])
RETURNS TABLE ("position" smallint, role text, amount bigint) LANGUAGE plpgsql STABLE AS $$
DECLARE
    line record;
    positions smallint[] := '{}';
    roles text[] := '{}';
    exact numeric[] := '{}';
    parts bigint[] := '{}';
    lefts numeric[] := '{}';
    residual int := 0;
    left_over numeric := gross;
    share numeric;
    missing bigint;
    winner record;
BEGIN
    FOR line IN SELECT l.* FROM settlement_splitruleline l WHERE l.version_id = version ORDER BY l.position
    LOOP
        IF line.kind <> 'residual' AND line.role = ANY (absent) THEN
            lefts[line.position] := left_over;
            CONTINUE;
        END IF;
        share := CASE line.kind
            WHEN 'fixed' THEN line.amount_fen
            WHEN 'residual' THEN 0
            ELSE line.ppm * 0.000001 * CASE line.base
                WHEN 'net' THEN net
                WHEN 'remainder' THEN CASE WHEN line.after = 0 THEN left_over ELSE lefts[line.after] END
                ELSE gross END
            END;
        IF line.kind = 'capped' THEN
            share := least(share, line.cap_fen);
        END IF;
        share := least(share, left_over);
        left_over := left_over - share;
        lefts[line.position] := left_over;
        positions := positions || line.position;
        roles := roles || line.role::text;
        exact := exact || share;
        IF line.kind = 'residual' THEN
            residual := cardinality(positions);
        END IF;
    END LOOP;
    IF residual = 0 THEN
        RAISE EXCEPTION 'split rule version % has no residual line', version
            USING ERRCODE = 'check_violation';
    END IF;
    exact[residual] := left_over;
    SELECT array_agg(trunc(x)::bigint ORDER BY n), gross - sum(trunc(x))::bigint INTO parts, missing
        FROM unnest(exact) WITH ORDINALITY AS e(x, n);
    FOR winner IN SELECT n FROM unnest(exact) WITH ORDINALITY AS e(x, n)
        ORDER BY x - trunc(x) DESC, n LIMIT missing
    LOOP
        parts[winner.n] := parts[winner.n] + 1;
    END LOOP;
    RETURN QUERY SELECT p, r, a FROM unnest(positions, roles, parts) AS u(p, r, a) WHERE a <> 0;
END $$;

-- Which version holds for a line of a sale on a day: of the rules whose conditions fit, the highest priority
-- (ties: by code) of those that have begun and not ended. `without`: a rule left out of account, or null.
CREATE FUNCTION settlement_rule_for(day date, offering text, seller_sort text, via text, seller bigint,
                                    without bigint)
RETURNS TABLE (version_id bigint) LANGUAGE sql STABLE AS $$
    SELECT v.id FROM settlement_splitrule r
    CROSS JOIN LATERAL (
        SELECT w.id, w.ends FROM settlement_splitruleversion w
        WHERE w.rule_id = r.id AND w.state = 'confirmed' AND w.valid_from <= day
        ORDER BY w.valid_from DESC LIMIT 1
    ) v
    WHERE NOT v.ends AND r.id IS DISTINCT FROM without
      AND r.offering_kind IN ('', offering) AND r.seller_kind IN ('', seller_sort)
      AND r.channel IN ('', via) AND (r.seller_id IS NULL OR r.seller_id = seller)
    ORDER BY r.priority DESC, r.code LIMIT 1
$$;
"""

GUARDS = r"""
ALTER TABLE settlement_splitruleversion ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();

-- What was proposed stays as it is; what has begun cannot be withdrawn; nothing begins in the past.
CREATE FUNCTION settlement_keep_decided() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    open_day date := (SELECT business_date FROM settlement_businessday WHERE state = 'open');
    decision text[] := '{state,decided_by_id,decided_at,answer}';
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state = 'proposed' AND NEW.proposed_by_id IS NOT NULL
           OR NEW.state = 'confirmed' AND open_day IS NULL THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION '% begins as a proposal', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '% is never deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(NEW) - decision <> to_jsonb(OLD) - decision THEN
        RAISE EXCEPTION '% is never edited', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'proposed' AND NEW.state IN ('rejected', 'withdrawn')
       OR OLD.state = 'proposed' AND NEW.state = 'confirmed'
          AND (open_day IS NULL OR NEW.valid_from > open_day)
       OR OLD.state = 'confirmed' AND NEW.state = 'withdrawn' AND OLD.valid_from > open_day THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% cannot go from % to % (valid from %)', TG_TABLE_NAME, OLD.state, NEW.state,
        OLD.valid_from USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION settlement_keep_rule() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    words text[] := '{name,name_en}';
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - words = to_jsonb(OLD) - words THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'split rules are never changed: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION settlement_keep_rule_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND pg_current_xact_id() =
       (SELECT v.xid FROM settlement_splitruleversion v WHERE v.id = NEW.version_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'lines come with their version: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER settlement_keep_rule BEFORE UPDATE OR DELETE ON settlement_splitrule
    FOR EACH ROW EXECUTE FUNCTION settlement_keep_rule();
CREATE TRIGGER settlement_keep_rule_line BEFORE INSERT OR UPDATE OR DELETE ON settlement_splitruleline
    FOR EACH ROW EXECUTE FUNCTION settlement_keep_rule_line();
CREATE TRIGGER settlement_keep_decided BEFORE INSERT OR UPDATE OR DELETE ON settlement_splitruleversion
    FOR EACH ROW EXECUTE FUNCTION settlement_keep_decided();
CREATE TRIGGER settlement_keep_decided BEFORE INSERT OR UPDATE OR DELETE ON settlement_fundingterm
    FOR EACH ROW EXECUTE FUNCTION settlement_keep_decided();
CREATE TRIGGER settlement_keep_decided BEFORE INSERT OR UPDATE OR DELETE ON settlement_providerlimit
    FOR EACH ROW EXECUTE FUNCTION settlement_keep_decided();
CREATE TRIGGER settlement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement_ordertermsline
    FOR EACH STATEMENT EXECUTE FUNCTION settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement_orderfunding
    FOR EACH STATEMENT EXECUTE FUNCTION settlement_refuse_change();
CREATE TRIGGER settlement_kept BEFORE TRUNCATE ON settlement_splitruleversion
    FOR EACH STATEMENT EXECUTE FUNCTION settlement_refuse_change();
CREATE TRIGGER settlement_kept BEFORE TRUNCATE ON settlement_splitruleline
    FOR EACH STATEMENT EXECUTE FUNCTION settlement_refuse_change();
"""

DROP = """
DROP FUNCTION settlement_keep_decided() CASCADE;
DROP FUNCTION settlement_keep_rule() CASCADE;
DROP FUNCTION settlement_keep_rule_line() CASCADE;
DROP TRIGGER settlement_append_only ON settlement_ordertermsline;
DROP TRIGGER settlement_append_only ON settlement_orderfunding;
DROP TRIGGER settlement_kept ON settlement_splitruleversion;
DROP TRIGGER settlement_kept ON settlement_splitruleline;
DROP FUNCTION settlement_rule_for(date, text, text, text, bigint, bigint);
ALTER TABLE settlement_splitruleversion DROP COLUMN xid;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("settlement", "0011_shares_checked_in_sets"),
        ("members", "0003_warehouse_lead"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Clawback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("business_date", models.DateField(verbose_name="business day")),
                ("order_number", models.CharField(max_length=32, verbose_name="order")),
                ("channel", models.CharField(blank=True, max_length=16, verbose_name="channel")),
                ("original_date", models.DateField(verbose_name="original day")),
                ("amount_fen", models.BigIntegerField(verbose_name="amount (fen)")),
            ],
            options={
                "verbose_name": "claw-back",
                "verbose_name_plural": "claw-backs",
            },
        ),
        migrations.CreateModel(
            name="FundingTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("confirmed", "confirmed"),
                            ("rejected", "rejected"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("proposed_at", models.DateTimeField(null=True, verbose_name="proposed")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                (
                    "answer",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=160, verbose_name="answer"
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[("offer", "discount of an offer"), ("points", "points used as payment")],
                        max_length=8,
                        verbose_name="what",
                    ),
                ),
                (
                    "offer_code",
                    models.CharField(blank=True, default="", max_length=128, verbose_name="offer"),
                ),
                (
                    "funder",
                    models.CharField(
                        choices=[("platform", "platform"), ("seller", "seller"), ("sponsor", "sponsor")],
                        max_length=8,
                        verbose_name="borne by",
                    ),
                ),
            ],
            options={
                "verbose_name": "funding of a discount",
                "verbose_name_plural": "funding of discounts",
                "ordering": ["subject", "offer_code", "-valid_from", "-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrderFunding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line_id", models.BigIntegerField()),
                ("paid_fen", models.BigIntegerField()),
                ("amount_fen", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "funded discount of an order",
                "verbose_name_plural": "funded discounts of orders",
            },
        ),
        migrations.CreateModel(
            name="OrderTermsLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line_id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("seller_kind", models.CharField(blank=True, max_length=16)),
                ("amount_fen", models.BigIntegerField()),
                ("net_fen", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "line of an order's terms",
                "verbose_name_plural": "lines of orders' terms",
            },
        ),
        migrations.CreateModel(
            name="ProviderLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("confirmed", "confirmed"),
                            ("rejected", "rejected"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("proposed_at", models.DateTimeField(null=True, verbose_name="proposed")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                (
                    "answer",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=160, verbose_name="answer"
                    ),
                ),
                ("splits_at_source", models.BooleanField(default=False, verbose_name="splits at the source")),
                ("requests_per_order", models.PositiveSmallIntegerField(verbose_name="requests per order")),
                (
                    "receivers_per_request",
                    models.PositiveSmallIntegerField(verbose_name="receivers per request"),
                ),
                ("share_ppm", models.PositiveIntegerField(verbose_name="share at most (parts per million)")),
                ("frozen_days", models.PositiveSmallIntegerField(verbose_name="days frozen")),
                ("frozen_days_most", models.PositiveSmallIntegerField(verbose_name="days frozen at most")),
            ],
            options={
                "verbose_name": "provider's limits",
                "verbose_name_plural": "providers' limits",
                "ordering": ["provider", "-valid_from", "-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RuleComparison",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begin", models.DateField(verbose_name="from")),
                ("end", models.DateField(verbose_name="to")),
                ("next_day", models.DateField()),
                ("requested_at", models.DateTimeField(verbose_name="asked for")),
                ("done_at", models.DateTimeField(null=True, verbose_name="done")),
                ("lines", models.PositiveIntegerField(default=0, verbose_name="order lines")),
            ],
            options={
                "verbose_name": "comparison of two versions",
                "verbose_name_plural": "comparisons of two versions",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="RuleComparisonLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("business_date", models.DateField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("seller", "seller"),
                            ("attributed_store", "store that brought the sale"),
                            ("fulfiller", "location that shipped"),
                            ("courier", "courier"),
                            ("platform", "platform"),
                            ("provider", "payment provider"),
                            ("nobody", "not assigned"),
                        ],
                        max_length=16,
                    ),
                ),
                ("before_fen", models.BigIntegerField()),
                ("after_fen", models.BigIntegerField()),
                ("orders_changed", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="RuleComparisonOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=120)),
                ("business_date", models.DateField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("seller", "seller"),
                            ("attributed_store", "store that brought the sale"),
                            ("fulfiller", "location that shipped"),
                            ("courier", "courier"),
                            ("platform", "platform"),
                            ("provider", "payment provider"),
                            ("nobody", "not assigned"),
                        ],
                        max_length=16,
                    ),
                ),
                ("before_fen", models.BigIntegerField()),
                ("after_fen", models.BigIntegerField()),
            ],
        ),
        migrations.AlterModelOptions(
            name="splitruleversion",
            options={
                "ordering": ["rule", "-valid_from", "-number"],
                "verbose_name": "version of a split rule",
                "verbose_name_plural": "versions of split rules",
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="splitrule",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="splitrule",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="splitruleline",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="splitruleline",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="splitruleversion",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="splitruleversion",
            name="update_update",
        ),
        migrations.RemoveConstraint(
            model_name="splitruleversion",
            name="split_version_date",
        ),
        migrations.AddField(
            model_name="splitruleline",
            name="after",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="after line"),
        ),
        migrations.AddField(
            model_name="splitrulelineevent",
            name="after",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="after line"),
        ),
        migrations.AddField(
            model_name="splitruleversion",
            name="answer",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=160, verbose_name="answer"
            ),
        ),
        migrations.AddField(
            model_name="splitruleversion",
            name="decided_at",
            field=models.DateTimeField(null=True, verbose_name="decided"),
        ),
        migrations.AddField(
            model_name="splitruleversion",
            name="decided_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="splitruleversion",
            name="ends",
            field=models.BooleanField(default=False, verbose_name="ends the rule"),
        ),
        migrations.AddField(
            model_name="splitruleversion",
            name="proposed_at",
            field=models.DateTimeField(null=True, verbose_name="proposed"),
        ),
        migrations.AddField(
            model_name="splitruleversion",
            name="proposed_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="splitruleversion",
            name="state",
            field=models.CharField(
                choices=[
                    ("proposed", "proposed"),
                    ("confirmed", "confirmed"),
                    ("rejected", "rejected"),
                    ("withdrawn", "withdrawn"),
                ],
                default="confirmed",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            model_name="splitruleversionevent",
            name="answer",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=160, verbose_name="answer"
            ),
        ),
        migrations.AddField(
            model_name="splitruleversionevent",
            name="decided_at",
            field=models.DateTimeField(null=True, verbose_name="decided"),
        ),
        migrations.AddField(
            model_name="splitruleversionevent",
            name="decided_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="splitruleversionevent",
            name="ends",
            field=models.BooleanField(default=False, verbose_name="ends the rule"),
        ),
        migrations.AddField(
            model_name="splitruleversionevent",
            name="proposed_at",
            field=models.DateTimeField(null=True, verbose_name="proposed"),
        ),
        migrations.AddField(
            model_name="splitruleversionevent",
            name="proposed_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="splitruleversionevent",
            name="state",
            field=models.CharField(
                choices=[
                    ("proposed", "proposed"),
                    ("confirmed", "confirmed"),
                    ("rejected", "rejected"),
                    ("withdrawn", "withdrawn"),
                ],
                default="proposed",
                max_length=10,
                verbose_name="state",
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
        migrations.AlterField(
            model_name="splitruleline",
            name="base",
            field=models.CharField(
                choices=[
                    ("gross", "gross"),
                    ("net", "net of the provider's fee"),
                    ("remainder", "what is left after a line"),
                ],
                default="gross",
                max_length=12,
                verbose_name="base",
            ),
        ),
        migrations.AlterField(
            model_name="splitrulelineevent",
            name="base",
            field=models.CharField(
                choices=[
                    ("gross", "gross"),
                    ("net", "net of the provider's fee"),
                    ("remainder", "what is left after a line"),
                ],
                default="gross",
                max_length=12,
                verbose_name="base",
            ),
        ),
        migrations.AlterField(
            model_name="trade",
            name="kind",
            field=models.CharField(
                choices=[
                    ("payment", "payment"),
                    ("refund", "refund"),
                    ("till_sale", "till sale"),
                    ("freight", "freight"),
                    ("cod_remittance", "cash on delivery handed in"),
                    ("points_earned", "points earned"),
                    ("points_clawed_back", "points taken back"),
                    ("points_lapsed", "points lapsed"),
                    ("points_funded", "points borne by another"),
                    ("dealer_invoice", "invoice to a dealer"),
                    ("dealer_credit", "credit note to a dealer"),
                    ("dealer_payment", "payment of a dealer"),
                    ("dealer_matched", "dealer's payment set against an invoice"),
                    ("goods_bought", "goods bought from a supplier"),
                    ("provider_fee", "provider's fee as billed"),
                    ("courier_fee", "courier's fee as billed"),
                    ("adjustment", "adjustment"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="trade",
            name="means",
            field=models.CharField(
                choices=[
                    ("unipay", "UniPay"),
                    ("cash", "cash"),
                    ("card", "card"),
                    ("cod", "cash on delivery"),
                    ("points", "points"),
                    ("till", "chain till"),
                    ("funded", "discount borne by another"),
                    ("none", "none"),
                ],
                max_length=8,
                verbose_name="means",
            ),
        ),
        migrations.RunSQL(SWITCHED_OFF, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name="splitrule",
            name="is_active",
        ),
        migrations.RemoveField(
            model_name="splitruleevent",
            name="is_active",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="splitrule",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "settlement_splitruleevent" ("channel", "code", "id", "name", "name_en", "offering_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "seller_id", "seller_kind") VALUES (NEW."channel", NEW."code", NEW."id", NEW."name", NEW."name_en", NEW."offering_kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."priority", NEW."seller_id", NEW."seller_kind"); RETURN NULL;',
                    hash="4e0e851bbd5d6ba56c2b0600164c7936a21f22f3",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_29677",
                    table="settlement_splitrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="splitrule",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "settlement_splitruleevent" ("channel", "code", "id", "name", "name_en", "offering_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "seller_id", "seller_kind") VALUES (NEW."channel", NEW."code", NEW."id", NEW."name", NEW."name_en", NEW."offering_kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."priority", NEW."seller_id", NEW."seller_kind"); RETURN NULL;',
                    hash="c32a470d7fd1f3dfdb5be0365ce9f20735549ce4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_80dff",
                    table="settlement_splitrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="splitruleline",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "settlement_splitrulelineevent" ("after", "amount_fen", "base", "cap_fen", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "ppm", "role", "version_id") VALUES (NEW."after", NEW."amount_fen", NEW."base", NEW."cap_fen", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."ppm", NEW."role", NEW."version_id"); RETURN NULL;',
                    hash="f390e85e455530e08643960b8eb25e2501322cff",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7f3a5",
                    table="settlement_splitruleline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="splitruleline",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "settlement_splitrulelineevent" ("after", "amount_fen", "base", "cap_fen", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "ppm", "role", "version_id") VALUES (NEW."after", NEW."amount_fen", NEW."base", NEW."cap_fen", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."ppm", NEW."role", NEW."version_id"); RETURN NULL;',
                    hash="1b20ac83048d7b39226c52c21aaa3e607011de8d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_296d6",
                    table="settlement_splitruleline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="splitruleversion",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "settlement_splitruleversionevent" ("answer", "decided_at", "decided_by_id", "ends", "id", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "rule_id", "state", "valid_from") VALUES (NEW."answer", NEW."decided_at", NEW."decided_by_id", NEW."ends", NEW."id", NEW."note", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."rule_id", NEW."state", NEW."valid_from"); RETURN NULL;',
                    hash="6935c84096b4c3d93ef629f7028cefcc55ec16f9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ff0c7",
                    table="settlement_splitruleversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="splitruleversion",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "settlement_splitruleversionevent" ("answer", "decided_at", "decided_by_id", "ends", "id", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "rule_id", "state", "valid_from") VALUES (NEW."answer", NEW."decided_at", NEW."decided_by_id", NEW."ends", NEW."id", NEW."note", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."rule_id", NEW."state", NEW."valid_from"); RETURN NULL;',
                    hash="6176baa216bb97e2aefaaa8432f376fe05437021",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_973ac",
                    table="settlement_splitruleversion",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="splitruleline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("after", 0),
                    models.Q(("after__lt", models.F("position")), ("base", "remainder")),
                    _connector="OR",
                ),
                name="split_line_after",
            ),
        ),
        migrations.AddConstraint(
            model_name="splitruleversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["confirmed", "rejected"]), _negated=True),
                    models.Q(("decided_by", None), ("proposed_by", None)),
                    models.Q(
                        ("decided_by__isnull", False),
                        ("proposed_by__isnull", False),
                        models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="splitruleversion_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="splitruleversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("proposed", "confirmed"))),
                fields=("rule", "valid_from"),
                name="split_version_date",
            ),
        ),
        migrations.AddField(
            model_name="clawback",
            name="institution",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.institution",
            ),
        ),
        migrations.AddField(
            model_name="clawback",
            name="paid_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="settlement.fundtransfer"
            ),
        ),
        migrations.AddField(
            model_name="clawback",
            name="trade",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="clawbacks", to="settlement.trade"
            ),
        ),
        migrations.AddField(
            model_name="fundingterm",
            name="decided_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="fundingterm",
            name="proposed_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="fundingterm",
            name="sponsor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.institution",
                verbose_name="sponsor",
            ),
        ),
        migrations.AddField(
            model_name="orderfunding",
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
            model_name="orderfunding",
            name="term",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="settlement.fundingterm",
            ),
        ),
        migrations.AddField(
            model_name="orderfunding",
            name="terms",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="fundings",
                to="settlement.ordershareterms",
            ),
        ),
        migrations.AddField(
            model_name="ordertermsline",
            name="rule_version",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="settlement.splitruleversion",
            ),
        ),
        migrations.AddField(
            model_name="ordertermsline",
            name="seller",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.institution",
            ),
        ),
        migrations.AddField(
            model_name="ordertermsline",
            name="terms",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="settlement.ordershareterms",
            ),
        ),
        migrations.AddField(
            model_name="providerlimit",
            name="decided_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="providerlimit",
            name="proposed_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="providerlimit",
            name="provider",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.institution",
                verbose_name="provider",
            ),
        ),
        migrations.AddField(
            model_name="rulecomparison",
            name="after",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="comparisons",
                to="settlement.splitruleversion",
            ),
        ),
        migrations.AddField(
            model_name="rulecomparison",
            name="before",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="settlement.splitruleversion",
            ),
        ),
        migrations.AddField(
            model_name="rulecomparison",
            name="requested_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rulecomparisonline",
            name="comparison",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sums",
                to="settlement.rulecomparison",
            ),
        ),
        migrations.AddField(
            model_name="rulecomparisonline",
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
            model_name="rulecomparisonorder",
            name="comparison",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="orders",
                to="settlement.rulecomparison",
            ),
        ),
        migrations.AddField(
            model_name="rulecomparisonorder",
            name="institution",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.institution",
            ),
        ),
        migrations.AddIndex(
            model_name="clawback",
            index=models.Index(fields=["institution", "business_date"], name="clawback_party"),
        ),
        migrations.AddConstraint(
            model_name="clawback",
            constraint=models.UniqueConstraint(
                fields=("business_date", "trade", "institution"), name="clawback_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="clawback",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_fen__gt", 0)), name="clawback_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="fundingterm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["confirmed", "rejected"]), _negated=True),
                    models.Q(("decided_by", None), ("proposed_by", None)),
                    models.Q(
                        ("decided_by__isnull", False),
                        ("proposed_by__isnull", False),
                        models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="fundingterm_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundingterm",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("proposed", "confirmed"))),
                fields=("subject", "offer_code", "valid_from"),
                name="funding_term_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundingterm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("funder", "sponsor"), ("sponsor__isnull", False)),
                    models.Q(models.Q(("funder", "sponsor"), _negated=True), ("sponsor", None)),
                    _connector="OR",
                ),
                name="funding_term_sponsor",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundingterm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("subject", "offer"), models.Q(("offer_code", ""), _negated=True)),
                    models.Q(("offer_code", ""), ("subject", "points")),
                    _connector="OR",
                ),
                name="funding_term_offer",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderfunding",
            constraint=models.UniqueConstraint(
                fields=("terms", "line_id", "term"), name="order_funding_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="orderfunding",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_fen__gt", 0), ("paid_fen__gt", 0)), name="order_funding_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="ordertermsline",
            constraint=models.UniqueConstraint(fields=("terms", "line_id"), name="order_terms_line_once"),
        ),
        migrations.AddConstraint(
            model_name="ordertermsline",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_fen__gt", 0)), name="order_terms_line_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="providerlimit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["confirmed", "rejected"]), _negated=True),
                    models.Q(("decided_by", None), ("proposed_by", None)),
                    models.Q(
                        ("decided_by__isnull", False),
                        ("proposed_by__isnull", False),
                        models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="providerlimit_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="providerlimit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("proposed", "confirmed"))),
                fields=("provider", "valid_from"),
                name="provider_limit_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="providerlimit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("receivers_per_request__gte", 1),
                    ("requests_per_order__gte", 1),
                    ("frozen_days_most__gte", models.F("frozen_days")),
                    ("share_ppm__gte", 1),
                    ("share_ppm__lte", 1000000),
                ),
                name="provider_limit_sane",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulecomparison",
            constraint=models.CheckConstraint(
                condition=models.Q(("begin__lte", models.F("end"))), name="rule_comparison_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="rulecomparisonline",
            constraint=models.UniqueConstraint(
                fields=("comparison", "business_date", "role", "institution"),
                name="rule_comparison_line_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddIndex(
            model_name="rulecomparisonorder",
            index=models.Index(
                fields=["comparison", "role", "institution", "id"], name="rule_comparison_party"
            ),
        ),
        migrations.RunSQL(SPLIT, migrations.RunSQL.noop),
        migrations.RunSQL(GUARDS, DROP),
    ]
