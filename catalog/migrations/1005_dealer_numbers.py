from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalogue", "1004_recharge_cards")]

    operations = []
