from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0002_discarded_messages"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="outboxmessage",
            options={
                "verbose_name": "message between the parts",
                "verbose_name_plural": "messages between the parts",
            },
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="attempts"),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="created_at",
            field=models.DateTimeField(auto_now_add=True, verbose_name="written at"),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="dead_at",
            field=models.DateTimeField(null=True, verbose_name="gave up at"),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="discard_reason",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="reason"),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="discarded_at",
            field=models.DateTimeField(null=True, verbose_name="discarded at"),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="discarded_by",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="discarded by"),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="done_at",
            field=models.DateTimeField(null=True, verbose_name="done at"),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="key",
            field=models.CharField(max_length=120, verbose_name="key"),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="occurred_at",
            field=models.DateTimeField(verbose_name="occurred at"),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="run_at",
            field=models.DateTimeField(verbose_name="due at"),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="sent_at",
            field=models.DateTimeField(null=True, verbose_name="handed out at"),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="subscriber",
            field=models.CharField(max_length=120, verbose_name="subscriber"),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="topic",
            field=models.CharField(max_length=80, verbose_name="topic"),
        ),
    ]
