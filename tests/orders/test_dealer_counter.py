"""A dealer's people accept business at their counter: each kind, to the fen, and what they may not."""

import pytest

from catalog.models import Number
from catalog.services import numbers
from fulfillment.models import FulfillmentOrder
from fulfillment.queries.invariants import findings
from fulfillment.services import dealer_quotes
from fulfillment.services.pickup import PickupCodeWrong
from members.actors import Actor, Grant, NotYours
from members.models import StaffRole, User
from omnichannel.kernel.errors import NotAllowed
from orders.models import LineTerms, OrderIntake, Payment
from orders.services import cancellation, cash, dealer_till, own_shelf, payments, placement, refunds
from orders.values import Customer, Source, Terms
from settlement.models import LedgerAccount, NetPosition, Posting
from settlement.queries import acceptance, dealer_cash
from settlement.queries.invariants import broken
from tests.support import accepting, ordering
from tests.support.accepting import DEALER, OTHER, STRANGER, accept, known
from tests.support.demo import DAY, NOON
from tests.support.ordering import CHARGER, intake, refused, settle

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


def split_of(freeze_at) -> acceptance.Day:
    """The dealer's day after the night; the books are in order."""
    accepting.nights(freeze_at)
    assert broken() == []
    (day,) = acceptance.days(accepting.place().id, begin=DAY, end=DAY)
    assert day.is_cleared
    return day


def net_of(code: str = DEALER) -> int:
    rows = NetPosition.objects.filter(business_date=DAY, institution__code=code, channel="dealer")
    return sum(rows.values_list("amount_fen", flat=True))


def pending() -> int:
    account = LedgerAccount.objects.filter(kind="split_pending")
    return sum(Posting.objects.filter(account__in=account).values_list("amount_fen", flat=True))


def test_a_top_up_for_cash_is_done_at_once_and_settled(freeze_at):
    placed = accept(ordering.top_up())
    settle()
    found, money = intake(placed), Payment.objects.get(intake__number=placed.order_number)
    assert (found.state, found.channel, found.institution.code) == ("completed", "dealer", DEALER)
    assert (money.means, money.collector_id) == ("cash", accepting.place().id)
    day = split_of(freeze_at)
    assert (day.orders, day.sold, day.cash, day.commission, day.own) == (1, 50_00, 50_00, 75, 0)
    assert net_of() == day.net == 75 - 50_00
    assert pending() == 0
    assert sum(NetPosition.objects.filter(business_date=DAY).values_list("amount_fen", flat=True)) == 0


def test_a_data_pack_paid_by_phone_owes_us_nothing(freeze_at):
    placed = accept(accepting.data_pack(), means="unipay")
    ordering.pay(placed)
    settle()
    day = split_of(freeze_at)
    assert (day.sold, day.cash, day.commission, day.net) == (20_00, 0, 2_00, 2_00)
    assert net_of() == 2_00


def test_a_new_number_with_a_card_from_the_own_shelf(freeze_at):
    placed = accept(accepting.sim(), delivery=accepting.here(), **known())
    settle()
    lines = {line.kind: line for line in LineTerms.objects.filter(intake__number=placed.order_number)}
    assert lines["sim"].seller_id == accepting.place().id != lines["plan"].seller_id
    accepting.hand_over(placed)
    assert intake(placed).state == "completed"
    assert findings(now=NOON) == []
    day = split_of(freeze_at)
    # The card is the dealer's own; of the first month it gets thirty percent.
    assert (day.cash, day.commission, day.own) == (49_00, 11_70, 10_00)
    assert net_of() == 11_70 + 10_00 - 49_00


def test_a_wrong_code_gives_nothing_out():
    placed = accept(accepting.phone_on_shelf(), delivery=accepting.here())
    settle()
    with pytest.raises(PickupCodeWrong):
        accepting.hand_over(placed, code="wrong")
    assert FulfillmentOrder.objects.get(demand__order_number=placed.order_number).state == "ready_for_pickup"


def test_a_phone_with_a_plan_from_the_own_shelf(freeze_at):
    phone = accepting.phone_on_shelf()
    placed = accept(phone, accepting.sim(), delivery=accepting.here(), means="unipay", **known())
    ordering.pay(placed)
    settle()
    accepting.hand_over(placed)
    price = LineTerms.objects.get(intake__number=placed.order_number, sku=phone).amount_fen
    day = split_of(freeze_at)
    assert (day.cash, day.commission, day.own) == (0, 11_70, price + 10_00)


def test_a_phone_that_is_sent_home_comes_from_us(freeze_at):
    placed = accept(ordering.PHONE)
    settle()
    line = LineTerms.objects.get(intake__number=placed.order_number)
    assert line.seller_id != accepting.place().id
    day = split_of(freeze_at)
    assert day.cash == placed.total_fen
    assert day.commission == min(line.amount_fen * 4 // 100, 200_00)


def test_prices_are_those_of_the_channel_not_what_the_dealer_pays_us():
    dealer = accepting.place()
    [(_units, paid)] = dealer_quotes.quote(dealer.id, {ordering.PHONE: 1}, now=NOON).values()
    placed = accept(ordering.PHONE)
    assert paid < placed.total_fen == ordering.total(ordering.PHONE, channel="web")
    ordering.priced(ordering.PHONE, 288_800, channel="dealer")
    assert accept(ordering.PHONE).total_fen == 288_800


def test_a_refund_takes_the_commission_back(freeze_at):
    placed = accept(ordering.PHONE)
    settle()
    cancellation.cancel(
        order_number=placed.order_number, actor=ordering.staff(accepting.PERSON), reason="x", now=NOON
    )
    (due,) = intake(placed).refunds.all()
    stranger = ordering.staff(STRANGER)
    with refused(NotAllowed):
        refunds.pay_out(refund_id=due.pk, actor=stranger, store_id=accepting.place().id, now=NOON)
    with refused(refunds.RefundNotDue):
        refunds.pay_out(refund_id=due.pk, actor=stranger, store_id=accepting.place(OTHER).id, now=NOON)
    refunds.pay_out(
        refund_id=due.pk, actor=ordering.staff(accepting.PERSON), store_id=accepting.place().id, now=NOON
    )
    settle()
    day = split_of(freeze_at)
    assert (day.sold, day.cash, day.commission, day.net) == (0, 0, 0, 0)
    assert net_of() == 0
    assert pending() == 0


def test_nobody_sells_in_another_s_name():
    for username in (STRANGER, "clerk1", "partner1", "wh1"):
        with refused(NotAllowed):
            accept(ordering.top_up(), username=username)
    assert not OrderIntake.objects.exists()


@pytest.mark.parametrize("code", ["mc-luma", "sp-nebula", "cr-swift"])
def test_other_partners_have_no_counter(code, client):
    place = accepting.place(code)
    user = User.objects.create_user(f"p-{code}", password="x", is_staff=True)
    StaffRole.objects.create(user=user, role="partner", institution_id=place.id)
    with refused(NotAllowed):
        accept(ordering.top_up(), store=code, username=user.username)
    client.force_login(user)
    assert client.get("/clerk/").status_code == 403
    assert client.get("/clerk/orders/").status_code == 403


def test_another_dealer_neither_sees_nor_touches_the_order(client):
    placed = accept(ordering.top_up(), means="unipay")
    stranger = ordering.staff(STRANGER)
    with refused(NotYours):
        payments.start_unipay(order_number=placed.order_number, actor=stranger, now=NOON)
    with refused(NotYours):
        cancellation.cancel(order_number=placed.order_number, actor=stranger, reason="x", now=NOON)
    with refused(NotAllowed):
        cash.record_cash(
            order_number=placed.order_number, actor=stranger, store_id=accepting.place().id,
            amount_fen=placed.total_fen, now=NOON,
        )  # fmt: skip
    client.force_login(ordering.user_named(STRANGER))
    assert client.get(f"/clerk/orders/{placed.order_number}/").status_code == 404
    assert placed.order_number not in client.get("/clerk/orders/").content.decode()


def test_a_dealer_s_order_is_not_collected_at_another_dealer_s():
    with refused(own_shelf.AnotherDealersShelf):
        accept(accepting.phone_on_shelf(OTHER), delivery=accepting.here(OTHER))


# What stops cash, and that the provider's code still works.
STOPS = {
    "dealer_blocked": lambda: accepting.agree(is_blocked=True),
    "dealer_cash_limit": lambda: accepting.agree(credit_limit_fen=49_99),
    "dealer_inactive": accepting.close,
}


@pytest.mark.parametrize("code", STOPS)
def test_who_is_not_good_for_it_takes_no_cash(code):
    STOPS[code]()
    who = accepting.place()
    actor = Actor(user_id=7, name="dealer", grants=frozenset({Grant("partner", who.id, who.path)}))

    def sell(means: str):
        return placement.place(
            actor=actor,
            wishes=[ordering.top_up()],
            customer=Customer(phone=ordering.STRANGER, name="周敏"),
            delivery=ordering.NOTHING,
            terms=Terms(means=means, shown_total=50_00),
            source=Source(channel="dealer", institution_id=who.id),
            now=NOON,
        )

    with refused(dealer_till.MayNotCollect) as refusal:
        placed = sell("cash")
        cash.record_cash(
            order_number=placed.order_number, actor=actor, store_id=who.id, amount_fen=50_00, now=NOON
        )
    assert refusal.value.code == code
    assert not Payment.objects.exists()
    placed = sell("unipay")
    assert ordering.pay(placed).state in ("confirmed", "completed")


def test_an_overdue_invoice_stops_cash_and_the_dealer_s_system_too():
    with refused(dealer_till.DealerOverdue):
        accept(ordering.top_up(), store="dl-yuexun", username="dealer3")
    accepting.agree(OTHER, is_blocked=True)
    answer = ordering.post(ordering.body(CHARGER, name="dealer", means="collected"), name="dealer")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "dealer_blocked")


def test_without_terms_there_is_no_cash():
    place = accepting.place()
    assert dealer_till.look(place, now=NOON).refusal is None
    assert dealer_till.look(accepting.place("mc-luma"), now=NOON).refusal.code == "dealer_without_terms"


def test_what_was_taken_counts_until_it_is_paid_in(freeze_at):
    """Booked or still on its way to the books, and after the night as long as nobody collected it."""
    accepting.agree(credit_limit_fen=120_00)
    till = dealer_till.look(accepting.place(), now=NOON)
    assert (till.owed_fen, till.left_fen) == (0, 120_00)
    accept(ordering.top_up())
    assert dealer_till.look(accepting.place(), now=NOON).left_fen == 70_00
    settle()
    assert dealer_till.look(accepting.place(), now=NOON).left_fen == 70_00
    accept(ordering.top_up("8613900000002"))
    with refused(dealer_till.CashLimitReached) as refusal:
        accept(ordering.top_up("8613900000003"))
    assert refusal.value.facts["left_fen"] == 20_00
    settle()
    accepting.nights(freeze_at)
    assert dealer_cash.owed_by(accepting.place().id, now=accepting.MIDNIGHT) == 100_00 - 1_50


def test_a_dealer_s_number_is_sold_by_that_dealer_alone():
    mine, theirs = accepting.own_numbers()[0], accepting.own_numbers(OTHER)[0]
    with refused(numbers.NumberOfDealer):
        ordering.order(ordering.sim(msisdn=mine))
    with refused(numbers.NumberOfDealer):
        ordering.basket_with(ordering.sim(msisdn=mine))
    with refused(numbers.NumberOfDealer):
        ordering.sell(ordering.sim(msisdn=mine), **known())
    with refused(numbers.NumberOfDealer):
        accept(ordering.sim(msisdn=theirs), **known())
    placed = accept(ordering.sim(msisdn=mine), **known())
    assert Number.objects.get(pk=mine).reference == placed.order_number


def test_a_dealer_s_system_sells_its_own_numbers():
    mine, theirs = accepting.own_numbers(OTHER)[0], accepting.own_numbers()[0]
    customer = {"phone": ordering.LIN, "name": "林晓", "id_number": ordering.id_number()}

    def send(msisdn: str):
        wanted = ordering.body(ordering.sim(msisdn=msisdn), name="dealer", customer=customer)
        return ordering.post(wanted, name="dealer")

    assert send(theirs).json()["error"]["code"] == "number_of_dealer"
    assert send(mine).status_code == 201
