from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class WaveQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at=None)


class Wave(models.Model):
    """Parcels of one location that leave with one courier by one cut-off, worked on together."""

    location = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", verbose_name=_("location")
    )
    courier = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("company", "courier"),
    )
    cut_off = models.DateTimeField(_("cut-off"))
    built_at = models.DateTimeField(_("built at"))
    built_by = models.CharField(_("built by"), max_length=80)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = WaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("wave")
        verbose_name_plural = _("waves")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["location"], condition=Q(closed_at=None), name="wave_open")]

    def __str__(self):
        return self.code

    @property
    def code(self) -> str:
        return f"W{self.pk:06d}"


class WaveEntry(models.Model):
    """A parcel's place in a wave: its slot on the sorting wall."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="entries")
    fulfillment = models.OneToOneField(
        "fulfillment.FulfillmentOrder", on_delete=models.PROTECT, related_name="wave_entry"
    )
    slot = models.PositiveSmallIntegerField(_("wall slot"))

    class Meta:
        verbose_name = _("place in the wave")
        verbose_name_plural = _("places in the wave")
        constraints = [models.UniqueConstraint(fields=["wave", "slot"], name="wave_slot_once")]

    def __str__(self):
        return f"{self.wave} {self.slot}"


class CourierChoice(models.Model):
    """The courier that takes a location's parcels to a province; blank province: everywhere else."""

    location = models.ForeignKey(
        "members.Institution", on_delete=models.CASCADE, related_name="+", verbose_name=_("location")
    )
    to_province = models.CharField(_("to province"), max_length=20, blank=True, default="")
    courier = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("company", "courier"),
    )

    class Meta:
        verbose_name = _("courier choice")
        verbose_name_plural = _("courier choices")
        constraints = [
            models.UniqueConstraint(fields=["location", "to_province"], name="courier_choice_once")
        ]

    def __str__(self):
        return f"{self.location_id} → {self.to_province or '*'}"


class PickState(models.TextChoices):
    OPEN = "todo", _("to pick")
    PICKED = "picked", _("picked")
    SHORT = "short", _("short")


class PickTask(models.Model):
    """Take so many of this from that bin. One per line of a fulfillment order.

    Where the location has a sorting wall, the goods are put into the parcel's slot afterwards: sorted_at
    when all are, sorted_serials naming the devices that are already.
    """

    State = PickState

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="tasks")
    line = models.OneToOneField(
        "fulfillment.FulfillmentLine", on_delete=models.CASCADE, related_name="pick_task"
    )
    bin = models.CharField(_("bin"), max_length=16)
    state = models.CharField(_("state"), max_length=8, choices=PickState.choices, default=PickState.OPEN)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    done_by = models.CharField(_("done by"), max_length=80, blank=True, default="")
    sorted_at = models.DateTimeField(_("on the wall since"), null=True, blank=True)
    sorted_serials = ArrayField(models.CharField(max_length=32), default=list, blank=True)

    class Meta:
        verbose_name = _("pick task")
        verbose_name_plural = _("pick tasks")
        ordering = ["bin", "pk"]
        indexes = [models.Index(fields=["wave", "bin"], condition=Q(state="todo"), name="pick_todo")]

    def __str__(self):
        return f"{self.bin} {self.line_id}"


class StationStep(models.Model):
    """What a person did at a station, so that the last step can be taken back."""

    station = models.CharField(max_length=12)
    location = models.ForeignKey("members.Institution", on_delete=models.PROTECT, related_name="+")
    user_id = models.BigIntegerField()
    fulfillment = models.ForeignKey(
        "fulfillment.FulfillmentOrder", on_delete=models.PROTECT, related_name="station_steps"
    )
    what = models.CharField(max_length=120)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["station", "location", "user_id", "-id"],
                condition=Q(undone_at=None),
                name="station_step_last",
            )
        ]

    def __str__(self):
        return f"{self.station}: {self.what}"
