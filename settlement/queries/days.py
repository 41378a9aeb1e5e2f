"""Business days for show: where the night stands, how fast, how long still."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import BigIntegerField, Case, Count, OuterRef, Q, Subquery, Sum, When
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import NotFound
from settlement.models import (
    BusinessDay,
    ClearingLine,
    DayState,
    FundTransfer,
    NetPosition,
    PositionState,
    SettlementChunk,
    Trade,
    TransferState,
)

ORDER = list(DayState.values)


class DayUnknown(NotFound):
    code = "business_day_unknown"
    message = _("The books have no such business day.")


@dataclass(frozen=True)
class Progress:
    """Rows of a stage that works in chunks; rate in rows a second, seconds_left None while unknown."""

    stage: str
    rows: int
    done: int
    rate: int
    seconds_left: int | None


def day(business_date: date) -> BusinessDay:
    """Raises DayUnknown."""
    row = BusinessDay.objects.filter(business_date=business_date).first()
    if row is None:
        raise DayUnknown()
    return row


SALES = ("payment", "refund", "till_sale")


def all_days():
    """Newest first, each with its trades, sales (fen) and transfers still open.

    Only a day that is still being booked is counted trade by trade; later ones know their figures.
    """
    here = {"business_date": OuterRef("business_date")}
    booked = Trade.objects.filter(**here).order_by().values("business_date")
    cut = SettlementChunk.objects.filter(**here, kind="trades").order_by().values("business_date")
    kept = ClearingLine.objects.filter(**here, trade_kind__in=SALES).order_by().values("business_date")
    drafts = FundTransfer.objects.filter(**here, state=TransferState.DRAFT).order_by()
    held = NetPosition.objects.filter(**here, state=PositionState.SUSPENDED).order_by()
    counted = Subquery(booked.annotate(n=Count("pk")).values("n"))
    parties = held.values("business_date").annotate(n=Count("institution", distinct=True))
    sold = Subquery(booked.annotate(n=Sum("amount_fen", filter=Q(kind__in=SALES))).values("n"))
    return BusinessDay.objects.annotate(
        trades=Case(
            When(state__in=(DayState.OPEN, DayState.CUTOFF), then=counted),
            default=Subquery(cut.annotate(n=Sum("rows")).values("n")),
            output_field=BigIntegerField(),
        ),
        sales_fen=Case(
            When(reported_at__isnull=False, then=Subquery(kept.annotate(n=Sum("amount_fen")).values("n"))),
            default=sold,
            output_field=BigIntegerField(),
        ),
        drafts=Subquery(drafts.values("business_date").annotate(n=Count("pk")).values("n")),
        held=Subquery(parties.values("n")),
    ).order_by("-business_date")


def listed(*, begin: date | None = None, end: date | None = None, state: str = ""):
    """all_days of a period, both ends inclusive, or in a state."""
    rows = all_days()
    if begin:
        rows = rows.filter(business_date__gte=begin)
    if end:
        rows = rows.filter(business_date__lte=end)
    return rows.filter(state=state) if state else rows


# The rate is that of the last minute's work, so that a pause does not count.
_PROGRESS = """
WITH mine AS (
    SELECT rows, started_at, done_at FROM settlement_settlementchunk
    WHERE business_date = %s AND (kind = 'seal') = %s
), recent AS (
    SELECT sum(rows) AS rows, extract(epoch FROM max(done_at) - min(started_at)) AS seconds FROM mine
    WHERE done_at > (SELECT max(done_at) FROM mine) - interval '1 minute'
)
SELECT coalesce(sum(mine.rows), 0)::bigint,
       coalesce(sum(mine.rows) FILTER (WHERE done_at IS NOT NULL), 0)::bigint,
       (SELECT CASE WHEN seconds > 0 THEN round(rows / seconds) ELSE 0 END FROM recent)::bigint
FROM mine
"""


def progress(business_date: date, *, sealing: bool = False) -> Progress:
    """How far clearing is, or sealing."""
    with connection.cursor() as cursor:
        cursor.execute(_PROGRESS, [business_date, sealing])
        rows, done, rate = cursor.fetchone()
    left, rate = rows - done, rate or 0
    seconds = round(left / rate) if rate else (None if left else 0)
    return Progress("seal" if sealing else "clearing", rows, done, rate, seconds)


def parked(business_date: date) -> list[dict]:
    """Trades of a day that could not be shared: id, what, problem. They wait in suspense."""
    problems = dict(
        SettlementChunk.objects.filter(business_date=business_date, kind="trades")
        .exclude(problem="")
        .values_list("first_id", "problem")
    )
    trades = Trade.objects.filter(pk__in=problems).order_by("pk")
    return [{"trade": trade, "problem": problems[trade.pk]} for trade in trades[:100]]


def steps(row: BusinessDay) -> list[tuple[str, str]]:
    """(state, done | now | next | failed) for the stepper; a sealed day is done."""
    at = ORDER.index(row.state)
    if row.state == DayState.SEALED:
        return [(state, "done") for state in ORDER]
    marks = ["done" if n <= at else "next" for n in range(len(ORDER))]
    marks[at] = "failed" if row.problem else "now"
    return list(zip(ORDER, marks, strict=True))
