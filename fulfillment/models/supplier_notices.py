"""What a supplier says about our order: its answers, and what it has sent with which serial numbers."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .dealer_supply import SupplierOrder, SupplierOrderLine


class SupplierEventKind(models.TextChoices):
    CONFIRMED = "confirmed", _("confirmed by the supplier")
    PROMISED = "promised", _("another day promised")
    DECLINED = "declined", _("declined by the supplier")
    STARTED = "started", _("production started")
    FINISHED = "finished", _("production finished")
    ANNOUNCED = "announced", _("dispatch announced")
    WITHDRAWN = "withdrawn", _("dispatch notice withdrawn")
    RECALLED = "recalled", _("dispatch notice withdrawn by the buyer")
    CHECKED = "checked", _("delivery checked in as announced")
    DIFFERED = "differed", _("delivery checked in with differences")


class SupplierOrderEvent(models.Model):
    """A step of the supplier or of our receiving; the database keeps it as it was written."""

    Kind = SupplierEventKind

    order = models.ForeignKey(SupplierOrder, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("step"), max_length=10, choices=SupplierEventKind.choices)
    promised_on = models.DateField(_("promised for"), null=True)
    reference = models.CharField(_("notice"), max_length=40, blank=True, default="")
    note = models.CharField(_("note"), max_length=160, blank=True, default="")
    who = models.CharField(_("who"), max_length=80)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("supplier order's step")
        verbose_name_plural = _("supplier orders' steps")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.order_id} {self.kind}"


class NoticeState(models.TextChoices):
    ANNOUNCED = "announced", pgettext_lazy("delivery", "under way")
    CHECKED = "checked", pgettext_lazy("delivery", "checked in")
    WITHDRAWN = "withdrawn", pgettext_lazy("delivery", "withdrawn")


class SupplierNotice(models.Model):
    """A dispatch notice: goods of one order left the supplier. `key`: the form sent twice is one notice."""

    State = NoticeState

    order = models.ForeignKey(SupplierOrder, on_delete=models.PROTECT, related_name="notices")
    number = models.CharField(_("notice"), max_length=40, unique=True)
    key = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=NoticeState.choices)
    carrier = models.CharField(_("carrier"), max_length=40, blank=True, default="")
    waybill = models.CharField(_("waybill"), max_length=60, blank=True, default="")
    arrives_on = models.DateField(_("arrives on"))
    announced_by = models.CharField(_("announced by"), max_length=80)
    announced_at = models.DateTimeField(_("announced at"))
    checked_by = models.CharField(_("checked in by"), max_length=80, blank=True, default="")
    checked_at = models.DateTimeField(_("checked in at"), null=True)
    note = models.CharField(_("note"), max_length=160, blank=True, default="")

    class Meta:
        verbose_name = _("dispatch notice")
        verbose_name_plural = _("dispatch notices")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "key"], name="supplier_notice_once"),
            models.CheckConstraint(
                name="supplier_notice_checked",
                condition=~Q(state="checked") | Q(checked_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state"], name="supplier_notice_state")]

    def __str__(self):
        return self.number


class NoticeLine(models.Model):
    """Units of an order's line that were sent; `came`: those that were found when it was checked in."""

    notice = models.ForeignKey(SupplierNotice, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(SupplierOrderLine, on_delete=models.PROTECT, related_name="notice_lines")
    quantity = models.PositiveIntegerField(_("announced"))
    came = models.PositiveIntegerField(_("came"), default=0)

    class Meta:
        verbose_name = _("line of a dispatch notice")
        verbose_name_plural = _("lines of dispatch notices")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "line"], name="notice_line_once"),
            models.CheckConstraint(
                name="notice_line_units", condition=Q(quantity__gt=0, came__lte=F("quantity"))
            ),
        ]

    def __str__(self):
        return f"{self.notice_id} {self.quantity}"

    @property
    def short(self) -> int:
        return self.quantity - self.came


class NoticeSerial(models.Model):
    """A serial number that the supplier says it has sent. Those of a withdrawn notice are taken away."""

    notice_line = models.ForeignKey(NoticeLine, on_delete=models.CASCADE, related_name="serials")
    line = models.ForeignKey(SupplierOrderLine, on_delete=models.PROTECT, related_name="+")
    serial = models.CharField(_("serial number"), max_length=32)

    class Meta:
        verbose_name = _("announced serial number")
        verbose_name_plural = _("announced serial numbers")
        constraints = [
            models.UniqueConstraint(fields=["line", "serial"], name="notice_serial_once"),
        ]
        indexes = [models.Index(fields=["serial"], name="notice_serial")]

    def __str__(self):
        return self.serial
