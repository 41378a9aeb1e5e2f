from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from omnichannel.kernel.errors import DomainError


class TransferWrongState(DomainError):
    code = "transfer_wrong_state"
    message = _("Transfer %(transfer)s is “%(state)s”; this step is not possible now.")


class TransferState(models.TextChoices):
    REQUESTED = "requested", pgettext_lazy("transfer", "asked for")
    AGREED = "agreed", pgettext_lazy("transfer", "agreed")
    REFUSED = "refused", pgettext_lazy("transfer", "refused")
    CANCELLED = "cancelled", pgettext_lazy("transfer", "cancelled")
    UNDER_WAY = "under_way", pgettext_lazy("transfer", "in transit")
    RECEIVED = "received", pgettext_lazy("transfer", "received")


_S = TransferState
TRANSFER_STEPS: dict[str, set[str]] = {
    _S.REQUESTED: {_S.AGREED, _S.REFUSED, _S.CANCELLED},
    _S.AGREED: {_S.UNDER_WAY, _S.CANCELLED},
    _S.UNDER_WAY: {_S.RECEIVED},
}
OPEN_TRANSFERS = (_S.REQUESTED, _S.AGREED, _S.UNDER_WAY)


class StockTransfer(models.Model):
    """Goods asked for by one location of another with the same owner; given only with its consent."""

    State = TransferState

    code = models.CharField(_("code"), max_length=24, unique=True)
    from_location = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", verbose_name=_("from location")
    )
    to_location = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", verbose_name=_("to location")
    )
    state = models.CharField(_("state"), max_length=10, choices=TransferState.choices)
    note = models.CharField(_("why"), max_length=160, blank=True, default="")
    requested_by = models.CharField(_("asked by"), max_length=80)
    created_at = models.DateTimeField(_("asked at"))
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("stock transfer")
        verbose_name_plural = _("stock transfers")
        constraints = [
            models.CheckConstraint(
                name="stock_transfer_two_places", condition=~Q(from_location=F("to_location"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["to_location"], name="stock_transfer_coming", condition=Q(state="under_way")
            ),
            models.Index(fields=["from_location", "state"], name="stock_transfer_leaving"),
        ]

    def __str__(self):
        return self.code

    def must_reach(self, state: str) -> None:
        """Raise TransferWrongState unless `state` is a step from here."""
        if state not in TRANSFER_STEPS.get(self.state, ()):
            raise TransferWrongState(transfer=self.code, state=str(self.get_state_display()))


class TransferLine(models.Model):
    """Units of a SKU in a transfer. sent: None until it left; arrived: fit for the shelf."""

    transfer = models.ForeignKey(StockTransfer, on_delete=models.CASCADE, related_name="lines")
    sku = models.CharField(_("SKU"), max_length=64)
    serial_kind = models.CharField(_("serial kind"), max_length=8, blank=True, default="")
    wanted = models.PositiveIntegerField(_("wanted"))
    sent = models.PositiveIntegerField(_("sent"), null=True, blank=True)
    arrived = models.PositiveIntegerField(_("arrived"), null=True, blank=True)
    damaged = models.PositiveIntegerField(_("damaged"), default=0)

    class Meta:
        verbose_name = _("transfer line")
        verbose_name_plural = _("transfer lines")
        ordering = ["sku"]
        constraints = [
            models.UniqueConstraint(fields=["transfer", "sku"], name="transfer_line_once"),
            models.CheckConstraint(
                name="transfer_line_units",
                condition=Q(wanted__gt=0)
                & (Q(sent=None) | Q(sent__lte=F("wanted")))
                & (Q(arrived=None) | Q(sent__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.wanted} × {self.sku}"

    @property
    def is_known(self) -> bool:
        """It was counted at its goal."""
        return self.arrived is not None

    @property
    def lost(self) -> int:
        """Units that left and were not there on arrival."""
        return max(0, self.sent - self.arrived - self.damaged) if self.is_known else 0

    @property
    def surplus(self) -> int:
        """Units that arrived beyond what was sent."""
        return max(0, self.arrived + self.damaged - self.sent) if self.is_known else 0

    @property
    def differs(self) -> bool:
        return self.is_known and (self.arrived != self.sent or self.damaged > 0)


class UnitOutcome(models.TextChoices):
    UNDER_WAY = "under_way", pgettext_lazy("transfer", "in transit")
    ARRIVED = "arrived", pgettext_lazy("transfer", "arrived")
    DAMAGED = "damaged", pgettext_lazy("transfer", "damaged")
    MISSING = "missing", pgettext_lazy("transfer", "missing")


class TransferUnit(models.Model):
    """A serial unit that travels with a transfer; on one way at a time."""

    line = models.ForeignKey(TransferLine, on_delete=models.CASCADE, related_name="units")
    serial = models.ForeignKey("fulfillment.SerialUnit", on_delete=models.PROTECT, related_name="transfers")
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=UnitOutcome.choices, default=UnitOutcome.UNDER_WAY
    )

    class Meta:
        verbose_name = _("unit in a transfer")
        verbose_name_plural = _("units in transfers")
        constraints = [
            models.UniqueConstraint(fields=["line", "serial"], name="transfer_unit_once"),
            models.UniqueConstraint(
                fields=["serial"], condition=Q(outcome="under_way"), name="transfer_unit_one_way"
            ),
        ]

    def __str__(self):
        return f"{self.serial_id}: {self.outcome}"


class TransferStep(models.Model):
    """Who moved a transfer, when, and why."""

    transfer = models.ForeignKey(StockTransfer, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(_("state"), max_length=10, choices=TransferState.choices)
    who = models.CharField(_("who"), max_length=80)
    note = models.CharField(_("note"), max_length=160, blank=True, default="")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("transfer step")
        verbose_name_plural = _("transfer steps")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.transfer_id} → {self.state}"
