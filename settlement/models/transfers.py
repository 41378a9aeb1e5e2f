from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TransferState(models.TextChoices):
    DRAFT = "draft", _("proposed")
    CONFIRMED = "confirmed", pgettext_lazy("transfer", "confirmed")
    EXPORTED = "exported", _("exported")
    SENT = "sent", pgettext_lazy("transfer", "sent")
    SUCCEEDED = "succeeded", _("succeeded")
    FAILED = "failed", _("failed")
    UNKNOWN = "unknown", _("unknown")
    REJECTED = "rejected", _("rejected")


class TransferFile(models.Model):
    """A file for the bank with its control totals; the bytes are kept as they were handed out."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    business_date = models.DateField(_("business day"))
    count = models.PositiveIntegerField(_("transfers"))
    sum_fen = models.BigIntegerField(_("sum (fen)"))
    sha256 = models.CharField(max_length=64)
    content = models.TextField()
    made_at = models.DateTimeField(_("made"))
    made_by = models.CharField(_("made by"), max_length=80)

    class Meta:
        verbose_name = _("transfer file")
        verbose_name_plural = _("transfer files")
        ordering = ["-pk"]

    def __str__(self):
        return self.name


class FundTransfer(models.Model):
    """Money to pay to an institution, or to collect from it. Nobody confirms what they proposed."""

    class Direction(models.TextChoices):
        PAY = "pay", _("pay")
        COLLECT = "collect", _("collect")

    State = TransferState

    reference = models.CharField(_("reference"), max_length=40, unique=True)
    business_date = models.DateField(_("business day"), db_index=True)
    institution = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, related_name="+", verbose_name=_("institution")
    )
    direction = models.CharField(_("direction"), max_length=8, choices=Direction.choices)
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    state = models.CharField(
        _("state"), max_length=10, choices=TransferState.choices, default=TransferState.DRAFT
    )
    account_number = models.CharField(_("account"), max_length=32, blank=True, default="")
    account_name = models.CharField(_("account name"), max_length=80)
    bank_name = models.CharField(_("bank"), max_length=60, blank=True, default="")
    cnaps = models.CharField(_("CNAPS number"), max_length=12, blank=True, default="")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    file = models.ForeignKey(TransferFile, on_delete=models.PROTECT, null=True, related_name="transfers")
    answered_at = models.DateTimeField(_("answered"), null=True)
    reason = models.CharField(_("reason"), max_length=160, blank=True, default="")

    class Meta:
        verbose_name = _("fund transfer")
        verbose_name_plural = _("fund transfers")
        ordering = ["-business_date", "reference"]
        constraints = [
            models.CheckConstraint(name="transfer_amount", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(
                name="transfer_four_eyes", condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by"))
            ),
            models.UniqueConstraint(
                fields=["business_date", "institution"],
                condition=~Q(state__in=["failed", "rejected"]),
                name="transfer_once",
            ),
        ]

    def __str__(self):
        return self.reference
