"""The facts this app publishes. Amounts are fen; times are ISO 8601 text, UTC."""

from dataclasses import dataclass
from typing import ClassVar

from omnichannel.kernel.outbox import Fact


@dataclass(frozen=True)
class OrderPlaced(Fact):
    """An order exists and waits for its payments."""

    topic: ClassVar[str] = "orders.order_placed"
    order_number: str
    channel: str
    member_id: int | None
    occurred_at: str

    @property
    def key(self):
        return self.order_number


@dataclass(frozen=True)
class OrderConfirmed(Fact):
    """Paid in full, or accepted as cash on delivery: goods may move, money terms freeze."""

    topic: ClassVar[str] = "orders.order_confirmed"
    order_number: str
    cod: bool
    occurred_at: str
    for_cards: bool = False

    @property
    def key(self):
        return self.order_number


@dataclass(frozen=True)
class PaymentCaptured(Fact):
    """Money (or points worth money) for an order has arrived.

    means: unipay, cash, card, cod, points or prepaid (a prepaid card). for_cards: it pays for prepaid cards,
    to which it is owed from now on. provider_id is the payment provider's institution;
    collector_id the store or courier that physically took the money. our_reference and
    provider_reference are the numbers under which the provider's bills show it; empty for other means.
    """

    topic: ClassVar[str] = "orders.payment_captured"
    payment_id: int
    order_number: str
    means: str
    provider_id: int | None
    collector_id: int | None
    amount_fen: int
    occurred_at: str
    our_reference: str = ""
    provider_reference: str = ""
    for_cards: bool = False

    @property
    def key(self):
        return str(self.payment_id)


@dataclass(frozen=True)
class RefundMade(Fact):
    """Money went back. line_amounts: [[line id, fen], …], shipping as line 0; sums to amount_fen.

    our_reference and provider_reference are the refund's own numbers at the provider.
    """

    topic: ClassVar[str] = "orders.refund_made"
    refund_id: int
    payment_id: int
    order_number: str
    means: str
    provider_id: int | None
    collector_id: int | None
    amount_fen: int
    line_amounts: list
    occurred_at: str
    our_reference: str = ""
    provider_reference: str = ""
    for_cards: bool = False

    @property
    def key(self):
        return str(self.refund_id)


@dataclass(frozen=True)
class OrderCancelled(Fact):
    topic: ClassVar[str] = "orders.order_cancelled"
    order_number: str
    reason: str
    occurred_at: str

    @property
    def key(self):
        return self.order_number


@dataclass(frozen=True)
class OrderCompleted(Fact):
    """Everything delivered or activated. earned_on_fen is the money on which points are earned."""

    topic: ClassVar[str] = "orders.order_completed"
    order_number: str
    member_id: int | None
    earned_on_fen: int
    occurred_at: str

    @property
    def key(self):
        return self.order_number


@dataclass(frozen=True)
class RefundRequested(Fact):
    """A refund waits to be sent to its payment's provider; `round` counts an operator's new attempts."""

    topic: ClassVar[str] = "orders.refund_requested"
    refund_id: int
    round: int

    @property
    def key(self):
        return f"{self.refund_id}:{self.round}"


@dataclass(frozen=True)
class PaymentClosed(Fact):
    """We wait no longer for this payment; its provider is to refuse it."""

    topic: ClassVar[str] = "orders.payment_closed"
    payment_id: int

    @property
    def key(self):
        return str(self.payment_id)


@dataclass(frozen=True)
class CardStateChanged(Fact):
    """A prepaid card was frozen, unfrozen or made void: by whom, in which role, and why. Its tail only."""

    topic: ClassVar[str] = "orders.card_state_changed"
    entry_id: int
    card_id: int
    tail: str
    before: str
    after: str
    balance_fen: int
    actor_id: int | None
    actor_name: str
    actor_roles: list
    reason: str
    occurred_at: str

    @property
    def key(self):
        return str(self.entry_id)

    @classmethod
    def of(cls, card, entry, *, before: str, actor):
        return cls(
            entry_id=entry.pk,
            card_id=card.pk,
            tail=card.tail,
            before=before,
            after=card.state,
            balance_fen=entry.balance_fen,
            actor_id=actor.user_id,
            actor_name=actor.label,
            actor_roles=sorted({grant.role for grant in actor.grants}),
            reason=entry.note,
            occurred_at=entry.at.isoformat(),
        )
