from django.db import migrations, models

# Until now the dealer's channel told what dealers pay us.
_TO_SUPPLY = "UPDATE catalogue_channelprice SET channel = 'supply' WHERE channel = 'dealer'"
_BACK = "UPDATE catalogue_channelprice SET channel = 'dealer' WHERE channel = 'supply'"


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '1006_postage'),
    ]

    operations = [
        migrations.AlterField(
            model_name='channelprice',
            name='channel',
            field=models.CharField(blank=True, choices=[('', 'all channels'), ('web', 'web'), ('app', 'app'), ('sms', 'SMS hall'), ('ivr', 'telephone hall'), ('hotline', 'hotline'), ('outbound', 'outbound call'), ('kiosk', 'kiosk'), ('store', 'store'), ('field', 'field sales'), ('dealer', 'dealer'), ('micro_shop', 'micro shop'), ('embedded', 'embedded shop'), ('agency', 'agency'), ('merchant_api', 'merchant API'), ('till', 'chain till'), ('supply', 'supply to dealers')], default='', max_length=16, verbose_name='channel'),
        ),
        migrations.AlterField(
            model_name='channelpriceevent',
            name='channel',
            field=models.CharField(blank=True, choices=[('', 'all channels'), ('web', 'web'), ('app', 'app'), ('sms', 'SMS hall'), ('ivr', 'telephone hall'), ('hotline', 'hotline'), ('outbound', 'outbound call'), ('kiosk', 'kiosk'), ('store', 'store'), ('field', 'field sales'), ('dealer', 'dealer'), ('micro_shop', 'micro shop'), ('embedded', 'embedded shop'), ('agency', 'agency'), ('merchant_api', 'merchant API'), ('till', 'chain till'), ('supply', 'supply to dealers')], default='', max_length=16, verbose_name='channel'),
        ),
        migrations.RunSQL(_TO_SUPPLY, _BACK),
    ]
