"""The demo dealers' telephone numbers: come long ago and lately, some given back, an order to approve."""

from datetime import datetime, timedelta

from catalog.queries import number_stock
from members.actors import Actor, Grant
from members.queries import institution_by_code

from ..models import DealerOrder
from ..services import dealer_approval, dealer_number_returns, dealer_orders
from ..services.dealer_number_quotes import NumberWish

SUZHOU, NANJING, CANTON = ("江苏", "苏州"), ("江苏", "南京"), ("广东", "广州")
# dealer, who orders, branch, days ago, numbers by place and grade, given back of them
CAME = (
    ("dl-lantian", "蒋文涛", "br-js", 86, {(*SUZHOU, "plain"): 12, (*SUZHOU, "lucky"): 4}, 3),
    ("dl-lantian", "蒋文涛", "br-js", 9, {(*NANJING, "plain"): 16, (*NANJING, "aa"): 4}, 0),
    ("dl-yuexun", "梁志强", "br-gd", 20, {(*CANTON, "plain"): 20, (*CANTON, "aabb"): 2}, 2),
)
# More pairs than the city has: the branch is asked whether it approves what there is.
TO_APPROVE = {(*SUZHOU, "plain"): 20, (*SUZHOU, "aabb"): 10}


def order_numbers(now: datetime) -> None:
    """The same numbers each time: a city's are taken in their order."""
    for code, person, branch, ago, wanted, back in CAME:
        then = now - timedelta(days=ago)
        order = _place(code, person, wanted, f"numbers-{ago}", then)
        boss = _actor("徐建华", "store_manager", branch)
        dealer_approval.approve(actor=boss, number=order.number, now=then + timedelta(hours=2))
        _give_back(order, person, back, then + timedelta(days=5))
    _place("dl-lantian", "蒋文涛", TO_APPROVE, "numbers", now - timedelta(hours=5))


def _place(code: str, person: str, wanted: dict, key: str, at: datetime) -> DealerOrder:
    return dealer_orders.place(
        actor=_actor(person, "partner", code),
        dealer_id=institution_by_code(code).id,
        wanted={},
        shown_total=0,
        key=key,
        numbers={NumberWish(*place): units for place, units in wanted.items()},
        now=at,
    )


def _give_back(order: DealerOrder, person: str, count: int, at: datetime) -> None:
    came = number_stock.of_dealer(order.dealer_id, reference=order.number, now=at)
    msisdns = sorted(each.msisdn for each in came)[:count]
    if msisdns:
        dealer_number_returns.give_back(
            actor=_actor(person, "partner", order.dealer.code),
            dealer_id=order.dealer_id,
            msisdns=msisdns,
            now=at,
        )


def _actor(name: str, role: str, code: str) -> Actor:
    place = institution_by_code(code)
    return Actor(name=name, grants=frozenset([Grant(role, place.id, place.path)]))
