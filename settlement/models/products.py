from django.db import models
from django.utils.translation import gettext_lazy as _

from .folded import FoldedLine


class ProductLine(FoldedLine):
    """A day's shares by product, folded once the day is reported; the same sums as its ClearingLines.

    product: "s:<sku>" of an order line, "c:<id>" of a chain's own list, "shipping", or empty where a
    trade has no goods (freight, and what could not be shared).
    """

    product = models.CharField(_("product"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("clearing by product")
        verbose_name_plural = _("clearing by product")
        constraints = [
            models.UniqueConstraint(
                fields=["business_date", "institution", "account_kind", "channel", "trade_kind", "product"],
                name="product_line_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self):
        return f"{self.business_date} {self.product} {self.amount_fen}"


class ProductFold(models.Model):
    """A day whose shares are folded by product."""

    business_date = models.DateField(primary_key=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("day folded by product")
        verbose_name_plural = _("days folded by product")

    def __str__(self):
        return self.business_date.isoformat()
