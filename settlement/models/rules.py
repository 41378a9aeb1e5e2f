import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .decisions import LIVE_STATES, Decided
from .terms import Role

MILLION = 1_000_000


@pghistory.track()
class SplitRule(models.Model):
    """Whose money a sale's line is. Empty conditions match everything; the highest priority wins.

    Conditions and priority never change: other conditions are another rule, and a rule that is no longer
    wanted gets a version that ends it. So a frozen order can always be read against its rule.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80, blank=True, default="")
    priority = models.PositiveSmallIntegerField(_("priority"), default=10)
    offering_kind = models.CharField(_("kind of offering"), max_length=20, blank=True, default="")
    seller_kind = models.CharField(_("kind of seller"), max_length=16, blank=True, default="")
    channel = models.CharField(_("channel"), max_length=16, blank=True, default="")
    seller = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("seller"),
    )

    class Meta:
        verbose_name = _("split rule")
        verbose_name_plural = _("split rules")
        ordering = ["-priority", "code"]

    def __str__(self):
        return self.code

    @property
    def label(self):
        return self.name_en if (get_language() or "").startswith("en") and self.name_en else self.name


@pghistory.track()
class SplitRuleVersion(Decided):
    """What a rule says from a day on; the newest confirmed version that has begun holds.

    ends: from valid_from on the rule holds no longer. The database also keeps `xid`, the transaction that
    wrote it: no line can be added later.
    """

    rule = models.ForeignKey(SplitRule, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    note = models.CharField(_("note"), max_length=160, blank=True, default="")
    ends = models.BooleanField(_("ends the rule"), default=False)

    class Meta(Decided.Meta):
        verbose_name = _("version of a split rule")
        verbose_name_plural = _("versions of split rules")
        ordering = ["rule", "-valid_from", "-number"]
        constraints = [
            *Decided.Meta.constraints,
            models.UniqueConstraint(fields=["rule", "number"], name="split_version_number"),
            models.UniqueConstraint(
                fields=["rule", "valid_from"],
                condition=Q(state__in=LIVE_STATES),
                name="split_version_date",
            ),
        ]

    def __str__(self):
        return f"{self.rule} v{self.number}"


class LineKind(models.TextChoices):
    PERCENTAGE = "percentage", _("percentage")
    CAPPED = "capped", _("percentage with a cap")
    FIXED = "fixed", _("fixed amount")
    RESIDUAL = "residual", _("what is left")


class LineBase(models.TextChoices):
    GROSS = "gross", _("gross")
    NET = "net", _("net of the provider's fee")
    REMAINDER = "remainder", _("what is left after a line")


@pghistory.track()
class SplitRuleLine(models.Model):
    """One party's share. ppm: parts per million of the base; amounts in fen.

    after: of the base "remainder" the line after which it is taken; 0: the line before this one.
    """

    Kind, Base = LineKind, LineBase

    version = models.ForeignKey(SplitRuleVersion, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField(_("position"))
    role = models.CharField(_("party"), max_length=16, choices=Role.choices)
    kind = models.CharField(_("kind"), max_length=12, choices=LineKind.choices)
    base = models.CharField(_("base"), max_length=12, choices=LineBase.choices, default=LineBase.GROSS)
    after = models.PositiveSmallIntegerField(_("after line"), default=0, db_default=0)
    ppm = models.PositiveIntegerField(_("parts per million"), default=0)
    amount_fen = models.PositiveBigIntegerField(_("fixed amount (fen)"), default=0)
    cap_fen = models.PositiveBigIntegerField(_("cap (fen)"), default=0)

    class Meta:
        verbose_name = _("line of a split rule")
        verbose_name_plural = _("lines of split rules")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="split_line_position"),
            models.UniqueConstraint(
                fields=["version"], condition=Q(kind="residual"), name="split_line_one_residual"
            ),
            models.CheckConstraint(name="split_line_ppm", condition=Q(ppm__lte=MILLION)),
            models.CheckConstraint(
                name="split_line_kind",
                condition=Q(kind="percentage", ppm__gt=0)
                | Q(kind="capped", ppm__gt=0, cap_fen__gt=0)
                | Q(kind="fixed", amount_fen__gt=0)
                | Q(kind="residual"),
            ),
            models.CheckConstraint(name="split_line_party", condition=~Q(role__in=["provider", "nobody"])),
            models.CheckConstraint(
                name="split_line_after", condition=Q(after=0) | Q(base="remainder", after__lt=F("position"))
            ),
        ]

    def __str__(self):
        return f"{self.version} {self.position} {self.role}"


@pghistory.track()
class ProviderFeeRate(models.Model):
    """What a payment provider is expected to charge; the bill decides later."""

    provider = models.ForeignKey("members.Institution", on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("valid from"))
    ppm = models.PositiveIntegerField(_("parts per million"))

    class Meta:
        verbose_name = _("provider's fee rate")
        verbose_name_plural = _("providers' fee rates")
        constraints = [
            models.UniqueConstraint(fields=["provider", "valid_from"], name="provider_fee_date"),
            models.CheckConstraint(name="provider_fee_ppm", condition=Q(ppm__lte=MILLION)),
        ]

    def __str__(self):
        return f"{self.provider_id} {self.valid_from}"
