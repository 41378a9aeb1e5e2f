from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0025_supply_contracts")]

    operations = []
