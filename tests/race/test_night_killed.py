"""Each stage of the night is killed after each of its statements, run on, and run twice: the same books."""

from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from benchmarks.settlement_crash_books import BOOKS
from settlement.models import BusinessDay, DayState, NetPosition, SettlementChunk
from settlement.queries import invariants
from settlement.services import (
    balancing,
    business_day,
    clearing,
    closing,
    netting,
    night,
    reporting,
    sealing,
    suspense,
    transfers,
)
from tests.settlement.conftest import handed_over, world  # noqa: F401
from tests.settlement.world import NOON

DAY = business_day.business_day_of(NOON)
PARTY = "(SELECT code FROM members_institution i WHERE i.id = s.institution_id)"


class Killed(Exception):
    """What kill -9 is to a process: nothing handles it, and the transaction under way is gone."""


def books() -> dict[str, list]:
    """All books by natural keys."""
    found = {}
    with connection.cursor() as cursor:
        for name, statement in BOOKS.items():
            cursor.execute(statement.format(party=PARTY))
            found[name] = sorted(map(repr, cursor.fetchall()))
    return found


@pytest.fixture
def busy(world, handed_over, monkeypatch):  # noqa: F811
    """Paid orders of several parties, a refund, one order whose shipper is named a day late; small chunks."""
    monkeypatch.setattr(clearing, "CHUNK_ROWS", 3)
    monkeypatch.setattr(sealing, "BLOCK", 4)
    monkeypatch.setattr(sealing, "CHUNK_BLOCKS", 1)
    monkeypatch.setattr(closing, "SEALED_AT_ONCE", 0)
    late = None
    for turn in range(4):
        late = world.order(99_99, ("merchant_goods", "mc", 40_00), store="st-1", shipping=5_00)
        world.confirm(late)
        payment = world.pay(late)
        if turn == 1:
            world.refund(late, payment, [[world.terms[late].lines[1].line_id, 10_00]])
    world.late = late
    return world


def next_day(world, handed_over) -> None:  # noqa: F811
    """The first day is netted; in the second one the late order is handed over and another one paid."""
    night.run_due(now=world.tomorrow())
    handed_over(world.late, "wh", "cr", 6_00)
    number = world.order(20_00, store="st-2")
    world.confirm(number)
    world.pay(number)


def finish(company) -> None:
    """The whole night, and what people do until the last day that is over is sealed."""
    night.run_due(now=company.now)
    for row in list(BusinessDay.objects.exclude(state=DayState.OPEN).order_by("business_date")):
        if row.state in (DayState.NETTED, DayState.INSTRUCTED):
            transfers.propose_transfers(actor=company.clerk, day=row.business_date, now=company.now)
            transfers.confirm_transfers(actor=company.lead, day=row.business_date, now=company.now)
            closing.close_day(actor=company.lead, day=row.business_date, now=company.now)
    night.run_due(now=company.now)


def undisturbed(company) -> dict[str, list]:
    with transaction.atomic():
        finish(company)
        found = books()
        transaction.set_rollback(True)
    return found


class Death:
    """Kills a function after its n-th statement; `calls` counts how often it got that far."""

    def __init__(self, monkeypatch, module, name, when=lambda *_args, **_values: True):
        self.real, self.when, self.limit, self.kills, self.left = getattr(module, name), when, 0, 0, 0
        monkeypatch.setattr(module, name, self._call)

    def _call(self, *args, **values):
        if not self.limit or not self.when(*args, **values):
            return self.real(*args, **values)
        self.left = self.limit
        with connection.execute_wrapper(self._count):
            return self.real(*args, **values)

    def _count(self, execute, *values):
        answer = execute(*values)
        self.left -= 1
        if self.left == 0:
            self.kills += 1
            raise Killed
        return answer

    def after_every_statement(self, work) -> int:
        """Call the work again and again, killed one statement later each time; how many kills it took."""
        while True:
            self.limit += 1
            try:
                work()
            except Killed:
                continue
            self.limit = 0
            return self.kills


def of_kind(kind):
    return lambda _cursor, chunk, _now: chunk.kind == kind


# The stage, and how many statements it has at least: a stage that is not reached proves nothing.
STAGES = {
    "cut-off": (business_day, "cut_off", 5),
    "chunks": (clearing, "begin", 4),
    "clear": (clearing, "_work", 6),
    "claimed": (clearing, "clear_next_chunk", 8),
    "balance": (balancing, "balance", 6),
    "net": (netting, "net", 6),
    "report": (reporting, "report", 7),
}


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_killed_anywhere_is_run_on_to_the_same_books(busy, monkeypatch, stage):
    module, name, least = STAGES[stage]
    busy.tomorrow()
    expected = undisturbed(busy)
    death = Death(monkeypatch, module, name)
    assert death.after_every_statement(lambda: night.run_due(now=busy.now)) >= least
    finish(busy)
    assert books() == expected
    assert invariants.broken() == []


def test_shares_of_late_shippers_killed_anywhere_are_released_once(busy, handed_over, monkeypatch):  # noqa: F811
    next_day(busy, handed_over)
    busy.tomorrow()
    expected = undisturbed(busy)
    death = Death(monkeypatch, clearing, "_work", of_kind(SettlementChunk.Kind.RELEASE))
    assert death.after_every_statement(lambda: night.run_due(now=busy.now)) >= 5
    finish(busy)
    assert books() == expected


@pytest.mark.parametrize(("name", "least"), [("begin", 4), ("hash_next_chunk", 4), ("link", 8)])
def test_a_seal_killed_anywhere_is_the_same_seal(busy, monkeypatch, name, least):
    busy.tomorrow()
    expected = undisturbed(busy)
    night.run_due(now=busy.now)
    transfers.propose_transfers(actor=busy.clerk, day=DAY, now=busy.now)
    transfers.confirm_transfers(actor=busy.lead, day=DAY, now=busy.now)
    closing.close_day(actor=busy.lead, day=DAY, now=busy.now)
    assert BusinessDay.objects.get(business_date=DAY).state == DayState.CLOSED
    death = Death(monkeypatch, sealing, name)
    assert death.after_every_statement(lambda: night.run_due(now=busy.now)) >= least
    assert books() == expected
    assert sealing.broken_blocks(DAY) == []


def test_every_stage_run_twice_changes_nothing(busy):
    night.run_due(now=busy.tomorrow())
    once = books()
    assert night.run_due(now=busy.now) == []
    for stage in (clearing.begin, balancing.balance):
        stage(day=DAY)
    for stage in (clearing.clear, netting.net, reporting.report):
        stage(day=DAY, now=busy.now)
    assert books() == once
    finish(busy)
    sealed, root = books(), BusinessDay.objects.get(business_date=DAY).seal_root
    assert sealing.seal(day=DAY)
    assert night.run_due(now=busy.now) == []
    assert (books(), BusinessDay.objects.get(business_date=DAY).seal_root) == (sealed, root)


def position(company) -> NetPosition:
    return NetPosition.objects.filter(business_date=DAY, institution_id=company.id("mc")).first()


def held(company) -> None:
    night.run_due(now=company.tomorrow())
    suspense.hold(
        actor=company.lead, day=DAY, institution_id=company.id("mc"), reason="dispute", now=company.now
    )


def again(company) -> None:
    """Once more after a kill; one that came after the commit leaves nothing to do."""
    if position(company).state == "released":
        return
    suspense.run_again(actor=company.clerk, day=DAY, institution_id=company.id("mc"), now=company.now)


def test_one_institution_run_again_and_killed_anywhere_is_released_once(busy, monkeypatch):
    held(busy)
    with transaction.atomic():
        again(busy)
        expected = books()
        transaction.set_rollback(True)
    death = Death(monkeypatch, suspense, "run_again")
    assert death.after_every_statement(lambda: again(busy)) >= 6
    assert (books(), position(busy).state) == (expected, "released")
    with pytest.raises(suspense.PositionUnknown):
        suspense.run_again(actor=busy.clerk, day=DAY, institution_id=busy.id("mc"), now=busy.now)
    assert books() == expected


def test_without_the_chunks_transaction_a_killed_chunk_could_not_be_done_again(busy, monkeypatch):
    """The control: the tests above can fail."""
    busy.tomorrow()
    death = Death(monkeypatch, clearing, "_work", of_kind(SettlementChunk.Kind.TRADES))
    monkeypatch.setattr(clearing, "clear_next_chunk", clearing.clear_next_chunk.__wrapped__)
    monkeypatch.setattr(clearing, "transaction", SimpleNamespace(atomic=nullcontext))
    with pytest.raises(DatabaseError):
        death.after_every_statement(lambda: night.run_due(now=busy.now))
