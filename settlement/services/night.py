"""The night: takes every due day from its cut-off to netted, oldest first, and seals what people closed.

Any number of pumps may run it at once: they share the chunks of clearing and sealing.
"""

import logging
from datetime import date, datetime

from django.db import transaction

from members.queries import institutions_of_kind
from settlement.models import BusinessDay, DayState

from . import balancing, business_day, clearing, netting, reporting, sealing
from .closing import is_empty
from .funding import CARRIER

log = logging.getLogger(__name__)
MOST_DAYS = 400


def run_due(*, now: datetime) -> list[str]:
    """Cut off what is over and bring it to netted; returns the days that were netted here (ISO).

    Every stage commits by itself, so that a killed run goes on where it stopped and a second run changes
    nothing. People take over at netted: proposals, confirmation, closing. A closed day is sealed.
    """
    if not _has_begun(now):
        return []
    for _turn in range(MOST_DAYS):
        if business_day.cut_off(now=now) is None:
            break
    netted = []
    for row in list(BusinessDay.objects.running()):
        if not run_day(day=row.business_date, now=now):
            break
        if row.state in (DayState.CUTOFF, DayState.CLEARING, DayState.BALANCED):
            netted.append(row.business_date.isoformat())
    return netted


def _has_begun(now: datetime) -> bool:
    """The books' first day opens when there is a company whose books they are, not before."""
    if not BusinessDay.objects.exists() and not institutions_of_kind(CARRIER):
        return False
    business_day.open_first(now=now)
    return True


def run_day(*, day: date, now: datetime) -> bool:
    """Bring one day as far as the batch can; False when it is not there yet: later days wait for it."""
    clearing.begin(day=day)
    if not clearing.clear(day=day, now=now):
        return False
    if _is_at_work(day):
        reporting.report(day=day, now=now)
    if not _adds_up(day):
        return False
    netting.net(day=day, now=now)
    reporting.report(day=day, now=now)
    _skip_instructions_of_empty_day(day)
    if BusinessDay.objects.filter(business_date=day, state=DayState.CLOSED).exists():
        return sealing.seal(day=day)
    return True


@transaction.atomic
def _is_at_work(day: date) -> bool:
    """Whether another worker balances or nets the day just now."""
    free = BusinessDay.objects.select_for_update(skip_locked=True).filter(business_date=day)
    return free.first() is None


def _adds_up(day: date) -> bool:
    row = BusinessDay.objects.get(business_date=day)
    if row.state != DayState.CLEARING or balancing.balance(day=day):
        return True
    problem = BusinessDay.objects.get(business_date=day).problem
    log.error("business day %s does not add up: %s", day, problem)
    return not problem


@transaction.atomic
def _skip_instructions_of_empty_day(day: date) -> None:
    """A day without a single journal has nothing to pay: it may be closed at once."""
    row = BusinessDay.objects.select_for_update().get(business_date=day)
    if row.state == DayState.NETTED and is_empty(day):
        row.state = DayState.INSTRUCTED
        row.save(update_fields=["state"])
