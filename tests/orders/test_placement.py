"""An order is placed once and whole: goods and number held, points taken, history begun."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Number, NumberHold
from catalog.services import numbers
from catalog.services.numbers import IdentityNumberCap, NumberTaken
from fulfillment.services.reservation import OutOfStock
from members.queries import points_balance
from members.services.points import NotEnoughPoints
from orders.models import LineTerms, OrderEvent, OrderIntake, Payment
from orders.services import cod, placement, quoting
from orders.values import Customer, Delivery, Source, Terms, Wish
from tests.support import ordering
from tests.support.demo import DAY, NOON
from tests.support.ordering import (
    CASE,
    CHARGER,
    LAMP,
    LIN,
    MAGAZINE,
    NOTHING,
    PHONE,
    STRANGER,
    TEA,
    order,
    refused,
)

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]

TEN = (
    PHONE,
    CASE,
    CHARGER,
    TEA,
    LAMP,
    "POWER-BANK-10K",
    "CABLE-C2C",
    "CELADON-MUG",
    "MILLET-2KG",
    "LUMA-MUG",
)


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


def test_an_order_waits_for_its_payment_and_holds_its_goods():
    before = ordering.reserved(PHONE)
    placed = order(PHONE, CHARGER)
    found = ordering.intake(placed)
    assert (found.state, placed.due_fen) == ("awaiting_payment", placed.total_fen)
    assert (found.expires_at - found.placed_at).total_seconds() == 30 * 60
    assert ordering.reserved(PHONE) == before + 1
    assert (
        sum(LineTerms.objects.filter(intake=found).values_list("amount_fen", flat=True)) == placed.total_fen
    )


def test_the_history_says_who_when_and_through_which_door():
    placed = order(CHARGER)
    event = OrderEvent.objects.get(intake__number=placed.order_number)
    assert (event.before, event.after, event.channel, event.at) == ("", "awaiting_payment", "web", NOON)
    assert event.by == str(ordering.user())


def test_a_changed_total_is_never_charged():
    with refused(placement.PriceChanged) as refusal:
        placement.place(
            actor=ordering.member(),
            wishes=ordering.wishes(CHARGER),
            customer=Customer(phone=LIN),
            delivery=ordering.SHIP,
            terms=Terms(means="unipay", shown_total=1),
            source=Source(channel="web"),
            now=NOON,
        )
    assert refusal.value.facts["total_fen"] == ordering.total(CHARGER)
    assert not OrderIntake.objects.exists()


def test_points_pay_a_part():
    before = points_balance(ordering.user().pk, day=DAY).spendable
    placed = order(TEA, points_fen=2000)
    assert placed.due_fen == placed.total_fen - 2000
    assert Payment.objects.get(intake__number=placed.order_number).means == "points"
    assert points_balance(ordering.user().pk, day=DAY).spendable == before - 2000


def test_points_that_pay_all_confirm_at_once():
    placed = order(CHARGER, points_fen=ordering.total(CHARGER))
    assert (placed.due_fen, placed.state) == (0, "confirmed")


def test_more_points_than_the_order_is_worth_are_refused():
    with refused(placement.TooManyPoints):
        order(CHARGER, points_fen=ordering.total(CHARGER) + 1)


def test_points_that_one_does_not_have_are_refused():
    with refused(NotEnoughPoints):
        order(CHARGER, phone=STRANGER, points_fen=100)
    assert not OrderIntake.objects.exists()


def test_cash_on_delivery_is_confirmed_at_once_and_expected_of_the_courier():
    placed = order(TEA, means="cod")
    expected = Payment.objects.get(intake__number=placed.order_number)
    assert placed.state == "confirmed"
    assert (expected.means, expected.state, expected.amount_fen) == ("cod", "pending", placed.due_fen)


def test_who_has_many_orders_to_pay_at_the_door_pays_the_next_one_now(settings):
    settings.COD_MOST_OPEN = 1
    first = order(TEA, means="cod")
    with refused(cod.TooManyCod):
        order(TEA, means="cod")
    order(TEA)
    Payment.objects.filter(intake__number=first.order_number).update(state="closed")
    order(TEA, means="cod")


@pytest.mark.parametrize(
    ("wanted", "delivery"),
    [
        ([MAGAZINE], NOTHING),
        ([ordering.top_up()], NOTHING),
        ([TEA, ordering.top_up()], ordering.SHIP),
        ([Wish(sku="QINGYU-FOLD-2-INK-512GB", quantity=3)], ordering.SHIP),
    ],
    ids=["nothing to deliver", "instant", "instant beside goods", "above the limit"],
)
def test_cash_on_delivery_only_for_delivered_goods_up_to_the_limit(wanted, delivery):
    with refused(placement.CodImpossible):
        order(*wanted, means="cod", delivery=delivery)


def test_no_cash_on_delivery_when_it_is_picked_up():
    with refused(placement.CodImpossible):
        order(TEA, means="cod", delivery=ordering.pickup())


def test_pick_up_waits_in_the_chosen_store():
    found = ordering.intake(order(CHARGER, delivery=ordering.pickup("st-sh-02")))
    assert (found.way, found.pickup_location.code, found.destination) == ("pickup", "st-sh-02", None)


def test_what_another_seller_sends_cannot_be_picked_up():
    with refused(placement.PickupImpossible):
        order(LAMP, delivery=ordering.pickup())


@pytest.mark.parametrize("way", ["ship", "pickup", "none"])
def test_goods_need_a_place_to_go(way):
    with refused(placement.DeliveryMissing):
        order(CHARGER, delivery=Delivery(way=way))


def test_a_number_needs_a_verified_person():
    with refused(placement.IdentityMissing):
        order(ordering.sim(), phone=STRANGER)
    assert not OrderIntake.objects.exists()


def test_a_sim_takes_its_plan_along_and_the_order_holds_the_number():
    wish = ordering.sim()
    placed = order(wish)
    card, plan = LineTerms.objects.filter(intake__number=placed.order_number).order_by("pk")
    assert (card.sku, plan.sku, plan.comes_with_id) == (ordering.SIM, ordering.PLAN, card.pk)
    held = NumberHold.objects.get(number_id=wish.msisdn, ended_at=None)
    assert held.holder == f"order:{placed.order_number}"


def test_the_number_that_the_member_held_becomes_the_order_s_and_is_allocated_when_it_is_paid():
    wish = ordering.sim()
    numbers.hold(msisdn=wish.msisdn, holder=f"member:{ordering.user().pk}", now=NOON)
    placed = order(wish)
    assert NumberHold.objects.get(number_id=wish.msisdn, ended_at=None).holder.startswith("order:")
    ordering.pay(placed)
    assert Number.objects.get(pk=wish.msisdn).state == "allocated"


def test_a_number_that_somebody_else_holds_is_refused_and_nothing_is_kept():
    wish, before = ordering.sim(), ordering.reserved(ordering.SIM)
    numbers.hold(msisdn=wish.msisdn, holder="visit:other", now=NOON)
    with refused(NumberTaken):
        order(wish)
    assert not OrderIntake.objects.exists()
    assert ordering.reserved(ordering.SIM) == before


def test_one_number_is_not_sold_twice_in_an_order():
    with refused(quoting.NumberTwice):
        order(ordering.sim(), ordering.sim())


def test_the_sixth_number_of_a_person_is_refused_before_any_money_is_asked_for():
    for _nth in range(5):
        ordering.pay(order(ordering.sim()))
    with refused(IdentityNumberCap):
        order(ordering.sim())


def test_what_is_nowhere_is_refused_whole():
    with refused(OutOfStock) as refusal:
        order(CHARGER, Wish(sku="QINGYU-FOLD-2-INK-512GB", quantity=200))
    assert refusal.value.facts["sku"] == "QINGYU-FOLD-2-INK-512GB"
    assert not OrderIntake.objects.exists()


def test_an_order_of_nothing_is_refused():
    with refused(placement.NothingWanted):
        placement.place(
            actor=ordering.member(),
            wishes=[],
            customer=Customer(phone=LIN),
            delivery=NOTHING,
            terms=Terms(means="unipay", shown_total=0),
            source=Source(channel="web"),
            now=NOON,
        )


def test_a_newcomer_becomes_a_member_by_phone():
    placed = ordering.sell(CHARGER, phone="13700001234", name="新客")
    assert ordering.intake(placed).member.name == "新客"


@pytest.mark.parametrize(("skus", "most"), [(TEN[:2], 20), (TEN, 25)], ids=["two lines", "ten lines"])
def test_statements_do_not_grow_with_the_lines(skus, most):
    shown = ordering.total(*skus)
    who = ordering.member()
    with CaptureQueriesContext(connection) as asked:
        placement.place(
            actor=who,
            wishes=ordering.wishes(*skus),
            customer=Customer(phone=LIN, name="林晓", member_id=who.user_id),
            delivery=ordering.SHIP,
            terms=Terms(means="unipay", shown_total=shown),
            source=Source(channel="web"),
            now=NOON,
        )
    assert len(asked) <= most, "\n".join(query["sql"][:90] for query in asked)
