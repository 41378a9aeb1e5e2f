"""The customer at a counter, found by phone: how much is told follows from whose counter it is.

Our stores serve every member. To an independent dealer a number is a member's or it is not: name, addresses
and orders are those that its own counter wrote down, whatever else we know.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from members import queries as members
from members.actors import Actor
from members.phones import PhoneInvalid, normalised
from members.values import MemberCard
from omnichannel.kernel import limits
from omnichannel.kernel.errors import TooMany
from orders.models import OrderIntake
from orders.services import counters

NOBODY = {"card": None, "is_new": False}
MOST_SHOWN, MOST_READ = 3, 20


class TooManyLookUps(TooMany):
    code = "too_many_look_ups"
    message = _(
        "You looked up %(most)s customers within an hour. Go on with what the customer tells you: name,"
        " address and phone are taken as they are written."
    )


@dataclass(frozen=True)
class OwnCustomer:
    """A member as a dealer knows him; the name is empty where the dealer never wrote one down."""

    phone_masked: str
    name: str


def customer_card(phone: str, *, counter, actor: Actor) -> dict:
    """Who has this number, for the page; `is_new` for a number nobody has, `unseen` where it is not told.

    Each number counts once an hour for whoever asks, see CUSTOMER_LOOK_UPS_PER_HOUR.
    """
    try:
        wanted = normalised(phone)
        _count(actor, wanted)
    except PhoneInvalid:
        return NOBODY
    except TooManyLookUps as refusal:
        return NOBODY | {"unseen": refusal}
    card = members.member_card(phone=wanted)
    if card is None:
        return NOBODY | {"is_new": True}
    return _as_dealer(card, counter) if counter.kind == counters.DEALER else _as_store(card)


def _count(actor: Actor, phone: str) -> None:
    most = settings.CUSTOMER_LOOK_UPS_PER_HOUR
    try:
        limits.check_different(f"customer:{actor.user_id}", phone, most=most, seconds=3600)
    except TooMany as refusal:
        raise TooManyLookUps(most=most, **refusal.facts) from refusal


def _as_store(card: MemberCard) -> dict:
    return {
        "card": card,
        "is_new": False,
        "open_orders": OrderIntake.objects.open().filter(member_id=card.member_id)[:MOST_SHOWN],
        "addresses": members.addresses_of(card.member_id)[:MOST_SHOWN],
    }


def _as_dealer(card: MemberCard, counter) -> dict:
    sold = OrderIntake.objects.filter(
        member_id=card.member_id, institution_id=counter.id, channel=counters.channel_of(counter)
    )
    lately = list(sold.order_by("-placed_at")[:MOST_READ])
    names = (each.contact_name for each in lately if each.contact_name)
    places = {_line(each.destination): each.destination for each in lately if each.destination}
    return {
        "card": OwnCustomer(phone_masked=card.phone_masked, name=next(names, "")),
        "is_new": False,
        "open_orders": [each for each in lately if not each.is_ended][:MOST_SHOWN],
        "addresses": list(places.values())[:MOST_SHOWN],
    }


def _line(destination: dict) -> tuple:
    return tuple(destination[name] for name in ("name", "province", "city", "district", "street"))
