"""Numbers that a dealer has to sell: which, on which order, until when, and how it ended."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .numbers import Number


class AllotmentEnd(models.TextChoices):
    GIVEN_BACK = "given_back", _("given back by the dealer")
    RECALLED = "recalled", _("called back by the branch")
    LAPSED = "lapsed", _("not sold in time")
    RESTED = "rested", _("given up after it was used")


class NumberAllotmentQuerySet(models.QuerySet):
    def live(self):
        return self.filter(ended_at=None)

    def unsold(self):
        """With a dealer, and no customer's order has taken them."""
        return self.filter(ended_at=None, sold_at=None)


class NumberAllotment(models.Model):
    """A dealer got a number by its order `reference`; unsold it goes back to the pool at `until`.

    The row of the number names the dealer while this lasts; this row stays. sold_at: when a customer's
    order took it. Which number came when to whom by which order never changes (trigger).
    """

    End = AllotmentEnd

    number = models.ForeignKey(
        Number, on_delete=models.PROTECT, related_name="allotments", verbose_name=_("number")
    )
    dealer = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name=_("dealer"),
    )
    reference = models.CharField(_("dealer's order"), max_length=32)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("unsold, until"))
    sold_at = models.DateTimeField(_("sold at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    end = models.CharField(
        _("how it ended"), max_length=10, choices=AllotmentEnd.choices, blank=True, default=""
    )
    ended_by = models.CharField(_("ended by"), max_length=80, blank=True, default="")
    reason = models.CharField(_("reason"), max_length=160, blank=True, default="")

    objects = NumberAllotmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("number of a dealer")
        verbose_name_plural = _("numbers of dealers")
        ordering = ["-pk"]
        constraints = [
            # A number is with one dealer at a time.
            models.UniqueConstraint(
                fields=["number"], condition=Q(ended_at=None), name="number_allotted_once"
            ),
            models.CheckConstraint(
                name="number_allotment_end",
                condition=Q(ended_at=None, end="") | (Q(ended_at__isnull=False) & ~Q(end="")),
            ),
            models.CheckConstraint(
                name="number_recall_reason", condition=~Q(end=AllotmentEnd.RECALLED) | ~Q(reason="")
            ),
            models.CheckConstraint(name="number_allotment_days", condition=Q(until__gt=F("since"))),
        ]
        indexes = [
            models.Index(fields=["dealer", "-id"], name="number_allotment_dealer"),
            models.Index(fields=["reference"], name="number_allotment_order"),
            models.Index(
                fields=["until"], condition=Q(ended_at=None, sold_at=None), name="number_allotment_unsold"
            ),
        ]

    def __str__(self):
        return f"{self.number_id} {self.reference}"
