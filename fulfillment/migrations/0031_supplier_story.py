"""What suppliers see of an order's story."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0030_centre_ends")]

    operations = []
