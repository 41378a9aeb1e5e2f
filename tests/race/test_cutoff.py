"""Writers book while the day is cut off: every trade falls in exactly one day, none after it closed."""

from datetime import timedelta
from functools import partial

import pytest

from settlement.models import BusinessDay, Trade
from settlement.services import booking
from tests.support.cutting_off import EACH, NOW, race, take_the_lock_away

WRITERS = 8

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def book(writer: int, turn: int) -> None:
    fact = booking.Money(
        source_key=f"{writer}:{turn}", kind="payment", means="unipay", amount_fen=100, occurred_at=NOW,
        debit=("bank", None), credit=("split_pending", None), channel="web",
    )  # fmt: skip
    booking.book(fact, now=NOW)


def trades_of(day) -> set[int]:
    return set(Trade.objects.filter(business_date=day).values_list("pk", flat=True))


def book_and_cut_off() -> tuple:
    return race(*(partial(book, number) for number in range(WRITERS)), look=trades_of)


def test_every_trade_falls_in_exactly_one_day():
    day, then = book_and_cut_off()
    late = trades_of(day + timedelta(days=1))
    assert trades_of(day) == then, "a trade came after the cut-off"
    assert late
    assert len(then) + len(late) == WRITERS * EACH == Trade.objects.count()
    assert min(late) > max(then), "ids of a day come before those of the next"
    assert BusinessDay.objects.filter(state="open").count() == 1


def test_the_race_is_real_without_the_lock(monkeypatch):
    take_the_lock_away(monkeypatch, booking)
    day, then = book_and_cut_off()
    assert len(trades_of(day)) > len(then)
