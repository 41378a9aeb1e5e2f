"""Prepaid cards at the demo company, each door in one line of a test. The clock stands at demo.NOON."""

from dataclasses import replace

from members import queries as members
from members.actors import SYSTEM
from orders.models import Payment, PrepaidCard
from orders.services import card_pins, placement, refunds
from orders.services.placement import Placed
from orders.values import CardPart, Customer, Source, Terms, Wish
from tests.support import ordering
from tests.support.demo import NOON
from tests.support.ordering import LIN, NOTHING, SHIP

CARD_50, CARD_100, CARD_500 = "PREPAID-CARD-50", "PREPAID-CARD-100", "PREPAID-CARD-500"


def bought(sku: str = CARD_100, *, quantity: int = 1, phone: str = LIN) -> list[PrepaidCard]:
    """The cards of a paid order; nobody holds them yet."""
    placed = ordering.order(Wish(sku=sku, quantity=quantity), phone=phone, delivery=NOTHING)
    ordering.pay(placed)
    return of(placed)


def of(placed: Placed) -> list[PrepaidCard]:
    return list(PrepaidCard.objects.filter(line__intake__number=placed.order_number).order_by("pk"))


def held(sku: str = CARD_100, *, phone: str = LIN) -> PrepaidCard:
    """A card that its buyer keeps."""
    card = bought(sku, phone=phone)[0]
    return card_pins.keep(card_id=card.pk, actor=ordering.member(phone), now=NOON)


def with_pin(sku: str = CARD_100, *, phone: str = LIN) -> tuple[PrepaidCard, str]:
    """A card and its PIN, to be given away."""
    card = bought(sku, phone=phone)[0]
    return card, card_pins.show(card_id=card.pk, actor=ordering.member(phone), now=NOON)


def order(
    *wanted, part: CardPart, phone: str = LIN, means: str = "unipay", points_fen: int = 0, delivery=SHIP
):
    """An order of a member that a card pays, or helps to pay."""
    who = ordering.member(phone)
    known = members.identity_of(who.user_id)
    return placement.place(
        actor=who,
        wishes=ordering.wishes(*wanted),
        customer=Customer(phone=phone, name="林晓", member_id=who.user_id,
                          identity_id=known.identity_id if known else None),
        delivery=delivery,
        terms=Terms(means=means, shown_total=ordering.total(*wanted, way=delivery.way), points_fen=points_fen,
                    card=part),
        source=Source(channel="web"),
        now=NOON,
    )  # fmt: skip


def by(card: PrepaidCard, **facts) -> CardPart:
    """The card as its holder names it."""
    return replace(CardPart(card_id=card.pk), **facts)


def balance(card: PrepaidCard) -> int:
    return PrepaidCard.objects.get(pk=card.pk).balance_fen


def paid_by_card(placed: Placed) -> Payment:
    return Payment.objects.get(intake__number=placed.order_number, means="prepaid")


def give_back(placed: Placed | str, lines=None, *, reason: str = "changed mind"):
    return refunds.refund(
        order_number=getattr(placed, "order_number", placed),
        line_amounts=lines,
        reason=reason,
        actor=SYSTEM,
        now=NOON,
    )
