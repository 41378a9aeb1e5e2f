from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .ledger import Journal


class Adjustment(models.Model):
    """A correction of closed books: a journal in the open day that one proposes and another confirms.

    reverses: the journal that it takes back whole; original_date: the day that it corrects.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("adjustment", "proposed")
        POSTED = "posted", _("posted")
        REJECTED = "rejected", pgettext_lazy("adjustment", "rejected")

    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.DRAFT)
    reason = models.CharField(_("reason"), max_length=160)
    original_date = models.DateField(_("corrects the day"))
    reverses = models.ForeignKey(
        Journal, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("takes back")
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    answer = models.CharField(_("answer"), max_length=160, blank=True, default="")
    journal = models.OneToOneField(Journal, on_delete=models.PROTECT, null=True, related_name="adjustment")

    class Meta:
        verbose_name = _("adjustment")
        verbose_name_plural = _("adjustments")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="adjustment_four_eyes",
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="adjustment_posted_with_journal",
                condition=Q(state="posted", journal__isnull=False, decided_by__isnull=False)
                | (~Q(state="posted") & Q(journal=None)),
            ),
            models.UniqueConstraint(
                fields=["reverses"],
                condition=~Q(state="rejected"),
                name="adjustment_reverses_once",
            ),
        ]

    def __str__(self):
        return f"{self.pk} {self.reason}"


class AdjustmentLeg(models.Model):
    """One account of an adjustment; fen, debit positive. Never changed: who wants others proposes anew."""

    adjustment = models.ForeignKey(Adjustment, on_delete=models.PROTECT, related_name="legs")
    account_kind = models.CharField(max_length=20)
    institution = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    channel = models.CharField(max_length=16, blank=True, default="")
    amount_fen = models.BigIntegerField(_("amount (fen)"))

    class Meta:
        constraints = [
            models.CheckConstraint(name="adjustment_leg_not_zero", condition=~Q(amount_fen=0)),
        ]

    def __str__(self):
        return f"{self.account_kind} {self.amount_fen}"
