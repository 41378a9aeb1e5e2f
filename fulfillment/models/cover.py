import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class CoverRule(models.Model):
    """How long stock should last at a kind of location. Blank kind: all others. In days of demand."""

    kind = models.CharField(_("kind of location"), max_length=16, blank=True, default="", unique=True)
    window_days = models.PositiveSmallIntegerField(_("demand of the last days"), default=28)
    low_days = models.PositiveSmallIntegerField(_("short below (days)"), default=5)
    target_days = models.PositiveSmallIntegerField(_("refill to (days)"), default=14)
    high_days = models.PositiveSmallIntegerField(_("too much above (days)"), default=60)
    least_units = models.PositiveSmallIntegerField(_("always keep (units)"), default=2)

    class Meta:
        verbose_name = _("cover rule")
        verbose_name_plural = _("cover rules")
        constraints = [
            models.CheckConstraint(
                name="cover_rule_order",
                condition=Q(
                    window_days__gt=0, low_days__lte=F("target_days"), target_days__lt=F("high_days")
                ),
            ),
        ]

    def __str__(self):
        return self.kind or "*"
