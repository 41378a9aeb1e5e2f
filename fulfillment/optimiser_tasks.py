"""Celery doors of the optimiser, apart from tasks.py because they bring OR-Tools along: workers only."""

from celery import shared_task

from omnichannel.kernel import clock

from .queries.planning import Kind, is_on
from .services.optimiser import centre_reckoning, reevaluation, shadow_prices


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


@shared_task(name="fulfillment.propose_centres", queue="report")
def propose_centres() -> None:
    """Nightly, where it is switched on; a second time in the same night does nothing."""
    if is_on(Kind.CENTRES):
        centre_reckoning.reckon_tonight(now=clock.now())


@shared_task(name="fulfillment.reckon_centres", queue="report")
def reckon_centres(reckoning_id: int) -> None:
    """Because an operator asked, whatever the switch says; sent by receivers.py."""
    centre_reckoning.run(reckoning_id=reckoning_id, now=clock.now())
