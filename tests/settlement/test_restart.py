"""The night can be stopped anywhere, waits for facts under way, and a seal shows tampering."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from omnichannel.kernel.models import OutboxMessage
from settlement.models import BusinessDay, Journal, SettlementChunk, Trade, TradeShare
from settlement.queries import days, invariants
from settlement.services import business_day, clearing, closing, night, transfers
from tests.settlement.world import NOON

DAY = business_day.business_day_of(NOON)


@pytest.fixture
def traded(world, monkeypatch):
    """Seven paid orders, cleared two trades at a time."""
    monkeypatch.setattr(clearing, "CHUNK_ROWS", 2)
    for _n in range(7):
        number = world.order(99_99, store="st-1")
        world.confirm(number)
        world.pay(number)
    return world


class Killed(Exception):
    pass


def test_a_night_killed_in_a_chunk_goes_on_where_it_stopped(traded, monkeypatch):
    real, calls = clearing._post, []

    def dies_once(*args):
        calls.append(1)
        if len(calls) == 3:
            raise Killed
        real(*args)

    monkeypatch.setattr(clearing, "_post", dies_once)
    now = traded.tomorrow()
    with pytest.raises(Killed):
        night.run_due(now=now)
    done = SettlementChunk.objects.exclude(done_at=None).count()
    assert 0 < done < SettlementChunk.objects.count() == 5
    assert BusinessDay.objects.get(business_date=DAY).state == "clearing"
    assert days.progress(DAY).done < days.progress(DAY).rows == 7
    assert night.run_due(now=now) == [DAY.isoformat()]
    assert TradeShare.objects.filter(role="attributed_store").count() == 7
    assert Journal.objects.filter(kind="clearing").count() == 4
    assert invariants.broken() == []


def undone_fact(instant) -> OutboxMessage:
    return OutboxMessage.objects.create(
        topic="orders.payment_captured", key="77", subscriber="settlement.book_payment", payload={},
        dedupe="x", occurred_at=instant, run_at=timezone.now(),
    )  # fmt: skip


def test_the_cut_off_waits_for_money_facts_under_way(world):
    end = business_day.cut_off_instant(DAY)
    message = undone_fact(end - timedelta(minutes=1))
    assert business_day.cut_off(now=end + timedelta(minutes=1)) is None
    OutboxMessage.objects.filter(pk=message.pk).update(done_at=timezone.now())
    assert business_day.cut_off(now=end + timedelta(minutes=1)) == DAY
    assert BusinessDay.objects.get(business_date=DAY).late_facts == []


def test_what_does_not_come_in_time_is_listed_and_falls_in_the_next_day(world):
    end = business_day.cut_off_instant(DAY)
    undone_fact(end - timedelta(minutes=1))
    assert business_day.cut_off(now=end + business_day.LATE_AFTER) == DAY
    assert BusinessDay.objects.get(business_date=DAY).late_facts == ["orders.payment_captured:77"]
    number = world.order(10_00)
    world.confirm(number)
    world.pay(number, at=end - timedelta(minutes=1))
    trade = Trade.objects.get()
    assert (trade.business_date, trade.original_date) == (DAY + timedelta(days=1), DAY)


def test_a_fact_of_the_new_day_does_not_hold_the_cut_off(world):
    end = business_day.cut_off_instant(DAY)
    undone_fact(end)
    assert business_day.cut_off(now=end) == DAY


def test_an_empty_day_closes_too(world):
    night.run_due(now=world.tomorrow())
    assert closing.close_day(actor=world.lead, day=DAY, now=world.now).state == "sealed"


def test_days_close_in_their_order(world):
    night.run_due(now=world.now + timedelta(days=2))
    with pytest.raises(closing.NotReady):
        closing.close_day(actor=world.lead, day=DAY + timedelta(days=1), now=world.now)


@pytest.mark.owner
def test_a_seal_shows_tampering(traded, capsys):
    night.run_due(now=traded.tomorrow())
    transfers.propose_transfers(actor=traded.clerk, day=DAY, now=traded.now)
    transfers.confirm_transfers(actor=traded.lead, day=DAY, now=traded.now)
    closing.close_day(actor=traded.lead, day=DAY, now=traded.now)
    call_command("verify_seal")
    call_command("verify_ledger")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE settlement_posting DISABLE TRIGGER settlement_append_only")
        cursor.execute("UPDATE settlement_posting SET channel = 'app' WHERE channel = 'web'")
    with pytest.raises(CommandError, match="broken"):
        call_command("verify_seal")
