"""The audit trail of finance, and what reports read."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# An entry's place in the chain is given when its transaction commits: the lock that keeps the chain straight
# is taken last and held for an instant only. The function runs with its owner's rights; the application's
# role cannot write links itself.
GUARDS = r"""
CREATE FUNCTION settlement_audit_hash(previous text, e settlement_auditentry) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(previous || jsonb_build_array(
        e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.actor_id, e.actor_name,
        e.role, e.institution_id, e.action, e.subject, e.details)::text, 'UTF8')), 'hex')
$$;

CREATE FUNCTION settlement_link_audit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    latest record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('settlement_link_audit'));
    SELECT number, hash INTO latest FROM settlement_auditlink ORDER BY number DESC LIMIT 1;
    INSERT INTO settlement_auditlink (number, entry_id, hash) VALUES (
        coalesce(latest.number, 0) + 1, NEW.id, settlement_audit_hash(coalesce(latest.hash, ''), NEW));
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER settlement_audit_link AFTER INSERT ON settlement_auditentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION settlement_link_audit();
CREATE TRIGGER settlement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement_auditlink
    FOR EACH STATEMENT EXECUTE FUNCTION settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement_costimport
    FOR EACH STATEMENT EXECUTE FUNCTION settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement_costline
    FOR EACH STATEMENT EXECUTE FUNCTION settlement_refuse_change();
"""

UNGUARD = """
DROP TRIGGER settlement_append_only ON settlement_costline;
DROP TRIGGER settlement_append_only ON settlement_costimport;
DROP FUNCTION settlement_link_audit() CASCADE;
DROP TRIGGER settlement_append_only ON settlement_auditlink;
DROP TRIGGER settlement_append_only ON settlement_auditentry;
DROP FUNCTION settlement_audit_hash(text, settlement_auditentry);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0003_warehouse_lead"),
        ("settlement", "0014_transfer_reviews"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CostImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=160, verbose_name="file")),
                ("sha256", models.CharField(max_length=64)),
                ("rows", models.PositiveIntegerField(verbose_name="rows")),
                ("rows_new", models.PositiveIntegerField(verbose_name="new rows")),
                ("amount_fen", models.BigIntegerField(verbose_name="amount (fen)")),
                ("loaded_at", models.DateTimeField(verbose_name="loaded")),
                ("loaded_by", models.CharField(max_length=80, verbose_name="loaded by")),
            ],
            options={
                "verbose_name": "cost file",
                "verbose_name_plural": "cost files",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="ProductFold",
            fields=[
                ("business_date", models.DateField(primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "day folded by product",
                "verbose_name_plural": "days folded by product",
            },
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
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                ("actor_name", models.CharField(max_length=80, verbose_name="who")),
                ("role", models.CharField(max_length=32, verbose_name="role")),
                ("action", models.CharField(max_length=48, verbose_name="action")),
                ("subject", models.CharField(max_length=160, verbose_name="subject")),
                ("details", models.JSONField(default=dict, verbose_name="details")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.institution",
                        verbose_name="institution",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of the audit trail",
                "verbose_name_plural": "audit trail",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="AuditLink",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("hash", models.CharField(max_length=64)),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="link",
                        to="settlement.auditentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "link of the audit trail",
                "verbose_name_plural": "links of the audit trail",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="CostLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line_number", models.PositiveIntegerField(verbose_name="line")),
                ("reference", models.CharField(max_length=40, unique=True, verbose_name="reference")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "web"),
                            ("app", "app"),
                            ("sms", "SMS hall"),
                            ("ivr", "telephone hall"),
                            ("hotline", "hotline"),
                            ("outbound", "outbound call"),
                            ("kiosk", "kiosk"),
                            ("store", "store"),
                            ("field", "field sales"),
                            ("dealer", "dealer"),
                            ("micro_shop", "micro shop"),
                            ("embedded", "embedded shop"),
                            ("agency", "agency"),
                            ("merchant_api", "merchant API"),
                            ("till", "chain till"),
                        ],
                        max_length=16,
                        verbose_name="channel",
                    ),
                ),
                ("month", models.DateField(verbose_name="month")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("depreciation", "depreciation and amortisation"),
                            ("lease", "operating lease"),
                            ("labour", "labour"),
                            ("other", "other"),
                            ("queries", "queries (number)"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("amount_fen", models.BigIntegerField(default=0, verbose_name="amount (fen)")),
                ("queries", models.PositiveIntegerField(default=0, verbose_name="queries")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="settlement.costimport",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.institution",
                        verbose_name="institution",
                    ),
                ),
                (
                    "journal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="settlement.journal",
                    ),
                ),
            ],
            options={
                "verbose_name": "channel cost",
                "verbose_name_plural": "channel costs",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ProductLine",
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
                ("product", models.CharField(blank=True, max_length=80, verbose_name="product")),
                ("shares", models.PositiveIntegerField(verbose_name="shares")),
                ("amount_fen", models.BigIntegerField(verbose_name="amount (fen)")),
                (
                    "institution",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.institution",
                    ),
                ),
            ],
            options={
                "verbose_name": "clearing by product",
                "verbose_name_plural": "clearing by product",
            },
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["-at"], name="audit_at"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["action", "-at"], name="audit_action"),
        ),
        migrations.AddIndex(
            model_name="costline",
            index=models.Index(fields=["month", "channel"], name="cost_line_month"),
        ),
        migrations.AddConstraint(
            model_name="costline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount_fen", 0), ("journal", None), ("kind", "queries"), ("queries__gt", 0)),
                    models.Q(
                        models.Q(("kind", "queries"), _negated=True),
                        models.Q(("amount_fen", 0), _negated=True),
                        ("journal__isnull", False),
                        ("queries", 0),
                    ),
                    _connector="OR",
                ),
                name="cost_line_one_figure",
            ),
        ),
        migrations.AddConstraint(
            model_name="costline",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="cost_line_month_first"
            ),
        ),
        migrations.AddConstraint(
            model_name="productline",
            constraint=models.UniqueConstraint(
                fields=("business_date", "institution", "account_kind", "channel", "trade_kind", "product"),
                name="product_line_once",
                nulls_distinct=False,
            ),
        ),
        migrations.RunSQL(GUARDS, UNGUARD),
    ]
