"""Business days for show: where the night stands, how fast, how long still."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Max, Min, OuterRef, Q, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import NotFound
from settlement.models import BusinessDay, DayState, FundTransfer, SettlementChunk, Trade, TransferState

ORDER = list(DayState.values)


class DayUnknown(NotFound):
    code = "business_day_unknown"
    message = _("The books have no such business day.")


@dataclass(frozen=True)
class Progress:
    """Rows of the night's clearing; rate in rows a second, seconds_left None while unknown."""

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


def all_days():
    """Newest first, each with its trades, sales (fen) and transfers still open."""
    trades = Trade.objects.filter(business_date=OuterRef("business_date")).order_by().values("business_date")
    drafts = FundTransfer.objects.filter(
        business_date=OuterRef("business_date"), state=TransferState.DRAFT
    ).order_by()
    sales = Q(kind__in=("payment", "refund", "till_sale"))
    return BusinessDay.objects.annotate(
        trades=Subquery(trades.annotate(n=Count("pk")).values("n")),
        sales_fen=Subquery(trades.annotate(n=Sum("amount_fen", filter=sales)).values("n")),
        drafts=Subquery(drafts.values("business_date").annotate(n=Count("pk")).values("n")),
    ).order_by("-business_date")


def progress(business_date: date) -> Progress:
    chunks = SettlementChunk.objects.filter(business_date=business_date)
    found = chunks.aggregate(
        whole=Sum("rows", default=0),
        done=Sum("rows", default=0, filter=Q(done_at__isnull=False)),
        first=Min("started_at"),
        last=Max("done_at"),
    )
    seconds = (found["last"] - found["first"]).total_seconds() if found["first"] and found["last"] else 0
    rate = round(found["done"] / seconds) if seconds > 0 else 0
    left = found["whole"] - found["done"]
    return Progress(
        found["whole"], found["done"], rate, round(left / rate) if rate else (None if left else 0)
    )


def steps(row: BusinessDay) -> list[tuple[str, str]]:
    """(state, done | now | next | failed) for the stepper; a sealed day is done."""
    at = ORDER.index(row.state)
    if row.state == DayState.SEALED:
        return [(state, "done") for state in ORDER]
    marks = ["done" if n <= at else "next" for n in range(len(ORDER))]
    marks[at] = "failed" if row.problem else "now"
    return list(zip(ORDER, marks, strict=True))


def partition_sizes() -> list[tuple[str, int, int]]:
    """(partition, rows estimated, bytes) of the ledger's months, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, greatest(c.reltuples, 0)::bigint, pg_total_relation_size(c.oid)"
            " FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
            " WHERE i.inhparent = 'settlement_posting'::regclass ORDER BY c.relname DESC"
        )
        return cursor.fetchall()
