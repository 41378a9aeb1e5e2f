"""A parcel is given up while another of the same order is on its way or delivered: only its own units go."""

import pytest

from catalog.models.numbers import Number
from fulfillment.events import FulfillmentCancelled
from fulfillment.models import FulfillmentDemand, FulfillmentLine, FulfillmentOrder
from fulfillment.services.cancellation import TooLate
from fulfillment.services.cancellation import cancel as cancel_goods
from members.queries import points_balance
from omnichannel.kernel import outbox
from orders.models import LineTerms, Refund
from orders.services import cancellation, progress
from tests.support import ordering
from tests.support.demo import DAY, NOON
from tests.support.ordering import CHARGER, TEA, intake, order, pay

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


@pytest.fixture
def parted():
    """A paid order of tea and charger in two parcels."""

    def make(*wanted, first="delivered", second="cancelled", **more):
        placed = order(*(wanted or (TEA, CHARGER)), **more)
        if more.get("means") != "cod":
            pay(placed)
        outbox.drain()
        demand = FulfillmentDemand.objects.get(order_number=placed.order_number)
        whole = demand.fulfillments.get()
        other = FulfillmentOrder.objects.create(
            code=f"{placed.order_number}-9",
            demand=demand,
            location=whole.location,
            way="ship",
            state=second,
            created_at=NOON,
            changed_at=NOON,
        )
        moved = FulfillmentLine.objects.filter(fulfillment=whole).order_by("-line_id").first()
        moved.fulfillment = other
        moved.save()
        FulfillmentOrder.objects.filter(pk=whole.pk).update(state=first)
        return placed, whole, other

    return make


def give_up(placed, parcel) -> None:
    fact = FulfillmentCancelled(placed.order_number, parcel.pk if parcel else 0, NOON.isoformat())
    outbox.publish(fact)
    outbox.drain()


def lines(placed):
    return list(LineTerms.objects.filter(intake__number=placed.order_number).order_by("pk"))


def test_the_old_way_would_have_been_too_late(parted):
    """Cancelling the whole order is refused once a parcel left: that is why only the parcel is dropped."""
    placed, _whole, _other = parted(first="handed_over")
    with pytest.raises(TooLate):
        cancel_goods(order_number=placed.order_number, now=NOON)


@pytest.mark.parametrize("first", ["handed_over", "out_for_delivery", "delivered"])
def test_only_the_units_of_the_parcel_are_dropped_and_refunded(parted, first):
    placed, _whole, other = parted(first=first)
    give_up(placed, other)
    tea, charger = lines(placed)
    assert (tea.dropped, charger.dropped) == (0, 1)
    assert Refund.objects.get().amount_fen == charger.amount_fen
    assert not intake(placed).is_ended
    progress.delivered(
        order_number=placed.order_number, quantities=[(tea.pk, 1)], cod_fen=0, courier_id=None, now=NOON
    )
    assert intake(placed).state == "completed"


def test_it_does_so_for_an_order_that_is_called_shipped(parted):
    placed, _whole, other = parted(first="handed_over")
    progress.on_its_way(order_number=placed.order_number, now=NOON)
    assert intake(placed).state == "shipped"
    give_up(placed, other)
    assert [line.dropped for line in lines(placed)] == [0, 1]


def test_the_same_news_twice_drops_once(parted):
    placed, _whole, other = parted()
    for _ in range(2):
        cancellation.given_up(order_number=placed.order_number, fulfillment_id=other.pk, reason="x", now=NOON)
    assert [line.dropped for line in lines(placed)] == [0, 1]
    assert Refund.objects.count() == 1


def test_when_nothing_else_is_under_way_the_order_is_cancelled_whole(parted):
    placed, whole, other = parted(first="cancelled")
    FulfillmentDemand.objects.update(state="cancelled")
    give_up(placed, other)
    give_up(placed, whole)
    assert intake(placed).state == "cancelled"
    assert sum(row.amount_fen for row in Refund.objects.all()) == placed.total_fen


def test_what_never_became_a_parcel_is_dropped_under_number_zero(parted):
    placed, _whole, other = parted()
    FulfillmentLine.objects.filter(fulfillment=other).delete()
    other.delete()
    give_up(placed, None)
    assert [line.dropped for line in lines(placed)] == [0, 1]


def test_the_number_of_a_dropped_card_is_free_again_and_no_other(parted):
    first = ordering.sim()
    placed, _whole, other = parted(TEA, first)
    card = next(line for line in lines(placed) if line.msisdn)
    line = FulfillmentLine.objects.get(fulfillment=other)
    assert line.line_id == card.pk
    assert Number.objects.get(msisdn=line.msisdn).reference == placed.order_number
    give_up(placed, other)
    assert Number.objects.get(msisdn=line.msisdn).reference == ""


def test_points_of_refused_lines_go_back_though_the_rest_was_paid_at_the_door():
    """Tea and charger at the door, in part paid with points: what was refused gives its points back."""
    before = points_balance(ordering.user().pk, day=DAY).balance
    placed = order(TEA, CHARGER, means="cod", points_fen=2000)
    outbox.drain()
    tea, charger = lines(placed)
    progress.refused_at_door(
        order_number=placed.order_number, quantities=[(charger.pk, 1)], reason="changed_mind", now=NOON
    )
    money_part = charger.amount_fen * placed.due_fen // placed.total_fen
    assert Refund.objects.get().amount_fen == charger.amount_fen - money_part > 0
    progress.delivered(
        order_number=placed.order_number,
        quantities=[(tea.pk, 1)],
        cod_fen=placed.due_fen - money_part,
        courier_id=ordering.members.institution_by_code("cr-swift").id,
        now=NOON,
    )
    outbox.drain()
    kept = intake(placed)
    assert kept.state == "completed"
    paid = sum(row.captured_fen - row.refunded_fen for row in kept.payments.all())
    assert paid == placed.total_fen - charger.amount_fen
    earned = (placed.total_fen - charger.amount_fen) * placed.due_fen // placed.total_fen // 100
    after = points_balance(ordering.user().pk, day=DAY).balance
    assert after - before == -2000 + (charger.amount_fen - money_part) + earned


def test_all_points_go_back_when_nothing_is_taken_in_two_steps():
    before = points_balance(ordering.user().pk, day=DAY).balance
    placed = order(TEA, CHARGER, means="cod", points_fen=2000)
    outbox.drain()
    for line in lines(placed):
        progress.refused_at_door(
            order_number=placed.order_number, quantities=[(line.pk, 1)], reason="damaged", now=NOON
        )
    assert intake(placed).state == "refused"
    assert points_balance(ordering.user().pk, day=DAY).balance == before
