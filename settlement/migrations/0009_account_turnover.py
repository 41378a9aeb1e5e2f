"""Turnovers of sealed days by account, the days sealed before included."""

import django.db.models.deletion
from django.db import migrations, models

SEALED_BEFORE = """
INSERT INTO settlement_accountturnover (business_date, account_id, debit_fen, credit_fen)
SELECT p.business_date, p.account_id, coalesce(sum(p.amount_fen) FILTER (WHERE p.amount_fen > 0), 0)::bigint,
       -coalesce(sum(p.amount_fen) FILTER (WHERE p.amount_fen < 0), 0)::bigint
FROM settlement_posting p
JOIN settlement_businessday d ON d.business_date = p.business_date AND d.state = 'sealed'
GROUP BY p.business_date, p.account_id
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0008_night_report")]

    operations = [
        migrations.CreateModel(
            name="AccountTurnover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("business_date", models.DateField(verbose_name="business day")),
                ("debit_fen", models.BigIntegerField(verbose_name="debit (fen)")),
                ("credit_fen", models.BigIntegerField(verbose_name="credit (fen)")),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="settlement.ledgeraccount",
                    ),
                ),
            ],
            options={
                "verbose_name": "turnover of an account",
                "verbose_name_plural": "turnovers of accounts",
                "constraints": [
                    models.UniqueConstraint(fields=("account", "business_date"), name="account_turnover_once")
                ],
            },
        ),
        migrations.RunSQL(SEALED_BEFORE, migrations.RunSQL.noop),
    ]
