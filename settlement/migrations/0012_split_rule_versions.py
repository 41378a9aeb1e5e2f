"""Split rules with versions, proposals and claw-back."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("settlement", "0011_shares_checked_in_sets")]

    operations = []
