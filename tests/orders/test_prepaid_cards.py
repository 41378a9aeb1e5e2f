"""Prepaid cards: sold at face value and alone, loaded once when paid, reloaded, frozen, refunded unused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from catalog.models import Offering
from catalog.services import pricing
from members import queries as members
from members.actors import Actor, NotYours
from members.queries import points_balance
from omnichannel.kernel.errors import NotAllowed, TooMany
from orders.models import CardEntry, OrderIntake, PrepaidCard, Refund
from orders.queries.cards import CardUnknown
from orders.queries.invariants import broken
from orders.services import (
    callbacks,
    cancellation,
    card_book,
    card_freeze,
    card_payment,
    card_pins,
    card_reload,
    card_sale,
    payments,
)
from orders.services.card_payment import CardNotForCards
from orders.services.quoting import quote
from orders.simulator import player
from orders.values import CardPart, Terms, Wish
from settlement.queries import controls, prepaid_cards
from tests.support import carding, ordering
from tests.support.carding import CARD_50, CARD_100, CARD_500, balance
from tests.support.demo import NOON
from tests.support.ordering import CHARGER, CHEN, LIN, NOTHING, STRANGER, refused

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


def kinds(card) -> list[str]:
    return list(CardEntry.objects.filter(card=card).order_by("pk").values_list("kind", flat=True))


def test_a_paid_card_is_issued_with_its_face_value_and_the_order_is_complete():
    placed = ordering.order(Wish(sku=CARD_100, quantity=2), delivery=NOTHING)
    assert carding.of(placed) == []
    ordering.pay(placed)
    cards = carding.of(placed)
    assert [(card.balance_fen, card.face_fen, card.state) for card in cards] == [(10000, 10000, "issued")] * 2
    assert ordering.intake(placed).state == "completed"
    assert len({card.number for card in cards}) == 2
    for card in cards:
        assert card_book.number_of(card.spaced) == card.number
        assert card.pin_hash == ""
    ordering.settle()
    assert broken() == []
    assert controls.card_books().difference_fen == 0


def test_two_call_backs_issue_once():
    placed = ordering.order(CARD_50, delivery=NOTHING)
    begun = payments.start_unipay(order_number=placed.order_number, actor=ordering.member(), now=NOON)
    sent = []
    player.pay(
        out_trade_no=begun.out_trade_no, now=NOON, deliver=lambda headers, body: sent.append((headers, body))
    )
    for headers, body in sent * 2:
        callbacks.handle_callback(headers=headers, body=body, now=NOON)
    assert [kinds(card) for card in carding.of(placed)] == [["issue"]]


def test_cards_earn_no_points_and_are_not_bought_with_points_or_cards():
    before = points_balance(ordering.member().user_id, day=NOON.date()).balance
    card = carding.held()
    ordering.settle()
    assert points_balance(ordering.member().user_id, day=NOON.date()).balance == before
    with refused(CardNotForCards):
        ordering.order(CARD_50, delivery=NOTHING, points_fen=100)
    with refused(CardNotForCards):
        carding.order(CARD_50, part=carding.by(card), delivery=NOTHING)


def test_cards_are_ordered_alone():
    with refused(card_sale.CardsAlone):
        ordering.order(CARD_50, CHARGER)
    with refused(card_sale.CardsAlone):
        ordering.basket_with(CHARGER, CARD_50)
    assert not OrderIntake.objects.filter(sells_cards=True).exists()


def test_cards_have_no_special_price():
    card = Offering.objects.get(sku=CARD_50)
    asked = {"product_id": card.pk, "amount": 4500, "starts": NOON, "reason_code": "x", "reason": "x"}
    with refused(pricing.CardAtFaceValue):
        pricing.set_channel_price(actor=ordering.operator(), reason_en="x", **asked)
    connection.cursor().execute(
        "INSERT INTO catalogue_channelprice"
        " (product_id, channel, amount, starts, reason_code, reason, reason_en)"
        " VALUES (%s, 'web', 4500, '2026-01-01', 'x', 'x', 'x')", [card.pk]
    )  # fmt: skip
    with refused(pricing.CardAtFaceValue):
        ordering.order(CARD_50, delivery=NOTHING)


def test_the_pin_is_shown_once_and_never_stored():
    card = carding.bought()[0]
    pin = card_pins.show(card_id=card.pk, actor=ordering.member(), now=NOON)
    card.refresh_from_db()
    assert len(pin) == 6
    assert pin.isdigit()
    assert card.state == "active"
    assert pin not in card.pin_hash
    assert kinds(card) == ["issue", "pin"]
    with refused(card_pins.PinShown):
        card_pins.show(card_id=card.pk, actor=ordering.member(), now=NOON)
    assert card_pins.verified(number=card.number, pin=pin, actor=ordering.member(CHEN)).pk == card.pk


def test_who_knows_the_pin_takes_the_card_and_then_nobody_else():
    card, pin = carding.with_pin()
    card_pins.bind(number=card.spaced, pin=pin, actor=ordering.member(CHEN), now=NOON)
    card.refresh_from_db()
    assert card.member_id == ordering.member(CHEN).user_id
    with refused(card_pins.CardOfAnother):
        card_pins.bind(number=card.number, pin=pin, actor=ordering.member(STRANGER), now=NOON)
    with refused(NotYours):  # the buyer gave it away
        card_pins.keep(card_id=card.pk, actor=ordering.member(), now=NOON)


def test_five_wrong_pins_lock_the_card_for_everybody():
    card, pin = carding.with_pin()
    wrong = f"{(int(pin) + 1) % 1_000_000:06d}"
    for phone in (LIN, CHEN, STRANGER, LIN, CHEN):
        with refused(card_pins.PinWrong):
            card_pins.verified(number=card.number, pin=wrong, actor=ordering.member(phone))
    for typed in (wrong, pin):
        with refused(card_pins.PinLocked) as refusal:
            card_pins.verified(number=card.number, pin=typed, actor=ordering.member())
        assert isinstance(refusal.value, TooMany)


def test_a_card_without_a_shown_pin_opens_to_nobody():
    card = carding.bought()[0]
    for typed in ("", "000000", "-" * 64):
        with refused(card_pins.PinWrong):
            card_pins.verified(number=card.number, pin=typed, actor=ordering.member())


@pytest.mark.parametrize("number", ["", "8638", "1234567812345678", "86380000000000００", "x" * 16])
def test_a_number_that_cannot_be_is_refused(number):
    with refused(card_book.CardNumberWrong):
        card_pins.verified(number=number, pin="123456", actor=ordering.member())


def test_a_new_pin_needs_the_holders_code(monkeypatch):
    card = carding.held()
    monkeypatch.setattr(card_pins.sign_in, "verify_code", lambda **asked: ordering.user())
    first = card_pins.renew(card_id=card.pk, code="1", actor=ordering.member(), now=NOON)
    second = card_pins.renew(card_id=card.pk, code="1", actor=ordering.member(), now=NOON)
    if first != second:
        with refused(card_pins.PinWrong):
            card_pins.verified(number=card.number, pin=first, actor=ordering.member())
    assert card_pins.verified(number=card.number, pin=second, actor=ordering.member()).pk == card.pk
    with refused(CardUnknown):
        card_pins.renew(card_id=card.pk, code="1", actor=ordering.member(CHEN), now=NOON)


def test_the_holder_reloads_and_the_money_is_on_the_card_when_it_is_paid():
    card = carding.held()
    asked = {"card_id": card.pk, "sku": CARD_50, "shown_total": 5000, "now": NOON}
    with refused(CardUnknown):
        card_reload.order_reload(actor=ordering.member(CHEN), **asked)
    placed = card_reload.order_reload(actor=ordering.member(), **asked)
    assert balance(card) == 10000
    ordering.pay(placed)
    assert balance(card) == 15000
    assert carding.of(placed) == []
    assert kinds(card)[-1] == "reload"
    ordering.settle()
    assert controls.card_books().difference_fen == 0


def test_a_card_is_not_reloaded_beyond_the_limit(settings):
    settings.CARD_LIMIT_FEN = 15000
    card = carding.held()
    asked = {"card_id": card.pk, "actor": ordering.member(), "now": NOON}
    with refused(card_sale.CardTooFull):
        card_reload.order_reload(sku=CARD_500, shown_total=50000, **asked)
    card_reload.order_reload(sku=CARD_50, shown_total=5000, **asked)


def test_a_frozen_card_is_reloaded_when_the_payment_comes():
    card = carding.held()
    placed = card_reload.order_reload(
        card_id=card.pk, sku=CARD_50, shown_total=5000, actor=ordering.member(), now=NOON
    )
    card_freeze.freeze(card_id=card.pk, actor=ordering.member(), now=NOON)
    ordering.pay(placed)
    assert balance(card) == 15000


def test_freezing_is_for_the_holder_and_with_a_reason_for_operators():
    card = carding.held()
    with refused(NotYours):
        card_freeze.freeze(card_id=card.pk, actor=ordering.member(CHEN), reason="mine", now=NOON)
    with refused(card_freeze.ReasonMissing):
        card_freeze.freeze(card_id=card.pk, actor=ordering.operator(), now=NOON)
    card_freeze.freeze(card_id=card.pk, actor=ordering.operator(), reason="stolen phone", now=NOON)
    with refused(card_book.CardFrozen):
        carding.order(CHARGER, part=carding.by(card))
    with refused(card_freeze.FrozenByService):
        card_freeze.unfreeze(card_id=card.pk, actor=ordering.member(), now=NOON)
    with refused(card_freeze.StateUnfit):
        card_freeze.freeze(card_id=card.pk, actor=ordering.member(), now=NOON)
    card_freeze.unfreeze(card_id=card.pk, actor=ordering.operator(), reason="it was found", now=NOON)
    carding.order(CHARGER, part=carding.by(card))


def test_an_unused_card_is_refunded_and_void():
    cards = carding.bought(quantity=2)
    with refused(NotAllowed):
        card_freeze.refund_unused(card_id=cards[1].pk, actor=ordering.member(), reason="no", now=NOON)
    gone = card_freeze.refund_unused(
        card_id=cards[1].pk, actor=ordering.operator(), reason="wrong gift", now=NOON
    )
    assert (gone.state, gone.balance_fen, kinds(gone)) == ("void", 0, ["issue", "withdrawn", "void"])
    assert balance(cards[0]) == 10000
    assert Refund.objects.get().amount_fen == 10000
    assert controls.card_books().under_way_fen == 10000
    again = card_freeze.refund_unused(
        card_id=cards[1].pk, actor=ordering.operator(), reason="twice", now=NOON
    )
    assert again.state == "void"
    assert Refund.objects.count() == 1
    ordering.settle()
    books = controls.card_books()
    assert (books.difference_fen, books.under_way_fen, books.ledger_fen) == (0, 0, 10000)


def test_what_is_owed_to_cards_is_asked_for_in_three_statements(django_assert_num_queries):
    carding.bought(quantity=2)
    ordering.settle()
    with django_assert_num_queries(3):
        owed = prepaid_cards.liability()
        assert (owed.states, owed.cards) == ([("issued", 2, 20000)], 2)
        books = owed.books
        assert (books.balances_fen, books.ledger_fen, books.difference_fen) == (20000, 20000, 0)


def test_a_used_card_is_not_refunded_even_when_the_use_went_back():
    card = carding.held()
    placed = carding.order(CHARGER, part=carding.by(card))
    asked = {"card_id": card.pk, "actor": ordering.operator(), "reason": "changed mind", "now": NOON}
    with refused(card_sale.CardUsed):
        card_freeze.refund_unused(**asked)
    carding.give_back(placed)
    with refused(card_sale.CardUsed):
        card_freeze.refund_unused(**asked)
    assert balance(card) == 10000


def test_a_card_is_refunded_whole():
    card = carding.held()
    intake = card.line.intake
    with refused(card_sale.CardRefundUneven):
        carding.give_back(
            ordering.Placed(intake.pk, intake.number, 0, "", 0, 0, None), [(card.line_id, 2500)]
        )
    assert balance(card) == 10000


def test_money_that_came_too_late_issues_nothing(freeze_at):
    placed = ordering.order(CARD_50, delivery=NOTHING)
    begun = payments.start_unipay(order_number=placed.order_number, actor=ordering.member(), now=NOON)
    player.pay(out_trade_no=begun.out_trade_no, now=NOON, deliver=None, how="late")
    late = freeze_at(NOON + timedelta(hours=1))
    cancellation.expire_unpaid(now=late)
    player.tell(
        out_trade_no=begun.out_trade_no, now=late,
        deliver=lambda headers, body: callbacks.handle_callback(headers=headers, body=body, now=late),
    )  # fmt: skip
    assert carding.of(placed) == []
    ordering.settle()
    assert controls.card_books().ledger_fen == controls.card_books().difference_fen == 0


def test_entries_never_change_and_the_balance_is_their_sum():
    card = carding.held()
    for statement in (
        "UPDATE order_cardentry SET amount_fen = 1 WHERE card_id = %s",
        "DELETE FROM order_cardentry WHERE card_id = %s",
    ):
        with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
            connection.cursor().execute(statement, [card.pk])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="its entries sum to"), transaction.atomic():
        PrepaidCard.objects.filter(pk=card.pk).update(balance_fen=99999)
    with pytest.raises(IntegrityError, match="card_balance"), transaction.atomic():
        PrepaidCard.objects.filter(pk=card.pk).update(balance_fen=-1)
    assert "cards_add_up" not in dict(broken())


def test_a_channel_names_no_card_of_a_member():
    card = carding.held()
    stranger = Actor(user_id=None, name="app", institution_id=members.institution_by_code("huatong").id)
    quoted = quote([Wish(sku=CHARGER, quantity=1)], channel="web", now=NOON)
    with refused(CardUnknown):
        card_payment.settled(
            Terms(means="unipay", shown_total=quoted.total_fen, card=CardPart(card_id=card.pk)),
            quoted=quoted, actor=stranger, member_id=card.member_id,
        )  # fmt: skip
