"""A customer's own parcel at a counter: weighed, priced, its sender known; an order for its postage."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalog.kinds import Kind
from catalog.queries import offerings
from catalog.values import OfferingFacts
from fulfillment.services import postage
from fulfillment.values import Measures, Postage, Posted
from members import queries as members
from members.actors import Actor
from members.channels import Channel
from members.services import identity, membership
from members.values import Destination, InstitutionCard
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid, NotAllowed
from orders.models.intake import Way
from orders.services import cash
from orders.services.counters import CLERKS
from orders.services.placement import Placed, place_quoted
from orders.values import CardPart, Customer, Delivery, Quote, QuotedLine, Source, Terms, Wish

STORE = "store"
MEANS = ("cash", "unipay")


class StoresOnly(NotAllowed):
    code = "posting_stores_only"
    message = _("Only Huatong's own stores take parcels in. Send the customer to the nearest one.")


class SenderUnknown(Invalid):
    code = "posting_identity_required"
    message = _(
        "Parcels are posted under one's real name. Ask for the sender's ID card and enter its number."
    )


class NotInspected(Invalid):
    code = "posting_not_inspected"
    message = _("Look at the contents and ask about forbidden goods. Without that no parcel is accepted.")


class MeansUnknown(Invalid):
    code = "posting_means_invalid"
    message = _("Postage is paid at once: in cash or by phone.")


class NotOffered(DomainError):
    code = "posting_not_offered"
    message = _("Parcels are not accepted yet: there is no article of the kind “postage”.")


@dataclass(frozen=True)
class Sender:
    phone: str
    name: str
    id_number: str


@dataclass(frozen=True)
class ParcelWish:
    """What lies on the counter. is_inspected: the clerk saw the contents and asked about forbidden goods."""

    measures: Measures
    contents: str
    declared_fen: int = 0
    is_inspected: bool = False


@transaction.atomic
def post(
    *,
    actor: Actor,
    store: InstitutionCard,
    sender: Sender,
    receiver: Destination,
    parcel: ParcelWish,
    means: str,
    shown_total: int,
    card: CardPart | None = None,
    now: datetime,
) -> Placed:
    """Take a customer's parcel at a store's counter; cash is taken in the transaction.

    The sender joins as a member and is verified by ID number. Paid, the parcel is packed and waits for its
    courier; until then it is held as any order is. Raises NotAllowed for a clerk of another store, StoresOnly
    at a dealer's counter, SenderUnknown, NotInspected, MeansUnknown, NotOffered, the refusals of
    postage.check() and price(), identity.verify(), and PriceChanged where shown_total (fen) is not today's
    postage.
    """
    actor.must_have(*CLERKS, path=store.path)
    if store.kind != STORE:
        raise StoresOnly()
    _check(sender, parcel, means)
    agreed = price(parcel.measures, store=store, province=receiver.province, now=now)
    offering = _offering()
    member_id = membership.join(
        phone=sender.phone, name=sender.name, channel=Channel.STORE, institution_id=store.id, now=now
    )
    proven = identity.verify(member_id=member_id, name=sender.name, id_number=sender.id_number, now=now)
    posted = Posted(
        store_id=store.id,
        sender_identity_id=proven.identity_id,
        measures=parcel.measures,
        contents=" ".join(parcel.contents.split()),
        declared_fen=parcel.declared_fen,
        inspected_by=actor.label,
        postage=agreed,
    )
    placed = place_quoted(
        actor=actor,
        quoted=Quote(lines=(_line(offering, agreed),), shipping_fen=0, posted=posted),
        customer=Customer(
            phone=sender.phone, name=sender.name, member_id=member_id, identity_id=proven.identity_id
        ),
        delivery=Delivery(way=Way.SHIP, destination=receiver),
        terms=Terms(means=means, shown_total=shown_total, card=card),
        source=Source(channel=Channel.STORE, institution_id=store.id),
        now=now,
    )
    if means == "cash" and placed.due_fen:
        cash.record_cash(
            order_number=placed.order_number,
            actor=actor,
            store_id=store.id,
            amount_fen=placed.due_fen,
            now=now,
        )
    return placed


def store_of(actor: Actor) -> InstitutionCard:
    """Where the actor takes parcels in. Raises StoresOnly at a dealer's counter, NotAllowed without one."""
    grants = sorted(actor.grants, key=lambda grant: grant.path)
    places = [grant.institution_id for grant in grants if grant.role in CLERKS]
    if not places:
        raise NotAllowed()
    cards = members.institutions_by_ids(places)
    stores = [cards[place] for place in places if cards[place].kind == STORE]
    if not stores:
        raise StoresOnly()
    return stores[0]


def price(measures: Measures, *, store: InstitutionCard, province: str, now: datetime) -> Postage:
    """Today's postage from a store to a province. Raises as fulfillment's postage.price()."""
    return postage.price(
        measures, from_province=store.province, to_province=province, day=clock.local_day(now)
    )


def _check(sender: Sender, parcel: ParcelWish, means: str) -> None:
    postage.check(contents=parcel.contents, declared_fen=parcel.declared_fen)
    if not sender.id_number.strip():
        raise SenderUnknown(field="id_number")
    if not parcel.is_inspected:
        raise NotInspected(field="is_inspected")
    if means not in MEANS:
        raise MeansUnknown(field="means")


def _offering() -> OfferingFacts:
    found = offerings.service_of(Kind.POSTAGE)
    if found is None:
        raise NotOffered()
    return found


def _line(offering: OfferingFacts, agreed: Postage) -> QuotedLine:
    """Postage has no price in the catalogue: the table of rates is its price."""
    return QuotedLine(
        wish=Wish(sku=offering.sku, quantity=1),
        facts=offering,
        product_id=offering.product_id,
        stockrecord_id=None,
        title=offering.title,
        title_en=offering.title_en,
        kind=offering.kind,
        seller_id=offering.seller_id,
        is_goods=True,
        is_instant=False,
        needs_identity=True,
        unit_fen=agreed.postage_fen,
        base_fen=agreed.postage_fen,
        amount_fen=agreed.postage_fen,
        price_reason="",
    )
