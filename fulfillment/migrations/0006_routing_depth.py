from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0005_serials_dealers")]

    operations = []
