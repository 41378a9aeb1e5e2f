"""Every fact of money: what the books still lacked."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("settlement", "0012_split_rule_versions")]

    operations = []
