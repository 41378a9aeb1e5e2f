"""Prepaid cards: accounts, their append-only entries, and what an order has to do with them."""

import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# When a transaction commits, a card holds exactly what its entries sum to.
GUARD = r"""
CREATE FUNCTION order_check_card() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked bigint := CASE TG_TABLE_NAME WHEN 'order_cardentry' THEN (to_jsonb(NEW) ->> 'card_id')::bigint
                    ELSE (to_jsonb(NEW) ->> 'id')::bigint END;
    held bigint;
    moved bigint;
BEGIN
    SELECT balance_fen INTO held FROM order_prepaidcard WHERE id = asked;
    SELECT coalesce(sum(amount_fen), 0) INTO moved FROM order_cardentry WHERE card_id = asked;
    IF held <> moved THEN
        RAISE EXCEPTION 'card % holds % fen, its entries sum to %', asked, held, moved
            USING ERRCODE = 'check_violation', CONSTRAINT = 'card_equals_entries';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER card_equals_entries AFTER INSERT OR UPDATE OF balance_fen ON order_prepaidcard
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION order_check_card();
CREATE CONSTRAINT TRIGGER card_equals_entries AFTER INSERT ON order_cardentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION order_check_card();
"""

BEFORE = """
DROP TRIGGER card_equals_entries ON order_cardentry;
DROP TRIGGER card_equals_entries ON order_prepaidcard;
DROP FUNCTION order_check_card();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0003_warehouse_lead"),
        ("order", "1002_order_number_sequence"),
    ]

    operations = [
        migrations.CreateModel(
            name="CardEntry",
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
                            ("issue", "issued"),
                            ("reload", "reloaded"),
                            ("use", "paid with"),
                            ("back", "given back"),
                            ("withdrawn", "sale refunded"),
                            ("pin", "PIN shown"),
                            ("bound", "taken by a member"),
                            ("frozen", "frozen"),
                            ("unfrozen", "unfrozen"),
                            ("void", "made void"),
                        ],
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                ("amount_fen", models.BigIntegerField(default=0, verbose_name="amount (fen)")),
                ("balance_fen", models.BigIntegerField(verbose_name="balance after it (fen)")),
                ("reference", models.CharField(max_length=80, null=True)),
                (
                    "order_number",
                    models.CharField(blank=True, default="", max_length=32, verbose_name="order"),
                ),
                ("by", models.CharField(max_length=80, verbose_name="who")),
                ("note", models.CharField(blank=True, default="", max_length=200, verbose_name="why")),
                ("at", models.DateTimeField(verbose_name="when")),
            ],
            options={
                "verbose_name": "card entry",
                "verbose_name_plural": "card entries",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="PrepaidCard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=16, unique=True, verbose_name="card number")),
                ("pin_hash", models.CharField(blank=True, default="", max_length=64)),
                ("pin_shown_at", models.DateTimeField(null=True, verbose_name="PIN shown at")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("issued", "issued"),
                            ("active", "active"),
                            ("frozen", "frozen"),
                            ("void", "void"),
                        ],
                        default="issued",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("face_fen", models.BigIntegerField(verbose_name="face value (fen)")),
                ("balance_fen", models.BigIntegerField(verbose_name="balance (fen)")),
                ("unit", models.PositiveIntegerField()),
                ("issued_at", models.DateTimeField(verbose_name="issued at")),
            ],
            options={
                "verbose_name": "prepaid card",
                "verbose_name_plural": "prepaid cards",
                "ordering": ["-pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="orderintake",
            name="order_amounts",
        ),
        migrations.AddField(
            model_name="orderintake",
            name="card_fen",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="orderintake",
            name="sells_cards",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name="payment",
            name="means",
            field=models.CharField(
                choices=[
                    ("unipay", "UniPay"),
                    ("cash", "cash at the counter"),
                    ("card", "card at the counter"),
                    ("cod", "cash on delivery"),
                    ("points", "points"),
                    ("prepaid", "prepaid card"),
                ],
                max_length=8,
                verbose_name="means",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderintake",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("card_fen__gte", 0),
                    ("points_fen__gte", 0),
                    ("shipping_fen__gte", 0),
                    ("total_fen__gte", 0),
                    (
                        "points_fen__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("total_fen"), "-", models.F("card_fen")
                        ),
                    ),
                    ("shipping_fen__lte", models.F("total_fen")),
                ),
                name="order_amounts",
            ),
        ),
        migrations.AddField(
            model_name="prepaidcard",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="cards", to="order.lineterms"
            ),
        ),
        migrations.AddField(
            model_name="prepaidcard",
            name="member",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.member",
                verbose_name="holder",
            ),
        ),
        migrations.AddField(
            model_name="cardentry",
            name="card",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="order.prepaidcard"
            ),
        ),
        migrations.AddField(
            model_name="lineterms",
            name="target_card",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="order.prepaidcard",
            ),
        ),
        migrations.AddField(
            model_name="payment",
            name="card",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payments",
                to="order.prepaidcard",
                verbose_name="prepaid card",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("card__isnull", False), ("means", "prepaid")),
                    models.Q(models.Q(("means", "prepaid"), _negated=True), ("card", None)),
                    _connector="OR",
                ),
                name="payment_by_card",
            ),
        ),
        migrations.AddIndex(
            model_name="prepaidcard",
            index=models.Index(
                condition=models.Q(("member__isnull", False)), fields=["member"], name="card_of_member"
            ),
        ),
        migrations.AddConstraint(
            model_name="prepaidcard",
            constraint=models.UniqueConstraint(fields=("line", "unit"), name="card_unit_once"),
        ),
        migrations.AddConstraint(
            model_name="prepaidcard",
            constraint=models.CheckConstraint(
                condition=models.Q(("balance_fen__gte", 0)), name="card_balance"
            ),
        ),
        migrations.AddConstraint(
            model_name="prepaidcard",
            constraint=models.CheckConstraint(condition=models.Q(("face_fen__gt", 0)), name="card_face"),
        ),
        migrations.AddConstraint(
            model_name="prepaidcard",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["issued", "active", "frozen", "void"])), name="card_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="prepaidcard",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "void"), _negated=True), ("balance_fen", 0), _connector="OR"
                ),
                name="card_void_is_empty",
            ),
        ),
        migrations.AddIndex(
            model_name="cardentry",
            index=models.Index(fields=["card", "-id"], name="card_entry_history"),
        ),
        migrations.AddConstraint(
            model_name="cardentry",
            constraint=models.UniqueConstraint(fields=("kind", "reference"), name="card_entry_once"),
        ),
        migrations.AddConstraint(
            model_name="cardentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("amount_fen__gt", 0),
                        ("kind__in", ["issue", "reload", "back"]),
                        ("reference__isnull", False),
                    ),
                    models.Q(
                        ("amount_fen__lt", 0),
                        ("kind__in", ["use", "withdrawn"]),
                        ("reference__isnull", False),
                    ),
                    models.Q(("amount_fen", 0), ("kind__in", ["pin", "bound", "frozen", "unfrozen", "void"])),
                    _connector="OR",
                ),
                name="card_entry_sign",
            ),
        ),
        migrations.AddConstraint(
            model_name="cardentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("balance_fen__gte", 0), ("balance_fen__gte", models.F("amount_fen"))),
                name="card_entry_balance",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cardentry",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",  # noqa: E501
                    hash="23fa6618ef2fb0ad1ed997e3a126622dde74308a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1feb1",
                    table="order_cardentry",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(GUARD, BEFORE),
    ]
