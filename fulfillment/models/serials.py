from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SerialKind(models.TextChoices):
    IMEI = "imei", "IMEI"
    ICCID = "iccid", "ICCID"
    CARD = "card", _("recharge card")


class SerialState(models.TextChoices):
    FREE = "free", _("free")
    CLAIMED = "claimed", _("claimed")
    IN_TRANSIT = "in_transit", _("in transit")
    SOLD = "sold", _("sold")
    QUARANTINE = "quarantine", _("in quarantine")
    SCRAPPED = "scrapped", _("scrapped")
    WITHDRAWN = "withdrawn", _("receipt taken back")


class Grade(models.TextChoices):
    """Condition of a unit that came back; blank: never left. Only A is sold as new again."""

    A = "A", _("A: unopened, as new")
    B = "B", _("B: opened, complete")
    C = "C", _("C: used or incomplete")
    D = "D", _("D: broken")


_S = SerialState
SERIAL_STEPS: dict[str, set[str]] = {
    _S.FREE: {_S.CLAIMED, _S.IN_TRANSIT, _S.SOLD, _S.QUARANTINE, _S.SCRAPPED, _S.WITHDRAWN},
    _S.CLAIMED: {_S.FREE, _S.IN_TRANSIT, _S.SOLD, _S.QUARANTINE},
    _S.IN_TRANSIT: {_S.SOLD, _S.FREE, _S.QUARANTINE},
    _S.SOLD: {_S.FREE, _S.QUARANTINE},
    _S.QUARANTINE: {_S.FREE, _S.SCRAPPED},
    _S.WITHDRAWN: {_S.FREE},
}


class SerialUnit(models.Model):
    """One device or card, known by its IMEI, ICCID or card number. In quarantine it is in no level."""

    State = SerialState

    serial = models.CharField(_("serial"), max_length=32, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=SerialKind.choices)
    sku = models.CharField(_("SKU"), max_length=64)
    location = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", verbose_name=_("location")
    )
    state = models.CharField(_("state"), max_length=12, choices=SerialState.choices)
    grade = models.CharField(
        _("grade"), max_length=1, choices=Grade.choices, blank=True, default="", db_default=""
    )
    received_with = models.ForeignKey(
        "fulfillment.SerialImport",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
        verbose_name=_("received with"),
    )
    received_at = models.DateTimeField(_("received at"))
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("serial unit")
        verbose_name_plural = _("serial units")
        indexes = [
            models.Index(fields=["sku", "location"], name="serial_free", condition=Q(state="free")),
        ]

    def __str__(self):
        return self.serial


class ClaimState(models.TextChoices):
    LIVE = "live", _("live")
    SHIPPED = "shipped", _("shipped")
    RELEASED = "released", _("released")


class SerialClaim(models.Model):
    """The unit picked for a fulfillment's line. A serial has at most one claim that is not released."""

    serial = models.ForeignKey(SerialUnit, on_delete=models.PROTECT, related_name="claims")
    line = models.ForeignKey("fulfillment.FulfillmentLine", on_delete=models.PROTECT, related_name="claims")
    state = models.CharField(_("state"), max_length=8, choices=ClaimState.choices)
    claimed_at = models.DateTimeField(_("claimed at"))
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("serial claim")
        verbose_name_plural = _("serial claims")
        constraints = [
            models.UniqueConstraint(fields=["serial"], condition=Q(state="live"), name="serial_claimed_once"),
        ]

    def __str__(self):
        return f"{self.serial_id} → {self.line_id}"
