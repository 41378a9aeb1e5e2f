from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PositionState(models.TextChoices):
    NETTED = "netted", _("netted")
    SUSPENDED = "suspended", _("in suspense")
    RELEASED = "released", _("released")


class NetPosition(models.Model):
    """What a day's books left an institution with, by channel; recomputed from postings.

    Positive: the platform owes it. The row without an institution is the clearing house's own
    position, so that a day's rows sum to zero. What a day left an institution that fails, or that is
    held, lies in suspense, so that the day goes on for the others.
    """

    business_date = models.DateField(_("business day"))
    institution = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    channel = models.CharField(_("channel"), max_length=16, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="CNY", db_default="CNY")
    amount_fen = models.BigIntegerField(_("net (fen)"))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=PositionState.choices,
        default=PositionState.NETTED,
        db_default=PositionState.NETTED,
    )
    problem = models.CharField(_("problem"), max_length=200, blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("net position")
        verbose_name_plural = _("net positions")
        constraints = [
            models.UniqueConstraint(
                fields=["business_date", "institution", "channel", "currency"],
                name="net_position_once",
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(
                fields=["institution", "business_date"],
                name="net_position_suspended",
                condition=Q(state="suspended"),
            ),
        ]

    def __str__(self):
        return f"{self.business_date} {self.institution_id} {self.channel}"
