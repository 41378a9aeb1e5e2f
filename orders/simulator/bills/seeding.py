"""Errors sown into a day's rows, each once, by a seed: what a reconciliation has to find."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from .rows import BillRow, fee_of

MOST = 5_000  # fen by which an amount is falsified, at most


@dataclass(frozen=True)
class Sown:
    """An error: the kind of break it must become, our number in the bill, theirs less ours in fen."""

    kind: str
    reference: str
    difference_fen: int


def sow(rows: Sequence[BillRow], *, seed: int) -> tuple[list[BillRow], list[Sown]]:
    """Rows with up to eight errors; as many as there are payments and refunds to spoil."""
    rng = random.Random(seed)
    kept, sown = list(rows), []
    payments = [row for row in kept if row.kind == "payment" and row.amount_fen > 2 * MOST // 100]
    refunds = [row for row in kept if row.kind == "refund"]
    targets = rng.sample(payments, min(len(payments), 6))
    for spoil, row in zip((_lost, _short, _over, _fee, _revoked, _unknown), targets, strict=False):
        sown.append(spoil(kept, row, rng))
    if refunds:
        sown.append(_lost(kept, rng.choice(refunds), rng))
    if len(refunds) > 1:
        sown.append(_unknown_refund(kept, rng.choice(payments), rng))
    return sorted(kept, key=lambda row: (row.at, row.out_trade_no, row.out_refund_no)), sown


def _signed(row: BillRow) -> int:
    return -row.amount_fen if row.is_back else row.amount_fen


def _number(row: BillRow) -> str:
    return row.out_refund_no if row.kind == "refund" else row.out_trade_no


def _lost(kept: list[BillRow], row: BillRow, rng) -> Sown:
    kept.remove(row)
    return Sown("missing_there", _number(row), -_signed(row))


def _changed(kept: list[BillRow], row: BillRow, by: int) -> BillRow:
    new = replace(row, amount_fen=row.amount_fen + by, fee_fen=fee_of(row.amount_fen + by))
    kept[kept.index(row)] = new
    return new


def _short(kept: list[BillRow], row: BillRow, rng) -> Sown:
    by = -rng.randint(1, min(MOST, row.amount_fen - 1))
    _changed(kept, row, by)
    return Sown("amount_short", row.out_trade_no, by)


def _over(kept: list[BillRow], row: BillRow, rng) -> Sown:
    by = rng.randint(1, MOST)
    _changed(kept, row, by)
    return Sown("amount_over", row.out_trade_no, by)


def _fee(kept: list[BillRow], row: BillRow, rng) -> Sown:
    """Charged more than the contract says. The fee that we expect is cut off below the fen."""
    more = rng.randint(50, 500)
    kept[kept.index(row)] = replace(row, fee_fen=row.fee_fen + more)
    expected = row.amount_fen * 6_000 // 1_000_000
    return Sown("fee_mismatch", row.out_trade_no, expected - row.fee_fen - more)


def _revoked(kept: list[BillRow], row: BillRow, rng) -> Sown:
    """The payer's bank took it back a minute later; nobody told us."""
    kept.append(
        replace(
            row, kind="revoked", refund_id=f"R{row.transaction_id}"[:21], at=row.at + timedelta(minutes=1)
        )
    )
    return Sown("status_mismatch", row.out_trade_no, -row.amount_fen)


def _unknown(kept: list[BillRow], row: BillRow, rng) -> Sown:
    """A payment under a number that we never gave."""
    amount, number = rng.randint(1_00, 500_00), f"HTX{rng.randrange(10**12):012d}"
    kept.append(
        replace(
            row, out_trade_no=number, transaction_id=f"42{rng.randrange(10**22):022d}", amount_fen=amount,
            fee_fen=fee_of(amount), at=row.at + timedelta(minutes=2),
        )
    )  # fmt: skip
    return Sown("missing_here", number, amount)


def _unknown_refund(kept: list[BillRow], row: BillRow, rng) -> Sown:
    """Somebody refunded in the provider's own portal."""
    amount, number = rng.randint(1, 100), f"PORTAL{rng.randrange(10**10):010d}"
    kept.append(
        replace(
            row, kind="refund", out_refund_no=number, refund_id=f"50{rng.randrange(10**22):022d}",
            amount_fen=amount, fee_fen=fee_of(amount), at=row.at + timedelta(minutes=3),
        )
    )  # fmt: skip
    return Sown("missing_here", number, -amount)
