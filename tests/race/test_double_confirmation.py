"""Two leads confirm one transfer at the same moment: the locks make it one, and without them it is two."""

import threading
from contextlib import suppress
from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from settlement.models import AuditEntry, FundTransfer, Journal
from settlement.services import transfer_books, transfers
from tests.race.test_transfers import confirm
from tests.settlement import conftest as books
from tests.settlement.transfers_world import propose, run, sell
from tests.support.at_once import at_once

pytestmark = pytest.mark.race
world = books.world
GUARD = "settlement_guard_transfer"


@pytest.fixture
def proposed(transactional_db, world):
    """One draft and two leads."""
    world.second = world.staff("flead2", "finance_lead")
    sell(world, 100_00)
    run(world)
    propose(world)
    return world


def read_together(monkeypatch, *, patience: float) -> None:
    """Both have read draft and balance before either writes, if both can within `patience` seconds."""
    read, both = transfer_books.balances, threading.Barrier(2, timeout=patience)

    def then_wait(day):
        found = read(day)
        with suppress(threading.BrokenBarrierError):
            both.wait()
        return found

    monkeypatch.setattr(transfer_books, "balances", then_wait)


def without_locks(monkeypatch) -> None:
    """Nor the day's next state: its row, which both journals hold, would make one wait for the other."""
    monkeypatch.setattr(transfers, "_instruct_if_done", lambda row: None)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self)


def both_confirm(world) -> list:
    """How many transfers each has confirmed; "refused" where the database said no."""

    def trying(who):
        try:
            return confirm(world, who)()
        except DatabaseError:
            return "refused"

    return at_once(partial(trying, world.lead), partial(trying, world.second))


def confirmations() -> int:
    return AuditEntry.objects.filter(action="transfer.confirmed").count()


def test_the_second_finds_nothing_to_confirm(proposed, monkeypatch):
    read_together(monkeypatch, patience=0.5)
    assert sorted(both_confirm(proposed)) == [0, 1]
    assert (confirmations(), Journal.objects.filter(kind="transfer").count()) == (1, 1)


def test_without_the_locks_the_database_refuses_the_second(proposed, monkeypatch):
    read_together(monkeypatch, patience=30)
    without_locks(monkeypatch)
    assert sorted(both_confirm(proposed), key=str) == [1, "refused"]
    assert (confirmations(), Journal.objects.filter(kind="transfer").count()) == (1, 1)


@pytest.mark.owner
def test_the_race_is_real_without_locks_and_guard(proposed, monkeypatch):
    read_together(monkeypatch, patience=30)
    without_locks(monkeypatch)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {GUARD} ON settlement_fundtransfer")
    assert both_confirm(proposed) == [1, 1]
    assert confirmations() == 2, "two people are on record for one confirmation"
    assert FundTransfer.objects.get().confirmed_by_id in {proposed.lead.user_id, proposed.second.user_id}
