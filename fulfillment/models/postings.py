"""Parcels that customers bring to a counter: whose they are, what was agreed, and where they went back."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .demands import FulfillmentState

# The parcel lies in its store for whoever brought it.
BACK = (FulfillmentState.RETURNED, FulfillmentState.CANCELLED)


class Posting(models.Model):
    """A customer's own parcel, beside the demand that carries it. Grams, centimetres, fen.

    Its goods are the sender's: no line, no stock, no movement. Names, phones and the receiver's address
    stand in the demand's wish; line_id is the order's line of postage. What was agreed stays as it is.
    """

    demand = models.OneToOneField(
        "fulfillment.FulfillmentDemand",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="posting",
        verbose_name=_("demand"),
    )
    store = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", verbose_name=_("accepted at")
    )
    line_id = models.BigIntegerField(_("order line"), unique=True)
    sender_identity_id = models.BigIntegerField(_("sender's identity"))
    contents = models.CharField(_("contents"), max_length=120)
    weight_g = models.PositiveIntegerField(_("on the scale (g)"))
    length_cm = models.PositiveSmallIntegerField(_("length (cm)"))
    width_cm = models.PositiveSmallIntegerField(_("width (cm)"))
    height_cm = models.PositiveSmallIntegerField(_("height (cm)"))
    billed_g = models.PositiveIntegerField(_("billed (g)"))
    declared_fen = models.PositiveBigIntegerField(_("declared value (fen)"), default=0)
    rate = models.ForeignKey(
        "fulfillment.PostageRate", on_delete=models.PROTECT, related_name="+", verbose_name=_("postage rate")
    )
    postage_fen = models.PositiveBigIntegerField(_("postage (fen)"))
    # By the courier's tariff of the day.
    freight_fen = models.PositiveBigIntegerField(_("planned freight (fen)"))
    transit_days = models.PositiveSmallIntegerField(_("days on the way"))
    # Who asked the sender about forbidden goods and saw the contents.
    inspected_by = models.CharField(_("inspected by"), max_length=80)
    posted_at = models.DateTimeField(_("posted at"))
    accepted_at = models.DateTimeField(_("accepted at (time)"), null=True, blank=True)
    # It came back and the sender has it again; from whose hands.
    collected_at = models.DateTimeField(_("given back at"), null=True, blank=True)
    given_back_by = models.CharField(_("given back by"), max_length=80, blank=True, default="")

    class Meta:
        verbose_name = _("posted parcel")
        verbose_name_plural = _("posted parcels")
        ordering = ["-posted_at", "-pk"]
        indexes = [models.Index(fields=["store", "-posted_at"], name="posting_of_store")]
        constraints = [
            models.CheckConstraint(
                name="posting_measured",
                condition=Q(weight_g__gt=0, length_cm__gt=0, width_cm__gt=0, height_cm__gt=0)
                & Q(billed_g__gte=F("weight_g")),
            ),
            models.CheckConstraint(name="posting_inspected", condition=~Q(contents="") & ~Q(inspected_by="")),
            models.CheckConstraint(
                name="posting_given_back",
                condition=Q(collected_at=None, given_back_by="")
                | (Q(collected_at__isnull=False, accepted_at__isnull=False) & ~Q(given_back_by="")),
            ),
        ]

    def __str__(self):
        return str(self.demand)
