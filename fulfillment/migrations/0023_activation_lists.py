"""The network's lists come in through the imports of serial numbers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0022_exclusion_of_a_line")]

    operations = [
        migrations.AlterField(
            model_name="serialimport",
            name="kind",
            field=models.CharField(
                choices=[
                    ("imei", "IMEI"),
                    ("iccid", "ICCID"),
                    ("card", "recharge card"),
                    ("number", "mobile number"),
                    ("seen", "activation"),
                ],
                max_length=8,
                verbose_name="kind",
            ),
        ),
    ]
