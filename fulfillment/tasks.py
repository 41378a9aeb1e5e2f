"""Celery doors: each calls one service."""

from celery import shared_task

from omnichannel.kernel import clock

from .services import (
    acceptance,
    acceptance_rates,
    dealer_days,
    dealer_holds,
    dealer_number_returns,
    dealer_proposals,
    dealer_waiting,
    hot,
    pickup_consent,
    pickup_deadline,
    provisioning,
    wave_building,
)


@shared_task(name="fulfillment.refuse_overdue")
def refuse_overdue() -> None:
    acceptance.refuse_overdue(now=clock.now())


@shared_task(name="fulfillment.reckon_acceptance", queue="report")
def reckon_acceptance() -> None:
    acceptance_rates.reckon(now=clock.now())


@shared_task(name="fulfillment.remind_of_pickups", queue="notify")
def remind_of_pickups() -> None:
    pickup_deadline.remind_due(now=clock.now())


@shared_task(name="fulfillment.tend_hot_stock")
def tend_hot_stock() -> None:
    hot.tend(now=clock.now())


@shared_task(name="fulfillment.build_waves")
def build_waves() -> None:
    """Every minute; a demo day that is being played builds its waves itself."""
    if clock.is_simulated():
        return
    wave_building.build_due(now=clock.now())


@shared_task(name="fulfillment.retry_silent_openings")
def retry_silent_openings() -> None:
    provisioning.retry_silent(now=clock.now())


@shared_task(name="fulfillment.dealer_days", queue="report")
def reckon_dealer_days() -> None:
    dealer_days.reckon_recent(now=clock.now())


@shared_task(name="fulfillment.dealer_waiting", queue="route")
def try_waiting_dealer_orders() -> None:
    """An order whose goods came by another way than its purchase goes on."""
    dealer_waiting.try_again(now=clock.now())


@shared_task(name="fulfillment.dealer_number_holds", queue="route")
def release_number_holds() -> None:
    """Dealers sold numbers: their orders that waited for that go on."""
    dealer_holds.release_number_holds(now=clock.now())


@shared_task(name="fulfillment.reclaim_dealer_numbers", queue="report")
def reclaim_dealer_numbers() -> None:
    dealer_number_returns.reclaim(now=clock.now())


@shared_task(name="fulfillment.propose", queue="report")
def propose() -> None:
    dealer_proposals.propose_all(now=clock.now())


@shared_task(name="fulfillment.lapse_pickup_proposals")
def lapse_pickup_proposals() -> None:
    pickup_consent.lapse(now=clock.now())
