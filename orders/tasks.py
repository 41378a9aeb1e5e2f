"""Celery doors."""

from celery import shared_task

from omnichannel.kernel import clock
from orders.services import callbacks, cancellation
from orders.simulator import notices


@shared_task(name="orders.expire_unpaid")
def expire_unpaid() -> None:
    cancellation.expire_unpaid(now=clock.now())


@shared_task(name="orders.query_open_payments")
def query_open_payments() -> None:
    callbacks.query_open(now=clock.now())


@shared_task(name="orders.sim_send_notice")
def sim_send_notice(notice_id: int) -> None:
    """The simulated provider's own worker."""
    notices.send(notice_id, now=clock.now())
