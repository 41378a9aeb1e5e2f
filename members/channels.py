"""The doors through which a customer comes in. Used as `channel` in every app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    WEB = "web", _("web")
    APP = "app", _("app")
    SMS = "sms", _("SMS hall")
    IVR = "ivr", _("telephone hall")
    HOTLINE = "hotline", _("hotline")
    OUTBOUND = "outbound", _("outbound call")
    KIOSK = "kiosk", _("kiosk")
    STORE = "store", _("store")
    FIELD = "field", _("field sales")
    DEALER = "dealer", _("dealer")
    MICRO_SHOP = "micro_shop", _("micro shop")
    EMBEDDED = "embedded", _("embedded shop")
    AGENCY = "agency", _("agency")
    MERCHANT_API = "merchant_api", _("merchant API")
    TILL = "till", _("chain till")


# No door: what dealers order from us, at prices of its own.
SUPPLY = "supply"
