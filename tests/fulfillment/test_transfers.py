"""Goods between two shelves: consent, transit, differences; serial units travel along."""

import pytest

from fulfillment.models import (
    SerialEvent,
    SerialUnit,
    StockLevel,
    StockMovement,
    StockTransfer,
    TransferUnit,
    TransferWrongState,
)
from fulfillment.queries import serials as serial_queries
from fulfillment.queries.invariants import findings
from fulfillment.services import stock, transfer_moves, transfers
from fulfillment.services.claims import SerialNotHere, SerialTaken
from fulfillment.services.transfer_moves import Arrival
from fulfillment.services.wrong_input import ReasonMissing
from members.actors import Actor, Grant
from members.models import Institution
from omnichannel.kernel.errors import NotAllowed

IMEIS = ["860000000000017", "860000000000025", "860000000000033"]


@pytest.fixture
def chain(company):
    """The company's places below one root, as in life: one owner."""
    for place in company.places.values():
        if place.kind in ("warehouse", "store"):
            place.path, place.parent = f"carrier/{place.code}/", company.carrier
            place.save()
    company.put("wh", a=10, b=4)
    return company


def on_hand(code: str, sku="a") -> int:
    row = StockLevel.objects.filter(sku=sku, location__code=code).first()
    return row.on_hand if row else 0


def ask(company, actor, now, goal="st-a", giver="wh", **units):
    return transfers.request(
        actor=actor,
        from_id=company.places[giver].pk,
        to_id=company.places[goal].pk,
        wanted=units,
        now=now,
    )


def boss(company, code: str, role="store_manager") -> Actor:
    place = company.places[code]
    return Actor(
        user_id=place.pk, name=f"{role} {code}", grants=frozenset([Grant(role, place.pk, place.path)])
    )


def under_way(company, now, **units):
    made = ask(company, boss(company, "st-a"), now, **units)
    transfers.agree(actor=boss(company, "wh", "warehouse"), code=made.code, now=now)
    return made


def test_goods_move_only_with_the_giver_s_consent(chain, now):
    asker, giver = boss(chain, "st-a"), boss(chain, "wh", "warehouse")
    made = ask(chain, asker, now, a=3)
    assert made.state == "requested"
    with pytest.raises(NotAllowed):
        transfers.agree(actor=asker, code=made.code, now=now)
    operator = Actor(
        user_id=9, name="op", grants=frozenset([Grant("operator", chain.carrier.pk, "carrier/")])
    )
    with pytest.raises(NotAllowed):
        transfers.agree(actor=operator, code=made.code, now=now)
    with pytest.raises(transfers.TransferUnknown):
        transfers.agree(actor=boss(chain, "st-b"), code=made.code, now=now)
    with pytest.raises(ReasonMissing):
        transfers.refuse(actor=giver, code=made.code, reason=" ", now=now)
    transfers.refuse(actor=giver, code=made.code, reason="needed here", now=now)
    with pytest.raises(TransferWrongState):
        transfer_moves.send(actor=giver, code=made.code, now=now)
    assert on_hand("wh") == 10
    assert [step.note for step in made.steps.all()] == ["", "needed here"]


def test_who_offers_own_goods_has_consented(chain, now):
    made = ask(chain, boss(chain, "wh", "warehouse"), now, a=1)
    assert made.state == "agreed"


def test_units_are_in_transit_until_they_are_received(chain, now):
    made = under_way(chain, now, a=5, b=2)
    transfer_moves.send(actor=boss(chain, "wh", "warehouse"), code=made.code, units={"a": 4}, now=now)
    assert (on_hand("wh"), on_hand("wh", "b"), on_hand("st-a")) == (6, 2, 0)
    assert findings(now=now) == []
    transfer_moves.receive(actor=boss(chain, "st-a"), code=made.code, now=now)
    assert (on_hand("st-a"), on_hand("st-a", "b")) == (4, 2)
    assert findings(now=now) == []
    with pytest.raises(TransferWrongState):
        transfer_moves.receive(actor=boss(chain, "st-a"), code=made.code, now=now)


@pytest.mark.parametrize(
    ("said", "shelf", "loss"),
    [
        (Arrival(good=3), 3, {"transfer_lost": 2}),
        (Arrival(good=3, damaged=1), 3, {"transfer_lost": 1, "transfer_damaged": 1}),
        (Arrival(good=0), 0, {"transfer_lost": 5}),
        (Arrival(good=7), 7, {"transfer_surplus": 2}),
        (Arrival(good=5, damaged=2), 5, {}),
    ],
)
def test_what_differs_is_booked_and_each_sku_sums_to_zero(chain, now, said, shelf, loss):
    made = under_way(chain, now, a=5)
    transfer_moves.send(actor=boss(chain, "wh", "warehouse"), code=made.code, now=now)
    transfer_moves.receive(actor=boss(chain, "st-a"), code=made.code, found={"a": said}, now=now)
    assert on_hand("st-a") == shelf
    moved = StockMovement.objects.filter(reference=made.code).exclude(
        reason__in=["transfer_out", "transfer_in"]
    )
    assert dict(moved.values_list("reason", "quantity")) == loss
    assert findings(now=now) == []


def test_promised_units_do_not_leave(chain, now):
    made = under_way(chain, now, a=10)
    chain.paid("o1", {"a": 1})
    with pytest.raises(stock.StockPromised):
        transfer_moves.send(actor=boss(chain, "wh", "warehouse"), code=made.code, now=now)
    assert (on_hand("wh"), StockTransfer.objects.get().state) == (10, "agreed")


def test_serial_units_travel_one_by_one(chain, now):
    chain.goods("phone", kind="device", serial_kind="imei")
    chain.put_serials("wh", "phone", "imei", IMEIS)
    giver, taker = boss(chain, "wh", "warehouse"), boss(chain, "st-a")
    made = under_way(chain, now, phone=3)
    with pytest.raises(transfer_moves.SerialsNeeded):
        transfer_moves.send(actor=giver, code=made.code, now=now)
    with pytest.raises(SerialNotHere):
        transfer_moves.send(actor=giver, code=made.code, serials={"phone": ["860000000000041"]}, now=now)
    transfer_moves.send(actor=giver, code=made.code, serials={"phone": [*IMEIS, IMEIS[0]]}, now=now)
    assert set(SerialUnit.objects.values_list("state", flat=True)) == {"in_transit"}
    assert findings(now=now) == []
    stranger = Arrival(serials=("860000000000041",))
    with pytest.raises(transfer_moves.SerialNotSent):
        transfer_moves.receive(actor=taker, code=made.code, found={"phone": stranger}, now=now)
    with pytest.raises(transfer_moves.SerialsNeeded):
        transfer_moves.receive(actor=taker, code=made.code, now=now)
    came = Arrival(serials=(IMEIS[0],), damaged_serials=(IMEIS[1],))
    transfer_moves.receive(actor=taker, code=made.code, found={"phone": came}, now=now)
    states = dict(SerialUnit.objects.values_list("serial", "state"))
    assert states == dict(zip(IMEIS, ["free", "quarantine", "quarantine"], strict=True))
    assert SerialUnit.objects.get(serial=IMEIS[0]).location == chain.places["st-a"]
    assert set(TransferUnit.objects.values_list("outcome", flat=True)) == {"arrived", "damaged", "missing"}
    assert findings(now=now) == []


def test_a_unit_in_a_parcel_does_not_travel(chain, now):
    chain.goods("phone", kind="device", serial_kind="imei")
    chain.put_serials("wh", "phone", "imei", IMEIS)
    made = under_way(chain, now, phone=1)
    SerialUnit.objects.filter(serial=IMEIS[0]).update(state="claimed")
    with pytest.raises(SerialTaken):
        transfer_moves.send(
            actor=boss(chain, "wh", "warehouse"), code=made.code, serials={"phone": IMEIS[:1]}, now=now
        )


def test_goods_of_another_owner_are_bought_not_moved(chain, now):
    dealer = Institution.objects.create(code="dl", path="dl/", kind="dealer", name="蓝天")
    chain.places["dl"] = dealer
    with pytest.raises(transfers.OtherOwner):
        ask(chain, boss(chain, "dl", "partner"), now, goal="dl", a=1)
    with pytest.raises(transfers.OtherOwner):
        ask(chain, boss(chain, "wh", "warehouse"), now, goal="mc", a=1)


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        ({"nothing": 1}, "sku_unknown"),
        ({"a": 0}, "quantity_invalid"),
        ({"a": -5}, "quantity_invalid"),
        ({"a": 10**9}, "quantity_invalid"),
        ({"a": 11}, "transfer_short"),
        ({}, "transfer_lines"),
    ],
)
def test_bad_wishes_are_refused_with_a_code(chain, now, wanted, refusal):
    with pytest.raises(transfers.DomainError) as told:
        ask(chain, boss(chain, "st-a"), now, **wanted)
    assert told.value.code == refusal
    assert not StockTransfer.objects.exists()


def test_a_location_does_not_ask_itself_nor_for_others(chain, now):
    with pytest.raises(transfers.SamePlace):
        ask(chain, boss(chain, "wh", "warehouse"), now, goal="wh", a=1)
    with pytest.raises(NotAllowed):
        ask(chain, boss(chain, "st-b"), now, a=1)
    with pytest.raises(NotAllowed):
        ask(chain, boss(chain, "st-a", "clerk"), now, a=1)


def test_too_much_or_nothing_is_not_sent(chain, now):
    made, giver = under_way(chain, now, a=2), boss(chain, "wh", "warehouse")
    with pytest.raises(transfer_moves.TooManySent):
        transfer_moves.send(actor=giver, code=made.code, units={"a": 3}, now=now)
    with pytest.raises(transfer_moves.NothingSent):
        transfer_moves.send(actor=giver, code=made.code, units={"a": 0}, now=now)
    transfers.cancel(actor=boss(chain, "st-a"), code=made.code, now=now)
    assert StockTransfer.objects.get().state == "cancelled"


def test_each_unit_s_story_tells_of_its_way_and_who_missed_it(chain, now):
    chain.goods("phone", kind="device", serial_kind="imei")
    chain.put_serials("wh", "phone", "imei", IMEIS)
    made = under_way(chain, now, phone=3)
    giver, taker = boss(chain, "wh", "warehouse"), boss(chain, "st-a")
    transfer_moves.send(actor=giver, code=made.code, serials={"phone": IMEIS}, now=now)
    came = Arrival(serials=(IMEIS[0],), damaged_serials=(IMEIS[1],))
    transfer_moves.receive(actor=taker, code=made.code, found={"phone": came}, now=now)
    told = {
        serial: list(
            SerialEvent.objects.filter(unit__serial=serial).values_list("kind", "location__code", "who")
        )
        for serial in IMEIS
    }
    sent = ("sent_away", "wh", giver.label)
    assert told == {
        IMEIS[0]: [sent, ("arrived", "st-a", taker.label)],
        IMEIS[1]: [sent, ("damaged", "st-a", taker.label)],
        IMEIS[2]: [sent, ("lost", "st-a", taker.label)],
    }
    story = serial_queries.story(SerialUnit.objects.get(serial=IMEIS[2]))
    assert [step.state for step in story.steps] == ["done", "done", "failed"]
    assert f"{made.code} → st-a" in story.steps[1].text
    assert made.code in story.steps[2].text
