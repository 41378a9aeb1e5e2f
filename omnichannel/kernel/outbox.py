"""One outbox: facts leave an app in the transaction that made them true and reach each subscriber once.

publish() writes a row per subscriber and, after the commit, hands the rows to Celery. If the broker is
down or a worker dies, the sweeper sends them again. consume() claims a row, does the work and marks it
done in one transaction, so work is done once however often the broker delivers. Order is not promised.

A subscriber that talks to the outside world registers with outside=True: its row is leased and
committed first, the handler runs outside any transaction and calls done() in the transaction that
records its result.
"""

import dataclasses
import json
import logging
import traceback
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from celery import current_app
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import OperationalError

from . import clock
from .errors import Invalid
from .models import OutboxMessage
from .rows import write

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 8
# Longer than any gateway waits for its answer; a killed worker's call is taken up again after it.
LEASE = timedelta(seconds=30)
# What is undone is sent again, each time after twice as long: most of it only waits its turn, and copies
# would make the wait longer.
RESEND_AFTER, RESEND_AT_LAST_AFTER = timedelta(seconds=10), timedelta(minutes=5)
SWEEP_SIZE = 500
# Rows of one transaction and queue that travel in one message.
TOGETHER = 8
KEEP_DONE = timedelta(days=30)


@dataclasses.dataclass(frozen=True)
class Fact:
    """Base of the frozen dataclasses in events.py: ids and plain values only.

    `topic` is "<app>.<name>"; `key` identifies the fact, so that publishing it twice is once.
    """

    topic = ""

    @property
    def key(self) -> str:
        raise TypeError(f"{type(self).__name__} must say its key")


@dataclasses.dataclass(frozen=True)
class Subscriber:
    name: str
    fact: type[Fact]
    handler: Callable[[Fact], None]
    queue: str
    outside: bool
    only: Callable[[Fact], bool] | None = None

    def wants(self, fact: Fact) -> bool:
        return self.only is None or self.only(fact)


_by_topic: dict[str, list[Subscriber]] = {}
_by_name: dict[str, Subscriber] = {}


def subscribe(
    fact: type[Fact],
    handler: Callable[[Fact], None],
    *,
    name: str,
    queue: str = "default",
    outside: bool = False,
    only: Callable[[Fact], bool] | None = None,
) -> None:
    """Register a handler of a fact, once, from an app's receivers.py. `name` is kept in rows: never reuse.

    `only` says, of the fact alone, whether the subscriber is concerned; for the others no row is written.
    """
    if name in _by_name:
        raise ValueError(f"subscriber {name} is registered twice")
    entry = Subscriber(name, fact, handler, queue, outside, only)
    _by_name[name] = entry
    _by_topic.setdefault(fact.topic, []).append(entry)


def topics() -> list[str]:
    return list(_by_topic)


def subscribers() -> list[str]:
    return list(_by_name)


def publish(*facts: Fact, delay: timedelta | None = None) -> None:
    """Write the facts for all subscribers in the current transaction; a known fact is not written again."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a fact is published in the transaction that makes it true")
    run_at = timezone.now() + (delay or timedelta(0))
    rows = [
        _row(fact, entry, run_at)
        for fact in facts
        for entry in _by_topic.get(fact.topic, ())
        if entry.wants(fact)
    ]
    if not rows:
        return
    write(rows, skip_known=True)
    if delay is None:
        _handover().dedupes.extend(row.dedupe for row in rows)


def _row(fact: Fact, entry: Subscriber, run_at) -> OutboxMessage:
    return OutboxMessage(
        topic=fact.topic,
        key=fact.key,
        subscriber=entry.name,
        payload=dataclasses.asdict(fact),
        dedupe=f"{fact.topic}:{fact.key}:{entry.name}",
        occurred_at=clock.now(),
        run_at=run_at,
    )


class _Handover:
    """What a transaction gives to the broker when it is committed."""

    def __init__(self):
        self.dedupes: list[str] = []
        self.__qualname__ = type(self).__qualname__  # Django names a robust hook that failed by it

    def __call__(self):
        relay(self.dedupes, together=TOGETHER)


def _handover() -> _Handover:
    """The one of this transaction, or of the savepoint with which it stands or falls."""
    database = transaction.get_connection()
    fate = set(filter(None, database.savepoint_ids))
    for savepoints, hook, _robust in database.run_on_commit:
        if isinstance(hook, _Handover) and set(filter(None, savepoints)) == fate:
            return hook
    transaction.on_commit(hook := _Handover(), robust=True)
    return hook


def relay(dedupes: Iterable[str], *, together: int = 1) -> None:
    """Hand rows to the broker, once, `together` of a queue in a message; the sweeper finds what is lost."""
    try:
        for queue, some in _portions(dedupes, together):
            _send(queue, some)
    except (*current_app.connection_for_write().connection_errors, OperationalError, OSError) as error:
        log.warning("broker unreachable, the sweeper will resend: %s", error)


def _send(queue: str, dedupes: list[str]) -> None:
    current_app.send_task("kernel.consume", args=dedupes, queue=queue, retry=False)


def _portions(dedupes: Iterable[str], together: int) -> Iterator[tuple[str, list[str]]]:
    """(queue, rows); a subscriber that talks to the outside world keeps nobody waiting."""
    by_queue: dict[str, list[str]] = {}
    for dedupe in dedupes:
        entry = _entry(dedupe)
        if entry.outside:
            yield entry.queue, [dedupe]
        else:
            by_queue.setdefault(entry.queue, []).append(dedupe)
    for queue, some in by_queue.items():
        for start in range(0, len(some), together):
            yield queue, some[start : start + together]


def _entry(dedupe: str) -> Subscriber:
    return _by_name[dedupe.rsplit(":", 1)[1]]


def sweep() -> int:
    """Resend what is due and was not done; returns how many. Any number of sweepers may run."""
    now = timezone.now()
    with transaction.atomic():
        rows = list(
            OutboxMessage.objects.due(now)
            .exclude(sent_at__gt=now - RESEND_AFTER)
            .exclude(sent_at__gt=now - Least(F("sent_at") - F("run_at"), Value(RESEND_AT_LAST_AFTER)))
            .exclude(sent_at=None, created_at__gt=now - RESEND_AFTER, run_at__lte=F("created_at"))
            .order_by("run_at")
            .select_for_update(skip_locked=True)
            .values_list("pk", "dedupe")[:SWEEP_SIZE]
        )
        OutboxMessage.objects.filter(pk__in=[pk for pk, _ in rows]).update(sent_at=now)
    relay([dedupe for _, dedupe in rows])
    return len(rows)


def consume(dedupe: str) -> bool:
    """Do one row's work if it is undone and nobody else has it. True when it was done here."""
    entry = _entry(dedupe)
    claimed = _count_attempt(dedupe, entry)
    if claimed is None:
        return False
    work = _consume_outside if entry.outside else _consume_inside
    try:
        return work(entry, *claimed)
    except Exception:
        # Not a foreseen refusal and not ours to judge: keep the trace, try later, die visibly at the end.
        _record_failure(claimed[0], traceback.format_exc())
        return False


# Counted and committed before the work, so that a message that kills its worker is counted too. A row
# that another consumer is counting this moment is left to it.
_COUNT_ATTEMPT = """
UPDATE kernel_outboxmessage
   SET attempts = attempts + 1,
       dead_at = CASE WHEN attempts >= %(most)s THEN %(now)s END,
       run_at = CASE WHEN %(lease)s AND attempts < %(most)s THEN %(until)s ELSE run_at END
 WHERE id = (SELECT id FROM kernel_outboxmessage
              WHERE dedupe = %(dedupe)s AND done_at IS NULL AND dead_at IS NULL AND run_at <= %(now)s
                FOR UPDATE SKIP LOCKED)
RETURNING id, payload, dead_at
"""


def _count_attempt(dedupe: str, entry: Subscriber) -> tuple[int, dict] | None:
    """(row id, payload) of a due row, one statement; None when it is done, dead or somebody else's."""
    now = timezone.now()
    values = {
        "dedupe": dedupe,
        "now": now,
        "most": MAX_ATTEMPTS,
        "lease": entry.outside,
        "until": now + LEASE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_ATTEMPT, values)
        row = cursor.fetchone()
    if row is None or row[2] is not None:
        return None
    return row[0], row[1] if isinstance(row[1], dict) else json.loads(row[1])


def _consume_inside(entry: Subscriber, pk: int, payload: dict) -> bool:
    """Mark the row done first: that is the claim; it stands or falls with the work."""
    with transaction.atomic():
        undone = OutboxMessage.objects.undone().filter(pk=pk)
        if not undone.update(done_at=timezone.now(), last_error=""):
            return False
        entry.handler(entry.fact(**payload))
    return True


def _consume_outside(entry: Subscriber, pk: int, payload: dict) -> bool:
    entry.handler(entry.fact(**payload), lambda: done(pk))
    return True


def done(pk: int) -> None:
    """Mark a leased row done, inside the transaction that records its result."""
    OutboxMessage.objects.undone().filter(pk=pk).update(done_at=timezone.now(), last_error="")


def _record_failure(pk: int, error: str) -> None:
    with transaction.atomic():
        row = OutboxMessage.objects.undone().select_for_update().filter(pk=pk).first()
        if row is None:
            return
        row.last_error = error[-4000:]
        row.run_at = timezone.now() + timedelta(seconds=2**row.attempts)
        if row.attempts >= MAX_ATTEMPTS:
            row.dead_at = timezone.now()
        row.save(update_fields=["last_error", "run_at", "dead_at"])
    log.error("outbox message %s failed: %s", pk, error.strip().rsplit("\n", 1)[-1])


def send_again(pks: list[int]) -> int:
    """Revive dead messages (an operator's action); returns how many."""
    with transaction.atomic():
        rows = list(OutboxMessage.objects.dead().filter(pk__in=pks).select_for_update())
        OutboxMessage.objects.filter(pk__in=[row.pk for row in rows]).update(
            dead_at=None, attempts=0, run_at=timezone.now(), sent_at=None
        )
        dedupes = [row.dedupe for row in rows]
        transaction.on_commit(lambda: relay(dedupes), robust=True)
    return len(rows)


class DiscardReasonMissing(Invalid):
    code = "discard_reason_missing"
    message = _("Say why these messages need not arrive any more.")


def discard(pks: list[int], *, by: str, reason: str) -> int:
    """Give dead messages up for good (an operator's action); returns how many.

    Only dead ones: what is under way may still succeed. They stay in the table with who and why. Raises
    DiscardReasonMissing.
    """
    if not reason.strip():
        raise DiscardReasonMissing(field="reason")
    with transaction.atomic():
        rows = OutboxMessage.objects.dead().filter(pk__in=pks)
        return rows.update(
            discarded_at=timezone.now(), discarded_by=by[:80], discard_reason=reason.strip()[:200]
        )


def drain(*, limit: int = 10_000) -> int:
    """Consume everything due in this process, facts that follow included: for tests and small tools."""
    handled = 0
    while handled < limit:
        due = OutboxMessage.objects.due(timezone.now()).order_by("pk")
        dedupes = list(due.values_list("dedupe", flat=True)[:200])
        if not dedupes:
            return handled
        for dedupe in dedupes:
            consume(dedupe)
            handled += 1
    raise RuntimeError(f"the outbox did not come to rest within {limit} messages")


def purge() -> int:
    """Delete what was done long ago; returns how many rows."""
    old = OutboxMessage.objects.filter(done_at__lt=timezone.now() - KEEP_DONE)
    return old.delete()[0]
