"""A prepaid card as a part of a payment: online by its holder, at the counter by number and PIN; refunds."""

import pytest

from fulfillment.services.reservation import OutOfStock
from members.queries import points_balance
from omnichannel.kernel.errors import TooMany
from orders.models import CardEntry, OrderIntake, Payment
from orders.queries.cards import CardUnknown
from orders.services import cancellation, card_book, card_freeze, card_payment, card_pins
from orders.values import CardPart, Wish
from settlement.models import Posting, Trade
from settlement.queries import controls
from settlement.queries.invariants import broken
from tests.support import carding, ordering
from tests.support.carding import CARD_50, CARD_100, CARD_500, balance, by
from tests.support.demo import NOON
from tests.support.ordering import CHARGER, CHEN, LIN, PHONE, TOP_UP, pickup, refused

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]
MUG = "LUMA-MUG"


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


def test_a_card_that_holds_enough_pays_the_order_at_once():
    card = carding.held()
    placed = carding.order(CHARGER, part=by(card))
    assert (placed.state, placed.due_fen) == ("confirmed", 0)
    intake = ordering.intake(placed)
    assert intake.card_fen == intake.total_fen
    assert balance(card) == 10000 - intake.total_fen
    assert carding.paid_by_card(placed).captured_fen == intake.total_fen
    ordering.settle()
    assert broken() == []
    trade = Trade.objects.get(order_number=placed.order_number, kind="payment")
    assert (trade.means, trade.amount_fen) == ("prepaid", intake.total_fen)
    kinds = {p.account.kind: p.amount_fen for p in Posting.objects.filter(journal_id=trade.journal_id)}
    assert kinds == {"prepaid_cards": intake.total_fen, "split_pending": -intake.total_fen}


def test_what_the_card_lacks_goes_through_the_provider():
    card = carding.held(CARD_50)
    placed = carding.order(PHONE, part=by(card))
    assert placed.state == "awaiting_payment"
    assert placed.due_fen == placed.total_fen - 5000
    assert balance(card) == 0
    assert ordering.pay(placed).state == "confirmed"
    paid = dict(Payment.objects.filter(intake_id=placed.order_id).values_list("means", "captured_fen"))
    assert paid == {"prepaid": 5000, "unipay": placed.total_fen - 5000}
    ordering.settle()
    assert controls.card_books().difference_fen == 0


def test_points_and_a_card_share_an_order():
    card = carding.held()
    placed = carding.order(PHONE, part=by(card), points_fen=100)
    assert placed.due_fen == placed.total_fen - 10000 - 100
    cancellation.cancel(order_number=placed.order_number, actor=ordering.member(), reason="no", now=NOON)
    assert balance(card) == 10000


def test_an_order_that_nobody_pays_gives_the_card_its_money_back_once(freeze_at):
    card = carding.held(CARD_50)
    placed = carding.order(PHONE, part=by(card))
    for _turn in range(2):
        cancellation.cancel(order_number=placed.order_number, actor=ordering.member(), reason="no", now=NOON)
    assert balance(card) == 5000
    entries = CardEntry.objects.filter(card=card).order_by("pk").values_list("kind", "amount_fen")
    assert list(entries)[-2:] == [("use", -5000), ("back", 5000)]
    ordering.settle()
    assert broken() == []
    assert controls.card_books().difference_fen == 0


def test_a_refund_goes_back_over_both_means_and_a_frozen_card_takes_it():
    card = carding.held(CARD_50)
    placed = carding.order(PHONE, part=by(card))
    ordering.pay(placed)
    card_freeze.freeze(card_id=card.pk, actor=ordering.member(), now=NOON)
    line = ordering.intake(placed).terms.get()
    half = placed.total_fen // 2
    made = carding.give_back(placed, [(line.pk, half)])
    shares = {refund.payment.means: refund.amount_fen for refund in made}
    assert sum(shares.values()) == half
    assert shares["prepaid"] == balance(card)
    assert shares["prepaid"] in (half * 5000 // placed.total_fen, half * 5000 // placed.total_fen + 1)
    carding.give_back(placed)
    assert balance(card) == 5000
    ordering.settle()
    assert broken() == []
    assert controls.card_books().difference_fen == 0


def test_a_top_up_is_paid_by_card():
    card = carding.held()
    placed = carding.order(
        Wish(sku=TOP_UP, quantity=1, target_msisdn="8613900000001"), part=by(card), delivery=ordering.NOTHING
    )
    assert placed.state == "confirmed"
    assert balance(card) == 5000


def test_an_order_that_fails_takes_nothing():
    card = carding.held(CARD_500)
    with refused(OutOfStock):
        carding.order(Wish(sku=MUG, quantity=200), part=by(card))
    assert balance(card) == 50000


def test_points_are_earned_on_what_a_card_pays():
    card = carding.held(CARD_500)
    ordering.settle()
    before = points_balance(ordering.member().user_id, day=NOON.date()).balance
    placed = carding.order("MAGAZINE-LIFE", part=by(card), delivery=ordering.NOTHING)
    assert placed.state == "completed"
    ordering.settle()
    assert points_balance(ordering.member().user_id, day=NOON.date()).balance > before


def test_refusals_name_what_is_wrong():
    card = carding.held(CARD_50)
    with refused(CardUnknown):  # another member's
        carding.order(CHARGER, part=by(card), phone=CHEN)
    with refused(card_payment.CardNotAtDoor):
        carding.order(CHARGER, part=by(card), means="cod")
    with refused(card_book.CardShort):
        carding.order(PHONE, part=by(card, amount_fen=5001))
    with refused(card_payment.CardTooMuch):
        carding.order(CHARGER, part=by(card, amount_fen=10_000_000))
    carding.order(PHONE, part=by(card))
    with refused(card_payment.CardEmpty):
        carding.order(CHARGER, part=by(card))


def test_number_and_pin_pay_online_while_nobody_else_holds_the_card():
    card, pin = carding.with_pin()
    typed = CardPart(number=card.number, pin=pin)
    carding.order(CHARGER, part=typed, phone=CHEN)
    card_pins.keep(card_id=card.pk, actor=ordering.member(), now=NOON)
    with refused(card_pins.CardOfAnother):
        carding.order(CHARGER, part=typed, phone=CHEN)


def test_at_the_counter_number_and_pin_pay_and_cash_the_rest():
    card, pin = carding.with_pin(CARD_50)
    placed = ordering.sell(
        CHARGER, "CASE-SAIL-S2-INK", card=CardPart(number=card.number, pin=pin),
        delivery=pickup(),
    )  # fmt: skip
    paid = dict(Payment.objects.filter(intake_id=placed.order_id).values_list("means", "captured_fen"))
    assert paid["prepaid"] == 5000
    assert sum(paid.values()) == placed.total_fen
    assert set(paid) == {"prepaid", "cash"}
    assert ordering.intake(placed).state != "awaiting_payment"
    ordering.settle()
    assert broken() == []
    assert controls.card_books().difference_fen == 0


def test_a_card_that_another_member_holds_pays_at_the_counter_with_its_pin():
    card, pin = carding.with_pin()
    card_pins.keep(card_id=card.pk, actor=ordering.member(), now=NOON)
    placed = ordering.sell(CHARGER, card=CardPart(number=card.number, pin=pin), delivery=pickup())
    assert placed.due_fen == 0
    assert balance(card) < 10000


def test_a_wrong_pin_at_the_counter_sells_nothing_and_counts():
    card, pin = carding.with_pin()
    wrong = CardPart(number=card.number, pin="x" + pin[1:])
    for _turn in range(5):
        with refused(card_pins.PinWrong):
            ordering.sell(CHARGER, card=wrong, delivery=pickup())
    with refused(TooMany):
        ordering.sell(CHARGER, card=CardPart(number=card.number, pin=pin), delivery=pickup())
    assert not OrderIntake.objects.filter(card_fen__gt=0).exists()


def test_cash_buys_a_card_at_the_counter():
    placed = ordering.sell(CARD_100, delivery=ordering.NOTHING, phone=LIN)
    assert [card.balance_fen for card in carding.of(placed)] == [10000]
    ordering.settle()
    trade = Trade.objects.get(order_number=placed.order_number)
    assert (trade.kind, trade.means, trade.amount_fen) == ("card_sale", "cash", 10000)
    kinds = {p.account.kind: p.amount_fen for p in Posting.objects.filter(journal_id=trade.journal_id)}
    assert kinds == {"store_cash": 10000, "prepaid_cards": -10000}
