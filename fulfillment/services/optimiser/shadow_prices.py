"""Every night: what a unit of stock is worth to the orders of the coming days."""

import logging
import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from members.places import cities
from members.queries import locate
from members.values import Destination
from omnichannel.kernel import clock

from ...models import OptimiserRun, ShadowPrice
from ...values import Demand, Wanted
from ..dated_tables import open_alone
from ..routing.drops import any_day, sift
from ..routing.inputs import Policy, Source
from ..routing.loading import Situation, load
from ..routing.weights import in_force, weights
from . import prices_lp
from .history import OrderKind, order_kinds
from .prices_lp import Option, Prices, Want

log = logging.getLogger(__name__)
LEAST_FEN = 0.5
NO_ANSWER = "no_answer"
NOON = 12


def solve(*, now: datetime) -> OptimiserRun:
    """Solve the prices anew and put them in force, all at once.

    Orders are taken to come as in the last weeks, stock to come again after the horizon. Without orders
    there are no prices; where the program finds no answer those of before stay, and the run says so.
    """
    begun = time.monotonic()
    kinds = order_kinds(now=now, days=settings.ROUTING_PRICES_HISTORY_DAYS)
    wants, stock = _program(kinds, now)
    try:
        prices = prices_lp.solve(wants, stock) if wants else Prices(0.0)
    except prices_lp.NotSolved as refusal:
        log.error("no shadow prices tonight: %s", refusal)
        prices = None
    seen = {"orders": round(sum(kind.count for kind in kinds)),
            "milliseconds": round((time.monotonic() - begun) * 1000)}  # fmt: skip
    if prices is None:
        return _record(NO_ANSWER, now, figures={"kinds": len(wants)}, **seen)
    return _put_in_force(prices, now, kinds=len(wants), **seen)


def _program(kinds: list[OrderKind], now: datetime):
    """The kinds of order with the places that may serve them, and the stock they share."""
    by_province = defaultdict(list)
    for kind in kinds:
        by_province[kind.province].append(kind)
    stock: dict[tuple[int, str], int] = {}
    wants: list[Want] = []
    for province, own in sorted(by_province.items()):
        place = _middle_of(province)
        if place is not None:
            situation = _situation(place, own, now)
            stock |= {(p.location_id, sku): n for p in situation.locations for sku, n in p.stock.items()}
            wants += _wants(own, situation, now)
    return wants, stock


def _middle_of(province: str) -> Destination | None:
    """The first city listed stands for the province; None for one that we do not know."""
    known = cities(province)
    if not known:
        return None
    latitude, longitude = locate(province, known[0], "")
    return Destination("", "", province, known[0], "", "", latitude, longitude)


def _situation(place: Destination, kinds: Iterable[OrderKind], now: datetime) -> Situation:
    skus = sorted({sku for kind in kinds for sku, _units in kind.items})
    demand = Demand(
        order_number="",
        channel="",
        way="ship",
        destination=place,
        pickup_location_id=None,
        lines=tuple(Wanted(n, sku, 1) for n, sku in enumerate(skus)),
        cod_fen=0,
        needs_identity=False,
        accounts=(),
        placed_at=now,
    )
    noon = now.astimezone(clock.SHANGHAI).replace(hour=NOON, minute=0)
    return load(demand, now=noon)


def _wants(kinds: list[OrderKind], situation: Situation, now: datetime) -> list[Want]:
    """Goods of other sellers have one place only, so they have no price."""
    policy, unfilled = weights(now=now, priced=True), in_force(now=now).unfilled_fen
    usable = [any_day(place) for place in situation.locations]
    sources, _dropped = sift(situation.need, usable, policy)
    sources = [source for source in sources if source.via_id is None]
    grams = {item.sku: item.weight_g for item in situation.need.items}
    share = settings.ROUTING_PRICES_HORIZON_DAYS / settings.ROUTING_PRICES_HISTORY_DAYS
    wants = []
    for kind in kinds:
        items = tuple(item for item in kind.items if item[0] not in situation.need.merchant_of)
        if items:
            options = (*_options(items, sources, grams, policy), _nowhere(items, unfilled))
            wants.append(Want(kind.count * share, items, options))
    return wants


def _nowhere(items, unfilled_fen: int) -> Option:
    return Option(None, 0.0, {sku: float(unfilled_fen) for sku, _units in items}, is_limited=False)


def _options(items, sources: list[Source], grams: dict[str, float], policy: Policy) -> list[Option]:
    """Further kilograms count pro rata here."""
    skus = [sku for sku, _units in items]
    options = []
    for source in sources:
        here = [sku for sku in skus if source.stock.get(sku, 0)]
        if here:
            fixed = source.fixed + source.rate.first_fen + policy.extra_package
            per_g = source.rate.step_fen / source.rate.step_g
            options.append(Option(source.location_id, fixed, {sku: grams[sku] * per_g for sku in here}))
    return options


@transaction.atomic
def _put_in_force(prices: Prices, now: datetime, *, kinds: int, **seen: int) -> OptimiserRun:
    """Two nights at once come one after the other: the table is open for one of them."""
    open_alone(ShadowPrice)
    ShadowPrice.objects.all().delete()
    rows = ShadowPrice.objects.bulk_create(
        ShadowPrice(location_id=place, sku=sku, fen=round(fen, 2))
        for (place, sku), fen in sorted(prices.units.items())
        if fen >= LEAST_FEN
    )
    figures = {"kinds": kinds, "bound_fen": round(prices.value)}
    return _record("optimal" if kinds else "no_orders", now, changed=len(rows), figures=figures, **seen)


def _record(status: str, now: datetime, **seen) -> OptimiserRun:
    return OptimiserRun.objects.create(kind=OptimiserRun.Kind.PRICES, status=status, at=now, **seen)
