"""Two counters of a dealer race for the last cash that its credit allows: one takes it, the other is told."""

from threading import Barrier

import pytest

from orders.gateways import dealer_books
from orders.models import Payment
from orders.services import dealer_till
from tests.support import accepting, ordering
from tests.support.at_once import at_once, numbered
from tests.support.demo import NOON

COUNTERS = 2
pytestmark = [
    pytest.mark.race,
    pytest.mark.usefixtures("demo_company"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def _credit_for_one(freeze_at):
    """Each sells for fifty yuan; the credit reaches for eighty."""
    freeze_at(NOON)
    accepting.agree(credit_limit_fen=80_00)


def sell_at_once() -> list[str]:
    def sell(number: int) -> str:
        accepting.accept(ordering.top_up(f"861390000000{number}"), phone=f"1390000021{number}")
        return "sold"

    return sorted(at_once(*numbered(sell, COUNTERS)))


def taken() -> int:
    return sum(Payment.objects.filter(means="cash").values_list("captured_fen", flat=True))


def test_the_last_cash_is_taken_once():
    assert sell_at_once() == ["dealer_cash_limit", "sold"]
    assert taken() == 50_00


def test_the_race_is_real_without_the_lock(monkeypatch):
    """Nobody waits for the terms and both look before either has taken anything: the credit is overdrawn."""
    both_have_looked = Barrier(COUNTERS)
    owed = dealer_books.owed

    def look_and_wait(dealer_id, *, now):
        found = owed(dealer_id, now=now)
        both_have_looked.wait(timeout=20)
        return found

    monkeypatch.setattr(dealer_till, "_lock", lambda dealer_id: None)
    monkeypatch.setattr(dealer_books, "owed", look_and_wait)
    assert sell_at_once() == ["sold", "sold"]
    assert taken() > 80_00
