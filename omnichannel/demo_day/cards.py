"""A few prepaid cards of the day: bought, paid with online and at a counter, frozen, and returned unused.

What they pay is no goods, so that the day's parcels are what the script says. Card numbers and PINs are
random as in life; amounts and people are a function of the seed. A slot played again finds its orders.
"""

from datetime import date, datetime
from random import Random

from members.actors import SYSTEM, Actor, Grant
from members.values import InstitutionCard
from orders import reasons
from orders.models import OrderIntake, PrepaidCard
from orders.services import callbacks, card_freeze, card_pins, clerk, payments, quoting
from orders.services.placement import place
from orders.simulator import player as provider
from orders.values import CardPart, Customer, Delivery, Source, Terms, Wish

from .script import Cast, Person

SELL_SLOT, SPEND_SLOT = 4, 14
ORDERS_PER_CARD, MOST = 15, 8
NOTHING = Delivery(way="none")


def play(*, day: date, seed: int, size: int, slot: int, cast: Cast, now: datetime) -> None:
    """What the slot has of it; nothing where the demo company sells no cards."""
    offered = cast.offerings.get("prepaid_card")
    if not offered or slot not in (SELL_SLOT, SPEND_SLOT):
        return
    chance = Random(f"{seed}:cards")
    buyers = [cast.people[0], *chance.sample(cast.people[1:], k=min(MOST, size // ORDERS_PER_CARD))]
    for number, person in enumerate(buyers):
        reference = f"card-{day:%Y%m%d}-{number}"
        card, store = chance.choice(offered), chance.choice(cast.stores)
        sku = card.sku if number else offered[-1].sku  # the first one, a demo customer, has something left
        if slot == SELL_SLOT:
            _buy(reference, person, sku, now=now)
        else:
            _use(reference, number, person, store, cast, now=now)


def _buy(reference: str, person: Person, sku: str, *, now: datetime) -> None:
    placed = _order(reference, person, Wish(sku=sku, quantity=1), now=now)
    for card in PrepaidCard.objects.filter(line__intake__number=placed, member=None):
        card_pins.keep(card_id=card.pk, actor=_actor(person), now=now)


def _use(
    reference: str, number: int, person: Person, store: InstitutionCard, cast: Cast, *, now: datetime
) -> None:
    """By turns: online with the provider for what it lacks, at a counter, frozen, returned."""
    card = PrepaidCard.objects.get(line__intake__channel_reference=reference)
    if number % 4 == 0:
        wish = Wish(sku=cast.offerings["top_up"][0].sku, quantity=1, target_msisdn=f"86{person.phone[-11:]}")
        _order(f"{reference}-use", person, wish, card=CardPart(card_id=card.pk), now=now)
    elif number % 4 == 1 and not card.pin_hash:
        pin = card_pins.show(card_id=card.pk, actor=_actor(person), now=now)
        _at_counter(person, store, cast, CardPart(number=card.number, pin=pin), now=now)
    elif number % 4 == 2 and card.state == PrepaidCard.State.ACTIVE:
        card_freeze.freeze(card_id=card.pk, actor=_actor(person), now=now)
    elif number % 4 == 3:
        card_freeze.refund_unused(card_id=card.pk, actor=SYSTEM, reason=reasons.BY_CUSTOMER, now=now)


def _at_counter(person: Person, store: InstitutionCard, cast: Cast, card: CardPart, *, now: datetime) -> None:
    wishes = [Wish(sku=cast.offerings["subscription"][0].sku, quantity=1)]
    quoted = quoting.quote(wishes, channel="store", institution_id=store.id, way="none", now=now)
    grants = frozenset({Grant("clerk", store.id, store.path)})
    clerk.sell(
        actor=Actor(name=f"clerk {store.code}", channel="store", grants=grants),
        store_id=store.id,
        wishes=wishes,
        phone=person.phone,
        name=person.name,
        id_number="",
        delivery=NOTHING,
        means="cash",
        shown_total=quoted.total_fen,
        card=card,
        now=now,
    )


def _order(reference: str, person: Person, wish: Wish, *, card: CardPart | None = None, now: datetime) -> str:
    """The number of the order with this reference, placed and paid; asked for again it is the same one."""
    known = OrderIntake.objects.filter(caller="", channel_reference=reference).first()
    if known is None:
        total = quoting.quote([wish], channel="web", way="none", now=now).total_fen
        place(
            actor=_actor(person),
            wishes=[wish],
            customer=Customer(phone=person.phone, name=person.name, member_id=person.member_id),
            delivery=NOTHING,
            terms=Terms(means="unipay", shown_total=total, card=card),
            source=Source(channel="web", reference=reference),
            now=now,
        )
        known = OrderIntake.objects.get(caller="", channel_reference=reference)
    if known.state == OrderIntake.State.AWAITING_PAYMENT:
        _pay(known.number, person, now=now)
    return known.number


def _pay(order_number: str, person: Person, *, now: datetime) -> None:
    payment = payments.start_unipay(order_number=order_number, actor=_actor(person), now=now)
    provider.pay(
        out_trade_no=payment.out_trade_no,
        now=now,
        deliver=lambda headers, body: callbacks.handle_callback(headers=headers, body=body, now=now),
    )


def _actor(person: Person) -> Actor:
    return Actor(user_id=person.member_id, name=person.name, channel="web")
