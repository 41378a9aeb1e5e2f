from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SyncBasis(models.TextChoices):
    ON_HAND = "on_hand", pgettext_lazy("stock sync", "on hand")
    SALABLE = "salable", pgettext_lazy("stock sync", "salable")


class StockSync(models.Model):
    """A snapshot that an institution's own system sent. Each number of a source counts once."""

    institution = models.ForeignKey("members.Institution", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(_("source"), max_length=40)
    sequence = models.BigIntegerField(_("sequence"))
    basis = models.CharField(_("states"), max_length=8, choices=SyncBasis.choices)
    body_hash = models.CharField(max_length=64)
    answer = models.JSONField()
    taken_at = models.DateTimeField(_("taken at"))
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        verbose_name = _("stock snapshot")
        verbose_name_plural = _("stock snapshots")
        constraints = [
            models.UniqueConstraint(fields=["institution", "source", "sequence"], name="stock_sync_once"),
        ]

    def __str__(self):
        return f"{self.source} #{self.sequence}"


class StockSyncCell(models.Model):
    """The latest number that a source stated for a SKU at a location; older ones change nothing."""

    institution = models.ForeignKey("members.Institution", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=40)
    location = models.ForeignKey("members.Institution", on_delete=models.PROTECT, related_name="+")
    sku = models.CharField(max_length=64)
    sequence = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "source", "location", "sku"], name="stock_sync_cell_once"
            ),
        ]

    def __str__(self):
        return f"{self.sku} @ {self.location_id}: {self.sequence}"
