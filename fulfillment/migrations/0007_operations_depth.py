import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fulfillment", "0006_routing_depth"),
    ]

    operations = [
        migrations.AddField(
            model_name="picktask",
            name="sorted_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="on the wall since"),
        ),
        migrations.AddField(
            model_name="picktask",
            name="sorted_serials",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=32), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="stationstep",
            name="undone_by",
            field=models.CharField(blank=True, default="", max_length=80),
        ),
        migrations.CreateModel(
            name="AutomationJob",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40, unique=True, verbose_name="idempotency key")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "to be sent"),
                            ("sent", "with the machine"),
                            ("done", "done"),
                            ("failed", "failed"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, default="", max_length=160, verbose_name="reason")),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished at")),
                (
                    "wave",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="automation",
                        to="fulfillment.wave",
                    ),
                ),
            ],
            options={
                "verbose_name": "automated wave",
                "verbose_name_plural": "automated waves",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="AutomationNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("notice_id", models.CharField(max_length=80, unique=True, verbose_name="call-back")),
                ("body", models.JSONField(verbose_name="body")),
                ("received_at", models.DateTimeField(verbose_name="received at")),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="fulfillment.automationjob",
                    ),
                ),
            ],
            options={
                "verbose_name": "machine's call-back",
                "verbose_name_plural": "machine's call-backs",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="CentreProfile",
            fields=[
                (
                    "location",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="members.institution",
                        verbose_name="location",
                    ),
                ),
                (
                    "wave_size",
                    models.PositiveSmallIntegerField(default=200, verbose_name="parcels in a wave"),
                ),
                (
                    "builds_waves",
                    models.BooleanField(default=True, verbose_name="builds its waves by itself"),
                ),
                (
                    "automated",
                    models.BooleanField(default=False, verbose_name="picked by an automated warehouse"),
                ),
            ],
            options={
                "verbose_name": "operations centre",
                "verbose_name_plural": "operations centres",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("wave_size__gt", 0)), name="centre_wave_size")
                ],
            },
        ),
        migrations.CreateModel(
            name="CourierCutOff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("leaves_at", models.TimeField(verbose_name="leaves at")),
                (
                    "lead_minutes",
                    models.PositiveSmallIntegerField(
                        default=120, verbose_name="wave this long before (minutes)"
                    ),
                ),
                (
                    "full_at",
                    models.PositiveSmallIntegerField(default=60, verbose_name="or with so many parcels"),
                ),
                (
                    "courier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="members.institution",
                        verbose_name="courier",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="members.institution",
                        verbose_name="location",
                    ),
                ),
            ],
            options={
                "verbose_name": "courier's cut-off",
                "verbose_name_plural": "couriers' cut-offs",
                "ordering": ["location", "leaves_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("location", "courier", "leaves_at"), name="cut_off_once"),
                    models.CheckConstraint(condition=models.Q(("full_at__gt", 0)), name="cut_off_full_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LabelPrint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="print number")),
                ("printed_at", models.DateTimeField(verbose_name="printed at")),
                ("printed_by", models.CharField(max_length=80, verbose_name="printed by")),
                (
                    "fulfillment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="label_prints",
                        to="fulfillment.fulfillmentorder",
                        verbose_name="fulfillment",
                    ),
                ),
            ],
            options={
                "verbose_name": "label print",
                "verbose_name_plural": "label prints",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("fulfillment", "number"), name="label_print_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="LeftBehind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "fulfillment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="fulfillment.fulfillmentorder",
                        verbose_name="fulfillment",
                    ),
                ),
                (
                    "manifest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="left_behind",
                        to="fulfillment.manifest",
                    ),
                ),
            ],
            options={
                "verbose_name": "parcel left behind",
                "verbose_name_plural": "parcels left behind",
                "constraints": [
                    models.UniqueConstraint(fields=("manifest", "fulfillment"), name="left_behind_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="StationRight",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "station",
                    models.CharField(
                        choices=[
                            ("pick", "Pick"),
                            ("sort", "Sorting wall"),
                            ("sim", "SIM take"),
                            ("account", "Account opening"),
                            ("pack", "Pack"),
                            ("handover", "Hand over"),
                        ],
                        max_length=12,
                        verbose_name="station",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="members.institution",
                        verbose_name="location",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="worker",
                    ),
                ),
            ],
            options={
                "verbose_name": "right to a station",
                "verbose_name_plural": "rights to stations",
                "constraints": [
                    models.UniqueConstraint(fields=("location", "station", "user"), name="station_right_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="StationTarget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "station",
                    models.CharField(
                        choices=[
                            ("pick", "Pick"),
                            ("sort", "Sorting wall"),
                            ("sim", "SIM take"),
                            ("account", "Account opening"),
                            ("pack", "Pack"),
                            ("handover", "Hand over"),
                        ],
                        max_length=12,
                        verbose_name="station",
                    ),
                ),
                ("per_hour", models.PositiveIntegerField(verbose_name="parcels an hour")),
                ("oldest_minutes", models.PositiveIntegerField(verbose_name="longest wait (minutes)")),
                (
                    "location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="members.institution",
                        verbose_name="location",
                    ),
                ),
            ],
            options={
                "verbose_name": "station's target",
                "verbose_name_plural": "stations' targets",
                "constraints": [
                    models.UniqueConstraint(fields=("location", "station"), name="station_target_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="WallSlot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, verbose_name="slot")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position on the wall")),
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="taken at")),
                ("full_at", models.DateTimeField(blank=True, null=True, verbose_name="full since")),
                (
                    "fulfillment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wall_slots",
                        to="fulfillment.fulfillmentorder",
                        verbose_name="fulfillment",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="members.institution",
                        verbose_name="location",
                    ),
                ),
            ],
            options={
                "verbose_name": "wall slot",
                "verbose_name_plural": "wall slots",
                "ordering": ["location", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("location", "code"), name="wall_slot_code_once"),
                    models.UniqueConstraint(fields=("location", "position"), name="wall_slot_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fulfillment", None), ("full_at", None), ("taken_at", None)),
                            models.Q(("fulfillment__isnull", False), ("taken_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="wall_slot_taken",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WeightCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("measured_g", models.PositiveIntegerField(verbose_name="on the scale (g)")),
                ("expected_g", models.PositiveIntegerField(verbose_name="expected (g)")),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                ("asked_by", models.CharField(max_length=80, verbose_name="asked by")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "decided_by",
                    models.CharField(blank=True, default="", max_length=80, verbose_name="decided by"),
                ),
                ("accepted", models.BooleanField(blank=True, null=True, verbose_name="accepted")),
                ("reason", models.CharField(blank=True, default="", max_length=160, verbose_name="reason")),
                (
                    "fulfillment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="weight_cases",
                        to="fulfillment.fulfillmentorder",
                        verbose_name="fulfillment",
                    ),
                ),
            ],
            options={
                "verbose_name": "differing weight",
                "verbose_name_plural": "differing weights",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None)),
                        fields=("fulfillment",),
                        name="weight_case_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_at", None), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="weight_case_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkInHand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "station",
                    models.CharField(
                        choices=[
                            ("pick", "Pick"),
                            ("sort", "Sorting wall"),
                            ("sim", "SIM take"),
                            ("account", "Account opening"),
                            ("pack", "Pack"),
                            ("handover", "Hand over"),
                        ],
                        max_length=12,
                        verbose_name="station",
                    ),
                ),
                ("user_id", models.BigIntegerField()),
                ("who", models.CharField(max_length=80, verbose_name="who")),
                ("since", models.DateTimeField(verbose_name="since")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "fulfillment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hands",
                        to="fulfillment.fulfillmentorder",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="members.institution",
                        verbose_name="location",
                    ),
                ),
                (
                    "taken_from",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_by",
                        to="fulfillment.workinhand",
                        verbose_name="taken over from",
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hands",
                        to="fulfillment.wave",
                    ),
                ),
            ],
            options={
                "verbose_name": "work in hand",
                "verbose_name_plural": "work in hand",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fulfillment__isnull", False), ("wave", None)),
                            models.Q(("fulfillment", None), ("wave__isnull", False)),
                            _connector="OR",
                        ),
                        name="hand_one_subject",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("station", "wave"),
                        name="hand_one_worker_wave",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("station", "fulfillment"),
                        name="hand_one_worker_parcel",
                    ),
                ],
            },
        ),
    ]
