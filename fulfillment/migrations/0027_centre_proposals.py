from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0026_supplier_pages")]

    operations = []
