"""The night: takes every due day from its cut-off to netted, oldest first. Any number of pumps may run it."""

import logging
from datetime import datetime

from django.db import transaction

from settlement.models import BusinessDay, DayState

from . import balancing, business_day, clearing, netting
from .closing import is_empty

log = logging.getLogger(__name__)
MOST_DAYS = 400


def run_due(*, now: datetime) -> list[str]:
    """Cut off what is over and bring it to netted; returns the days that were netted here (ISO).

    Every stage commits by itself, so that a killed run goes on where it stopped and a second run changes
    nothing. People take over at netted: proposals, confirmation, closing.
    """
    business_day.open_first(now=now)
    for _turn in range(MOST_DAYS):
        if business_day.cut_off(now=now) is None:
            break
    days = list(BusinessDay.objects.running().values_list("business_date", flat=True))
    netted = []
    for day in days:
        if not _run_day(day, now):
            break
        netted.append(day.isoformat())
    return netted


def _run_day(day, now: datetime) -> bool:
    """True when the day reached netted; later days wait for this one."""
    clearing.begin(day=day)
    if not clearing.clear(day=day, now=now):
        return False
    if not balancing.balance(day=day):
        log.error(
            "business day %s does not add up: %s", day, BusinessDay.objects.get(business_date=day).problem
        )
        return False
    netting.net(day=day, now=now)
    _skip_instructions_of_empty_day(day)
    return True


@transaction.atomic
def _skip_instructions_of_empty_day(day) -> None:
    """A day without a single journal has nothing to pay: it may be closed at once."""
    row = BusinessDay.objects.select_for_update().get(business_date=day)
    if row.state == DayState.NETTED and is_empty(day):
        row.state = DayState.INSTRUCTED
        row.save(update_fields=["state"])
