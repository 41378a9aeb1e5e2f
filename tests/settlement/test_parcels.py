"""The shipper's share follows the parcel that carried the line, through refunds and new routes."""

from collections import Counter
from itertools import permutations

import pytest

from fulfillment.events import Delivered, HandedOver
from fulfillment.queries.carried import Carried
from settlement.models import AccountKind, OrderShareTerms, ParcelPart, Posting, Trade, TradeShare
from settlement.queries.invariants import broken
from settlement.services import facts, night, parcels
from tests.settlement.world import institution


@pytest.fixture
def shipping(world, monkeypatch):
    """shipping.parcels: {parcel: {line: units}} as fulfillment has them now."""
    world.places["st-3"] = institution("st-3", "store")
    world.parcels, world.unsent, world.is_over, world.services = {}, {}, False, set()

    def carried(number: str) -> Carried:
        goods = frozenset(line.line_id for line in world.terms[number].lines) - world.services
        return Carried(world.parcels, world.unsent, world.is_over, goods)

    monkeypatch.setattr(parcels, "carried", carried)
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


def rows() -> list[tuple]:
    return list(TradeShare.objects.order_by("pk").values_list("pk", "institution_id", "amount_fen"))


def cut(world, line: int) -> str:
    """Five in two parcels; the first left and its day is sealed; of the second's three one is cut out."""
    number, _payment, _line = paid_order(world)
    world.parcels = {1: {line: 2}, 2: {line: 3}}
    leave(world, number, 1, "st-1")
    nights(world)
    world.parcels, world.unsent = {1: {line: 2}, 2: {line: 2}}, {line: 1}
    return number


@pytest.mark.parametrize("first", ["the rest", "what was cut out"])
def test_a_unit_cut_out_is_the_share_of_who_sent_it(shipping, first):
    line = 101
    number, given = cut(shipping, line), rows()
    assert earned(shipping) == {"": 400, "st-1": 266}
    if first == "the rest":
        leave(shipping, number, 2, "st-2")
        nights(shipping, 1)
        assert earned(shipping) == {"": 134, "st-1": 266, "st-2": 266}
    shipping.parcels, shipping.unsent = {1: {line: 2}, 2: {line: 2}, 9: {line: 1}}, {}
    leave(shipping, number, 9, "st-3")
    nights(shipping, 1)
    leave(shipping, number, 2, "st-2")
    nights(shipping, 1)
    by_last = {"st-2": 266, "st-3": 134} if first == "the rest" else {"st-2": 267, "st-3": 133}
    assert earned(shipping) == {"st-1": 266} | by_last
    assert rows()[: len(given)] == given, "what was given has changed"
    pending = Posting.objects.filter(account__kind=AccountKind.FULFILMENT_PENDING)
    assert sum(pending.values_list("amount_fen", flat=True)) == 0


def test_facts_that_come_late_or_twice_divide_the_same(shipping):
    """All is over when the hand-overs are heard of, the replacement's first and each twice."""
    line = 101
    number = cut(shipping, line)
    shipping.parcels, shipping.unsent = {1: {line: 2}, 2: {line: 2}, 9: {line: 1}}, {}
    for parcel, place in ((9, "st-3"), (2, "st-2"), (9, "st-3"), (2, "st-2")):
        leave(shipping, number, parcel, place)
    nights(shipping)
    assert sum(earned(shipping).values()) == 666
    parts = ParcelPart.objects.order_by("parcel").values_list("parcel", "units", "fulfiller__code")
    assert list(parts) == [(1, 2, "st-1"), (2, 2, "st-2"), (9, 1, "st-3")]


def test_refunds_of_a_cut_parcel_take_back_exactly_what_was_given(shipping):
    line = 101
    number = cut(shipping, line)
    payment = Trade.objects.get(kind="payment").payment_id
    shipping.refund(number, payment, [[line, 33_33]])
    nights(shipping, 1)
    leave(shipping, number, 2, "st-2")
    nights(shipping, 1)
    shipping.refund(number, payment, [[line, 100_01]])
    shipping.parcels, shipping.unsent = {1: {line: 2}, 2: {line: 2}, 9: {line: 1}}, {}
    leave(shipping, number, 9, "st-3")
    nights(shipping)
    shipping.refund(number, payment, [[line, 199_66]])
    nights(shipping)
    assert earned(shipping) == {}


def test_a_unit_that_is_sent_by_nobody_falls_to_who_carried_most(shipping):
    line = 101
    number = cut(shipping, line)
    leave(shipping, number, 2, "st-2")
    shipping.unsent, shipping.is_over = {}, True
    for parcel, place in ((1, "st-1"), (2, "st-2")):
        facts.delivered(
            Delivered(
                parcel, number, shipping.id(place), None, 0, [[line, 2]], True, shipping.now.isoformat()
            )
        )
    nights(shipping)
    assert earned(shipping) == {"st-1": 266 + 134, "st-2": 266}


def test_what_is_found_again_leaves_with_its_own_parcel(shipping):
    """A third parcel left in between, when the unit seemed to go elsewhere."""
    number, _payment, line = paid_order(shipping)
    shipping.parcels = {1: {line: 2}, 2: {line: 3}, 3: {line: 1}}
    leave(shipping, number, 1, "st-1")
    shipping.parcels, shipping.unsent = {1: {line: 2}, 2: {line: 2}, 3: {line: 1}}, {line: 1}
    leave(shipping, number, 3, "st-3")
    shipping.parcels, shipping.unsent = {1: {line: 2}, 2: {line: 3}, 3: {line: 1}}, {}
    leave(shipping, number, 2, "st-2")
    nights(shipping)
    assert earned(shipping) == {"st-1": 222, "st-2": 333, "st-3": 111}


def test_a_declined_parcel_that_becomes_two_is_divided_between_them(shipping):
    number, _payment, line = paid_order(shipping)
    shipping.parcels = {1: {line: 3}, 2: {line: 3}}
    leave(shipping, number, 1, "st-1")
    shipping.parcels = {1: {line: 3}, 8: {line: 1}, 9: {line: 2}}
    leave(shipping, number, 8, "st-2")
    leave(shipping, number, 9, "st-3")
    nights(shipping)
    assert earned(shipping) == {"st-1": 333, "st-2": 111, "st-3": 222}


def test_what_is_no_goods_is_divided_by_all_units_that_left(shipping):
    number = shipping.order(("accessory", "root", 300_00), ("accessory", "root", 50_00))
    shipping.confirm(number)
    shipping.pay(number)
    line, service = (line.line_id for line in shipping.terms[number].lines)
    shipping.services = {service}
    shipping.parcels = {1: {line: 2}, 2: {line: 3}}
    leave(shipping, number, 1, "st-1")
    shipping.parcels, shipping.unsent = {1: {line: 2}, 2: {line: 2}}, {line: 1}
    leave(shipping, number, 2, "st-2")
    shipping.parcels, shipping.unsent = {1: {line: 2}, 2: {line: 2}, 9: {line: 1}}, {}
    leave(shipping, number, 9, "st-3")
    nights(shipping)
    for each in (line, service):
        parts = ParcelPart.objects.filter(line_id=each).order_by("parcel")
        assert list(parts.values_list("parcel", "units")) == [(1, 2), (2, 2), (9, 1)]
    assert earned(shipping) == {"st-1": 280, "st-2": 280, "st-3": 140}


def test_a_line_called_off_before_anything_left_waits_for_the_end(shipping):
    number = shipping.order(("accessory", "root", 100_00), ("accessory", "root", 300_00))
    shipping.confirm(number)
    shipping.pay(number)
    _gone, line = (line.line_id for line in shipping.terms[number].lines)
    shipping.parcels = {1: {line: 1}, 2: {line: 2}}
    leave(shipping, number, 1, "st-1")
    leave(shipping, number, 2, "st-2")
    nights(shipping)
    assert earned(shipping) == {"": 200, "st-1": 200, "st-2": 400}
    shipping.is_over = True
    facts.delivered(
        Delivered(2, number, shipping.id("st-2"), None, 0, [[line, 2]], True, shipping.now.isoformat())
    )
    nights(shipping)
    assert earned(shipping) == {"st-1": 200, "st-2": 600}
