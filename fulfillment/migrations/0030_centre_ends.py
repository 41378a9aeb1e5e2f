"""A decided centre stands, or is given up."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0029_dealer_numbers")]

    operations = []
