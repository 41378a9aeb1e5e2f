"""Closed books are corrected in the open day, by two people, never on the account of a trade."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from omnichannel.kernel.errors import NotAllowed
from settlement.models import Adjustment, Journal
from settlement.queries import invariants, ledger
from settlement.services import adjustments, business_day, night
from settlement.services.posting import Leg, NotBalanced
from tests.settlement.test_night import balance
from tests.settlement.world import NOON

DAY = business_day.business_day_of(NOON)
LEGS = (Leg("bank", None, 500), Leg("suspense", None, -500))


@pytest.fixture
def closed(world):
    night.run_due(now=world.tomorrow())
    return world


def propose(world, **other):
    values = {
        "actor": world.clerk,
        "legs": LEGS,
        "reason": "bank interest",
        "original_date": DAY,
        "now": world.now,
    }
    return adjustments.propose(**(values | other))


def test_one_proposes_another_confirms(closed):
    made = propose(closed)
    assert balance("bank") == 0
    posted = adjustments.confirm(actor=closed.lead, adjustment_id=made.pk, now=closed.now)
    assert posted.journal.business_date == DAY + timedelta(days=1)
    assert posted.journal.original_date == DAY
    assert balance("bank") == 500
    assert invariants.broken() == []


def test_nobody_decides_what_they_proposed(closed):
    made = propose(closed, actor=closed.lead)
    for decide in (adjustments.confirm, adjustments.reject):
        answer = {"answer": ""} if decide is adjustments.reject else {}
        with pytest.raises(adjustments.OwnAdjustment):
            decide(actor=closed.lead, adjustment_id=made.pk, now=closed.now, **answer)
    with pytest.raises(NotAllowed):
        adjustments.confirm(actor=closed.clerk, adjustment_id=made.pk, now=closed.now)
    assert Adjustment.objects.get().state == "draft"


def test_the_database_keeps_four_eyes_and_what_was_proposed(closed):
    made = propose(closed)
    for change in ({"decided_by_id": made.proposed_by_id}, {"reason": "another"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Adjustment.objects.filter(pk=made.pk).update(**change)


def test_a_journal_is_taken_back_whole_and_once(closed):
    first = propose(closed)
    key = adjustments.confirm(actor=closed.lead, adjustment_id=first.pk, now=closed.now).journal.key
    back = adjustments.propose_reversal(actor=closed.clerk, journal_key=key, reason="mistake", now=closed.now)
    with pytest.raises(adjustments.AlreadyReversed):
        adjustments.propose_reversal(actor=closed.clerk, journal_key=key, reason="again", now=closed.now)
    adjustments.confirm(actor=closed.lead, adjustment_id=back.pk, now=closed.now)
    assert balance("bank") == balance("suspense") == 0
    assert Journal.objects.get(key=key).reversals.count() == 1


def test_a_rejected_proposal_may_come_again(closed):
    made = propose(closed)
    adjustments.reject(actor=closed.lead, adjustment_id=made.pk, answer="no", now=closed.now)
    with pytest.raises(adjustments.AlreadyDecided):
        adjustments.confirm(actor=closed.lead, adjustment_id=made.pk, now=closed.now)
    propose(closed)
    assert balance("bank") == 0


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"reason": "  "}, adjustments.ReasonMissing),
        ({"legs": (Leg("bank", None, 500),)}, NotBalanced),
        ({"legs": ()}, NotBalanced),
        ({"legs": (Leg("split_pending", None, 5), Leg("bank", None, -5))}, adjustments.AccountOfTrades),
        ({"original_date": DAY + timedelta(days=9)}, adjustments.DayAhead),
    ],
)
def test_what_makes_no_sense_is_refused(closed, change, error):
    with pytest.raises(error):
        propose(closed, **change)
    assert not Adjustment.objects.exists()


def test_a_customers_trade_is_not_taken_back_here(closed):
    number = closed.order(100_00)
    closed.confirm(number)
    payment = closed.pay(number)
    with pytest.raises(adjustments.AccountOfTrades):
        adjustments.propose_reversal(
            actor=closed.clerk, journal_key=f"payment:{payment}", reason="mistake", now=closed.now
        )


def test_the_auditor_only_reads(closed):
    with pytest.raises(NotAllowed):
        propose(closed, actor=closed.auditor)


def test_a_balance_at_any_time_is_that_of_all_postings(closed):
    for fen in (500, 700):
        legs = (Leg("bank", None, fen), Leg("suspense", None, -fen))
        made = propose(closed, legs=legs)
        adjustments.confirm(actor=closed.lead, adjustment_id=made.pk, now=closed.now)
        night.run_due(now=closed.tomorrow())
    (bank,) = [row for row in ledger.trial_balance(kind="bank") if row["code"] is None]
    assert bank["balance"] == 1200
    assert ledger.balance(bank["account_id"], until=DAY) == 0
    assert ledger.balance(bank["account_id"], until=DAY + timedelta(days=1)) == 500
    rows = ledger.statement(bank["account_id"])
    shown = ledger.with_running(rows, start=1, size=1, closing=1200)
    assert [posting.running for posting in shown] == [500]
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(amount_fen) FROM settlement_posting")
        assert cursor.fetchone()[0] == 0
