"""Suppliers answer our orders, announce what they send and list what they deliver; the history stays."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

GUARDS = """
CREATE TRIGGER supplierorderevent_append_only BEFORE UPDATE OR DELETE ON fulfillment_supplierorderevent
    FOR EACH ROW EXECUTE FUNCTION fulfillment_refuse_change();

CREATE FUNCTION fulfillment_supplier_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'open' THEN
        RAISE EXCEPTION 'supplier order % is over: nothing is answered any more', OLD.number
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.progress <> OLD.progress AND (OLD.progress, NEW.progress) NOT IN (
        ('asked', 'confirmed'), ('asked', 'declined'), ('confirmed', 'making'), ('confirmed', 'declined'),
        ('making', 'made'), ('making', 'declined'), ('made', 'declined')
    ) THEN
        RAISE EXCEPTION 'supplier order %: % does not follow %', OLD.number, NEW.progress, OLD.progress
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER supplierorder_answer BEFORE UPDATE ON fulfillment_supplierorder
    FOR EACH ROW WHEN (OLD.progress IS DISTINCT FROM NEW.progress
        OR OLD.promised_on IS DISTINCT FROM NEW.promised_on)
    EXECUTE FUNCTION fulfillment_supplier_answer();

CREATE FUNCTION fulfillment_keep_listing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a listing that was decided stays as it is' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER supplierlisting_keep_decided BEFORE UPDATE OR DELETE ON fulfillment_supplierlisting
    FOR EACH ROW WHEN (OLD.state <> 'proposed') EXECUTE FUNCTION fulfillment_keep_listing();
"""

UNGUARD = """
DROP TRIGGER supplierlisting_keep_decided ON fulfillment_supplierlisting;
DROP FUNCTION fulfillment_keep_listing();
DROP TRIGGER supplierorder_answer ON fulfillment_supplierorder;
DROP FUNCTION fulfillment_supplier_answer();
DROP TRIGGER supplierorderevent_append_only ON fulfillment_supplierorderevent;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("fulfillment", "0025_supply_contracts"),
        ("members", "0003_warehouse_lead"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quantity", models.PositiveIntegerField(verbose_name="announced")),
                ("came", models.PositiveIntegerField(default=0, verbose_name="came")),
            ],
            options={
                "verbose_name": "line of a dispatch notice",
                "verbose_name_plural": "lines of dispatch notices",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="NoticeSerial",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("serial", models.CharField(max_length=32, verbose_name="serial number")),
            ],
            options={
                "verbose_name": "announced serial number",
                "verbose_name_plural": "announced serial numbers",
            },
        ),
        migrations.CreateModel(
            name="SupplierItemEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("sku", models.CharField(max_length=64, verbose_name="SKU")),
                ("cost_fen", models.PositiveBigIntegerField(verbose_name="cost (fen)")),
                ("lead_days", models.PositiveSmallIntegerField(verbose_name="lead time (days)")),
                ("lot", models.PositiveIntegerField(default=1, verbose_name="lot (units)")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SupplierListing",
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
                        choices=[
                            ("proposed", "to be reviewed"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("is_new", models.BooleanField(default=False, verbose_name="new terminal")),
                ("sku", models.CharField(max_length=64, verbose_name="SKU")),
                ("cost_fen", models.PositiveBigIntegerField(verbose_name="cost (fen)")),
                ("lead_days", models.PositiveSmallIntegerField(verbose_name="lead time (days)")),
                ("lot", models.PositiveIntegerField(default=1, verbose_name="lot (units)")),
                ("title", models.CharField(blank=True, default="", max_length=120, verbose_name="title")),
                (
                    "title_en",
                    models.CharField(blank=True, default="", max_length=120, verbose_name="English title"),
                ),
                ("brand", models.CharField(blank=True, default="", max_length=40, verbose_name="brand")),
                ("model", models.CharField(blank=True, default="", max_length=60, verbose_name="model")),
                (
                    "description",
                    models.CharField(blank=True, default="", max_length=600, verbose_name="description"),
                ),
                (
                    "description_en",
                    models.CharField(
                        blank=True, default="", max_length=600, verbose_name="English description"
                    ),
                ),
                ("picture", models.CharField(blank=True, default="", max_length=64)),
                ("key", models.CharField(max_length=64)),
                ("proposed_by", models.BigIntegerField(null=True)),
                ("proposed_by_name", models.CharField(max_length=80, verbose_name="proposed by")),
                ("proposed_at", models.DateTimeField(verbose_name="proposed at")),
                ("decided_by", models.BigIntegerField(null=True)),
                (
                    "decided_by_name",
                    models.CharField(blank=True, default="", max_length=80, verbose_name="decided by"),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                ("reason", models.CharField(blank=True, default="", max_length=160, verbose_name="why")),
                ("old_cost_fen", models.PositiveBigIntegerField(null=True, verbose_name="cost before (fen)")),
                ("product_id", models.BigIntegerField(null=True)),
            ],
            options={
                "verbose_name": "supplier's listing",
                "verbose_name_plural": "suppliers' listings",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="SupplierNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="notice")),
                ("key", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("announced", "under way"),
                            ("checked", "checked in"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("carrier", models.CharField(blank=True, default="", max_length=40, verbose_name="carrier")),
                ("waybill", models.CharField(blank=True, default="", max_length=60, verbose_name="waybill")),
                ("arrives_on", models.DateField(verbose_name="arrives on")),
                ("announced_by", models.CharField(max_length=80, verbose_name="announced by")),
                ("announced_at", models.DateTimeField(verbose_name="announced at")),
                (
                    "checked_by",
                    models.CharField(blank=True, default="", max_length=80, verbose_name="checked in by"),
                ),
                ("checked_at", models.DateTimeField(null=True, verbose_name="checked in at")),
                ("note", models.CharField(blank=True, default="", max_length=160, verbose_name="note")),
            ],
            options={
                "verbose_name": "dispatch notice",
                "verbose_name_plural": "dispatch notices",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SupplierOrderEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("confirmed", "confirmed by the supplier"),
                            ("promised", "another day promised"),
                            ("declined", "declined by the supplier"),
                            ("started", "production started"),
                            ("finished", "production finished"),
                            ("announced", "dispatch announced"),
                            ("withdrawn", "dispatch notice withdrawn"),
                            ("checked", "delivery checked in as announced"),
                            ("differed", "delivery checked in with differences"),
                        ],
                        max_length=10,
                        verbose_name="step",
                    ),
                ),
                ("promised_on", models.DateField(null=True, verbose_name="promised for")),
                ("reference", models.CharField(blank=True, default="", max_length=40, verbose_name="notice")),
                ("note", models.CharField(blank=True, default="", max_length=160, verbose_name="note")),
                ("who", models.CharField(max_length=80, verbose_name="who")),
                ("at", models.DateTimeField(verbose_name="at")),
            ],
            options={
                "verbose_name": "supplier order's step",
                "verbose_name_plural": "supplier orders' steps",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="supplierorder",
            name="progress",
            field=models.CharField(
                choices=[
                    ("asked", "waits for the supplier"),
                    ("confirmed", "confirmed"),
                    ("making", "in production"),
                    ("made", "production finished"),
                    ("declined", "declined"),
                ],
                default="asked",
                max_length=10,
                verbose_name="supplier's answer",
            ),
        ),
        migrations.AddField(
            model_name="supplierorder",
            name="promised_on",
            field=models.DateField(blank=True, null=True, verbose_name="promised for"),
        ),
        migrations.AddField(
            model_name="supplierorderline",
            name="announced",
            field=models.PositiveIntegerField(default=0, verbose_name="announced"),
        ),
        migrations.AddIndex(
            model_name="supplierorder",
            index=models.Index(fields=["supplier", "state"], name="supplier_order_theirs"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="supplieritem",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "fulfillment_supplieritemevent" ("cost_fen", "id", "lead_days", "lot", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sku", "supplier_id") VALUES (NEW."cost_fen", NEW."id", NEW."lead_days", NEW."lot", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sku", NEW."supplier_id"); RETURN NULL;',
                    hash="0c4d94a222b7d20490ab86b1641ea35d83e67b6f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d23b8",
                    table="fulfillment_supplieritem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="supplieritem",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "fulfillment_supplieritemevent" ("cost_fen", "id", "lead_days", "lot", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sku", "supplier_id") VALUES (NEW."cost_fen", NEW."id", NEW."lead_days", NEW."lot", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sku", NEW."supplier_id"); RETURN NULL;',
                    hash="bb1acb498bef64b68978cc02de2bfade75f0414c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2ea7a",
                    table="fulfillment_supplieritem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="supplieritem",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "fulfillment_supplieritemevent" ("cost_fen", "id", "lead_days", "lot", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sku", "supplier_id") VALUES (OLD."cost_fen", OLD."id", OLD."lead_days", OLD."lot", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sku", OLD."supplier_id"); RETURN NULL;',
                    hash="e80887b29636e72a41dd95f93a21d9ca334f7ddf",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b4d4a",
                    table="fulfillment_supplieritem",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="supplierorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("progress__in", ["asked", "declined"]), ("promised_on__isnull", False), _connector="OR"
                ),
                name="supplier_order_promised",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplierorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("progress", "declined"), _negated=True),
                    ("state__in", ["closed", "cancelled"]),
                    _connector="OR",
                ),
                name="supplier_order_declined",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplierorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("progress__in", ["making", "made"]), _negated=True),
                    ("kind", "production"),
                    _connector="OR",
                ),
                name="supplier_order_made",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplierorderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("announced__lte", models.F("quantity"))),
                name="supplier_order_line_announced",
            ),
        ),
        migrations.AddField(
            model_name="noticeline",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notice_lines",
                to="fulfillment.supplierorderline",
            ),
        ),
        migrations.AddField(
            model_name="noticeserial",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="fulfillment.supplierorderline",
            ),
        ),
        migrations.AddField(
            model_name="noticeserial",
            name="notice_line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="serials",
                to="fulfillment.noticeline",
            ),
        ),
        migrations.AddField(
            model_name="supplieritemevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="supplieritemevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="fulfillment.supplieritem",
            ),
        ),
        migrations.AddField(
            model_name="supplieritemevent",
            name="supplier",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="members.institution",
                verbose_name="supplier",
            ),
        ),
        migrations.AddField(
            model_name="supplierlisting",
            name="supplier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.institution",
                verbose_name="supplier",
            ),
        ),
        migrations.AddField(
            model_name="suppliernotice",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="fulfillment.supplierorder",
            ),
        ),
        migrations.AddField(
            model_name="noticeline",
            name="notice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="fulfillment.suppliernotice",
            ),
        ),
        migrations.AddField(
            model_name="supplierorderevent",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="fulfillment.supplierorder",
            ),
        ),
        migrations.AddIndex(
            model_name="noticeserial",
            index=models.Index(fields=["serial"], name="notice_serial"),
        ),
        migrations.AddConstraint(
            model_name="noticeserial",
            constraint=models.UniqueConstraint(fields=("line", "serial"), name="notice_serial_once"),
        ),
        migrations.AddIndex(
            model_name="supplierlisting",
            index=models.Index(fields=["state", "supplier"], name="supplier_listing_state"),
        ),
        migrations.AddConstraint(
            model_name="supplierlisting",
            constraint=models.UniqueConstraint(fields=("supplier", "key"), name="supplier_listing_once"),
        ),
        migrations.AddConstraint(
            model_name="supplierlisting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "proposed")),
                fields=("supplier", "sku"),
                name="supplier_listing_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplierlisting",
            constraint=models.CheckConstraint(
                condition=models.Q(("cost_fen__gt", 0), ("lot__gt", 0), models.Q(("sku", ""), _negated=True)),
                name="supplier_listing_offer",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplierlisting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_new", False),
                    models.Q(
                        ("title", ""),
                        ("title_en", ""),
                        ("brand", ""),
                        ("model", ""),
                        _connector="OR",
                        _negated=True,
                    ),
                    _connector="OR",
                ),
                name="supplier_listing_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplierlisting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("state", "proposed")),
                    models.Q(models.Q(("state", "proposed"), _negated=True), ("decided_at__isnull", False)),
                    _connector="OR",
                ),
                name="supplier_listing_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplierlisting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "declined"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="supplier_listing_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplierlisting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["accepted", "declined"]), _negated=True),
                    ("decided_by", None),
                    ("proposed_by", None),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="supplier_listing_four_eyes",
            ),
        ),
        migrations.AddIndex(
            model_name="suppliernotice",
            index=models.Index(fields=["state"], name="supplier_notice_state"),
        ),
        migrations.AddConstraint(
            model_name="suppliernotice",
            constraint=models.UniqueConstraint(fields=("order", "key"), name="supplier_notice_once"),
        ),
        migrations.AddConstraint(
            model_name="suppliernotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "checked"), _negated=True),
                    ("checked_at__isnull", False),
                    _connector="OR",
                ),
                name="supplier_notice_checked",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeline",
            constraint=models.UniqueConstraint(fields=("notice", "line"), name="notice_line_once"),
        ),
        migrations.AddConstraint(
            model_name="noticeline",
            constraint=models.CheckConstraint(
                condition=models.Q(("came__lte", models.F("quantity")), ("quantity__gt", 0)),
                name="notice_line_units",
            ),
        ),
        migrations.RunSQL(GUARDS, UNGUARD),
    ]
