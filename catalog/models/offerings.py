from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.kinds import GOODS_KINDS, INSTANT_KINDS, Kind, SerialKind, Tier


class OfferingQuerySet(models.QuerySet):
    def sellable(self):
        """What carries a SKU: stand-alone products and variants, not their parents."""
        return self.exclude(sku=None)


class Offering(models.Model):
    """The side table of an Oscar product: what it is to us, and its English words.

    A parent has no SKU; its variants have one each. `picture` and `pictures` are names under
    MEDIA_ROOT/pictures without width and suffix.
    """

    Kind, Serial, Tier = Kind, SerialKind, Tier

    product = models.OneToOneField(
        "catalogue.Product", on_delete=models.CASCADE, primary_key=True, related_name="offering"
    )
    sku = models.CharField(_("SKU"), max_length=64, unique=True, null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    serial_kind = models.CharField(
        _("serial number"), max_length=8, choices=SerialKind.choices, blank=True, default=""
    )
    tier = models.CharField(_("customer brand"), max_length=12, choices=Tier.choices, blank=True, default="")
    seller = models.ForeignKey(
        "members.Institution",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("seller of record"),
    )
    brand = models.CharField(_("brand"), max_length=40)
    brand_en = models.CharField(_("English brand"), max_length=40, blank=True, default="")
    title_en = models.CharField(_("English title"), max_length=160)
    subtitle = models.CharField(_("subtitle"), max_length=160, blank=True, default="")
    subtitle_en = models.CharField(_("English subtitle"), max_length=160, blank=True, default="")
    description_en = models.TextField(_("English description"), blank=True, default="")
    colour = models.CharField(_("colour"), max_length=24, blank=True, default="")
    colour_en = models.CharField(_("English colour"), max_length=24, blank=True, default="")
    colour_hex = models.CharField(_("colour value"), max_length=7, blank=True, default="")
    storage = models.CharField(_("storage"), max_length=16, blank=True, default="")
    specs = models.JSONField(
        _("details"),
        default=list,
        blank=True,
        help_text=_("Rows of four: name, English name, value, English value."),
    )
    picture = models.CharField(_("picture"), max_length=80, blank=True, default="")
    pictures = models.JSONField(_("further pictures"), default=list, blank=True)
    weight_g = models.PositiveIntegerField(_("weight (g)"), default=0)
    volume_ml = models.PositiveIntegerField(_("volume (ml)"), default=0)
    sold = models.PositiveIntegerField(_("sold lately"), default=0)

    objects = OfferingQuerySet.as_manager()

    class Meta:
        verbose_name = _("offering")
        verbose_name_plural = _("offerings")
        indexes = [models.Index(fields=["kind"], name="offering_kind")]
        constraints = [
            models.CheckConstraint(name="offering_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="offering_serial_known", condition=Q(serial_kind__in=SerialKind.values)
            ),
        ]

    def __str__(self):
        return self.sku or self.title_en

    @property
    def is_goods(self) -> bool:
        """Shipped physically. A magazine subscription is activated at once and comes issue by issue."""
        return self.kind in GOODS_KINDS

    @property
    def is_instant(self) -> bool:
        """Provisioned at once to a number that exists."""
        return self.kind in INSTANT_KINDS


class PlanTerms(models.Model):
    """What a plan gives each month and for how long it binds. Its price is the base price of its product."""

    product = models.OneToOneField(
        "catalogue.Product", on_delete=models.CASCADE, primary_key=True, related_name="plan_terms"
    )
    tier = models.CharField(_("customer brand"), max_length=12, choices=Tier.choices)
    monthly_fee = models.PositiveIntegerField(_("monthly fee (fen)"))
    data_gb = models.PositiveIntegerField(_("data (GB)"))
    voice_minutes = models.PositiveIntegerField(_("calls (minutes)"))
    messages = models.PositiveIntegerField(_("messages"), default=0)
    commitment_months = models.PositiveSmallIntegerField(_("agreement (months)"), default=0)
    extras = models.CharField(_("extras"), max_length=160, blank=True, default="")
    extras_en = models.CharField(_("English extras"), max_length=160, blank=True, default="")

    class Meta:
        verbose_name = _("plan terms")
        verbose_name_plural = _("plan terms")

    def __str__(self):
        return f"{self.get_tier_display()} {self.monthly_fee}"
