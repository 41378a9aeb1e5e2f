"""Report lines count shares; who holds whose money is kept beside them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("settlement", "0007_reports_and_rights")]

    operations = [
        migrations.CreateModel(
            name="BilateralLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("business_date", models.DateField(verbose_name="business day")),
                ("amount_fen", models.BigIntegerField(verbose_name="amount (fen)")),
            ],
            options={
                "verbose_name": "line of the bilateral matrix",
                "verbose_name_plural": "lines of the bilateral matrix",
            },
        ),
        migrations.RemoveConstraint(
            model_name="clearingline",
            name="clearing_line_once",
        ),
        migrations.RemoveField(
            model_name="clearingline",
            name="holder",
        ),
        migrations.RemoveField(
            model_name="clearingline",
            name="trades",
        ),
        migrations.AddField(
            model_name="clearingline",
            name="shares",
            field=models.PositiveIntegerField(default=0, verbose_name="shares"),
            preserve_default=False,
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
                ),
                name="clearing_line_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddField(
            model_name="bilateralline",
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
            model_name="bilateralline",
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
            model_name="bilateralline",
            constraint=models.UniqueConstraint(
                fields=("business_date", "holder", "institution"),
                name="bilateral_line_once",
                nulls_distinct=False,
            ),
        ),
    ]
