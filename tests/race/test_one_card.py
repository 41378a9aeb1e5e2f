"""Eight orders want to pay with one card at once: it never pays more than it holds."""

from functools import partial
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.db.models import F

from members.actors import SYSTEM
from orders.models import CardEntry, OrderIntake, Payment, PrepaidCard
from orders.services import card_book, card_payment
from orders.values import CardPart
from tests.support import paying
from tests.support.at_once import at_once
from tests.support.paying import NOW

THREADS, HOLDS, WANTS = 8, 10_000, 8_000
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def card(freeze_at) -> PrepaidCard:
    """Sold and paid as any other."""
    freeze_at(NOW)
    sale = paying.order(HOLDS)
    OrderIntake.objects.filter(pk=sale.pk).update(sells_cards=True)
    paying.pay(paying.begun(sale))
    return PrepaidCard.objects.get()


def spend_at_once(card: PrepaidCard) -> list[str]:
    orders = [paying.order(WANTS) for _turn in range(THREADS)]

    def spend(intake: OrderIntake) -> str:
        with transaction.atomic():
            part = CardPart(card_id=card.pk, amount_fen=WANTS)
            card_payment.take(intake, part, actor=SYSTEM, now=NOW)
        return "spent"

    return at_once(*(partial(spend, order) for order in orders))


def spent() -> int:
    return -sum(CardEntry.objects.filter(kind="use").values_list("amount_fen", flat=True))


def test_a_card_pays_what_it_holds_once(card):
    outcomes = spend_at_once(card)
    assert sorted(outcomes) == ["card_balance_short"] * (THREADS - 1) + ["spent"]
    card.refresh_from_db()
    assert (card.balance_fen, spent()) == (HOLDS - WANTS, WANTS)
    assert Payment.objects.filter(means="prepaid").count() == 1


def test_the_same_order_pays_once_however_often_it_is_asked(card):
    intake = paying.order(WANTS)
    for _turn in range(3):
        with transaction.atomic():
            card_book.spend(
                card_id=card.pk, amount_fen=WANTS, reference=f"order:{intake.number}",
                order_number=intake.number, by="test", now=NOW,
            )  # fmt: skip
    card.refresh_from_db()
    assert card.balance_fen == HOLDS - WANTS


@pytest.mark.owner
def test_the_race_is_real_without_our_guards(card, monkeypatch):
    """Asked first, taken afterwards, and no CHECK: every order gets the same money."""
    all_have_looked = Barrier(THREADS)

    def look_then_take(card_id: int, amount_fen: int) -> bool:
        enough = PrepaidCard.objects.get(pk=card_id).balance_fen >= amount_fen
        all_have_looked.wait(timeout=30)
        PrepaidCard.objects.filter(pk=card_id).update(balance_fen=F("balance_fen") - amount_fen)
        return enough

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE order_prepaidcard DROP CONSTRAINT card_balance")
        cursor.execute("ALTER TABLE order_cardentry DROP CONSTRAINT card_entry_balance")
    monkeypatch.setattr(card_book, "_taken", look_then_take)
    assert spend_at_once(card) == ["spent"] * THREADS
    card.refresh_from_db()
    assert card.balance_fen == HOLDS - THREADS * WANTS < 0
