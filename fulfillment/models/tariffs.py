"""What sending costs: courier tariffs by zone and date, trunk lines to a hub."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .versions import Days, Version


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


class ZoneRate(Version):
    """What a parcel costs in a zone from a day on: the first `first_g` grams, then each begun `step_g`.

    Billed is the larger of weight and volume (ml ÷ volumetric_divisor × 1,000 g). Written by
    services.tariffs: the versions of a zone follow each other without a day between them. Of the first ones
    it is not known who made them.
    """

    zone = models.CharField(_("zone"), max_length=12)
    first_g = models.PositiveIntegerField(_("first (g)"), default=1000)
    first_fen = models.PositiveIntegerField(_("first (fen)"))
    step_g = models.PositiveIntegerField(_("each further (g)"), default=1000)
    step_fen = models.PositiveIntegerField(_("each further (fen)"))
    volumetric_divisor = models.PositiveIntegerField(_("ml per kg"), default=6000)
    days = models.PositiveSmallIntegerField(_("days"), default=2)
    made_by = models.CharField(_("made by"), max_length=80, blank=True, default="")
    made_at = models.DateTimeField(_("made at"), null=True, blank=True)

    class Meta(Version.Meta):
        abstract = True
        ordering = ["zone", "starts"]

    def __str__(self):
        return f"{self.zone} {self.starts}"

    def billed_g(self, *, weight_g: int, volume_ml: int) -> int:
        return max(weight_g, -(-volume_ml * 1000 // self.volumetric_divisor))

    def amount_fen(self, billed_g: int) -> int:
        over = max(0, billed_g - self.first_g)
        return self.first_fen + self.step_fen * -(-over // self.step_g)


def _sound(name: str) -> list:
    """A zone has one rate a day, of sound figures."""
    return [
        models.UniqueConstraint(fields=["zone", "starts"], name=f"{name}_once"),
        models.CheckConstraint(
            name=f"{name}_steps", condition=Q(first_g__gt=0, step_g__gt=0, volumetric_divisor__gt=0)
        ),
        models.CheckConstraint(name=f"{name}_dates", condition=Q(ends=None) | Q(ends__gt=F("starts"))),
        ExclusionConstraint(
            name=f"{name}_no_overlap", expressions=[("zone", "="), (Days("starts", "ends"), "&&")]
        ),
    ]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class TariffRate(ZoneRate):
    """The courier's freight: what sending costs us."""

    class Meta(ZoneRate.Meta):
        abstract = False
        verbose_name = _("tariff rate")
        verbose_name_plural = _("tariff rates")
        constraints = _sound("tariff_rate")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PostageRate(ZoneRate):
    """Postage: what a customer pays at the counter for a parcel of their own. `days`: as they are told."""

    class Meta(ZoneRate.Meta):
        abstract = False
        verbose_name = _("postage rate")
        verbose_name_plural = _("postage rates")
        constraints = _sound("postage_rate")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class TrunkLine(models.Model):
    """A truck that runs anyway, from a warehouse to a hub that walks the last kilometres.

    A parcel pays its share of a run by weight (run_fen ÷ run_kg for each begun kilogram) and the hub's
    fee. `days`: from the run until the customer has it. Amounts in fen, reach in kilometres. Its wave is
    built `lead_minutes` before the departure, or as soon as `full_at` parcels wait for it.
    """

    origin = models.ForeignKey(
        "members.Institution", on_delete=models.CASCADE, related_name="+", verbose_name=_("from")
    )
    hub = models.ForeignKey(
        "members.Institution", on_delete=models.CASCADE, related_name="+", verbose_name=_("hub")
    )
    run_fen = models.PositiveIntegerField(_("cost of a run (fen)"))
    run_kg = models.PositiveIntegerField(_("load of a run (kg)"))
    last_km_fen = models.PositiveIntegerField(_("hub's fee per parcel (fen)"))
    reach_km = models.PositiveSmallIntegerField(_("reach of the hub (km)"), default=5)
    departs_hour = models.PositiveSmallIntegerField(_("departs (hour)"), default=18)
    lead_minutes = models.PositiveSmallIntegerField(
        _("wave this long before (minutes)"), default=120, db_default=120
    )
    full_at = models.PositiveSmallIntegerField(_("or with so many parcels"), default=60, db_default=60)
    days = models.PositiveSmallIntegerField(_("days"), default=1)
    is_open = models.BooleanField(_("runs"), default=True)

    class Meta:
        verbose_name = _("trunk line")
        verbose_name_plural = _("trunk lines")
        constraints = [
            models.UniqueConstraint(fields=["origin", "hub"], name="trunk_line_once"),
            models.CheckConstraint(
                name="trunk_line_terms",
                condition=Q(run_kg__gt=0, reach_km__gt=0, departs_hour__lte=24) & ~Q(origin=F("hub")),
            ),
        ]

    def __str__(self):
        return f"{self.origin_id} → {self.hub_id}"
