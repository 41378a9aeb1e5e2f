"""The day's borders: every trade falls in exactly one business day.

Writers read the open day under a shared advisory lock that lasts until their transaction ends; the cut-off
takes the exclusive one, closes day D and opens D+1 in one transaction. So no trade of D can appear after
the cut-off, and ids of trades of D are smaller than those of D+1.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.clock import day_bounds, local_day
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.models import OutboxMessage
from settlement.models import BusinessDay, DayState

LOCK = 0x5E77_1E_0001
# How long after the cut-off instant the cut-off waits for facts that are under way.
LATE_AFTER = timedelta(minutes=10)
SUBSCRIBERS = "settlement."
# Months of postings that exist before their first day comes: a night that fails to make one has time.
MONTHS_AHEAD = 2


class NoOpenDay(DomainError):
    code = "no_open_day"
    message = _("No business day is open.")


def business_day_of(instant: datetime) -> date:
    """The business day in which an instant lies, by the cut-off hour."""
    return local_day(instant - timedelta(hours=settings.BUSINESS_DAY_CUTOFF_HOUR))


def cut_off_instant(day: date) -> datetime:
    """When the business day ends."""
    return day_bounds(day)[1] + timedelta(hours=settings.BUSINESS_DAY_CUTOFF_HOUR)


def lock_current_day() -> date:
    """The open business day, fixed until the caller's transaction ends. Raises NoOpenDay."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])
    return current_day()


def current_day() -> date:
    """The open business day, for show. Raises NoOpenDay."""
    day = BusinessDay.objects.filter(state=DayState.OPEN).values_list("business_date", flat=True).first()
    if day is None:
        raise NoOpenDay()
    return day


@transaction.atomic
def open_first(*, now: datetime) -> date:
    """Open the day of `now` where the books have no day yet; returns the open day."""
    _lock_exclusively()
    if not BusinessDay.objects.exists():
        _open(business_day_of(now), now)
    return current_day()


@transaction.atomic
def cut_off(*, now: datetime) -> date | None:
    """Close the open day if its end has come and open the next; returns the day that was cut off.

    None while the day is not over, or while money facts older than the cut-off are under way (after
    LATE_AFTER they are listed as late and fall in the next day).
    """
    _lock_exclusively()
    day = BusinessDay.objects.get(business_date=current_day())
    end = cut_off_instant(day.business_date)
    if now < end:
        return None
    late = undone_facts(before=end)
    if late and now < end + LATE_AFTER:
        return None
    day.state, day.cut_off_at, day.late_facts = DayState.CUTOFF, now, late
    day.save(update_fields=["state", "cut_off_at", "late_facts"])
    _open(day.business_date + timedelta(days=1), now)
    return day.business_date


def undone_facts(*, before: datetime) -> list[str]:
    """Money facts older than an instant that have not been booked yet, dead ones included."""
    rows = OutboxMessage.objects.filter(
        subscriber__startswith=SUBSCRIBERS, done_at=None, occurred_at__lt=before
    )
    return [f"{topic}:{key}" for topic, key in rows.order_by("pk").values_list("topic", "key")[:1000]]


def ensure_partitions(day: date) -> None:
    """The month of a day and the MONTHS_AHEAD after it exist in the ledger."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT settlement_ensure_partition((%s::date + n * interval '1 month')::date)"
            " FROM generate_series(0, %s) AS n",
            [day.replace(day=1), MONTHS_AHEAD],
        )


def _lock_exclusively() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _open(day: date, now: datetime) -> None:
    ensure_partitions(day)
    BusinessDay.objects.create(business_date=day, state=DayState.OPEN, opened_at=now)
