from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0028_postings")]

    operations = []
