"""An approved order becomes a demand of ours; what our stock lacks is ordered from the supplier."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from members.channels import SUPPLY
from members.values import Destination
from omnichannel.kernel.errors import DomainError

from ..models import DealerOrder, DealerOrderState
from ..values import Demand, Wanted
from . import dealer_sourcing, fulfil, reservation
from .routing.drops import sift
from .routing.inputs import Policy
from .routing.loading import load

SOURCES = ("warehouse",)


class GoodsMissing(DomainError):
    code = "dealer_goods_missing"
    message = _("Our warehouses lack %(units)s of %(sku)s.")


def send_or_source(order: DealerOrder, *, actor: Actor, now: datetime) -> str:
    """Promise the whole order and ask for its route, or order what is missing; the state that follows.

    The order is locked. Raises dealer_sourcing.NoSupplier, and reservation.OutOfStock when the goods are
    there but no plan reaches the dealer.
    """
    missing = _promise(order, now)
    if missing:
        dealer_sourcing.order_missing(order, missing, actor=actor, now=now)
        return DealerOrderState.WAITING_GOODS
    return DealerOrderState.APPROVED


def send(order: DealerOrder, *, now: datetime) -> str:
    """Promise the whole locked order from what lies in our warehouses; nothing is bought.

    Raises GoodsMissing, and reservation.OutOfStock when no plan reaches the dealer.
    """
    missing = _promise(order, now)
    if missing:
        sku, units = sorted(missing.items())[0]
        raise GoodsMissing(sku=sku, units=units)
    return DealerOrderState.APPROVED


def _promise(order: DealerOrder, now: datetime) -> dict[str, int]:
    """Units by SKU that our warehouses lack; none: the order is promised and its route asked for."""
    demand = demand_of(order, now=now)
    try:
        reservation.reserve(demand=demand, expires_at=None, now=now)
    except reservation.OutOfStock:
        missing = _missing(demand, now)
        if not missing:
            raise
        return missing
    fulfil.request(order_number=order.number, now=now)
    return {}


def demand_of(order: DealerOrder, *, now: datetime) -> Demand:
    """The dealer's place is the receiver; only our warehouses supply dealers."""
    dealer = order.dealer
    return Demand(
        order_number=order.number,
        channel=SUPPLY,
        way="ship",
        destination=Destination(
            name=dealer.name,
            phone=dealer.phone,
            province=dealer.province,
            city=dealer.city,
            district="",
            street=dealer.address,
            latitude=dealer.latitude,
            longitude=dealer.longitude,
        ),
        pickup_location_id=None,
        lines=tuple(
            Wanted(line.pk, line.sku, line.quantity, line.amount_fen) for line in order.lines.order_by("pk")
        ),
        cod_fen=0,
        needs_identity=False,
        accounts=(),
        placed_at=now,
        source_kinds=SOURCES,
    )


def _missing(demand: Demand, now: datetime) -> dict[str, int]:
    """Units by SKU that our warehouses could not give now. A warehouse with two ways has its goods once."""
    situation = load(demand, now=now)
    sources, _dropped = sift(situation.need, situation.locations, Policy())
    stocks = {source.location_id: source.stock for source in sources}.values()
    have = {item.sku: sum(stock.get(item.sku, 0) for stock in stocks) for item in situation.need.items}
    return {
        item.sku: item.quantity - have[item.sku]
        for item in situation.need.items
        if item.quantity > have[item.sku]
    }
