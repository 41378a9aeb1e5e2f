from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0004_hot_stock")]

    operations = []
