"""The day a customer is told: by it the last parcel of the order is at the door."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from omnichannel.kernel import clock

from ..values import Demand


def arrival(days: Iterable[int], *, now: datetime) -> date:
    """`days`: of each package by tariff, with the day that a passed cut-off costs. Shanghai's calendar."""
    return clock.local_day(now) + timedelta(days=max(days, default=0))


def promised_on(demand: Demand, days: Iterable[int], *, now: datetime) -> str:
    """The day of the promise, ISO 8601; a pick-up has none, and what has its promise already keeps it."""
    if demand.way != "ship" or demand.promised_on:
        return demand.promised_on
    return arrival(days, now=now).isoformat()
