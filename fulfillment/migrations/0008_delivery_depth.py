from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0007_operations_depth")]

    operations = []
