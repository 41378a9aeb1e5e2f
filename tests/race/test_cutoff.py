"""Writers book while the day is cut off: every trade falls in exactly one day, none after it closed."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections, transaction

from settlement.models import BusinessDay, Trade
from settlement.services import booking, business_day

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
END = datetime(2026, 11, 21, 16, 0, 1, tzinfo=UTC)
WRITERS, EACH = 8, 12

pytestmark = pytest.mark.race


def fact(key: str) -> booking.Money:
    return booking.Money(
        source_key=key, kind="payment", means="unipay", amount_fen=100, occurred_at=NOW,
        debit=("bank", None), credit=("split_pending", None), channel="web",
    )  # fmt: skip


def write(number: int, go: threading.Event) -> None:
    go.wait()
    try:
        for turn in range(EACH):
            with transaction.atomic():
                booking.book(fact(f"{number}:{turn}"), now=NOW)
                time.sleep(0.01)  # booked, not yet committed: the gap in which a cut-off could slip
    finally:
        connection.close()


def cut_off_in_the_middle(go: threading.Event, seen: dict) -> None:
    go.wait()
    try:
        time.sleep(0.05)
        seen["day"] = business_day.cut_off(now=END)
        seen["trades"] = Trade.objects.filter(business_date=seen["day"]).count()
        seen["last"] = max(
            Trade.objects.filter(business_date=seen["day"]).values_list("pk", flat=True), default=0
        )
    finally:
        connection.close()


def race() -> dict:
    """What the cut-off saw of its day at the moment it returned."""
    business_day.open_first(now=NOW)
    go, seen = threading.Event(), {}
    threads = [threading.Thread(target=write, args=(n, go)) for n in range(WRITERS)]
    threads.append(threading.Thread(target=cut_off_in_the_middle, args=(go, seen)))
    for thread in threads:
        thread.start()
    go.set()
    for thread in threads:
        thread.join()
    connections["default"].close()
    return seen


def test_every_trade_falls_in_exactly_one_day(transactional_db):
    seen = race()
    day = seen["day"]
    assert Trade.objects.count() == WRITERS * EACH
    assert Trade.objects.filter(business_date=day).count() == seen["trades"], "a trade came after the cut-off"
    late = Trade.objects.filter(business_date=day + timedelta(days=1))
    assert Trade.objects.count() == seen["trades"] + late.count()
    assert all(trade.pk > seen["last"] for trade in late), "ids of a day come before those of the next"
    assert BusinessDay.objects.filter(state="open").count() == 1


def test_the_race_is_real_without_the_lock(transactional_db, monkeypatch):
    monkeypatch.setattr(business_day, "lock_current_day", business_day.current_day)
    monkeypatch.setattr(booking, "lock_current_day", business_day.current_day)
    monkeypatch.setattr(business_day, "_lock_exclusively", lambda: None)
    seen = race()
    assert Trade.objects.filter(business_date=seen["day"]).count() > seen["trades"]
