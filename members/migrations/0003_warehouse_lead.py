from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0002_people"),
    ]

    operations = [
        migrations.AlterField(
            model_name="staffrole",
            name="role",
            field=models.CharField(
                choices=[
                    ("clerk", "store clerk"),
                    ("store_manager", "store manager"),
                    ("warehouse", "warehouse worker"),
                    ("warehouse_lead", "warehouse lead"),
                    ("courier", "courier"),
                    ("operator", "operator"),
                    ("finance_clerk", "finance clerk"),
                    ("finance_lead", "finance lead"),
                    ("auditor", "auditor"),
                    ("partner", "partner"),
                ],
                max_length=16,
                verbose_name="role",
            ),
        ),
        migrations.AlterField(
            model_name="staffroleevent",
            name="role",
            field=models.CharField(
                choices=[
                    ("clerk", "store clerk"),
                    ("store_manager", "store manager"),
                    ("warehouse", "warehouse worker"),
                    ("warehouse_lead", "warehouse lead"),
                    ("courier", "courier"),
                    ("operator", "operator"),
                    ("finance_clerk", "finance clerk"),
                    ("finance_lead", "finance lead"),
                    ("auditor", "auditor"),
                    ("partner", "partner"),
                ],
                max_length=16,
                verbose_name="role",
            ),
        ),
    ]
