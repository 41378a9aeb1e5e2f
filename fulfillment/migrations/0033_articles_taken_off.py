"""An article taken off a supplier's list says why; a dealer's order waits for more than credit."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0032_posted_found")]

    operations = [
        migrations.RemoveConstraint(model_name="supplierlisting", name="supplier_listing_reason"),
        migrations.AlterField(
            model_name="supplierlisting",
            name="state",
            field=models.CharField(
                choices=[
                    ("proposed", "to be reviewed"),
                    ("accepted", "accepted"),
                    ("declined", "declined"),
                    ("withdrawn", "withdrawn"),
                    ("taken_off", "taken off the list"),
                ],
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplierlisting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["declined", "taken_off"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="supplier_listing_reason",
            ),
        ),
        migrations.AlterField(
            model_name="dealerorder",
            name="state",
            field=models.CharField(
                choices=[
                    ("on_hold", "on hold"),
                    ("submitted", "to be approved"),
                    ("waiting_goods", "waiting for our supplier"),
                    ("approved", "approved, under way"),
                    ("done", "received"),
                    ("rejected", "rejected"),
                    ("cancelled", "cancelled"),
                ],
                max_length=14,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="dealerorderevent",
            name="state",
            field=models.CharField(
                choices=[
                    ("on_hold", "on hold"),
                    ("submitted", "to be approved"),
                    ("waiting_goods", "waiting for our supplier"),
                    ("approved", "approved, under way"),
                    ("done", "received"),
                    ("rejected", "rejected"),
                    ("cancelled", "cancelled"),
                ],
                max_length=14,
                verbose_name="state",
            ),
        ),
    ]
