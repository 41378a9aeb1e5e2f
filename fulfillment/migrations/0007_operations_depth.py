from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0006_routing_depth")]

    operations = []
