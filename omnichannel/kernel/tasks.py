"""Celery doors of the outbox."""

from celery import shared_task

from . import clock, idempotency, outbox


@shared_task(name="kernel.consume")
def consume(*dedupes: str) -> None:
    for dedupe in dedupes:
        outbox.consume(dedupe)


@shared_task(name="kernel.purge")
def purge() -> None:
    idempotency.purge(now=clock.now())
    outbox.purge()


@shared_task(name="kernel.sweep")
def sweep() -> None:
    outbox.sweep()
