"""What kinds of things are sold; words without tables, for every app above."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    DEVICE = "device", _("device")
    SIM = "sim", _("SIM card")
    PLAN = "plan", _("plan")
    DATA_PACK = "data_pack", _("data pack")
    ACCESSORY = "accessory", _("accessory")
    TOP_UP = "top_up", _("top-up")
    GIFT = "gift", _("gift")
    FOOD = "food", _("food")
    SUBSCRIPTION = "subscription", _("subscription")
    MERCHANT_GOODS = "merchant_goods", _("partner goods")
    PREPAID_CARD = "prepaid_card", _("prepaid card")
    RECHARGE_CARD = "recharge_card", _("recharge card")
    POSTAGE = "postage", _("postage")


class SerialKind(models.TextChoices):
    NONE = "", _("none")
    IMEI = "imei", _("IMEI")
    ICCID = "iccid", _("ICCID")
    CARD = "card", _("card number")


class Tier(models.TextChoices):
    """The carrier's customer brands; a SIM card takes the plans of its own brand."""

    NONE = "", _("none")
    BUSINESS = "business", _("business brand")
    YOUTH = "youth", _("youth brand")
    PREPAID = "prepaid", _("prepaid brand")


GOODS_KINDS = frozenset(
    {
        Kind.DEVICE,
        Kind.SIM,
        Kind.ACCESSORY,
        Kind.GIFT,
        Kind.FOOD,
        Kind.MERCHANT_GOODS,
        Kind.RECHARGE_CARD,
    }
)
INSTANT_KINDS = frozenset({Kind.DATA_PACK, Kind.TOP_UP})
