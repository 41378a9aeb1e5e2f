"""What an operations centre knows about itself: cut-offs, wall, targets, rights, and who has what in hand."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .locations import one_per_location


class StationName(models.TextChoices):
    PICK = "pick", _("Pick")
    SORT = "sort", _("Sorting wall")
    SIM = "sim", _("SIM take")
    ACCOUNT = "account", _("Account opening")
    PACK = "pack", _("Pack")
    HANDOVER = "handover", _("Hand over")


def _location(**more):
    return models.ForeignKey(
        "members.Institution",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("location"),
        **more,
    )


class CentreProfile(models.Model):
    """How a location works as an operations centre. Without a row: the defaults, built by hand."""

    location = one_per_location()
    wave_size = models.PositiveSmallIntegerField(_("parcels in a wave"), default=200)
    builds_waves = models.BooleanField(_("builds its waves by itself"), default=True)
    automated = models.BooleanField(_("picked by an automated warehouse"), default=False)

    class Meta:
        verbose_name = _("operations centre")
        verbose_name_plural = _("operations centres")
        constraints = [models.CheckConstraint(name="centre_wave_size", condition=Q(wave_size__gt=0))]

    def __str__(self):
        return f"{self.location_id}"


class CourierCutOff(models.Model):
    """When a courier's lorry leaves a location, every day, Shanghai time.

    Its wave is built `lead_minutes` before, or as soon as `full_at` parcels wait for it.
    """

    location = _location()
    courier = models.ForeignKey(
        "members.Institution",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=pgettext_lazy("company", "courier"),
    )
    leaves_at = models.TimeField(_("leaves at"))
    lead_minutes = models.PositiveSmallIntegerField(_("wave this long before (minutes)"), default=120)
    full_at = models.PositiveSmallIntegerField(_("or with so many parcels"), default=60)

    class Meta:
        verbose_name = _("courier's cut-off")
        verbose_name_plural = _("couriers' cut-offs")
        ordering = ["location", "leaves_at"]
        constraints = [
            models.UniqueConstraint(fields=["location", "courier", "leaves_at"], name="cut_off_once"),
            models.CheckConstraint(name="cut_off_full_at", condition=Q(full_at__gt=0)),
        ]

    def __str__(self):
        return f"{self.location_id} → {self.courier_id} {self.leaves_at:%H:%M}"


class StationTarget(models.Model):
    """What a station of a location should do in an hour, and how long a parcel may wait there (minutes)."""

    location = _location()
    station = models.CharField(_("station"), max_length=12, choices=StationName.choices)
    per_hour = models.PositiveIntegerField(_("parcels an hour"))
    oldest_minutes = models.PositiveIntegerField(_("longest wait (minutes)"))

    class Meta:
        verbose_name = _("station's target")
        verbose_name_plural = _("stations' targets")
        constraints = [models.UniqueConstraint(fields=["location", "station"], name="station_target_once")]

    def __str__(self):
        return f"{self.location_id} {self.station}"


class StationRight(models.Model):
    """Names who works at a station. A station that names nobody is open to everybody of the house."""

    location = _location()
    station = models.CharField(_("station"), max_length=12, choices=StationName.choices)
    user = models.ForeignKey(
        "members.User", on_delete=models.CASCADE, related_name="+", verbose_name=_("worker")
    )

    class Meta:
        verbose_name = _("right to a station")
        verbose_name_plural = _("rights to stations")
        constraints = [
            models.UniqueConstraint(fields=["location", "station", "user"], name="station_right_once")
        ]

    def __str__(self):
        return f"{self.location_id} {self.station} {self.user_id}"


class WallSlot(models.Model):
    """A slot of the sorting wall. Free without a parcel; `full_at`: it took what it can hold."""

    location = _location()
    code = models.CharField(_("slot"), max_length=8)
    position = models.PositiveSmallIntegerField(_("position on the wall"))
    fulfillment = models.ForeignKey(
        "fulfillment.FulfillmentOrder",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="wall_slots",
        verbose_name=_("fulfillment"),
    )
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    full_at = models.DateTimeField(_("full since"), null=True, blank=True)

    class Meta:
        verbose_name = _("wall slot")
        verbose_name_plural = _("wall slots")
        ordering = ["location", "position"]
        constraints = [
            models.UniqueConstraint(fields=["location", "code"], name="wall_slot_code_once"),
            models.UniqueConstraint(fields=["location", "position"], name="wall_slot_position_once"),
            models.CheckConstraint(
                name="wall_slot_taken",
                condition=Q(fulfillment=None, taken_at=None, full_at=None)
                | Q(fulfillment__isnull=False, taken_at__isnull=False),
            ),
        ]

    def __str__(self):
        return self.code


class WorkInHand(models.Model):
    """Who works on what at a station: a wave at the shelves, a parcel elsewhere. Rows stay as the audit.

    `taken_from` is the colleague's row that a takeover ended.
    """

    location = _location()
    station = models.CharField(_("station"), max_length=12, choices=StationName.choices)
    wave = models.ForeignKey(
        "fulfillment.Wave", on_delete=models.CASCADE, null=True, blank=True, related_name="hands"
    )
    fulfillment = models.ForeignKey(
        "fulfillment.FulfillmentOrder", on_delete=models.CASCADE, null=True, blank=True, related_name="hands"
    )
    user_id = models.BigIntegerField()
    who = models.CharField(_("who"), max_length=80)
    since = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    taken_from = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="taken_by",
        verbose_name=_("taken over from"),
    )

    class Meta:
        verbose_name = _("work in hand")
        verbose_name_plural = _("work in hand")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="hand_one_subject",
                condition=Q(wave=None, fulfillment__isnull=False) | Q(wave__isnull=False, fulfillment=None),
            ),
            models.UniqueConstraint(
                fields=["station", "wave"], condition=Q(ended_at=None), name="hand_one_worker_wave"
            ),
            models.UniqueConstraint(
                fields=["station", "fulfillment"], condition=Q(ended_at=None), name="hand_one_worker_parcel"
            ),
        ]

    def __str__(self):
        return f"{self.who}: {self.subject}"

    @property
    def subject(self) -> str:
        """The code of the wave or the parcel."""
        return (self.wave or self.fulfillment).code


class WeightCase(models.Model):
    """A weight beyond the tolerance, put before the location's lead. Weights in grams."""

    fulfillment = models.ForeignKey(
        "fulfillment.FulfillmentOrder",
        on_delete=models.PROTECT,
        related_name="weight_cases",
        verbose_name=_("fulfillment"),
    )
    measured_g = models.PositiveIntegerField(_("on the scale (g)"))
    expected_g = models.PositiveIntegerField(_("expected (g)"))
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.CharField(_("asked by"), max_length=80)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=80, blank=True, default="")
    accepted = models.BooleanField(_("accepted"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=160, blank=True, default="")

    class Meta:
        verbose_name = _("differing weight")
        verbose_name_plural = _("differing weights")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fulfillment"], condition=Q(decided_at=None), name="weight_case_one_open"
            ),
            models.CheckConstraint(name="weight_case_reason", condition=Q(decided_at=None) | ~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.fulfillment_id} {self.measured_g} g"


class LabelPrint(models.Model):
    """A label left the printer: the first, or a copy whose number stands on it."""

    fulfillment = models.ForeignKey(
        "fulfillment.FulfillmentOrder",
        on_delete=models.PROTECT,
        related_name="label_prints",
        verbose_name=_("fulfillment"),
    )
    number = models.PositiveSmallIntegerField(_("print number"))
    printed_at = models.DateTimeField(_("printed at"))
    printed_by = models.CharField(_("printed by"), max_length=80)

    class Meta:
        verbose_name = _("label print")
        verbose_name_plural = _("label prints")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["fulfillment", "number"], name="label_print_once")]

    def __str__(self):
        return f"{self.fulfillment_id} № {self.number}"


class LeftBehind(models.Model):
    """A packed parcel that should have gone with a courier and was not there when the manifest closed."""

    manifest = models.ForeignKey("fulfillment.Manifest", on_delete=models.CASCADE, related_name="left_behind")
    fulfillment = models.ForeignKey(
        "fulfillment.FulfillmentOrder",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("fulfillment"),
    )

    class Meta:
        verbose_name = _("parcel left behind")
        verbose_name_plural = _("parcels left behind")
        constraints = [models.UniqueConstraint(fields=["manifest", "fulfillment"], name="left_behind_once")]

    def __str__(self):
        return f"{self.manifest_id} {self.fulfillment_id}"


class AutomationState(models.TextChoices):
    WAITING = "waiting", _("to be sent")
    SENT = "sent", _("with the machine")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class AutomationJob(models.Model):
    """A wave given to an automated warehouse. `key` makes it happen there at most once."""

    State = AutomationState

    wave = models.OneToOneField("fulfillment.Wave", on_delete=models.CASCADE, related_name="automation")
    key = models.CharField(_("idempotency key"), max_length=40, unique=True)
    state = models.CharField(
        _("state"), max_length=8, choices=AutomationState.choices, default=AutomationState.WAITING
    )
    reason = models.CharField(_("reason"), max_length=160, blank=True, default="")
    asked_at = models.DateTimeField(_("asked at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("automated wave")
        verbose_name_plural = _("automated waves")
        ordering = ["-pk"]

    def __str__(self):
        return self.key


class AutomationNotice(models.Model):
    """A signed call-back of the machine, known by its id; a second delivery changes nothing."""

    notice_id = models.CharField(_("call-back"), max_length=80, unique=True)
    job = models.ForeignKey(AutomationJob, on_delete=models.CASCADE, related_name="notices")
    body = models.JSONField(_("body"))
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        verbose_name = _("machine's call-back")
        verbose_name_plural = _("machine's call-backs")
        ordering = ["-pk"]

    def __str__(self):
        return self.notice_id
