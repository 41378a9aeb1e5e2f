"""Figures that hold from a day on: one row is one version, written by services.dated_tables."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Days(models.Func):
    """From a day on, the last one exclusive."""

    function = "daterange"
    output_field = DateRangeField()


class VersionQuerySet(models.QuerySet):
    def on(self, day: date):
        """In force on a day."""
        return self.filter(Q(ends=None) | Q(ends__gt=day), starts__lte=day)


def one_a_day(name: str) -> list:
    """Constraints of a table of which one row holds on a day."""
    return [
        models.CheckConstraint(name=f"{name}_dates", condition=Q(ends=None) | Q(ends__gt=F("starts"))),
        ExclusionConstraint(name=f"{name}_no_overlap", expressions=[(Days("starts", "ends"), "&&")]),
    ]


class Version(models.Model):
    """From a day on; `ends` is exclusive, and empty for the last one."""

    starts = models.DateField(_("valid from"))
    ends = models.DateField(_("valid until (exclusive)"), null=True, blank=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    made_by = models.CharField(_("made by"), max_length=80)
    made_at = models.DateTimeField(_("made at"))

    objects = VersionQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["starts"]

    def __str__(self):
        return f"{self.starts}"

    def is_in_force(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or self.ends > day)
