from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TransferState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("transfer", "proposed")
    CONFIRMED = "confirmed", pgettext_lazy("transfer", "confirmed")
    EXPORTED = "exported", _("exported")
    SENT = "sent", pgettext_lazy("transfer", "sent")
    SUCCEEDED = "succeeded", _("succeeded")
    FAILED = "failed", _("failed")
    UNKNOWN = "unknown", _("unknown")
    REJECTED = "rejected", _("rejected")


class TransferFile(models.Model):
    """What was handed out for the bank at once, with its control totals; `documents` are its formats."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    business_date = models.DateField(_("business day"))
    count = models.PositiveIntegerField(_("transfers"))
    sum_fen = models.BigIntegerField(_("sum (fen)"))
    # Over the rows of the CSV, as its trailer states it.
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made"))
    made_by = models.CharField(_("made by"), max_length=80)

    class Meta:
        verbose_name = _("transfer file")
        verbose_name_plural = _("transfer files")
        ordering = ["-pk"]

    def __str__(self):
        return self.name

    @property
    def content(self) -> str:
        """The CSV as it was handed out."""
        return bytes(self.documents.get(format=DocumentFormat.CSV).content).decode()


class DocumentFormat(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"
    PAIN_001 = "pain001", _("ISO 20022 pain.001, payments")
    PAIN_008 = "pain008", _("ISO 20022 pain.008, collections")


class TransferDocument(models.Model):
    """The bytes of a transfer file in one format, kept as they were handed out. Append-only."""

    Format = DocumentFormat

    file = models.ForeignKey(TransferFile, on_delete=models.PROTECT, related_name="documents")
    format = models.CharField(_("format"), max_length=8, choices=DocumentFormat.choices)
    name = models.CharField(_("name"), max_length=60, unique=True)
    count = models.PositiveIntegerField(_("transfers"))
    sum_fen = models.BigIntegerField(_("sum (fen)"))
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("document of a transfer file")
        verbose_name_plural = _("documents of transfer files")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["file", "format"], name="transfer_document_once"),
        ]

    def __str__(self):
        return self.name


class FundTransfer(models.Model):
    """Money to pay to an institution, or to collect from it. Nobody confirms what they proposed.

    What it is never changes, and its state goes forward only, as the database holds (0014). confirmers:
    how many different people must confirm it; booked_on: the day whose books hold the bank's answer;
    replaced_by: the transfer that pays what this failed one did not.
    """

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
    confirmers = models.PositiveSmallIntegerField(_("confirmers needed"), default=1, db_default=1)
    first_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    first_confirmed_at = models.DateTimeField(_("first confirmed"), null=True)
    file = models.ForeignKey(TransferFile, on_delete=models.PROTECT, null=True, related_name="transfers")
    answered_at = models.DateTimeField(_("answered"), null=True)
    reason = models.CharField(_("reason"), max_length=160, blank=True, default="")
    evidence = models.CharField(_("the bank's word"), max_length=200, blank=True, default="", db_default="")
    booked_on = models.DateField(_("answer booked on"), null=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="replaces", verbose_name=_("replaced by")
    )
    # Who changed it last and when: the database writes its history from them.
    changed_by = models.CharField(max_length=80, default="system", db_default="system")
    changed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("fund transfer")
        verbose_name_plural = _("fund transfers")
        ordering = ["-business_date", "reference"]
        constraints = [
            models.CheckConstraint(name="transfer_amount", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(
                name="transfer_four_eyes", condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by"))
            ),
            models.CheckConstraint(
                name="transfer_confirmed",
                condition=Q(state__in=["draft", "rejected"]) | Q(confirmed_by__isnull=False),
            ),
            models.CheckConstraint(name="transfer_confirmers", condition=Q(confirmers__in=[1, 2])),
            models.CheckConstraint(
                name="transfer_two_confirmers",
                condition=Q(state__in=["draft", "rejected"])
                | Q(confirmers=1)
                | Q(first_confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="transfer_different_confirmers",
                condition=Q(first_confirmed_by=None)
                | ~Q(first_confirmed_by=F("proposed_by"))
                & (Q(confirmed_by=None) | ~Q(confirmed_by=F("first_confirmed_by"))),
            ),
            models.UniqueConstraint(
                fields=["business_date", "institution"],
                condition=~Q(state__in=["failed", "rejected"]),
                name="transfer_once",
            ),
        ]

    def __str__(self):
        return self.reference


class TransferEvent(models.Model):
    """A change of a transfer's state, written by the database itself; nobody edits it."""

    transfer = models.ForeignKey(FundTransfer, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField(_("at"))
    by = models.CharField(_("by"), max_length=80)
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10, choices=TransferState.choices)
    reason = models.CharField(max_length=160, blank=True)
    evidence = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("event of a transfer")
        verbose_name_plural = _("events of transfers")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.transfer_id} {self.after}"
