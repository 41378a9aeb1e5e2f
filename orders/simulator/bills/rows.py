"""A day's money as the provider keeps it, with the fee it takes."""

from dataclasses import dataclass
from datetime import date, datetime

from omnichannel.kernel.clock import SHANGHAI, day_bounds
from orders.simulator.models import SimRefund, SimTransaction

MILLION = 1_000_000
RATE_PPM = 6_000  # the simulated provider's price: 0.60 % of a payment, given back with a refund


@dataclass(frozen=True)
class BillRow:
    """kind: payment, refund or revoked. Amounts in fen, never negative; `fee_fen` is given back but once."""

    kind: str
    out_trade_no: str
    transaction_id: str
    out_refund_no: str
    refund_id: str
    amount_fen: int
    fee_fen: int
    at: datetime
    description: str

    @property
    def local(self) -> datetime:
        return self.at.astimezone(SHANGHAI)

    @property
    def is_back(self) -> bool:
        """Money went back to the payer."""
        return self.kind != "payment"

    @property
    def net_fen(self) -> int:
        """What it changes in the merchant's balance."""
        return (self.fee_fen - self.amount_fen) if self.is_back else (self.amount_fen - self.fee_fen)


def fee_of(amount_fen: int, ppm: int = RATE_PPM) -> int:
    """Half a fen and more is a fen."""
    return (amount_fen * ppm + MILLION // 2) // MILLION


def rows_of(day: date) -> list[BillRow]:
    """Payments and refunds that succeeded on a Shanghai day, by time."""
    begin, end = day_bounds(day)
    paid = SimTransaction.objects.filter(success_at__gte=begin, success_at__lt=end)
    back = SimRefund.objects.filter(created_at__gte=begin, created_at__lt=end, status="SUCCESS")
    rows = [_payment(row) for row in paid]
    rows += [_refund(row) for row in back.select_related("transaction")]
    return sorted(rows, key=lambda row: (row.at, row.out_trade_no, row.out_refund_no))


def _payment(row: SimTransaction) -> BillRow:
    return BillRow(
        "payment", row.out_trade_no, row.transaction_id, "", "", row.amount_fen, fee_of(row.amount_fen),
        row.success_at, row.description,
    )  # fmt: skip


def _refund(row: SimRefund) -> BillRow:
    payment = row.transaction
    return BillRow(
        "refund", payment.out_trade_no, payment.transaction_id, row.out_refund_no, row.refund_id,
        row.amount_fen, fee_of(row.amount_fen), row.created_at, payment.description,
    )  # fmt: skip
