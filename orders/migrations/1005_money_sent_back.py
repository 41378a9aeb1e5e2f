"""Money is sent back for more reasons than coming late: its order's number may be gone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("order", "1004_payment_collected")]

    operations = [
        migrations.AlterField(
            model_name="providercallback",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("captured", "payment recorded"),
                    ("repeated", "known already"),
                    ("late_refunded", "not accepted any more, money is sent back"),
                    ("not_paid", "payment did not succeed"),
                    ("amount_mismatch", "amount differs"),
                    ("unknown_payment", "payment unknown"),
                    ("signature_invalid", "signature invalid"),
                    ("timestamp_stale", "signed too long ago"),
                    ("malformed", "not readable"),
                ],
                max_length=20,
                verbose_name="outcome",
            ),
        ),
    ]
