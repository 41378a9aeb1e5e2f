from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("settlement", "0005_rules_depth")]

    operations = []
