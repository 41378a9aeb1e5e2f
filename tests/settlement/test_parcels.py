"""The shipper's share follows the parcel that carried the line, through refunds and new routes."""

from collections import Counter
from itertools import permutations

import pytest

from fulfillment.events import Delivered, HandedOver
from fulfillment.queries.carried import Carried
from settlement.models import AccountKind, OrderShareTerms, ParcelPart, Posting, TradeShare
from settlement.queries.invariants import broken
from settlement.services import facts, night, parcels
from tests.settlement.world import institution


@pytest.fixture
def shipping(world, monkeypatch):
    """shipping.parcels: {parcel: {line: units}} as fulfillment has them now."""
    world.places["st-3"] = institution("st-3", "store")
    world.parcels, world.unsent, world.is_over = {}, {}, False
    monkeypatch.setattr(
        parcels, "carried", lambda number: Carried(world.parcels, world.unsent, world.is_over)
    )
    return world


def leave(world, number: str, parcel: int, place: str) -> None:
    facts.handed_over(HandedOver(parcel, number, world.id(place), world.id("cr"), 0, world.now.isoformat()))


def paid_order(world, fen: int = 333_00) -> tuple[str, int, int]:
    """(number, payment, line): one line of accessories, paid."""
    number = world.order(fen, kind="accessory")
    world.confirm(number)
    return number, world.pay(number), world.terms[number].lines[0].line_id


def nights(world, count: int = 2) -> None:
    for _turn in range(count):
        night.run_due(now=world.tomorrow())
        assert broken() == []


def earned(world) -> dict[str, int]:
    """Fen by place, of the shippers' shares as they are booked; pending under ""."""
    names = {place.pk: code for code, place in world.places.items()}
    found = Counter()
    for share in TradeShare.objects.filter(role="fulfiller"):
        found[names.get(share.institution_id, "")] += share.amount_fen
    return {code: fen for code, fen in sorted(found.items()) if fen}


def test_a_line_over_two_parcels_is_divided_by_units(shipping):
    number, _payment, line = paid_order(shipping)
    shipping.parcels = {1: {line: 2}, 2: {line: 1}}
    leave(shipping, number, 1, "st-1")
    leave(shipping, number, 2, "st-2")
    nights(shipping)
    assert earned(shipping) == {"st-1": 444, "st-2": 222}
    assert OrderShareTerms.objects.get().fulfiller_id is None


def test_a_part_waits_for_its_own_parcel(shipping):
    number, _payment, line = paid_order(shipping)
    shipping.parcels = {1: {line: 2}, 2: {line: 1}}
    leave(shipping, number, 1, "st-1")
    nights(shipping)
    assert earned(shipping) == {"": 222, "st-1": 444}
    leave(shipping, number, 2, "wh")
    nights(shipping, 1)
    assert earned(shipping) == {"st-1": 444, "wh": 222}
    postings = Posting.objects.filter(account__kind=AccountKind.FULFILMENT_PENDING)
    assert sum(postings.values_list("amount_fen", flat=True)) == 0


def test_different_lines_go_to_who_carried_them(shipping):
    number = shipping.order(("accessory", "root", 100_00), ("accessory", "root", 300_00))
    shipping.confirm(number)
    shipping.pay(number)
    first, second = (line.line_id for line in shipping.terms[number].lines)
    shipping.parcels = {1: {first: 5}, 2: {second: 1}}
    leave(shipping, number, 2, "st-2")
    leave(shipping, number, 1, "st-1")
    nights(shipping)
    assert earned(shipping) == {"st-1": 200, "st-2": 600}


def test_one_parcel_is_given_the_same_night(shipping):
    number, _payment, line = paid_order(shipping)
    shipping.parcels = {1: {line: 3}}
    leave(shipping, number, 1, "st-1")
    nights(shipping, 1)
    assert earned(shipping) == {"st-1": 666}
    assert not ParcelPart.objects.exists()


@pytest.mark.parametrize("order", list(permutations((100_00, 33_33, 200_00))))
def test_refunds_take_back_exactly_what_was_given_in_any_order(shipping, order):
    number, payment, line = paid_order(shipping, 333_33)
    shipping.parcels = {1: {line: 2}, 2: {line: 5}, 3: {line: 4}}
    for parcel, place in ((1, "st-1"), (2, "st-2"), (3, "st-3")):
        leave(shipping, number, parcel, place)
    for amount in order:
        shipping.refund(number, payment, [[line, amount]])
        nights(shipping, 1)
    nights(shipping, 1)
    assert earned(shipping) == {}


def test_a_refund_before_the_second_parcel_leaves_nothing_behind(shipping):
    number, payment, line = paid_order(shipping)
    shipping.parcels = {1: {line: 2}, 2: {line: 1}}
    leave(shipping, number, 1, "st-1")
    nights(shipping)
    shipping.refund(number, payment, [[line, 111_00]])
    shipping.parcels, shipping.is_over = {1: {line: 2}}, True
    facts.delivered(
        Delivered(1, number, shipping.id("st-1"), None, 0, [[line, 2]], True, shipping.now.isoformat())
    )
    nights(shipping)
    assert earned(shipping) == {"st-1": 444}


def test_what_another_place_sends_instead_is_its_own(shipping):
    number, _payment, line = paid_order(shipping)
    shipping.parcels = {1: {line: 2}, 2: {line: 1}}
    leave(shipping, number, 1, "st-1")
    shipping.parcels = {1: {line: 2}, 9: {line: 1}}
    leave(shipping, number, 9, "st-3")
    nights(shipping)
    assert earned(shipping) == {"st-1": 444, "st-3": 222}


def test_units_without_a_route_wait_until_they_have_one(shipping):
    number, _payment, line = paid_order(shipping)
    shipping.parcels, shipping.unsent = {1: {line: 2}}, {line: 1}
    leave(shipping, number, 1, "st-1")
    nights(shipping)
    assert earned(shipping) == {"": 222, "st-1": 444}
    shipping.parcels, shipping.unsent = {1: {line: 2}, 4: {line: 1}}, {}
    leave(shipping, number, 4, "st-2")
    nights(shipping, 1)
    assert earned(shipping) == {"st-1": 444, "st-2": 222}


def test_the_same_facts_and_nights_again_change_nothing(shipping):
    number, _payment, line = paid_order(shipping)
    shipping.parcels = {1: {line: 2}, 2: {line: 1}}
    for _turn in range(2):
        leave(shipping, number, 1, "st-1")
        leave(shipping, number, 2, "st-2")
    nights(shipping)
    given = TradeShare.objects.count()
    nights(shipping)
    assert (TradeShare.objects.count(), ParcelPart.objects.count()) == (given, 2)
