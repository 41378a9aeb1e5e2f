"""Serial numbers from a delivery note's file, the secrets of recharge cards, and what befell single units."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .serials import Grade, SerialUnit


class ImportKind(models.TextChoices):
    """What a file holds: units by their serial numbers, mobile numbers, or the network's list."""

    IMEI = "imei", "IMEI"
    ICCID = "iccid", "ICCID"
    CARD = "card", _("recharge card")
    NUMBER = "number", _("mobile number")
    ACTIVATION = "seen", _("activation")


class ImportState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    REVERSED = "reversed", pgettext_lazy("receipt", "taken back")


class SerialImport(models.Model):
    """One file of a delivery note. `content` is encrypted and emptied when the import ends.

    rows_known: units that an earlier file of the same delivery note had brought.
    """

    State = ImportState

    kind = models.CharField(_("kind"), max_length=8, choices=ImportKind.choices)
    sku = models.CharField(_("SKU"), max_length=64, blank=True, default="")
    location = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", verbose_name=_("location")
    )
    delivery_note = models.CharField(_("delivery note"), max_length=40)
    file_name = models.CharField(_("file"), max_length=120)
    digest = models.CharField(max_length=64)
    content = models.TextField(blank=True, default="")
    state = models.CharField(_("state"), max_length=8, choices=ImportState.choices)
    failure = models.CharField(_("failure"), max_length=40, blank=True, default="")
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(_("rows read"), default=0)
    rows_good = models.PositiveIntegerField(_("received"), default=0)
    rows_known = models.PositiveIntegerField(_("received before"), default=0)
    rows_rejected = models.PositiveIntegerField(_("set aside"), default=0)
    uploaded_by = models.CharField(_("by"), max_length=80)
    created_at = models.DateTimeField(_("uploaded at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    reversed_by = models.CharField(_("taken back by"), max_length=80, blank=True, default="")
    reversed_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    reversal_reason = models.CharField(_("taken back because"), max_length=120, blank=True, default="")

    class Meta:
        verbose_name = _("serial import")
        verbose_name_plural = _("serial imports")
        ordering = ["-pk"]
        constraints = [
            # The same file of a delivery note is one import, however often it is sent; under another
            # SKU or kind it is another one, and so it is after it was taken back.
            models.UniqueConstraint(
                fields=["location", "delivery_note", "digest", "kind", "sku"],
                condition=~Q(state="reversed"),
                name="serial_import_once",
            ),
            models.CheckConstraint(
                name="serial_import_reversal",
                condition=~Q(state="reversed") | (Q(reversed_at__isnull=False) & ~Q(reversal_reason="")),
            ),
            models.CheckConstraint(
                name="serial_import_rows",
                condition=Q(rows_done=F("rows_good") + F("rows_known") + F("rows_rejected"))
                & Q(rows_done__lte=F("rows_total")),
            ),
        ]

    def __str__(self):
        return f"{self.delivery_note} ({self.file_name})"

    @property
    def is_over(self) -> bool:
        return self.state in (ImportState.DONE, ImportState.FAILED, ImportState.REVERSED)


class SerialImportReject(models.Model):
    """A row that was set aside: line of the file, serial as written (never a secret), reason code."""

    batch = models.ForeignKey(SerialImport, on_delete=models.CASCADE, related_name="rejects")
    line_number = models.PositiveIntegerField(_("line"))
    serial = models.CharField(_("serial"), max_length=40)
    code = models.CharField(_("reason"), max_length=32)
    detail = models.CharField(_("detail"), max_length=80, blank=True, default="")

    class Meta:
        verbose_name = _("row set aside")
        verbose_name_plural = _("rows set aside")
        ordering = ["line_number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "line_number"], name="serial_import_reject_once"),
        ]

    def __str__(self):
        return f"{self.line_number} {self.code}"


class RechargeCard(models.Model):
    """The secret of a recharge card, encrypted; pin_hash finds equal ones. Face value in fen."""

    unit = models.OneToOneField(
        SerialUnit, on_delete=models.PROTECT, primary_key=True, related_name="recharge_card"
    )
    pin_encrypted = models.TextField()
    pin_hash = models.CharField(max_length=64, unique=True)
    face_fen = models.PositiveIntegerField(_("face value (fen)"), default=0)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("recharge card")
        verbose_name_plural = _("recharge cards")

    def __str__(self):
        return str(self.pk)


class NumberReceipt(models.Model):
    """With which file a mobile number came into the pool. The number itself belongs to the catalogue."""

    msisdn = models.CharField(_("number"), max_length=13, primary_key=True)
    batch = models.ForeignKey(
        SerialImport, on_delete=models.PROTECT, related_name="numbers", verbose_name=_("received with")
    )
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        verbose_name = _("receipt of a number")
        verbose_name_plural = _("receipts of numbers")

    def __str__(self):
        return self.msisdn


class SerialEventKind(models.TextChoices):
    QUARANTINED = "quarantined", _("put in quarantine")
    RELEASED = "released", _("released from quarantine")
    SCRAPPED = "scrapped", _("scrapped")
    RETURNED = "returned", _("returned by the customer")
    AT_DEALER = "at_dealer", _("received by the dealer")
    MISSING = "missing", _("missing at the dealer's receipt")
    SURPLUS = "surplus", _("more than was sent: with the dealer")
    CAME_BACK = "came_back", _("back from the dealer")
    ACTIVATED = "activated", _("first seen in the network")
    PIN_SHOWN = "pin_shown", _("secret shown")
    SENT_AWAY = "sent_away", _("sent to another location")
    ARRIVED = "arrived", _("arrived from another location")
    DAMAGED = "damaged", _("arrived damaged")
    LOST = "lost", _("lost on the way")
    NOT_FOUND = "not_found", _("missing at a count")
    FOUND = "found", _("found at a count")
    WITHDRAWN = "withdrawn", _("receipt taken back")


class SerialEvent(models.Model):
    """What befell one unit outside of parcels, by whom and why. Append-only."""

    unit = models.ForeignKey(SerialUnit, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("event"), max_length=12, choices=SerialEventKind.choices)
    reason = models.CharField(_("reason"), max_length=120, blank=True, default="")
    grade = models.CharField(_("grade"), max_length=1, choices=Grade.choices, blank=True, default="")
    location = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("where")
    )
    reference = models.CharField(_("reference"), max_length=64, blank=True, default="")
    who = models.CharField(_("who"), max_length=80)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("serial event")
        verbose_name_plural = _("serial events")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.unit_id} {self.kind}"


class SerialActivation(models.Model):
    """The network saw the unit for the first time. `dealer`: on whose shelf the books had it then, if any."""

    unit = models.OneToOneField(SerialUnit, on_delete=models.PROTECT, related_name="activation")
    activated_at = models.DateTimeField(_("activated at"))
    dealer = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("dealer")
    )

    class Meta:
        verbose_name = _("activation")
        verbose_name_plural = _("activations")
        indexes = [
            models.Index(
                fields=["activated_at", "dealer"],
                name="activation_at_dealer",
                condition=Q(dealer__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.unit_id} {self.activated_at:%Y-%m-%d}"
