from django.db import migrations


# Where to begin; operators change them. Days of demand and units, by kind of location.
COVER_RULES = """
INSERT INTO fulfillment_coverrule (kind, window_days, low_days, target_days, high_days, least_units)
VALUES ('', 28, 5, 14, 60, 2), ('warehouse', 28, 10, 30, 90, 20)
"""


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0002_guards")]

    operations = [
        migrations.RunSQL(COVER_RULES, migrations.RunSQL.noop),
    ]
