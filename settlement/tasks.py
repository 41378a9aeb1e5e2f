"""Celery doors."""

from celery import shared_task

from omnichannel.kernel import clock

from .services import night, product_report
from .services.reconciliation import importing


@shared_task(name="settlement.run_due_days", queue="settle")
def run_due_days() -> None:
    night.run_due(now=clock.now())


@shared_task(name="settlement.reconcile_due", queue="settle")
def reconcile_due() -> None:
    importing.reconcile_due(now=clock.now())


@shared_task(name="settlement.fold_products", queue="report")
def fold_products() -> None:
    product_report.fold_due(now=clock.now())
