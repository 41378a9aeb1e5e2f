"""What the bank answered to a transfer file, line by line, kept as it came."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .transfers import FundTransfer, TransferFile, TransferState


class AnswerFormat(models.TextChoices):
    CSV = "csv", "CSV"
    PAIN_002 = "pain002", _("ISO 20022 pain.002")


class BankAnswer(models.Model):
    """A bank's answer file that was taken in. The same bytes are taken once. Append-only."""

    Format = AnswerFormat

    file = models.ForeignKey(TransferFile, on_delete=models.PROTECT, related_name="answers")
    format = models.CharField(_("format"), max_length=8, choices=AnswerFormat.choices)
    file_name = models.CharField(_("file"), max_length=160)
    sha256 = models.CharField(max_length=64, unique=True)
    rows = models.PositiveIntegerField(_("rows"))
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    loaded_at = models.DateTimeField(_("taken in"))
    loaded_by = models.CharField(_("taken in by"), max_length=80)

    class Meta:
        verbose_name = _("bank's answer")
        verbose_name_plural = _("bank's answers")
        ordering = ["-pk"]

    def __str__(self):
        return self.file_name


class BankAnswerLine(models.Model):
    """What the bank says of one transfer; before is the state in which it found it. Append-only."""

    answer = models.ForeignKey(BankAnswer, on_delete=models.PROTECT, related_name="lines")
    line_number = models.PositiveIntegerField(_("line"))
    transfer = models.ForeignKey(FundTransfer, on_delete=models.PROTECT, related_name="answers")
    outcome = models.CharField(_("answer"), max_length=10, choices=TransferState.choices)
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    bank_reference = models.CharField(_("bank's number"), max_length=64, blank=True)
    reason = models.CharField(_("reason"), max_length=160, blank=True)
    before = models.CharField(_("state before"), max_length=10, choices=TransferState.choices)

    class Meta:
        verbose_name = _("row of a bank's answer")
        verbose_name_plural = _("rows of bank's answers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "transfer"], name="bank_answer_line_once"),
            models.CheckConstraint(
                name="bank_answer_outcome",
                condition=Q(outcome__in=["sent", "succeeded", "failed", "unknown"]),
            ),
        ]

    def __str__(self):
        return f"{self.answer_id} {self.line_number}"
