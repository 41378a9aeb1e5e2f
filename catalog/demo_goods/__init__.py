"""The demo company's range, as data: who sells what, in both languages, with prices in fen."""

from . import accessories, cards, devices, food, gifts, recharge, telecom

ITEMS = (
    *devices.ITEMS,
    *telecom.ITEMS,
    *cards.ITEMS,
    *accessories.ITEMS,
    *food.ITEMS,
    *gifts.ITEMS,
    *recharge.ITEMS,
)
