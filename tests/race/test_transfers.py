"""Two leads at once, one lead in two windows: a transfer is confirmed once, the limit of a day holds."""

import threading
from contextlib import suppress

import pytest
from django.db import transaction

from settlement.models import AuditEntry, FundTransfer, Journal, TransferLimit
from settlement.services import transfer_limits, transfers
from tests.settlement import conftest as books
from tests.settlement.transfers_world import DAY, propose, run, sell
from tests.settlement.world import institution
from tests.support.at_once import at_once

pytestmark = pytest.mark.race
world = books.world


@pytest.fixture
def proposed(transactional_db, world):
    """One draft and two leads."""
    world.second = world.staff("flead2", "finance_lead")
    sell(world, 100_00)
    run(world)
    propose(world)
    return world


def confirm(world, who, day=DAY):
    return lambda: transfers.confirm(actor=who, day=day, now=world.now).confirmed


def test_two_leads_confirm_a_transfer_once(proposed):
    done = at_once(confirm(proposed, proposed.lead), confirm(proposed, proposed.second))
    assert sorted(done) == [0, 1]
    assert Journal.objects.filter(kind="transfer").count() == 1
    assert AuditEntry.objects.filter(action="transfer.confirmed").count() == 1


def slow(monkeypatch, *, patience: float) -> None:
    """What was confirmed is read, and only then written, by both, if both can within `patience` seconds."""
    read, both = transfer_limits.confirmed_on, threading.Barrier(2, timeout=patience)

    def then_wait(*args, **kwargs):
        found = read(*args, **kwargs)
        with suppress(threading.BrokenBarrierError):
            both.wait()
        return found

    monkeypatch.setattr(transfer_limits, "confirmed_on", then_wait)


def limited(world) -> list:
    """One lead in two windows, each with a draft of 92.00, under a limit of 100.00 a day."""
    TransferLimit.objects.create(
        role="finance_lead", valid_from=DAY, most_fen=10**9, daily_fen=100_00, two_above_fen=10**9,
        set_by="test", set_at=world.now,
    )  # fmt: skip
    first, second = FundTransfer.objects.order_by("pk").values_list("pk", flat=True)

    def one(pk: int):
        draft = FundTransfer.objects.filter(pk=pk)
        return lambda: _confirm_alone(world, draft)

    return at_once(one(first), one(second))


def _confirm_alone(world, draft) -> str:
    """The part of confirming that counts against the limit, in a transaction of its own."""
    with transaction.atomic():
        rows = list(draft.select_for_update())
        transfer_limits.must_be_within(user_id=world.lead.user_id, drafts=rows, now=world.now)
        draft.update(first_confirmed_by=world.lead.user_id, first_confirmed_at=world.now)
    return "confirmed"


@pytest.fixture
def two_drafts(transactional_db, world):
    """92.00 for each of two merchants."""
    world.places["mc2"] = institution("mc2", "merchant")
    for code in ("mc", "mc2"):
        sell(world, 100_00, seller=code)
    run(world)
    propose(world)
    return world


def test_the_limit_of_a_day_holds_in_two_windows(two_drafts, monkeypatch):
    slow(monkeypatch, patience=0.5)
    assert sorted(limited(two_drafts)) == ["confirmed", "over_daily_limit"]


def test_the_race_is_real_without_the_lock(two_drafts, monkeypatch):
    slow(monkeypatch, patience=30)
    monkeypatch.setattr(transfer_limits, "_lock_person", lambda user_id: None)
    assert limited(two_drafts) == ["confirmed", "confirmed"]
