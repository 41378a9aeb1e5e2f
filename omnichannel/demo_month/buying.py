"""Orders on the web that the day's script does not hold: at night, and too large for one place."""

from datetime import datetime
from random import Random

from django.db.models import F, Max, Sum

from fulfillment.models import StockLevel
from members.actors import Actor
from omnichannel.demo_day.script import Cast, Person
from orders.services import baskets, callbacks, payments
from orders.services.quoting import MOST_UNITS
from orders.simulator import player as provider
from orders.values import Customer, Delivery, Terms, Wish

# Kinds whose shipper earns a share of the line.
SHIPPED_KINDS = ("accessory", "gift", "food")
PLACES = ("store", "warehouse")
# So many more than the best place has.
BEYOND = 5


def top_up_by_night(cast: Cast, *, count: int, chance: Random, now: datetime) -> list[str]:
    """People who cannot sleep top up their phones and pay; the numbers under which the provider has it."""
    return [_top_up(chance.choice(cast.people), chance, cast, now) for _turn in range(count)]


def _top_up(person: Person, chance: Random, cast: Cast, now: datetime) -> str:
    offering = chance.choice(cast.offerings["top_up"])
    wish = Wish(sku=offering.sku, quantity=1, target_msisdn=f"86{person.phone[-11:]}")
    return _pay(person, _order(person, wish, Delivery(way="none"), now), _nobody, "late", now)


def order_beyond_one_place(cast: Cast, *, chance: Random, now: datetime) -> str:
    """More units than any one place has, fewer than all have together; the order's number, or nothing."""
    skus = [facts.sku for kind in SHIPPED_KINDS for facts in cast.offerings[kind]]
    levels = StockLevel.objects.filter(sku__in=skus, location__kind__in=PLACES).order_by()
    free = F("on_hand") - F("reserved")
    found = levels.values("sku").annotate(best=Max(free), all=Sum(free)).order_by("best", "sku")
    fit = [row for row in found if row["best"] + 2 * BEYOND <= min(row["all"], MOST_UNITS)]
    if not fit:
        return ""
    person = chance.choice(cast.people)
    wish = Wish(sku=fit[0]["sku"], quantity=fit[0]["best"] + BEYOND)
    number = _order(person, wish, Delivery(way="ship", destination=person.destination), now)
    _pay(person, number, lambda headers, body: _told(headers, body, now), "now", now)
    return number


def _order(person: Person, wish: Wish, delivery: Delivery, now: datetime) -> str:
    actor = _actor(person)
    basket = baskets.add(actor=actor, session_basket_id=None, wish=wish, channel="web", now=now)
    _lines, quoted = baskets.quote_basket(basket, channel="web", way=delivery.way, now=now)
    placed = baskets.place_basket(
        actor=actor,
        basket_id=basket.pk,
        session_basket_id=basket.pk,
        customer=Customer(phone=person.phone, name=person.name, member_id=person.member_id),
        delivery=delivery,
        terms=Terms(means="unipay", shown_total=quoted.total_fen),
        channel="web",
        now=now,
    )
    return placed.order_number


def _actor(person: Person) -> Actor:
    return Actor(user_id=person.member_id, name=person.name, channel="web")


def _pay(person: Person, number: str, deliver, how: str, now: datetime) -> str:
    payment = payments.start_unipay(order_number=number, actor=_actor(person), now=now)
    provider.pay(out_trade_no=payment.out_trade_no, now=now, deliver=deliver, how=how)
    return payment.out_trade_no


def _told(headers, body, now: datetime) -> None:
    callbacks.handle_callback(headers=headers, body=body, now=now)


def _nobody(headers, body) -> None:
    """The call-back is on its way."""
