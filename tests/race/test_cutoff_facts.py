"""Every writer of money facts books while the day is cut off: none lands in a day that is over."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections, transaction

from fulfillment.events import DealerInvoiceIssued
from members.actors import Actor
from members.models import Institution, User
from settlement.models import AccountKind, OrderShareTerms, ParcelPart, Trade
from settlement.services import adjustments, booking, business_day, dealer_money, terms
from settlement.services.posting import Leg

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
END = datetime(2026, 11, 21, 16, 0, 1, tzinfo=UTC)
EACH = 12

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


class Writers:
    """One thread each: a dealer's invoice, a correction by two people, a parcel that leaves."""

    def __init__(self):
        self.place = Institution.objects.create(code="dl", path="dl/", kind="dealer", name="dl")
        users = [User.objects.create(username=name) for name in ("clerk", "lead")]
        self.clerk, self.lead = (_Anyone(user_id=user.pk, name=user.username) for user in users)
        self.drafts = [self._draft() for _turn in range(EACH)]
        for turn in range(EACH):
            made = OrderShareTerms.objects.create(
                order_number=f"HT{turn:08d}", channel="web", total_fen=1, cod=False, frozen_at=NOW
            )
            ParcelPart.objects.create(terms=made, line_id=1, parcel=turn + 1, units=1)

    def _draft(self):
        legs = (Leg(AccountKind.BANK, None, 5), Leg(AccountKind.SUSPENSE, None, -5))
        return adjustments.propose(
            actor=self.clerk, legs=legs, reason="late", original_date=business_day.current_day(), now=NOW
        )

    def invoice(self, turn: int) -> None:
        dealer_money.invoice_issued(
            DealerInvoiceIssued(
                turn,
                f"DI{turn}",
                f"DP{turn}",
                self.place.pk,
                self.place.pk,
                100,
                "2026-12-21",
                NOW.isoformat(),
            )
        )

    def correct(self, turn: int) -> None:
        adjustments.confirm(actor=self.lead, adjustment_id=self.drafts[turn].pk, now=NOW)

    def leave(self, turn: int) -> None:
        terms.fix_fulfiller(
            order_number=f"HT{turn:08d}", parcel=turn + 1, location_id=self.place.pk, courier_id=None, now=NOW
        )


class _Anyone(Actor):
    """Somebody who may do everything: rights are not what is raced here."""

    def must_have(self, *roles, path: str = "") -> None:
        pass


class Moment:
    """When every writer has written and not yet committed, the cut-off begins; it may have to wait."""

    def __init__(self, writers: int):
        self.written = threading.Barrier(writers + 1)
        self.over = threading.Event()


def write(work, moment: Moment) -> None:
    try:
        for turn in range(EACH):
            with transaction.atomic():
                work(turn)
                if turn == EACH // 2:
                    moment.written.wait(timeout=30)
                    moment.over.wait(timeout=0.3)
    finally:
        connection.close()


def written(day) -> tuple[int, int]:
    return (
        Trade.objects.filter(business_date=day).count(),
        ParcelPart.objects.filter(known_date=day).count(),
    )


def cut_off_in_the_middle(moment: Moment, seen: dict) -> None:
    try:
        moment.written.wait(timeout=30)
        seen["day"] = business_day.cut_off(now=END)
        seen["then"] = written(seen["day"])
    finally:
        moment.over.set()
        connection.close()


def race() -> dict:
    business_day.open_first(now=NOW)
    writers, seen = Writers(), {}
    works = (writers.invoice, writers.correct, writers.leave)
    moment = Moment(len(works))
    threads = [threading.Thread(target=write, args=(work, moment)) for work in works]
    threads.append(threading.Thread(target=cut_off_in_the_middle, args=(moment, seen)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connections["default"].close()
    return seen


def test_whatever_is_written_falls_in_exactly_one_day():
    seen = race()
    assert written(seen["day"]) == seen["then"], "something came after the cut-off"
    after = written(seen["day"] + timedelta(days=1))
    assert Trade.objects.count() == 2 * EACH == seen["then"][0] + after[0]
    assert ParcelPart.objects.count() == EACH == seen["then"][1] + after[1]
    assert all(after)


def test_the_race_is_real_without_the_lock(monkeypatch):
    for module in (business_day, booking, terms):
        monkeypatch.setattr(module, "lock_current_day", business_day.current_day)
    monkeypatch.setattr(business_day, "_lock_exclusively", lambda: None)
    seen = race()
    now, then = written(seen["day"]), seen["then"]
    assert now[0] > then[0], "trades came into a day that was over"
    assert now[1] > then[1], "parcels came into a day that was over"
