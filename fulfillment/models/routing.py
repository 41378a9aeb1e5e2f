from collections.abc import Iterable

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

EVERY_LINE = 0  # of an exclusion: the location is left out for all of the order


class Days(models.Func):
    """From a day on, the last one exclusive."""

    function = "daterange"
    output_field = DateRangeField()


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
    Written by services.tariffs: the versions of a zone follow each other without a day between them.
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
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    made_by = models.CharField(_("made by"), max_length=80, blank=True, default="")
    made_at = models.DateTimeField(_("made at"), null=True, blank=True)

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
            ExclusionConstraint(
                name="tariff_rate_no_overlap",
                expressions=[("zone", "="), (Days("starts", "ends"), "&&")],
            ),
        ]

    def __str__(self):
        return f"{self.zone} {self.starts}"


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


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class RoutingWeights(models.Model):
    """What routing weighs beside the freight, from a day on; `ends` is exclusive. Amounts in fen.

    Written by services.routing_weights. On a day without a version the settings' weights hold.
    """

    extra_package_fen = models.PositiveIntegerField(_("each further package (fen)"))
    late_day_fen = models.PositiveIntegerField(_("each day until arrival (fen)"))
    refusal_fen = models.PositiveIntegerField(_("a place that may decline (fen)"))
    scarcity_fen = models.PositiveIntegerField(_("rarity of the goods (fen)"))
    unfilled_fen = models.PositiveIntegerField(_("a unit that nobody can send (fen)"))
    least_saving_fen = models.PositiveIntegerField(_("least saving of a moved parcel (fen)"))
    starts = models.DateField(_("valid from"))
    ends = models.DateField(_("valid until (exclusive)"), null=True, blank=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    made_by = models.CharField(_("made by"), max_length=80)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("routing weights")
        verbose_name_plural = _("routing weights")
        ordering = ["starts"]
        constraints = [
            models.CheckConstraint(
                name="routing_weights_dates", condition=Q(ends=None) | Q(ends__gt=F("starts"))
            ),
            ExclusionConstraint(
                name="routing_weights_no_overlap", expressions=[(Days("starts", "ends"), "&&")]
            ),
        ]

    def __str__(self):
        return f"{self.starts}"


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


class ShadowPrice(models.Model):
    """What a unit here is worth to the orders still to come, fen; replaced as a whole every night."""

    location = models.ForeignKey("members.Institution", on_delete=models.CASCADE, related_name="+")
    sku = models.CharField(_("SKU"), max_length=64)
    fen = models.FloatField(_("shadow price (fen)"))

    class Meta:
        verbose_name = _("shadow price")
        verbose_name_plural = _("shadow prices")
        constraints = [
            models.UniqueConstraint(fields=["location", "sku"], name="shadow_price_once"),
            models.CheckConstraint(name="shadow_price_positive", condition=Q(fen__gt=0)),
        ]

    def __str__(self):
        return f"{self.sku} @ {self.location_id}: {self.fen}"


class OptimiserRun(models.Model):
    """One run of a nightly or quarter-hourly program. `figures`: what it saw and did, by name."""

    class Kind(models.TextChoices):
        PRICES = "prices", _("shadow prices")
        REEVALUATION = "reevaluation", _("re-evaluation")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    status = models.CharField(_("status"), max_length=16)
    at = models.DateTimeField(_("at"))
    orders = models.PositiveIntegerField(_("orders looked at"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    figures = models.JSONField(_("figures"), default=dict)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), default=0)

    class Meta:
        verbose_name = _("run of the optimiser")
        verbose_name_plural = _("runs of the optimiser")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class OptimiserSwitch(models.Model):
    """What an operator decided about one of the optimiser's jobs; without a row the setting holds.

    Written by services.optimiser_switch; its history stays.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=OptimiserRun.Kind.choices, primary_key=True)
    is_on = models.BooleanField(_("switched on"))
    changed_by = models.CharField(_("changed by"), max_length=80)
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("switch of the optimiser")
        verbose_name_plural = _("switches of the optimiser")

    def __str__(self):
        return f"{self.kind}: {self.is_on}"


class ProposalState(models.TextChoices):
    ASKED = "asked", _("waits for the customer")
    ACCEPTED = "accepted", _("the customer agrees")
    DECLINED = "declined", _("the customer does not agree")
    LAPSED = "lapsed", _("no answer in time")
    WITHDRAWN = "withdrawn", _("withdrawn by an operator")


class PickupProposal(models.Model):
    """Another store for a pick-up, which moves only with the customer's word. Its units wait there."""

    State = ProposalState

    demand = models.ForeignKey(
        "fulfillment.FulfillmentDemand",
        on_delete=models.CASCADE,
        related_name="proposals",
        verbose_name=_("demand"),
    )
    from_location = models.ForeignKey(
        "members.Institution", on_delete=models.CASCADE, related_name="+", verbose_name=_("from")
    )
    to_location = models.ForeignKey(
        "members.Institution", on_delete=models.CASCADE, related_name="+", verbose_name=_("to")
    )
    distance_km = models.FloatField(_("between the stores (km)"), default=0)
    state = models.CharField(
        _("state"), max_length=10, choices=ProposalState.choices, default=ProposalState.ASKED
    )
    asked_at = models.DateTimeField(_("asked at"))
    answer_by = models.DateTimeField(_("answer by"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.CharField(_("answered by"), max_length=80, blank=True, default="")

    class Meta:
        verbose_name = _("proposal for a pick-up")
        verbose_name_plural = _("proposals for pick-ups")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["demand"], condition=Q(state="asked"), name="pickup_proposal_one_open"
            ),
        ]
        indexes = [
            models.Index(fields=["answer_by"], condition=Q(state="asked"), name="pickup_proposal_due"),
        ]

    def __str__(self):
        return f"{self.demand_id}: {self.from_location_id} → {self.to_location_id}"


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


class ExclusionQuerySet(models.QuerySet):
    def of_lines(self, line_ids: Iterable[int]) -> "ExclusionQuerySet":
        return self.filter(line_id__in=[EVERY_LINE, *line_ids])


class Exclusion(models.Model):
    """A location that may not serve an order's line again: it declined, was silent, or was short."""

    demand = models.ForeignKey(
        "fulfillment.FulfillmentDemand", on_delete=models.CASCADE, related_name="exclusions"
    )
    location = models.ForeignKey("members.Institution", on_delete=models.CASCADE, related_name="+")
    line_id = models.BigIntegerField(_("order line"), default=EVERY_LINE)
    reason = models.CharField(_("reason"), max_length=40)
    at = models.DateTimeField(_("at"))

    objects = ExclusionQuerySet.as_manager()

    class Meta:
        verbose_name = _("exclusion")
        verbose_name_plural = _("exclusions")
        constraints = [
            models.UniqueConstraint(fields=["demand", "location", "line_id"], name="exclusion_once"),
        ]

    def __str__(self):
        return f"{self.demand_id} not from {self.location_id}: {self.reason}"
