"""Every writer of money facts books while the day is cut off: none lands in a day that is over."""

from datetime import timedelta

import pytest

from fulfillment.events import DealerInvoiceIssued
from members.actors import Actor
from members.models import Institution, User
from settlement.models import AccountKind, OrderShareTerms, ParcelPart, Trade
from settlement.services import adjustments, booking, business_day, dealer_money, terms
from settlement.services.posting import Leg
from tests.support.cutting_off import EACH, NOW, race, take_the_lock_away

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


def written(day) -> tuple[int, int]:
    return (
        Trade.objects.filter(business_date=day).count(),
        ParcelPart.objects.filter(known_date=day).count(),
    )


def write_and_cut_off() -> tuple:
    business_day.open_first(now=NOW)
    writers = Writers()
    return race(writers.invoice, writers.correct, writers.leave, look=written)


def test_whatever_is_written_falls_in_exactly_one_day():
    day, then = write_and_cut_off()
    assert written(day) == then, "something came after the cut-off"
    after = written(day + timedelta(days=1))
    assert Trade.objects.count() == 2 * EACH == then[0] + after[0]
    assert ParcelPart.objects.count() == EACH == then[1] + after[1]
    assert all(after)


def test_the_race_is_real_without_the_lock(monkeypatch):
    take_the_lock_away(monkeypatch, booking, terms)
    day, then = write_and_cut_off()
    now = written(day)
    assert now[0] > then[0], "trades came into a day that was over"
    assert now[1] > then[1], "parcels came into a day that was over"
