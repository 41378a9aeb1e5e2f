"""Celery doors: each calls one service."""

from celery import shared_task

from omnichannel.kernel import clock

from .services import acceptance


@shared_task(name="fulfillment.refuse_overdue")
def refuse_overdue() -> None:
    acceptance.refuse_overdue(now=clock.now())
