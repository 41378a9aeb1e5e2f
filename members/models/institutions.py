from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class InstitutionKind(models.TextChoices):
    CARRIER = "carrier", _("carrier")
    BRANCH = "branch", _("branch")
    STORE = "store", _("store")
    WAREHOUSE = "warehouse", _("warehouse")
    DEALER = "dealer", _("dealer")
    MERCHANT = "merchant", _("merchant")
    SUPPLIER = "supplier", _("supplier")
    COURIER = "courier", _("courier company")
    BILLER = "biller", _("biller")
    BANK = "bank", _("bank")
    PROVIDER = "provider", _("payment provider")
    CHAIN = "chain", _("retail chain")


class InstitutionQuerySet(models.QuerySet):
    def within(self, institution):
        """The institution and everything below it."""
        return self.filter(path__startswith=institution.path)

    def active(self):
        return self.filter(is_active=True)


class Institution(models.Model):
    """A node of the tree of parties. `path` is "<code>/<code>/", from the root down to this one."""

    Kind = InstitutionKind

    code = models.SlugField(_("code"), max_length=32, unique=True)
    path = models.CharField(max_length=255, unique=True, editable=False)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent"),
    )
    kind = models.CharField(_("kind"), max_length=16, choices=InstitutionKind.choices)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80, blank=True, default="")
    province = models.CharField(_("province"), max_length=20, blank=True, default="")
    city = models.CharField(_("city"), max_length=20, blank=True, default="")
    address = models.CharField(_("address"), max_length=160, blank=True, default="")
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    opens_at = models.TimeField(_("opens at"), null=True, blank=True)
    closes_at = models.TimeField(_("closes at"), null=True, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True, default="")
    bank_account = models.CharField(_("bank account"), max_length=32, blank=True, default="")
    bank_name = models.CharField(_("bank"), max_length=60, blank=True, default="")
    cnaps = models.CharField(_("CNAPS number"), max_length=12, blank=True, default="")
    minimum_payout = models.BigIntegerField(_("minimum pay-out (fen)"), default=0)
    is_active = models.BooleanField(_("active"), default=True)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(name="institution_payout", condition=Q(minimum_payout__gte=0)),
            models.CheckConstraint(
                name="institution_cnaps", condition=Q(cnaps="") | Q(cnaps__regex=r"^\d{12}$")
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def label(self):
        """The name in the language of the page."""
        return self.name_en if (get_language() or "").startswith("en") and self.name_en else self.name


class Role(models.TextChoices):
    CLERK = "clerk", _("store clerk")
    STORE_MANAGER = "store_manager", _("store manager")
    WAREHOUSE = "warehouse", _("warehouse worker")
    WAREHOUSE_LEAD = "warehouse_lead", _("warehouse lead")
    COURIER = "courier", _("courier")
    OPERATOR = "operator", _("operator")
    FINANCE_CLERK = "finance_clerk", _("finance clerk")
    FINANCE_LEAD = "finance_lead", _("finance lead")
    AUDITOR = "auditor", _("auditor")
    PARTNER = "partner", _("partner")


class StaffRole(models.Model):
    """A role at an institution; it reaches that institution and everything below it."""

    Role = Role

    user = models.ForeignKey("members.User", on_delete=models.CASCADE, related_name="staff_roles")
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="staff_roles")
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)

    class Meta:
        verbose_name = _("staff role")
        verbose_name_plural = _("staff roles")
        constraints = [
            models.UniqueConstraint(fields=["user", "institution", "role"], name="staff_role_once"),
        ]

    def __str__(self):
        return f"{self.user} · {self.get_role_display()} · {self.institution}"


class ChannelKey(models.Model):
    """The API key of a channel's system; only its hash is kept. `channel` is what its orders count as."""

    name = models.CharField(_("name"), max_length=60)
    channel = models.CharField(_("channel"), max_length=16)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="channel_keys")
    prefix = models.CharField(max_length=12, unique=True)
    key_hash = models.CharField(max_length=64)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("channel key")
        verbose_name_plural = _("channel keys")

    def __str__(self):
        return f"{self.name} ({self.channel})"
