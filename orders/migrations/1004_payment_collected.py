import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0003_warehouse_lead'),
        ('order', '1003_prepaid_cards'),
    ]

    operations = [
        migrations.AlterField(
            model_name='payment',
            name='collector',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.institution', verbose_name='taken by'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(condition=models.Q(('collector__isnull', False)), fields=['collector', 'captured_at'], name='payment_collected'),
        ),
    ]
