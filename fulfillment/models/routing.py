import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class LocationProfile(models.Model):
    """What routing knows of a location beyond its address. Amounts in fen, times in minutes."""

    location = models.OneToOneField(
        "members.Institution",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="+",
        verbose_name=_("location"),
    )
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
class TariffZone(models.Model):
    """Which zone a parcel from one province to another falls into. Blank: any province."""

    from_province = models.CharField(_("from province"), max_length=20, blank=True, default="")
    to_province = models.CharField(_("to province"), max_length=20, blank=True, default="")
    zone = models.CharField(_("zone"), max_length=12)

    class Meta:
        verbose_name = _("tariff zone")
        verbose_name_plural = _("tariff zones")
        constraints = [
            models.UniqueConstraint(fields=["from_province", "to_province"], name="tariff_zone_once"),
        ]

    def __str__(self):
        return f"{self.from_province or '*'} → {self.to_province or '*'}: {self.zone}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class TariffRate(models.Model):
    """Freight of a zone from a day on: the first `first_g` grams, then each begun `step_g`.

    Billed is the larger of weight and volume (ml ÷ volumetric_divisor × 1,000 g). `ends` is exclusive.
    """

    zone = models.CharField(_("zone"), max_length=12)
    first_g = models.PositiveIntegerField(_("first (g)"), default=1000)
    first_fen = models.PositiveIntegerField(_("first (fen)"))
    step_g = models.PositiveIntegerField(_("each further (g)"), default=1000)
    step_fen = models.PositiveIntegerField(_("each further (fen)"))
    volumetric_divisor = models.PositiveIntegerField(_("ml per kg"), default=6000)
    days = models.PositiveSmallIntegerField(_("days"), default=2)
    starts = models.DateField(_("valid from"))
    ends = models.DateField(_("valid until (exclusive)"), null=True, blank=True)

    class Meta:
        verbose_name = _("tariff rate")
        verbose_name_plural = _("tariff rates")
        ordering = ["zone", "starts"]
        constraints = [
            models.UniqueConstraint(fields=["zone", "starts"], name="tariff_rate_once"),
            models.CheckConstraint(
                name="tariff_rate_steps",
                condition=Q(first_g__gt=0, step_g__gt=0, volumetric_divisor__gt=0),
            ),
            models.CheckConstraint(
                name="tariff_rate_dates", condition=Q(ends=None) | Q(ends__gt=F("starts"))
            ),
        ]

    def __str__(self):
        return f"{self.zone} {self.starts}"


class RoutingTrace(models.Model):
    """Why an order's goods come from where they come. `story`: dropped, compared, chosen, gap."""

    demand = models.ForeignKey(
        "fulfillment.FulfillmentDemand", on_delete=models.CASCADE, related_name="traces"
    )
    attempt = models.PositiveSmallIntegerField(_("attempt"))
    outcome = models.CharField(_("outcome"), max_length=16)
    story = models.JSONField(_("story"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("routing trace")
        verbose_name_plural = _("routing traces")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.demand_id} #{self.attempt}: {self.outcome}"


class Exclusion(models.Model):
    """A location that may not serve a demand again: it declined, was silent, or was short."""

    demand = models.ForeignKey(
        "fulfillment.FulfillmentDemand", on_delete=models.CASCADE, related_name="exclusions"
    )
    location = models.ForeignKey("members.Institution", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("reason"), max_length=40)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("exclusion")
        verbose_name_plural = _("exclusions")
        constraints = [
            models.UniqueConstraint(fields=["demand", "location"], name="exclusion_once"),
        ]

    def __str__(self):
        return f"{self.demand_id} not from {self.location_id}: {self.reason}"
