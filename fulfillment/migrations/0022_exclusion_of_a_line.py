"""A location is left out for the lines that it could not serve, not for the whole order."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0021_standing_parcels")]

    operations = [
        migrations.RemoveConstraint(model_name="exclusion", name="exclusion_once"),
        migrations.AddField(
            model_name="exclusion",
            name="line_id",
            field=models.BigIntegerField(default=0, verbose_name="order line"),
        ),
        migrations.AddConstraint(
            model_name="exclusion",
            constraint=models.UniqueConstraint(
                fields=("demand", "location", "line_id"), name="exclusion_once"
            ),
        ),
    ]
