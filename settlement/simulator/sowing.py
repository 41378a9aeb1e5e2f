"""Errors sown into couriers' remittances, fund flow and bank statement; as orders/simulator/bills/seeding."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from orders.simulator.bills.rows import BillRow
from orders.simulator.bills.seeding import Sown

from .bank import Entry
from .cod import Waybill


def sow_waybills(rows: Sequence[Waybill], *, seed: int) -> tuple[list[Waybill], list[Sown]]:
    """One waybill left out, one handed in short, one that is not ours."""
    rng = random.Random(seed)
    kept, sown = list(rows), []
    if len(kept) < 3:
        return kept, sown
    lost, short, copied = rng.sample(kept, 3)
    kept.remove(lost)
    sown.append(Sown("missing_there", lost.order_number, -lost.collected_fen))
    less = rng.randint(1, min(1_000, short.collected_fen - 1))
    kept[kept.index(short)] = replace(short, collected_fen=short.collected_fen - less)
    sown.append(Sown("amount_short", short.order_number, -less))
    number, amount = f"HTX{rng.randrange(10**10):010d}", rng.randint(10_00, 99_00)
    kept.append(
        replace(copied, number=f"X-{number}", order_number=number, due_fen=amount, collected_fen=amount)
    )
    sown.append(Sown("missing_here", number, amount))
    return kept, sown


def sow_flow(rows: Sequence[BillRow], *, seed: int) -> tuple[list[BillRow], list[Sown]]:
    """One payment never reaches the account at the provider."""
    payments = [row for row in rows if row.kind == "payment"]
    if not payments:
        return list(rows), []
    lost = random.Random(seed).choice(payments)
    return [row for row in rows if row is not lost], [Sown("missing_there", lost.out_trade_no, -lost.net_fen)]


def sow_entries(entries: Sequence[Entry], *, seed: int) -> tuple[list[Entry], list[Sown]]:
    """A credit from nobody we know, and one that came short."""
    rng = random.Random(seed)
    kept, sown = list(entries), []
    if not kept:
        return kept, sown
    short = rng.choice(kept)
    less = rng.randint(1, min(500, abs(short.amount_fen) - 1))
    kept[kept.index(short)] = replace(short, amount_fen=short.amount_fen - less)
    sown.append(Sown("amount_short", short.end_to_end, -less))
    amount, number = rng.randint(10_00, 9_999_00), f"CR{rng.randrange(10**10):010d}"
    at = max(entry.at for entry in entries) + timedelta(seconds=30)
    kept.append(Entry(f"B{number}", number, amount, at, "来账"))
    sown.append(Sown("missing_here", number, amount))
    return kept, sown
