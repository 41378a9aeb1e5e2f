from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DecisionState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("rule", "proposed")
    CONFIRMED = "confirmed", pgettext_lazy("rule", "confirmed")
    REJECTED = "rejected", pgettext_lazy("rule", "rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("rule", "withdrawn")


LIVE_STATES = (DecisionState.PROPOSED, DecisionState.CONFIRMED)


class DecidedQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(state=DecisionState.CONFIRMED)

    def in_force(self, day):
        """Confirmed and begun by a day, the newest first."""
        return self.confirmed().filter(valid_from__lte=day).order_by("-valid_from", "-pk")


class Decided(models.Model):
    """What holds from a day on after one has proposed it and another confirmed it.

    Rows without people were installed before the first business day. The database lets nothing of a
    proposal change but its decision, and nothing at all once it has begun.
    """

    State = DecisionState

    valid_from = models.DateField(_("valid from"))
    state = models.CharField(
        _("state"), max_length=10, choices=DecisionState.choices, default=DecisionState.PROPOSED
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    proposed_at = models.DateTimeField(_("proposed"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    answer = models.CharField(_("answer"), max_length=160, blank=True, default="", db_default="")

    objects = DecidedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_four_eyes",
                condition=~Q(state__in=["confirmed", "rejected"])
                | Q(proposed_by=None, decided_by=None)
                | Q(proposed_by__isnull=False, decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")),
            ),
        ]
