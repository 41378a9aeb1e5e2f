"""Orders at the demo company, each door in one line of a test. The clock stands at demo.NOON."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

import pytest
from django.db import transaction
from rest_framework.test import APIClient

from catalog.models import ChannelPrice
from catalog.queries import numbers, offerings
from fulfillment.models import StockLevel
from members import queries as members
from members.actors import Actor, Grant, actor_of
from members.demo import people
from members.models import User
from members.values import Destination
from omnichannel.kernel import outbox
from orders.models import OrderIntake, Payment, PaymentState
from orders.services import baskets, callbacks, clerk, payments, placement, quoting
from orders.services.counters import channel_of
from orders.services.placement import Placed
from orders.simulator import player
from orders.values import Customer, Delivery, Source, Terms, Wish
from tests.support.demo import NOON

LIN, CHEN = "13900000001", "13900000002"  # members with a verified identity and points
STRANGER = "13900000250"  # a member without either
PHONE, CASE = "SAIL-S2-INK-256GB", "CASE-SAIL-S2-INK"  # together the case is 20 % off
CHARGER, TEA, LAMP = "CHARGER-30W", "LONGJING-TEA", "LUMA-DESK-LAMP"
SIM, PLAN, TOP_UP, MAGAZINE = "SIM-YOUTH", "PLAN-YOUTH-39", "TOP-UP-50", "MAGAZINE-LIFE"
KEYS = {"app": "htk_app00001_demo", "kiosk": "htk_kiosk001_demo", "dealer": "htk_dealer01_demo"}
STORE = "st-sh-01"
HOME = Destination("林晓", LIN, "上海", "上海", "黄浦区", "南京东路 1 号", 31.235, 121.475)
SHIP, NOTHING = Delivery(way="ship", destination=HOME), Delivery(way="none")
_references = count(1)


@contextmanager
def refused(error):
    """What the block does is refused with this error and undone, as a door's transaction would be."""
    with pytest.raises(error) as refusal, transaction.atomic():
        yield refusal


def priced(sku: str, amount: int, *, channel: str, store: str = "") -> None:
    """A price in fen of a channel, or of one institution in it, from yesterday until tomorrow."""
    ChannelPrice.objects.create(
        product_id=offerings.by_sku([sku])[sku].product_id,
        channel=channel,
        institution_id=members.institution_by_code(store).id if store else None,
        amount=amount,
        starts=NOON - timedelta(days=1),
        ends=NOON + timedelta(days=1),
        reason_code="opening",
        reason="新店开业",
        reason_en="The shop opens",
    )


def user(phone: str = LIN) -> User:
    return User.objects.get(phone=phone)


def user_named(username: str) -> User:
    return User.objects.get(username=username)


def id_number(phone: str = LIN) -> str:
    """The ID number with which the demo verified this member."""
    return people.id_number(phone)


def member(phone: str = LIN) -> Actor:
    return actor_of(user(phone))


def staff(username: str) -> Actor:
    return actor_of(user_named(username))


def pickup(code: str = STORE) -> Delivery:
    return Delivery(way="pickup", pickup_location_id=members.institution_by_code(code).id)


def a_number(*, city: str = "上海", nth: int = 0) -> str:
    return numbers.search_numbers(province="", city=city, seed="tests", now=NOON)[nth].msisdn


def sim(**choice) -> Wish:
    return replace(Wish(sku=SIM, quantity=1, msisdn=a_number(), plan_sku=PLAN), **choice)


def top_up(target: str = "8613900000001") -> Wish:
    return Wish(sku=TOP_UP, quantity=1, target_msisdn=target)


def wishes(*wanted: Wish | str) -> list[Wish]:
    return [Wish(sku=each, quantity=1) if isinstance(each, str) else each for each in wanted]


def total(*wanted: Wish | str, channel: str = "web", way: str = "ship", store: str = "") -> int:
    """What these cost now, fen."""
    place = members.institution_by_code(store).id if store else None
    quoted = quoting.quote(wishes(*wanted), channel=channel, institution_id=place, way=way, now=NOON)
    return quoted.total_fen


def order(
    *wanted: Wish | str,
    phone: str = LIN,
    means: str = "unipay",
    delivery: Delivery = SHIP,
    points_fen: int = 0,
    identity: bool = True,
    now: datetime = NOON,
) -> Placed:
    """Placed by a member on the web, without the basket."""
    who = member(phone)
    known = members.identity_of(who.user_id) if identity else None
    return placement.place(
        actor=who,
        wishes=wishes(*wanted),
        customer=Customer(
            phone=phone,
            name="林晓",
            member_id=who.user_id,
            identity_id=known.identity_id if known else None,
        ),
        delivery=delivery,
        terms=Terms(means=means, shown_total=total(*wanted, way=delivery.way), points_fen=points_fen),
        source=Source(channel="web"),
        now=now,
    )


def basket_with(*wanted: Wish | str, phone: str = LIN):
    """The member's basket."""
    who, found = member(phone), None
    for wish in wishes(*wanted):
        found = baskets.add(
            actor=who,
            session_basket_id=found.pk if found else None,
            wish=wish,
            channel="web",
            now=NOON,
        )
    return found


def place_basket(basket, *, phone: str = LIN, shown_total: int | None = None, session: int | None = None):
    _lines, quoted = baskets.quote_basket(basket, channel="web", now=NOON)
    return baskets.place_basket(
        actor=member(phone),
        basket_id=basket.pk,
        session_basket_id=session,
        customer=Customer(phone=phone, name="林晓", member_id=user(phone).pk),
        delivery=SHIP,
        terms=Terms(means="unipay", shown_total=quoted.total_fen if shown_total is None else shown_total),
        channel="web",
        now=NOON,
    )


def sell(*wanted: Wish | str, means: str = "cash", username: str = "clerk1", **facts) -> Placed:
    """The one click at a counter, by default of the first Shanghai store."""
    store = members.institution_by_code(facts.pop("store", STORE))
    delivery = facts.pop("delivery", SHIP)
    asked = {"phone": STRANGER, "name": "周敏", "id_number": ""} | facts
    return clerk.sell(
        actor=staff(username),
        store_id=store.id,
        wishes=wishes(*wanted),
        delivery=delivery,
        means=means,
        shown_total=total(*wanted, channel=channel_of(store), way=delivery.way, store=store.code),
        now=NOON,
        **asked,
    )


def channel(name: str = "app") -> APIClient:
    """A channel's system with its key."""
    return APIClient(HTTP_AUTHORIZATION=f"Bearer {KEYS[name]}")


def body(*wanted: Wish | str, name: str = "app", means: str = "unipay", **changes) -> dict:
    """A channel's order in JSON; its total is today's."""
    lines = [{key: value for key, value in vars(wish).items() if value} for wish in wishes(*wanted)]
    code = "dl-lantian" if name == "dealer" else "huatong"
    address = {key: getattr(HOME, key) for key in ("name", "phone", "province", "city", "district", "street")}
    return {
        "reference": f"R{next(_references)}",
        "customer": {"phone": STRANGER, "name": "周敏"},
        "lines": lines,
        "delivery": {"way": "ship", "address": address},
        "payment": {"means": means},
        "shown_total_fen": total(*wanted, channel=name, store=code),
    } | changes


def post(wanted: dict, *, name: str = "app"):
    return channel(name).post("/api/v1/orders", wanted, format="json")


def intake(placed: Placed | str) -> OrderIntake:
    return OrderIntake.objects.get(number=getattr(placed, "order_number", placed))


def pay(placed: Placed | str, *, at: datetime = NOON) -> OrderIntake:
    """Pay at the provider, whose call-back arrives; what follows is done by settle()."""
    found = intake(placed)
    owner = Actor(user_id=found.member_id, name="林晓")
    begun = payments.start_unipay(order_number=found.number, actor=owner, now=at)
    player.pay(
        out_trade_no=begun.out_trade_no,
        now=at,
        deliver=lambda headers, sent: callbacks.handle_callback(headers=headers, body=sent, now=at),
    )
    return intake(found.number)


def settle() -> None:
    """Do everything that the facts ask for; a message that failed fails the test."""
    outbox.drain()
    broken = outbox.OutboxMessage.objects.exclude(last_error="").values_list("dedupe", "last_error")
    assert not list(broken)


def events(placed: Placed | str) -> list[tuple]:
    """(from, to, by, channel, why) of an order's history."""
    rows = intake(placed).events.order_by("pk")
    return list(rows.values_list("before", "after", "by", "channel", "why"))


def reserved(sku: str) -> int:
    return sum(StockLevel.objects.filter(sku=sku).values_list("reserved", flat=True))


def captured(placed: Placed | str) -> int:
    rows = Payment.objects.filter(intake=intake(placed), state=PaymentState.CAPTURED)
    return sum(rows.values_list("captured_fen", flat=True))


def operator() -> Actor:
    return staff("operator1")


def clerk_elsewhere() -> Actor:
    place = members.institution_by_code("st-gz-01")
    return Actor(user_id=1, name="elsewhere", grants=frozenset({Grant("clerk", place.id, place.path)}))
