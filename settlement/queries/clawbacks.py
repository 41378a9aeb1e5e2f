"""Claw-backs of a day or of an institution, with the transfer whose netting took them."""

from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from settlement.models import Clawback, FundTransfer, TransferState

# A transfer in one of these states has emptied the institution's accounts up to its day.
PAID = (
    TransferState.CONFIRMED,
    TransferState.EXPORTED,
    TransferState.SENT,
    TransferState.SUCCEEDED,
    TransferState.UNKNOWN,
)


def of_day(day: date) -> list[Clawback]:
    return _with_transfer(Clawback.objects.filter(business_date=day))


def of_institution(
    institution_id: int, *, begin: date | None = None, end: date | None = None
) -> list[Clawback]:
    """The newest first, at most 200."""
    rows = Clawback.objects.filter(institution_id=institution_id)
    if begin:
        rows = rows.filter(business_date__gte=begin)
    if end:
        rows = rows.filter(business_date__lte=end)
    return _with_transfer(rows)


def _with_transfer(rows: QuerySet[Clawback]) -> list[Clawback]:
    """taken_by: the first transfer that settled the institution on the refund's day or later."""
    later = FundTransfer.objects.filter(
        institution_id=OuterRef("institution_id"),
        business_date__gte=OuterRef("business_date"),
        state__in=PAID,
    )
    first = Subquery(later.order_by("business_date", "pk").values("pk")[:1])
    found = list(
        rows.select_related("institution", "paid_by", "trade").annotate(taker=first).order_by("-pk")[:200]
    )
    transfers = FundTransfer.objects.in_bulk({row.taker for row in found if row.taker})
    for row in found:
        row.taken_by = transfers.get(row.taker)
    return found
