from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.channels import Channel


class CostKind(models.TextChoices):
    """What a row of a cost file says; queries are a number of transactions, not money."""

    DEPRECIATION = "depreciation", _("depreciation and amortisation")
    LEASE = "lease", _("operating lease")
    LABOUR = "labour", _("labour")
    OTHER = "other", _("other")
    QUERIES = "queries", _("queries (number)")


class CostImport(models.Model):
    """A file of channel costs that was booked: all of its rows or none."""

    file_name = models.CharField(_("file"), max_length=160)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(_("rows"))
    rows_new = models.PositiveIntegerField(_("new rows"))
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    loaded_at = models.DateTimeField(_("loaded"))
    loaded_by = models.CharField(_("loaded by"), max_length=80)

    class Meta:
        verbose_name = _("cost file")
        verbose_name_plural = _("cost files")
        ordering = ["-pk"]

    def __str__(self):
        return self.file_name


class CostLine(models.Model):
    """A cost of a branch's channel in a month, once per reference; its journal holds the money.

    month is the first day. amount_fen may be negative (a credit note); queries count for kind `queries`.
    """

    batch = models.ForeignKey(CostImport, on_delete=models.PROTECT, related_name="lines")
    line_number = models.PositiveIntegerField(_("line"))
    reference = models.CharField(_("reference"), max_length=40, unique=True)
    institution = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", verbose_name=_("institution")
    )
    channel = models.CharField(_("channel"), max_length=16, choices=Channel.choices)
    month = models.DateField(_("month"))
    kind = models.CharField(_("kind"), max_length=12, choices=CostKind.choices)
    amount_fen = models.BigIntegerField(_("amount (fen)"), default=0)
    queries = models.PositiveIntegerField(_("queries"), default=0)
    journal = models.ForeignKey("settlement.Journal", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("channel cost")
        verbose_name_plural = _("channel costs")
        ordering = ["pk"]
        indexes = [models.Index(fields=["month", "channel"], name="cost_line_month")]
        constraints = [
            models.CheckConstraint(
                name="cost_line_one_figure",
                condition=Q(kind="queries", amount_fen=0, queries__gt=0, journal=None)
                | (~Q(kind="queries") & ~Q(amount_fen=0) & Q(queries=0, journal__isnull=False)),
            ),
            models.CheckConstraint(name="cost_line_month_first", condition=Q(month__day=1)),
        ]

    def __str__(self):
        return self.reference
