"""Credit notes to dealers: they pay like money, with a reason."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0010_promises_tightened")]

    operations = [
        migrations.AddField(
            model_name="dealerpayment",
            name="reason",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=160, verbose_name="reason"
            ),
        ),
        migrations.AlterField(
            model_name="dealerpayment",
            name="kind",
            field=models.CharField(
                choices=[("receipt", "payment"), ("prepayment", "prepayment"), ("credit", "credit note")],
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="dealerpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "credit"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="dealer_credit_has_reason",
            ),
        ),
    ]
