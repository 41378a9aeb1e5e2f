from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.values import worded


class LineTerms(models.Model):
    """What was agreed for an order line, in fen, and how far it has come."""

    line = models.OneToOneField(
        "order.Line", on_delete=models.PROTECT, primary_key=True, related_name="terms"
    )
    intake = models.ForeignKey("order.OrderIntake", on_delete=models.PROTECT, related_name="terms")
    # A plan comes with its SIM line and is done when that is.
    comes_with = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    sku = models.CharField("SKU", max_length=64)
    title = models.CharField(_("article"), max_length=255)
    title_en = models.CharField(max_length=255, blank=True, default="")
    kind = models.CharField(max_length=20)
    # Fulfillment brings it: goods of ours, or the customer's own parcel (kind postage).
    is_goods = models.BooleanField()
    is_instant = models.BooleanField()
    seller_id = models.BigIntegerField()
    quantity = models.PositiveIntegerField(_("quantity"))
    unit_fen = models.BigIntegerField()
    amount_fen = models.BigIntegerField(_("amount after discounts (fen)"))
    price_reason = models.CharField(_("why this price"), max_length=160, blank=True, default="")
    msisdn = models.CharField(_("phone number"), max_length=20, blank=True, default="")
    plan_sku = models.CharField(max_length=64, blank=True, default="")
    target_msisdn = models.CharField(max_length=20, blank=True, default="")
    # The prepaid card that this line's card units reload; empty where they are new cards.
    target_card = models.ForeignKey(
        "order.PrepaidCard", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    identity_id = models.BigIntegerField(null=True)
    done = models.PositiveIntegerField(_("delivered or provided"), default=0)
    dropped = models.PositiveIntegerField(_("refused, cancelled or failed"), default=0)

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        constraints = [
            models.CheckConstraint(name="line_quantity", condition=Q(quantity__gt=0)),
            models.CheckConstraint(name="line_amount", condition=Q(amount_fen__gte=0, unit_fen__gte=0)),
            models.CheckConstraint(
                name="line_ended",
                condition=Q(done__lte=F("quantity") - F("dropped"), dropped__lte=F("quantity")),
            ),
        ]

    def __str__(self):
        return f"{self.sku} × {self.quantity}"

    @property
    def label(self) -> str:
        """The title in the language of the page."""
        return worded(self.title, self.title_en)

    @property
    def is_ended(self) -> bool:
        return self.done + self.dropped == self.quantity

    def amount_for(self, quantity: int, *, before: int) -> int:
        """Fen of `quantity` more units after `before` went back; cumulative, so that all add up."""
        upto = self.amount_fen * (before + quantity) // self.quantity
        return upto - self.amount_fen * before // self.quantity
