from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0027_centre_proposals")]

    operations = []
