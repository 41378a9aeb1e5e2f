"""The day a customer is told: by it the last parcel of the order is at the door."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from omnichannel.kernel import clock

from ..values import Demand


def arrival(days: Iterable[int], *, now: datetime) -> date:
    """`days`: of each package by tariff, with the day that a passed cut-off costs. Shanghai's calendar."""
    return clock.local_day(now) + timedelta(days=max(days, default=0))


def promised(demand: Demand, days: Iterable[int], *, now: datetime) -> Demand:
    """The demand with its promise; a pick-up and what has its promise already stay as they are."""
    if demand.way != "ship" or demand.promised_on:
        return demand
    return replace(demand, promised_on=arrival(days, now=now).isoformat())
