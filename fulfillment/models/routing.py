"""How orders find their places: weights, prices and runs of the optimiser, questions, traces, refusals."""

from collections.abc import Iterable

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .versions import Days as Days  # migrations know it by this place
from .versions import Version, one_a_day

EVERY_LINE = 0  # of an exclusion: the location is left out for all of the order


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class RoutingWeights(Version):
    """What routing weighs beside the freight, from a day on. Amounts in fen.

    Written by services.routing.weights. On a day without a version the settings' weights hold.
    """

    extra_package_fen = models.PositiveIntegerField(_("each further package (fen)"))
    late_day_fen = models.PositiveIntegerField(_("each day until arrival (fen)"))
    refusal_fen = models.PositiveIntegerField(_("a place that may decline (fen)"))
    scarcity_fen = models.PositiveIntegerField(_("rarity of the goods (fen)"))
    unfilled_fen = models.PositiveIntegerField(_("a unit that nobody can send (fen)"))
    least_saving_fen = models.PositiveIntegerField(_("least saving of a moved parcel (fen)"))

    class Meta(Version.Meta):
        abstract = False
        verbose_name = _("routing weights")
        verbose_name_plural = _("routing weights")
        constraints = one_a_day("routing_weights")


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
        CENTRES = "centres", _("proposals of centres")

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


# What the tracking above keeps: each decision as it was taken.
OptimiserSwitchEvent = OptimiserSwitch.pgh_event_model


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
