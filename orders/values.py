"""Frozen values that travel between doors, services and the apps above."""

from dataclasses import dataclass, field

from catalog.kinds import Kind
from catalog.values import OfferingFacts
from fulfillment.values import Posted
from members.values import Destination


@dataclass(frozen=True)
class Wish:
    """One thing a customer wants, as any channel says it."""

    sku: str
    quantity: int
    msisdn: str = ""
    plan_sku: str = ""
    target_msisdn: str = ""
    target_card: int | None = None  # the prepaid card that a card offering reloads


@dataclass(frozen=True)
class QuotedLine:
    """A wish with its price. Amounts in fen; `with_line` is the index of the SIM line a plan comes with."""

    wish: Wish
    facts: OfferingFacts
    product_id: int
    stockrecord_id: int | None
    title: str
    title_en: str
    kind: str
    seller_id: int
    is_goods: bool
    is_instant: bool
    needs_identity: bool
    unit_fen: int
    base_fen: int
    amount_fen: int
    price_reason: str
    with_line: int | None = None
    # (id of the offer, fen) for each offer that took something off.
    savings: tuple[tuple[int, int], ...] = ()

    @property
    def discount_fen(self) -> int:
        return self.unit_fen * self.wish.quantity - self.amount_fen


@dataclass(frozen=True)
class Saving:
    """An offer that took something off: which, how much."""

    offer_id: int
    name: str
    amount_fen: int


@dataclass(frozen=True)
class Quote:
    lines: tuple[QuotedLine, ...]
    shipping_fen: int
    savings: tuple[Saving, ...] = ()
    # The customer's own parcel that its only line carries.
    posted: Posted | None = None

    @property
    def goods_fen(self) -> int:
        return sum(line.amount_fen for line in self.lines)

    @property
    def before_fen(self) -> int:
        """What the lines would cost without offers."""
        return sum(line.unit_fen * line.wish.quantity for line in self.lines)

    @property
    def total_fen(self) -> int:
        return self.goods_fen + self.shipping_fen

    @property
    def has_goods(self) -> bool:
        return any(line.is_goods for line in self.lines)

    @property
    def sells_cards(self) -> bool:
        return any(line.kind == Kind.PREPAID_CARD for line in self.lines)

    @property
    def needs_identity(self) -> bool:
        return any(line.needs_identity for line in self.lines)


@dataclass(frozen=True)
class Customer:
    """Who buys. member_id when known; else phone makes or finds the member."""

    phone: str
    name: str = ""
    member_id: int | None = None
    identity_id: int | None = None


@dataclass(frozen=True)
class Delivery:
    """How it gets there: way ship (destination), pickup (pickup_location_id) or none."""

    way: str
    destination: Destination | None = None
    pickup_location_id: int | None = None


@dataclass(frozen=True)
class CardPart:
    """A prepaid card that pays a part: a member's own by card_id, any other by number and PIN.

    amount_fen None: all that it can pay.
    """

    card_id: int | None = None
    number: str = ""
    pin: str = ""
    amount_fen: int | None = None


@dataclass(frozen=True)
class Terms:
    """How it is paid: means unipay, cash, card or cod for what points_fen and the prepaid card do not cover.

    admissions: tokens of flash sales' queues that let this customer in.
    """

    means: str
    shown_total: int
    points_fen: int = 0
    admissions: tuple[str, ...] = ()
    card: CardPart | None = None


@dataclass(frozen=True)
class Source:
    """Through which door it came: `caller` and `reference` make a channel's order unique."""

    channel: str
    institution_id: int | None = None
    caller: str = ""
    reference: str = ""
    basket_id: int | None = None


@dataclass(frozen=True)
class MoneyLine:
    """discounts: (offer's slug, fen) for each offer that took something off; amount_fen is what is left."""

    line_id: int
    sku: str
    kind: str
    seller_id: int
    quantity: int
    amount_fen: int
    discounts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class MoneyTerms:
    """The money of an order: Σ lines.amount_fen + shipping_fen = total_fen."""

    order_number: str
    channel: str
    member_id: int | None
    attributed_institution_id: int | None
    attributed_path: str
    province: str
    placed_at: str
    total_fen: int
    shipping_fen: int
    cod: bool
    lines: tuple[MoneyLine, ...] = field(default_factory=tuple)
