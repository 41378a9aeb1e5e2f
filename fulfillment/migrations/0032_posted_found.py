"""Posted parcels that turn up again."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0031_supplier_story")]

    operations = []
