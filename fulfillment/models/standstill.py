"""Parcels that stand still: how long each state may last, and what an operator decided about one."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .demands import FulfillmentState


class StandstillTool(models.TextChoices):
    SENT_AGAIN = "sent_again", _("lost: sent again")
    LOST = "lost", _("lost: money back")
    CAME_BACK = "came_back", _("came back to the house")
    REMINDED = "reminded", _("customer reminded")
    SHELVED = "shelved", _("not collected: back to the shelf")
    RE_ROUTED = "re_routed", _("routed elsewhere")
    FOUND = "found", _("posted parcel: turned up after all")
    GIVEN_BACK = "given_back", _("posted parcel: given back without its counter")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class StandstillLimit(models.Model):
    """Hours that a parcel may stay in a state before it stands still. Without a location: everywhere.

    A state without a row here has its hours from the setting STANDSTILL_HOURS. For “ready for pick-up” it is
    the customer's deadline.
    """

    location = models.ForeignKey(
        "members.Institution",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("location"),
    )
    state = models.CharField(_("state"), max_length=20, choices=FulfillmentState.choices)
    hours = models.PositiveIntegerField(_("hours"))

    class Meta:
        verbose_name = _("limit of a standstill")
        verbose_name_plural = _("limits of standstills")
        ordering = ["state", "location"]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "state"], name="standstill_limit_once", nulls_distinct=False
            ),
            models.CheckConstraint(name="standstill_limit_hours", condition=Q(hours__gt=0)),
        ]

    def __str__(self):
        return f"{self.state} {self.hours} h"


class StandstillDecision(models.Model):
    """What somebody decided about a parcel that stood still, and why. Rows are never changed."""

    Tool = StandstillTool

    fulfillment = models.ForeignKey(
        "fulfillment.FulfillmentOrder",
        on_delete=models.PROTECT,
        related_name="standstill_decisions",
        verbose_name=_("fulfillment"),
    )
    tool = models.CharField(_("decision"), max_length=12, choices=StandstillTool.choices)
    state = models.CharField(_("stood in state"), max_length=20, choices=FulfillmentState.choices)
    reason = models.CharField(_("reason"), max_length=160)
    by = models.CharField(_("by"), max_length=80)
    user_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("decision about a standstill")
        verbose_name_plural = _("decisions about standstills")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(name="standstill_has_reason", condition=~Q(reason=""))]

    def __str__(self):
        return f"{self.fulfillment_id} {self.tool}"
