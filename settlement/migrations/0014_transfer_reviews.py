"""Transfers: pay-out terms, limits, carry, the bank's answers."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("settlement", "0013_money_facts")]

    operations = []
