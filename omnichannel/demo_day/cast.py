"""Who and what the demo company has for its day, in a fixed order."""

from catalog.queries import offerings
from members.demo.people import demo_people
from members.identity_numbers import TEST_AREA, check_character
from members.queries import institutions_of_kind

from .script import Cast, Person

KINDS = (
    "device",
    "accessory",
    "sim",
    "top_up",
    "data_pack",
    "food",
    "gift",
    "merchant_goods",
    "subscription",
    "prepaid_card",
)


def cast() -> Cast:
    """Everything the script draws from; a handful of queries."""
    found = {kind: sorted(offerings.of_kind(kind), key=lambda each: each.sku) for kind in KINDS}
    tiers = sorted({card.tier for card in found["sim"]})
    return Cast(
        people=[_person(*row) for row in demo_people()],
        stores=sorted(institutions_of_kind("store"), key=lambda store: store.code),
        offerings=found,
        plans={tier: sorted(offerings.plans(tier=tier), key=lambda plan: plan.sku) for tier in tiers},
    )


def _person(member_id: int, phone: str, name: str, destination, points_fen: int) -> Person:
    return Person(
        member_id=member_id,
        phone=phone,
        name=name,
        destination=destination,
        id_number=test_id_number(int(phone[-4:])),
        points_fen=points_fen,
    )


def test_id_number(number: int) -> str:
    """A valid resident ID number in an area that was never assigned, so that it is nobody's."""
    head = f"{TEST_AREA}{1960 + number % 40}{1 + number % 12:02d}{1 + number % 28:02d}{number % 1000:03d}"
    return head + check_character(head)
