"""Celery doors of the optimiser, apart from tasks.py because they bring OR-Tools along: workers only."""

from celery import shared_task

from omnichannel.kernel import clock

from .queries.planning import Kind, is_on
from .services.optimiser import reevaluation, shadow_prices


@shared_task(name="fulfillment.solve_shadow_prices", queue="report")
def solve_shadow_prices() -> None:
    """Nightly, where it is switched on."""
    if is_on(Kind.PRICES):
        shadow_prices.solve(now=clock.now())


@shared_task(name="fulfillment.reevaluate_routes", queue="route")
def reevaluate_routes() -> None:
    """Every quarter of an hour, where it is switched on."""
    if is_on(Kind.REEVALUATION):
        reevaluation.reevaluate(now=clock.now())
