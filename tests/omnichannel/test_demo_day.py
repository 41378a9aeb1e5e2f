"""The demo's business day: a function of its seed, played through real doors, and it holds together."""

from collections import Counter

import pytest

from fulfillment.models import CourierEvent, Evidence, FulfillmentOrder, TrunkLine
from fulfillment.services.route import decide
from fulfillment.values import Demand, Wanted
from omnichannel import promise_look
from omnichannel.demo_day import dealers, script
from omnichannel.demo_day.cast import cast
from omnichannel.demo_day.days import early_morning
from omnichannel.demo_day.doors import Doors
from omnichannel.demo_day.player import Player
from omnichannel.demo_day.summary import summary
from omnichannel.demo_day.turns import Turn
from omnichannel.models import PlayedDay, PlayedOrder
from orders.models import OrderIntake
from settlement.models import BankAnswer, BusinessDay, FundTransfer, NetPosition
from tests.support.demo import DAY, NOON

pytestmark = pytest.mark.usefixtures("demo_company")
SEED, SIZE = 20261121, 30


def written(seed: int = SEED, size: int = 300) -> list[script.Scripted]:
    slots = script.write(seed=seed, size=size, morning=early_morning(DAY), cast=cast())
    return [order for slot in slots for order in slot]


@pytest.mark.django_db
def test_the_script_is_a_function_of_the_seed():
    assert written() == written()
    assert written() != written(seed=SEED + 1)


@pytest.mark.django_db
def test_a_day_holds_every_kind_of_door_money_and_trouble():
    day = written(size=1000)
    assert len(day) == 1000
    assert set(Counter(order.door for order in day)) == set(script.DOORS)
    assert {order.means for order in day} == {"unipay", "cod", "cash", "collected"}
    assert {order.callback for order in day} == set(script.CALLBACKS)
    assert {order.fate for order in day} >= {"", "unpaid", "cancel_unpaid", "cancel_paid", "refuse_door"}
    assert {order.way for order in day} == {"ship", "pickup", "none"}


@pytest.mark.django_db
def test_orders_come_in_time_within_opening_hours():
    times = [order.at for order in written()]
    assert times == sorted(times)
    assert all(early_morning(DAY) <= at < early_morning(DAY) + script.SLOT * script.SLOTS for at in times)


@pytest.mark.django_db
def test_hubs_stand_where_people_live_and_the_plan_sends_by_them():
    """By the rules alone: a run costs less than the courier asks. About a tenth of the people live there."""
    company, hubs = cast(), set(TrunkLine.objects.values_list("hub__code", flat=True))
    sku = company.offerings["accessory"][0].sku
    found = Counter(package.via for person in company.people for package in _packages(sku, person))
    assert set(found) - {""} == hubs
    assert 20 <= sum(found[hub] for hub in hubs) <= 60
    assert found["dl-lantian"] >= 10


def _packages(sku: str, person) -> tuple:
    wish = Demand(
        order_number="",
        channel="web",
        way="ship",
        lines=(Wanted(1, sku, 1, 0),),
        destination=person.destination,
        pickup_location_id=None,
        cod_fen=0,
        needs_identity=False,
        accounts=(),
        placed_at=NOON,
    )
    return decide(wish, now=NOON).outcome.chosen.packages


def goods_take_their_time():
    """Every parcel's steps follow each other in time, the courier's scans between ramp and van."""
    parcels = FulfillmentOrder.objects.filter(state="delivered").prefetch_related("events")
    assert "ship" in parcels.values_list("way", flat=True)
    for fo in parcels:
        at = {event.state: event.at for event in sorted(fo.events.all(), key=lambda event: event.pk)}
        assert sorted(at.values()) == list(at.values()), fo.code
        told = [at[state] for state in at if state in ("in_wave", "packed", "handed_over", "delivered")]
        assert len(set(told)) == len(told) >= 2, fo.code
        if fo.way == "pickup":
            continue
        scans = CourierEvent.objects.filter(fulfillment=fo).values_list("occurred_at", flat=True)
        assert all(at["handed_over"] < scan < at["out_for_delivery"] for scan in scans), fo.code
        document = Evidence.objects.get(fulfillment=fo).document
        assert document["delivered_at"] == at["delivered"].isoformat()
        assert all(visit["arrived_at"] < document["delivered_at"] for visit in document.get("visits", ()))


def test_moments_of_a_turn_lie_in_it_and_are_the_same_again():
    turn = Turn(NOON)
    moments = [turn.moment("pack", f"place {number}") for number in range(50)]
    assert moments == [Turn(NOON).moment("pack", f"place {number}") for number in range(50)]
    assert NOON < min(moments) < max(moments) < turn.moment("leave", "a place") < turn.now
    assert len(set(moments)) > 40


@pytest.mark.django_db
def test_dealers_people_accept_at_their_counters(freeze_at):
    """Services at the small one, goods at the larger, a SIM card from its own shelf; each as a person."""
    wanted = [order for order in written(size=1000) if dealers.at_counter(order)]
    played = PlayedDay.objects.create(day=DAY, seed=SEED, size=1000)
    doors = Doors(played, base_url="http://127.0.0.1:9")  # the interface is not asked
    found = set()
    for order in wanted[:25]:
        freeze_at(order.at)
        row = doors.place(order)
        assert not row.refusal
        intake = OrderIntake.objects.select_related("institution").get(number=row.order_number)
        assert (intake.channel, intake.caller) == ("dealer", "")
        found.add((intake.institution.code, intake.way, bool(order.plan_sku)))
    assert {("dl-hongda", "none", False), ("dl-lantian", "ship", False)} <= found
    assert ("dl-lantian", "pickup", True) in found


@pytest.mark.django_db(transaction=True)
def test_a_small_day_ends_sealed_with_nothing_broken(live_server):
    assert early_morning(DAY) < NOON
    player = Player(day=DAY, seed=SEED, size=SIZE, base_url=live_server.url, inline=True)
    played = player.play()
    assert played.notes["breaches"] == []
    assert promise_look.last_look().broken == 0
    assert PlayedOrder.objects.filter(played=played).count() == SIZE
    assert BusinessDay.objects.get(business_date=DAY).is_final
    assert sum(NetPosition.objects.filter(business_date=DAY).values_list("amount_fen", flat=True)) == 0
    assert not OrderIntake.objects.open().exists()
    assert BankAnswer.objects.get().format == ("pain002" if DAY.toordinal() % 2 else "csv")
    assert set(FundTransfer.objects.values_list("state", flat=True)) == {"succeeded"}
    assert {"web", "store"} <= set(OrderIntake.objects.values_list("channel", flat=True))
    assert str(DAY) in summary(played)
    goods_take_their_time()
    posted = FulfillmentOrder.objects.exclude(demand__posting=None)
    assert sorted(posted.values_list("state", flat=True)) == ["delivered", "delivered", "refused"]
    again = Player(day=DAY, seed=1, size=1, base_url=live_server.url, inline=True).play()
    assert (again.pk, PlayedDay.objects.count()) == (played.pk, 1)
