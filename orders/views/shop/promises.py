"""What a card and a product page promise about getting the thing, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from catalog.kinds import GOODS_KINDS, INSTANT_KINDS, Kind
from fulfillment.queries.nearby import nearest
from fulfillment.queries.stock import LocationStock
from members.channels import Channel
from omnichannel.kernel.clock import SHANGHAI
from orders.views.shop.place import Place


@dataclass(frozen=True)
class Promise:
    text: str
    in_stock: bool = True


def immaterial(kind: str) -> Promise:
    """Of what is not shipped."""
    if kind in INSTANT_KINDS:
        return Promise(_("On your line within a minute"))
    if kind == Kind.PREPAID_CARD:
        return Promise(_("Number and PIN as soon as it is paid"))
    return Promise(_("Comes with a SIM card") if kind == Kind.PLAN else _("Begins with the next issue"))


def of_stock(stock: LocationStock | None, *, now: datetime) -> Promise:
    """The nearest place that has it; "today until" only while it is open."""
    if stock is None:
        return Promise(_("Out of stock at the moment"), in_stock=False)
    if stock.kind != "store":
        return Promise(_("In stock, sent from %(place)s") % {"place": stock.label})
    if stock.distance_km is None:
        return Promise(_("In stock at %(place)s") % {"place": stock.label})
    facts = {"km": f"{stock.distance_km:.1f}", "time": _closing(stock)}
    if open_now(stock, now=now):
        return Promise(_("In stock %(km)s km away, today until %(time)s") % facts)
    return Promise(_("In stock %(km)s km away, from tomorrow") % facts)


def open_now(stock: LocationStock, *, now: datetime) -> bool:
    return stock.closes_at is not None and now.astimezone(SHANGHAI).time() < stock.closes_at


def _closing(stock: LocationStock) -> str:
    return stock.closes_at.strftime("%H:%M") if stock.closes_at else ""


def for_cards(cards, *, place: Place, now: datetime) -> dict[int, Promise]:
    """By product id, for a whole page: two queries, none without goods."""
    goods = [card for card in cards if card.kind in GOODS_KINDS]
    skus = [sku for card in goods for sku in card.skus]
    near = nearest(skus=skus, channel=Channel.WEB, latitude=place.lat, longitude=place.lon)
    best = {card.product_id: _best(card, near) for card in goods}
    # A promise says where, not how many: one for all articles of a place.
    places = {stock and stock.location_id: stock for stock in best.values()}
    said = {location: of_stock(stock, now=now) for location, stock in places.items()}
    promises = {pk: said[stock and stock.location_id] for pk, stock in best.items()}
    others = {card.product_id: immaterial(card.kind) for card in cards if card.kind not in GOODS_KINDS}
    return promises | others


def _best(card, near: dict[str, LocationStock]) -> LocationStock | None:
    """The nearest store of any variant, else any place."""
    found = [near[sku] for sku in card.skus if sku in near]
    return min(found, key=lambda stock: (stock.kind != "store", _far(stock)), default=None)


def _far(stock: LocationStock) -> float:
    return float("inf") if stock.distance_km is None else stock.distance_km
