"""The night at speed."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("settlement", "0015_audit_trail")]

    operations = []
