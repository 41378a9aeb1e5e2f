"""Celery doors."""

from celery import shared_task

from catalog.services import numbers
from omnichannel.kernel import clock


@shared_task(name="catalog.release_expired_numbers")
def release_expired_numbers() -> None:
    numbers.release_expired(now=clock.now())
