from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .decisions import LIVE_STATES, Decided


class FundingSubject(models.TextChoices):
    OFFER = "offer", _("discount of an offer")
    POINTS = "points", _("points used as payment")


class Funder(models.TextChoices):
    PLATFORM = "platform", _("platform")
    SELLER = "seller", _("seller")
    SPONSOR = "sponsor", _("sponsor")


class FundingTerm(Decided):
    """Who bears the discount of an offer, or the points that pay a part of an order, from a day on.

    offer_code: the offer's slug; empty for points.
    """

    subject = models.CharField(_("what"), max_length=8, choices=FundingSubject.choices)
    offer_code = models.CharField(_("offer"), max_length=128, blank=True, default="")
    funder = models.CharField(_("borne by"), max_length=8, choices=Funder.choices)
    sponsor = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("sponsor"),
    )

    class Meta(Decided.Meta):
        verbose_name = _("funding of a discount")
        verbose_name_plural = _("funding of discounts")
        ordering = ["subject", "offer_code", "-valid_from", "-pk"]
        constraints = [
            *Decided.Meta.constraints,
            models.UniqueConstraint(
                fields=["subject", "offer_code", "valid_from"],
                condition=Q(state__in=LIVE_STATES),
                name="funding_term_date",
            ),
            models.CheckConstraint(
                name="funding_term_sponsor",
                condition=Q(funder="sponsor", sponsor__isnull=False)
                | (~Q(funder="sponsor") & Q(sponsor=None)),
            ),
            models.CheckConstraint(
                name="funding_term_offer",
                condition=(Q(subject="offer") & ~Q(offer_code="")) | Q(subject="points", offer_code=""),
            ),
        ]

    def __str__(self):
        return f"{self.subject} {self.offer_code} {self.funder}"


class ProviderLimit(Decided):
    """What a payment provider allows when it splits money at its own side, from a day on.

    splits_at_source: the platform lets this provider pay the parties. Where it does not, the limits are
    shown and only warn. share_ppm: the most that may be given away of a payment, parts per million.
    """

    provider = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", verbose_name=_("provider")
    )
    splits_at_source = models.BooleanField(_("splits at the source"), default=False)
    requests_per_order = models.PositiveSmallIntegerField(_("requests per order"))
    receivers_per_request = models.PositiveSmallIntegerField(_("receivers per request"))
    share_ppm = models.PositiveIntegerField(_("share at most (parts per million)"))
    frozen_days = models.PositiveSmallIntegerField(_("days frozen"))
    frozen_days_most = models.PositiveSmallIntegerField(_("days frozen at most"))

    class Meta(Decided.Meta):
        verbose_name = _("provider's limits")
        verbose_name_plural = _("providers' limits")
        ordering = ["provider", "-valid_from", "-pk"]
        constraints = [
            *Decided.Meta.constraints,
            models.UniqueConstraint(
                fields=["provider", "valid_from"],
                condition=Q(state__in=LIVE_STATES),
                name="provider_limit_date",
            ),
            models.CheckConstraint(
                name="provider_limit_sane",
                condition=Q(requests_per_order__gte=1, receivers_per_request__gte=1)
                & Q(share_ppm__gte=1, share_ppm__lte=1_000_000, frozen_days_most__gte=F("frozen_days")),
            ),
        ]

    def __str__(self):
        return f"{self.provider_id} {self.valid_from}"
