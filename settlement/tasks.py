"""Celery doors."""

from celery import shared_task

from omnichannel.kernel import clock

from .services import night


@shared_task(name="settlement.run_due_days", queue="settle")
def run_due_days() -> None:
    night.run_due(now=clock.now())
