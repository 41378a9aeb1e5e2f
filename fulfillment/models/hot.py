from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StockBucket(models.Model):
    """A part of a hot level's free units, so that orders for one SKU do not wait for one row.

    The level counts these units as reserved, so whoever asks the level alone can never promise them twice.
    Which figure people see: the view `fulfillment_stock`. Written by the functions of migration 0004 only.
    """

    level = models.ForeignKey(
        "fulfillment.StockLevel",
        on_delete=models.CASCADE,
        related_name="bucket_rows",
        verbose_name=_("stock level"),
        db_index=False,  # stock_bucket_once begins with it
    )
    number = models.SmallIntegerField(_("number"))
    free = models.IntegerField(_("free units"), default=0)
    # Safety stock that the level kept back when it filled the buckets.
    kept = models.IntegerField(_("kept back"), default=0)
    taken = models.BigIntegerField(_("units promised so far"), default=0)

    class Meta:
        verbose_name = _("part of a hot level")
        verbose_name_plural = _("parts of hot levels")
        constraints = [
            models.UniqueConstraint(fields=["level", "number"], name="stock_bucket_once"),
            models.CheckConstraint(name="stock_bucket_free", condition=Q(free__gte=0, number__gte=0)),
        ]

    def __str__(self):
        return f"{self.level_id}/{self.number}"


class StockHeat(models.Model):
    """Since when a level is divided, and what was promised when it was last looked at."""

    level = models.OneToOneField(
        "fulfillment.StockLevel",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="heat",
        verbose_name=_("stock level"),
    )
    divided_at = models.DateTimeField(_("divided since"))
    seen_at = models.DateTimeField(_("looked at"))
    seen_units = models.BigIntegerField(_("units promised by then"), default=0)
    quiet_since = models.DateTimeField(_("quiet since"), null=True, blank=True)

    class Meta:
        verbose_name = _("hot level")
        verbose_name_plural = _("hot levels")

    def __str__(self):
        return f"{self.level_id}"
