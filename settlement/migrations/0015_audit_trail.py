"""The audit trail of finance, and what reports read."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("settlement", "0014_transfer_reviews")]

    operations = []
