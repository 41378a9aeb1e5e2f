"""Prepaid cards for pages, for the checkout, and for the books above."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from catalog.kinds import Kind
from catalog.queries import offerings
from catalog.queries.prices import price_tags
from catalog.values import OfferingFacts, PriceTag
from members.actors import Actor
from omnichannel.kernel.errors import NotFound
from orders.models import CardEntry, PrepaidCard, Refund

USABLE = (PrepaidCard.State.ISSUED, PrepaidCard.State.ACTIVE)


class CardUnknown(NotFound):
    code = "card_unknown"
    message = _("We do not know this prepaid card.")


@dataclass(frozen=True)
class Outstanding:
    """What customers have on cards: states maps a state to (cards, fen); under_way is fen of refunded sales
    that have left their cards and not reached the customer yet."""

    states: dict[str, tuple[int, int]]
    under_way_fen: int

    @property
    def balances_fen(self) -> int:
        return sum(fen for _count, fen in self.states.values())

    @property
    def owed_fen(self) -> int:
        return self.balances_fen + self.under_way_fen


def state_labels() -> dict[str, str]:
    """What the states of cards are called."""
    return {str(state): str(words) for state, words in PrepaidCard.State.choices}


def outstanding() -> Outstanding:
    """Two statements."""
    rows = PrepaidCard.objects.order_by("state").values_list("state")
    states = {
        state: (count, int(fen)) for state, count, fen in rows.annotate(n=Count("pk"), fen=Sum("balance_fen"))
    }
    sales = Refund.objects.unfinished().filter(intake__sells_cards=True)
    return Outstanding(states, int(sales.aggregate(fen=Sum("amount_fen"))["fen"] or 0))


def held_by(member_id: int):
    """The cards of a member, the newest first."""
    return PrepaidCard.objects.filter(member_id=member_id)


def usable_of(member_id: int) -> list[PrepaidCard]:
    """What the member can pay with now, the fullest first."""
    cards = held_by(member_id).filter(state__in=USABLE, balance_fen__gt=0)
    return list(cards.order_by("-balance_fen", "pk")[:20])


def mine(*, card_id: int, actor: Actor) -> PrepaidCard:
    """The actor's own card; another's is answered like one that does not exist. Raises CardUnknown."""
    card = PrepaidCard.objects.filter(pk=card_id, member_id=actor.user_id).first() if actor.user_id else None
    if card is None:
        raise CardUnknown()
    return card


def history(card: PrepaidCard):
    """The entries of a card, the newest first."""
    return CardEntry.objects.filter(card=card).order_by("-pk")


def of_order(intake) -> list[PrepaidCard]:
    """The cards that an order issued; none for an order of anything else, without a question."""
    if not intake.sells_cards:
        return []
    return list(PrepaidCard.objects.filter(line__intake=intake).order_by("line_id", "unit"))


def amounts(*, channel: str, now: datetime) -> list[tuple[OfferingFacts, PriceTag]]:
    """The card offerings on sale in a channel, the smallest first: what a card can be reloaded with."""
    known = offerings.of_kind(Kind.PREPAID_CARD)
    tags = price_tags(product_ids=[each.product_id for each in known], channel=channel, now=now)
    found = [(each, tags[each.product_id]) for each in known if each.product_id in tags]
    return sorted(found, key=lambda pair: pair[1].amount)
