"""Posted parcels that turn up again; what is noted about a parcel is no step of it."""

from django.db import migrations, models

# What was written before as if the parcel had come to its state once more.
NOTES = """
UPDATE fulfillment_fulfillmentevent SET is_step = false WHERE note = 'new_pickup_code';
UPDATE fulfillment_fulfillmentevent SET is_step = false, note = 'next_visit:' || substr(note, 12)
WHERE note LIKE 'next visit ____-__-__' AND who = 'receiver';
"""
UNNOTES = """
UPDATE fulfillment_fulfillmentevent SET note = 'next visit ' || substr(note, 12)
WHERE note LIKE 'next\\_visit:%' AND NOT is_step;
"""


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0031_supplier_story")]

    operations = [
        migrations.AddField(
            model_name="fulfillmentevent",
            name="is_step",
            field=models.BooleanField(db_default=True, default=True, verbose_name="step"),
        ),
        migrations.AlterField(
            model_name="standstilldecision",
            name="tool",
            field=models.CharField(
                choices=[
                    ("sent_again", "lost: sent again"),
                    ("lost", "lost: money back"),
                    ("came_back", "came back to the house"),
                    ("reminded", "customer reminded"),
                    ("shelved", "not collected: back to the shelf"),
                    ("re_routed", "routed elsewhere"),
                    ("found", "posted parcel: turned up after all"),
                    ("given_back", "posted parcel: given back without its counter"),
                ],
                max_length=12,
                verbose_name="decision",
            ),
        ),
        migrations.RunSQL(NOTES, UNNOTES),
    ]
