"""What suppliers see of an order's story: a notice that we withdraw is a step of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0030_centre_ends")]

    operations = [
        migrations.AlterField(
            model_name="supplierorderevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("confirmed", "confirmed by the supplier"),
                    ("promised", "another day promised"),
                    ("declined", "declined by the supplier"),
                    ("started", "production started"),
                    ("finished", "production finished"),
                    ("announced", "dispatch announced"),
                    ("withdrawn", "dispatch notice withdrawn"),
                    ("recalled", "dispatch notice withdrawn by the buyer"),
                    ("checked", "delivery checked in as announced"),
                    ("differed", "delivery checked in with differences"),
                ],
                max_length=10,
                verbose_name="step",
            ),
        ),
    ]
