from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("settlement", "0009_account_turnover")]

    operations = [
        migrations.AddField(
            model_name="reconbatch", name="fees_through", field=models.BigIntegerField(null=True)
        ),
    ]
