"""What routing knows of a place: its terms, its special days and what a day holds already."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def one_per_location() -> models.OneToOneField:
    """The key of a row of which each location has one at most."""
    return models.OneToOneField(
        "members.Institution",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="+",
        verbose_name=_("location"),
    )


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class LocationProfile(models.Model):
    """What routing knows of a location beyond its address. Amounts in fen, times in minutes."""

    location = one_per_location()
    origin_province = models.CharField(_("tariff origin"), max_length=20, blank=True, default="")
    handling_fen = models.PositiveIntegerField(_("handling per package (fen)"), default=0)
    load_fen = models.PositiveIntegerField(_("load per package (fen)"), default=0)
    acceptance_percent = models.PositiveSmallIntegerField(_("acceptance rate (%)"), default=100)
    must_accept = models.BooleanField(_("is asked before it works"), default=False)
    accept_minutes = models.PositiveSmallIntegerField(_("minutes to answer"), default=30)
    writes_sim = models.BooleanField(_("writes SIM cards"), default=True)
    ships = models.BooleanField(_("ships"), default=True)
    daily_capacity = models.PositiveIntegerField(_("packages a day"), null=True, blank=True)
    cutoff_hour = models.PositiveSmallIntegerField(_("same-day cut-off (hour)"), default=17)
    home_province = models.CharField(
        _("numbers of this province only"), max_length=20, blank=True, default=""
    )
    delivers_to = ArrayField(
        models.CharField(max_length=20), verbose_name=_("franchise region"), blank=True, default=list
    )
    is_open = models.BooleanField(_("takes part in routing"), default=True)

    class Meta:
        verbose_name = _("routing profile")
        verbose_name_plural = _("routing profiles")
        constraints = [
            models.CheckConstraint(
                name="profile_acceptance",
                condition=Q(acceptance_percent__gte=1, acceptance_percent__lte=100),
            ),
            models.CheckConstraint(name="profile_cutoff", condition=Q(cutoff_hour__lte=24)),
        ]

    def __str__(self):
        return f"{self.location_id}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class LocationDay(models.Model):
    """A day that is not like the others at a location: what is left blank is as in its profile."""

    location = models.ForeignKey(
        "members.Institution", on_delete=models.CASCADE, related_name="+", verbose_name=_("location")
    )
    day = models.DateField(_("day"))
    is_closed = models.BooleanField(_("closed"), default=False)
    capacity = models.PositiveIntegerField(_("packages this day"), null=True, blank=True)
    cutoff_hour = models.PositiveSmallIntegerField(_("cut-off (hour)"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=80, blank=True, default="")

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("special days")
        ordering = ["day", "location"]
        constraints = [
            models.UniqueConstraint(fields=["location", "day"], name="location_day_once"),
            models.CheckConstraint(
                name="location_day_cutoff", condition=Q(cutoff_hour=None) | Q(cutoff_hour__lte=24)
            ),
        ]

    def __str__(self):
        return f"{self.location_id} {self.day}"


class LocationLoad(models.Model):
    """Packages that leave a location of limited capacity on a day: the row under which its capacity is held.

    Made with the first parcel of such a day; written by services.capacity only.
    """

    location = models.ForeignKey("members.Institution", on_delete=models.CASCADE, related_name="+")
    day = models.DateField(_("day"))
    packages = models.PositiveIntegerField(_("packages"))

    class Meta:
        verbose_name = _("load of a day")
        verbose_name_plural = _("loads of days")
        constraints = [
            models.UniqueConstraint(fields=["location", "day"], name="location_load_once"),
        ]

    def __str__(self):
        return f"{self.location_id} {self.day}: {self.packages}"

    @property
    def key(self) -> tuple:
        return (self.location_id, self.day)


class AcceptanceRate(models.Model):
    """How a place answered of late; routing reckons with `percent` instead of its profile's rate.

    Written by services.acceptance_rates only. A place that was not asked of late has none.
    """

    location = one_per_location()
    asked = models.PositiveIntegerField(_("parcels asked for"))
    taken = models.PositiveIntegerField(_("of these taken"))
    percent = models.PositiveSmallIntegerField(_("acceptance rate (%)"))
    reckoned_at = models.DateTimeField(_("reckoned at"))

    class Meta:
        verbose_name = _("acceptance rate")
        verbose_name_plural = _("acceptance rates")
        constraints = [
            models.CheckConstraint(
                name="acceptance_rate_bounds",
                condition=Q(asked__gte=1, taken__lte=F("asked"), percent__gte=1, percent__lte=100),
            ),
        ]

    def __str__(self):
        return f"{self.location_id}: {self.percent}"
