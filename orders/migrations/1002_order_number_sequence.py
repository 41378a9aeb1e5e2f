from django.db import migrations


class Migration(migrations.Migration):
    """Order numbers come from a sequence: no gap-free promise, no lock, no basket id to guess from."""

    dependencies = [("order", "1001_order_intake")]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE order_number_seq START 1001", "DROP SEQUENCE order_number_seq"),
    ]
