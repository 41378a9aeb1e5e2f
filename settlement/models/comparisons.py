from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .terms import Role


class RuleComparison(models.Model):
    """What two versions of a rule would have given of a period's trades; computed day by day.

    before: empty where the orders' own rules are compared with `after`. next_day: the day that is computed
    next; end is included. Days are business days.
    """

    before = models.ForeignKey(
        "settlement.SplitRuleVersion", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    after = models.ForeignKey(
        "settlement.SplitRuleVersion", on_delete=models.PROTECT, related_name="comparisons"
    )
    begin = models.DateField(_("from"))
    end = models.DateField(_("to"))
    next_day = models.DateField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    requested_at = models.DateTimeField(_("asked for"))
    done_at = models.DateTimeField(_("done"), null=True)
    lines = models.PositiveIntegerField(_("order lines"), default=0)

    class Meta:
        verbose_name = _("comparison of two versions")
        verbose_name_plural = _("comparisons of two versions")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="rule_comparison_period", condition=Q(begin__lte=F("end"))),
        ]

    def __str__(self):
        return f"{self.before_id} {self.after_id} {self.begin}"

    @property
    def days(self) -> int:
        return (self.end - self.begin).days + 1

    @property
    def days_done(self) -> int:
        return (self.next_day - self.begin).days


class RuleComparisonLine(models.Model):
    """Of one day: what a party would get under both versions, and of how many orders it changes; fen."""

    comparison = models.ForeignKey(RuleComparison, on_delete=models.CASCADE, related_name="sums")
    business_date = models.DateField()
    role = models.CharField(max_length=16, choices=Role.choices)
    institution = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    before_fen = models.BigIntegerField()
    after_fen = models.BigIntegerField()
    orders_changed = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comparison", "business_date", "role", "institution"],
                name="rule_comparison_line_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self):
        return f"{self.comparison_id} {self.role} {self.institution_id}"


class RuleComparisonOrder(models.Model):
    """An order, or a till's sale, of which a party would get something else; fen."""

    comparison = models.ForeignKey(
        RuleComparison, on_delete=models.CASCADE, related_name="orders", db_index=False
    )
    reference = models.CharField(max_length=120)
    business_date = models.DateField()
    role = models.CharField(max_length=16, choices=Role.choices)
    institution = models.ForeignKey(
        "members.Institution", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    before_fen = models.BigIntegerField()
    after_fen = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["comparison", "role", "institution", "id"], name="rule_comparison_party"),
        ]

    def __str__(self):
        return f"{self.comparison_id} {self.reference}"
