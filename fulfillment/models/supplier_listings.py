"""What suppliers list with us: proposals that we accept or decline."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ListingState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("listing", "to be reviewed")
    ACCEPTED = "accepted", pgettext_lazy("listing", "accepted")
    DECLINED = "declined", pgettext_lazy("listing", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("listing", "withdrawn")
    TAKEN_OFF = "taken_off", pgettext_lazy("listing", "taken off the list")


class SupplierListing(models.Model):
    """A supplier offers an article of ours, or a terminal that we do not have yet (`is_new`).

    cost_fen a unit, in lots, after lead_days. Of a new terminal `sku` is a suggestion until it is accepted.
    picture: SHA-256 of a JPEG. The costs before stand in old_cost_fen once it is accepted (None: none).
    TAKEN_OFF: nobody proposed it; the article left the list at the cost that the row tells.
    """

    State = ListingState

    supplier = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", verbose_name=_("supplier")
    )
    state = models.CharField(_("state"), max_length=10, choices=ListingState.choices)
    is_new = models.BooleanField(_("new terminal"), default=False)
    sku = models.CharField(_("SKU"), max_length=64)
    cost_fen = models.PositiveBigIntegerField(_("cost (fen)"))
    lead_days = models.PositiveSmallIntegerField(_("lead time (days)"))
    lot = models.PositiveIntegerField(_("lot (units)"), default=1)
    title = models.CharField(_("title"), max_length=120, blank=True, default="")
    title_en = models.CharField(_("English title"), max_length=120, blank=True, default="")
    brand = models.CharField(_("brand"), max_length=40, blank=True, default="")
    model = models.CharField(_("model"), max_length=60, blank=True, default="")
    description = models.CharField(_("description"), max_length=600, blank=True, default="")
    description_en = models.CharField(_("English description"), max_length=600, blank=True, default="")
    picture = models.CharField(max_length=64, blank=True, default="")
    key = models.CharField(max_length=64)
    proposed_by = models.BigIntegerField(null=True)
    proposed_by_name = models.CharField(_("proposed by"), max_length=80)
    proposed_at = models.DateTimeField(_("proposed at"))
    decided_by = models.BigIntegerField(null=True)
    decided_by_name = models.CharField(_("decided by"), max_length=80, blank=True, default="")
    decided_at = models.DateTimeField(_("decided at"), null=True)
    reason = models.CharField(_("why"), max_length=160, blank=True, default="")
    old_cost_fen = models.PositiveBigIntegerField(_("cost before (fen)"), null=True)
    product_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("supplier's listing")
        verbose_name_plural = _("suppliers' listings")
        ordering = ["-pk"]
        constraints = [
            # The form sent twice is one listing; an article waits for one decision at a time.
            models.UniqueConstraint(fields=["supplier", "key"], name="supplier_listing_once"),
            models.UniqueConstraint(
                fields=["supplier", "sku"], condition=Q(state="proposed"), name="supplier_listing_one_open"
            ),
            models.CheckConstraint(
                name="supplier_listing_offer", condition=Q(cost_fen__gt=0, lot__gt=0) & ~Q(sku="")
            ),
            models.CheckConstraint(
                name="supplier_listing_words",
                condition=Q(is_new=False) | ~(Q(title="") | Q(title_en="") | Q(brand="") | Q(model="")),
            ),
            models.CheckConstraint(
                name="supplier_listing_decided",
                condition=Q(state="proposed", decided_at=None)
                | (~Q(state="proposed") & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="supplier_listing_reason",
                condition=~Q(state__in=["declined", "taken_off"]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="supplier_listing_four_eyes",
                condition=~Q(state__in=["accepted", "declined"])
                | Q(decided_by=None)
                | Q(proposed_by=None)
                | ~Q(decided_by=F("proposed_by")),
            ),
        ]
        indexes = [models.Index(fields=["state", "supplier"], name="supplier_listing_state")]

    def __str__(self):
        return f"{self.supplier_id} {self.sku}"
