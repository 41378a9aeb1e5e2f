import secrets

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from members.channels import Channel


def self_service_channels() -> list[str]:
    return [Channel.WEB, Channel.APP]


def new_secret() -> str:
    return secrets.token_hex(16)


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["secret"]
)
class Campaign(models.Model):
    """A flash sale: for its time its articles are sold only to those whom the gate admitted.

    The gate (Redis) only turns people away; how many are sold is decided by CampaignShare and stock.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=80)
    title_en = models.CharField(_("title (English)"), max_length=80)
    channels = ArrayField(
        models.CharField(max_length=16, choices=Channel.choices),
        verbose_name=_("channels"),
        default=self_service_channels,
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    is_on = models.BooleanField(_("switched on"), default=True)
    admit_per_minute = models.PositiveIntegerField(
        _("people admitted per minute"), default=120, validators=[MinValueValidator(1)]
    )
    admission_minutes = models.PositiveSmallIntegerField(
        _("minutes to order in"), default=5, validators=[MinValueValidator(1)]
    )
    # Draws the order of those who came before the start.
    secret = models.CharField(max_length=32, default=new_secret, editable=False)

    class Meta:
        verbose_name = _("flash sale")
        verbose_name_plural = _("flash sales")
        constraints = [
            models.CheckConstraint(name="campaign_window", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="campaign_pace", condition=Q(admit_per_minute__gte=1, admission_minutes__gte=1)
            ),
        ]

    def __str__(self):
        return self.code

    @property
    def label(self) -> str:
        return self.title_en if (translation.get_language() or "").startswith("en") else self.title


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class CampaignItem(models.Model):
    """An article of a flash sale: how many there are in all, and for one customer."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="items", verbose_name=_("flash sale")
    )
    sku = models.CharField(_("SKU"), max_length=64)
    quantity = models.PositiveIntegerField(_("units in all"), validators=[MinValueValidator(1)])
    per_customer = models.PositiveIntegerField(
        _("units per customer"), default=1, validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = _("article of a flash sale")
        verbose_name_plural = _("articles of a flash sale")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "sku"], name="campaign_item_once"),
            models.CheckConstraint(
                name="campaign_item_units", condition=Q(quantity__gte=1, per_customer__gte=1)
            ),
        ]
        indexes = [models.Index(fields=["sku"], name="campaign_item_of_sku")]

    def __str__(self):
        return f"{self.campaign_id}: {self.sku}"


class CampaignShare(models.Model):
    """A part of what an article's flash sale still has to give, so that buyers do not wait for one row."""

    item = models.ForeignKey(CampaignItem, on_delete=models.CASCADE, related_name="shares")
    number = models.PositiveSmallIntegerField(_("number"))
    free = models.IntegerField(_("units left"))

    class Meta:
        verbose_name = _("part of a flash sale")
        verbose_name_plural = _("parts of flash sales")
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="campaign_share_once"),
            models.CheckConstraint(name="campaign_share_free", condition=Q(free__gte=0)),
        ]

    def __str__(self):
        return f"{self.item_id}/{self.number}"


class CampaignUse(models.Model):
    """Units of a flash sale promised to an order. Given back when its hold lapses or it is cancelled."""

    item = models.ForeignKey(CampaignItem, on_delete=models.PROTECT, related_name="uses")
    demand = models.ForeignKey(
        "fulfillment.FulfillmentDemand", on_delete=models.PROTECT, related_name="campaign_uses"
    )
    customer = models.CharField(_("customer"), max_length=40)
    ticket = models.CharField(_("admission"), max_length=40)
    units = models.PositiveIntegerField(_("units"))
    at = models.DateTimeField(_("at"))
    given_back = models.BooleanField(_("given back"), default=False)

    class Meta:
        verbose_name = _("sale in a flash sale")
        verbose_name_plural = _("sales in flash sales")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "demand"], condition=Q(given_back=False), name="campaign_use_once"
            ),
            models.UniqueConstraint(
                fields=["item", "ticket"], condition=Q(given_back=False), name="campaign_ticket_once"
            ),
            models.CheckConstraint(name="campaign_use_units", condition=Q(units__gt=0)),
        ]
        indexes = [
            models.Index(fields=["item", "customer"], name="campaign_use_live", condition=Q(given_back=False))
        ]

    def __str__(self):
        return f"{self.units} × {self.item_id} ({self.customer})"
