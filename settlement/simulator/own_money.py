"""What else a bank sees on a day: our own transfers that it made, and what dealers paid in."""

from datetime import date, datetime, timedelta

from omnichannel.kernel.clock import day_bounds
from settlement.models import FundTransfer, Trade, TradeKind, TransferEvent, TransferState

from .bank import Entry

MOVED = (TransferState.SUCCEEDED, TransferState.UNKNOWN)


def entries(day: date) -> list[Entry]:
    """By reference; a transfer on the day of its first answer, also when the bank did not know it then."""
    noon = day_bounds(day)[0] + timedelta(hours=12)
    return [*_transfers(day, noon), *_dealers(day, noon)]


def _transfers(day: date, at: datetime) -> list[Entry]:
    begin, end = day_bounds(day)
    answered = TransferEvent.objects.filter(after__in=MOVED).order_by("transfer_id", "pk")
    answered = answered.distinct("transfer_id")
    today = {event.transfer_id for event in answered if begin <= event.at < end}
    rows = FundTransfer.objects.filter(pk__in=today, state__in=MOVED).order_by("reference")
    return [
        Entry(f"T{row.pk:010d}", row.reference, _signed(row), at, f"资金划拨 {row.account_name}")
        for row in rows
    ]


def _signed(row: FundTransfer) -> int:
    return -row.amount_fen if row.direction == FundTransfer.Direction.PAY else row.amount_fen


def _dealers(day: date, at: datetime) -> list[Entry]:
    rows = Trade.objects.filter(kind=TradeKind.DEALER_PAYMENT, original_date=day).order_by("pk")
    rows = rows.select_related("reference", "institution")
    return [
        Entry(
            f"D{row.pk:010d}", row.reference.our_reference, row.amount_fen, at, f"货款 {row.institution.name}"
        )
        for row in rows
    ]
