"""The outbox: once per subscriber, together with the work, visible when it cannot be done."""

import dataclasses
from datetime import timedelta
from typing import ClassVar

import pytest
from django.db import transaction
from django.utils import timezone

from omnichannel.kernel import outbox, tasks
from omnichannel.kernel.models import IdempotencyRecord, OutboxMessage


@dataclasses.dataclass(frozen=True)
class Rang(outbox.Fact):
    topic: ClassVar[str] = "tests.rang"
    bell: int

    @property
    def key(self):
        return str(self.bell)


@pytest.fixture
def heard(monkeypatch):
    """Subscribers of this test only; returns what they were told."""
    told = []
    monkeypatch.setattr(outbox, "_by_topic", {})
    monkeypatch.setattr(outbox, "_by_name", {})
    outbox.subscribe(Rang, lambda fact: told.append(("first", fact.bell)), name="tests.first")
    outbox.subscribe(Rang, lambda fact: told.append(("second", fact.bell)), name="tests.second")
    return told


@pytest.mark.django_db
def test_each_subscriber_is_told_once(heard):
    outbox.publish(Rang(1))
    outbox.publish(Rang(1))
    assert outbox.drain() == 2
    assert sorted(heard) == [("first", 1), ("second", 1)]
    assert not outbox.consume("tests.rang:1:tests.first")


@pytest.mark.django_db(transaction=True)
def test_a_fact_needs_the_transaction_that_makes_it_true(heard):
    with pytest.raises(RuntimeError):
        outbox.publish(Rang(1))

    @transaction.atomic
    def rings_and_falls():
        outbox.publish(Rang(2))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rings_and_falls()
    assert not OutboxMessage.objects.exists()


@pytest.mark.django_db
def test_a_failing_handler_leaves_nothing_and_dies_visibly(heard, monkeypatch):
    def fails(fact):
        IdempotencyRecord.objects.create(
            caller="t", route="t", key="t", body_hash="", status=1, answer={}, created_at=timezone.now()
        )
        raise LookupError("the bell is broken")

    monkeypatch.setitem(
        outbox._by_name, "tests.first", outbox.Subscriber("tests.first", Rang, fails, "default", False)
    )
    outbox.publish(Rang(3))
    for _attempt in range(outbox.MAX_ATTEMPTS):
        OutboxMessage.objects.update(run_at=timezone.now() - timedelta(seconds=1))
        outbox.consume("tests.rang:3:tests.first")
    row = OutboxMessage.objects.get(subscriber="tests.first")
    assert row.attempts == outbox.MAX_ATTEMPTS
    assert row.dead_at is not None
    assert "the bell is broken" in row.last_error
    assert not IdempotencyRecord.objects.exists()


@pytest.mark.django_db
def test_dead_messages_are_sent_again(heard):
    outbox.publish(Rang(4))
    OutboxMessage.objects.update(dead_at=timezone.now(), attempts=outbox.MAX_ATTEMPTS)
    assert outbox.drain() == 0
    assert outbox.send_again(list(OutboxMessage.objects.values_list("pk", flat=True))) == 2
    outbox.drain()
    assert len(heard) == 2


@pytest.mark.django_db
def test_work_outside_is_leased_before_it_begins(heard, monkeypatch):
    seen = []

    def calls(fact, done):
        row = OutboxMessage.objects.get(subscriber="tests.first")
        seen.append(row.run_at > timezone.now() + timedelta(seconds=20))
        done()

    monkeypatch.setitem(
        outbox._by_name, "tests.first", outbox.Subscriber("tests.first", Rang, calls, "default", True)
    )
    outbox.publish(Rang(5))
    assert outbox.consume("tests.rang:5:tests.first")
    assert seen == [True]
    assert OutboxMessage.objects.get(subscriber="tests.first").done_at


@pytest.mark.django_db
def test_the_sweeper_finds_what_the_broker_lost(heard, monkeypatch):
    sent = []
    monkeypatch.setattr(outbox, "_send", lambda _queue, some: sent.extend(some))
    outbox.publish(Rang(6))
    assert outbox.sweep() == 0
    OutboxMessage.objects.update(created_at=timezone.now() - timedelta(seconds=30))
    assert outbox.sweep() == 2
    assert outbox.sweep() == 0
    assert sorted(sent) == ["tests.rang:6:tests.first", "tests.rang:6:tests.second"]


@pytest.mark.django_db(transaction=True)
def test_what_only_waits_its_turn_is_sent_again_after_longer_and_longer(heard, monkeypatch):
    """In an hour of a backlog some fifteen copies, not three hundred and sixty."""
    monkeypatch.setattr(outbox, "_send", lambda _queue, some: None)
    with transaction.atomic():
        outbox.publish(Rang(9))
    row = OutboxMessage.objects.get(subscriber="tests.first")
    OutboxMessage.objects.exclude(pk=row.pk).delete()
    times = []
    for seconds in range(0, 3600, 5):
        at = row.created_at + timedelta(seconds=seconds)
        monkeypatch.setattr(outbox.timezone, "now", lambda at=at: at)
        if outbox.sweep():
            times.append(seconds)
    assert times[:5] == [10, 25, 55, 115, 235]  # sweeps are five seconds apart
    assert len(times) < 20
    OutboxMessage.objects.update(run_at=row.created_at + timedelta(hours=1))
    monkeypatch.setattr(outbox.timezone, "now", lambda: row.created_at + timedelta(hours=1, seconds=1))
    assert outbox.sweep() == 1


def test_a_hand_over_that_fails_is_no_failure_of_what_was_committed(heard, monkeypatch, caplog):
    def out_of_order(*_dedupes, **_options):
        raise RuntimeError("out of order")

    monkeypatch.setattr(outbox, "relay", out_of_order)
    with transaction.atomic():
        outbox.publish(Rang(1))
    assert OutboxMessage.objects.count() == 2
    assert "out of order" in caplog.text


@pytest.fixture
def sent(heard, monkeypatch):
    """(queue, rows) of each message to the broker."""
    messages = []
    monkeypatch.setattr(outbox, "_send", lambda queue, some: messages.append((queue, some)))
    return messages


@pytest.mark.django_db
def test_what_a_transaction_publishes_travels_together(sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        outbox.publish(Rang(7))
        with transaction.atomic(savepoint=False):
            outbox.publish(Rang(8))
        assert not sent
    rows = [f"tests.rang:{bell}:tests.{name}" for bell in (7, 8) for name in ("first", "second")]
    assert sent == [("default", rows)]


@pytest.mark.django_db
def test_what_a_savepoint_takes_back_is_not_sent_and_takes_nothing_along(
    sent, django_capture_on_commit_callbacks
):
    @transaction.atomic
    def rings_and_falls():
        outbox.publish(Rang(9))
        raise ZeroDivisionError

    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(ZeroDivisionError):
            rings_and_falls()
        outbox.publish(Rang(10))
    assert [row for _queue, rows in sent for row in rows] == [
        "tests.rang:10:tests.first",
        "tests.rang:10:tests.second",
    ]


def test_a_message_holds_so_many_rows_and_none_that_works_outside(heard, monkeypatch):
    monkeypatch.setitem(
        outbox._by_name, "tests.first", outbox.Subscriber("tests.first", Rang, print, "default", True)
    )
    rows = [f"tests.rang:{bell}:tests.{name}" for bell in range(5) for name in ("first", "second")]
    sizes = [len(some) for _queue, some in outbox._portions(rows, 3)]
    assert sorted(sizes) == [1, 1, 1, 1, 1, 2, 3]


@pytest.mark.django_db
def test_one_message_is_one_work_per_row(heard):
    outbox.publish(Rang(11), Rang(12))
    rows = list(OutboxMessage.objects.values_list("dedupe", flat=True))
    tasks.consume(*rows)
    tasks.consume(*rows)
    assert len(heard) == 4
