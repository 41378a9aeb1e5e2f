"""The way shops settle: one ORM transaction per trade, the split in Python; and our ledger's bulk path.

    MEASURE=rowwise ROWS=10000 python -m benchmarks.within_django benchmarks.settlement_rowwise

The trades are those of the night's measurement. Each is read with its frozen shares, divided by the largest
remainder, written as share rows and one journal, and committed. Reads are few and writes are in bulk
within the trade: a kind version of the usual. MEASURE=copied: ROWS journals of six legs through COPY with
all guards on. Prints one line of JSON: seconds per trade, or legs a second.
"""

import io
import json
import os
import time
from collections import defaultdict

from django.db import connection, transaction

from benchmarks.settlement_trades import NOON
from omnichannel.kernel.money import share_out
from settlement.models import (
    Journal,
    LedgerAccount,
    OrderShareTerms,
    Posting,
    ProviderFeeRate,
    SettlementChunk,
    Trade,
    TradeShare,
)
from settlement.services import business_day
from settlement.services.rule_preview import preview

DAY = business_day.business_day_of(NOON)
LEGS = 6


def parts_of(trade: Trade) -> dict[tuple, int]:
    """Fen by (role, account kind, institution)."""
    given: dict[tuple, int] = defaultdict(int)
    if trade.kind == "freight":
        given["courier", "freight_payable", trade.institution_id] = trade.amount_fen
    elif trade.kind == "till_sale":
        for role, fen in preview(version_id=trade.rule_version_id, gross_fen=trade.amount_fen):
            party = trade.institution_id if role == "seller" else None
            given[role, "payable" if party else "revenue", party] += fen
    else:
        _order_parts(trade, given)
        rate = ProviderFeeRate.objects.filter(provider_id=trade.provider_id).order_by("-valid_from").first()
        fee = trade.amount_fen * rate.ppm // 1_000_000
        given["provider", "fee_accrued", trade.provider_id] += fee
        given["platform", "fee_cost", None] -= fee
    return given


def _order_parts(trade: Trade, given: dict[tuple, int]) -> None:
    terms = OrderShareTerms.objects.get(order_number=trade.order_number)
    frozen = list(terms.shares.order_by("pk"))
    if trade.kind == "refund":
        lines = set(trade.lines.values_list("line_id", flat=True))
        frozen = [share for share in frozen if share.line_id in lines]
    for share, fen in zip(
        frozen, share_out(trade.amount_fen, [one.amount_fen for one in frozen]), strict=True
    ):
        party = terms.fulfiller_id if share.role == "fulfiller" else share.institution_id
        kind = "revenue" if share.role == "platform" else "payable" if party else "fulfilment_pending"
        given[share.role, kind, party] += fen


@transaction.atomic
def settle(trade_id: int, chunk: SettlementChunk) -> None:
    trade = Trade.objects.select_for_update(of=("self",)).get(pk=trade_id)
    given = {key: fen for key, fen in parts_of(trade).items() if fen}
    TradeShare.objects.bulk_create(
        TradeShare(
            trade=trade, chunk=chunk, business_date=DAY, role=role, account_kind=kind, institution_id=party,
            channel=trade.channel, amount_fen=fen,
        )
        for (role, kind, party), fen in given.items()
    )  # fmt: skip
    sums: dict[tuple, int] = defaultdict(int)
    for (_role, kind, party), fen in given.items():
        sums[kind, party] -= fen
        sums["split_pending", None] += fen
    journal = Journal.objects.create(
        key=f"rowwise:{trade_id}", payload_hash="", kind="clearing", business_date=DAY, original_date=DAY,
        booked_at=NOON,
    )  # fmt: skip
    Posting.objects.bulk_create(
        Posting(
            journal=journal, amount_fen=fen, channel=trade.channel, business_date=DAY,
            account=LedgerAccount.objects.get_or_create(kind=kind, institution_id=party)[0],
        )
        for (kind, party), fen in sums.items() if fen
    )  # fmt: skip


def rowwise(rows: int) -> float:
    """Seconds per trade."""
    chunk = SettlementChunk.objects.create(business_date=DAY, number=0)
    ids = list(Trade.objects.order_by("pk").values_list("pk", flat=True)[:rows])
    for trade_id in ids[:50]:
        settle(trade_id, chunk)
    begun = time.perf_counter()
    for trade_id in ids[50:]:
        settle(trade_id, chunk)
    return (time.perf_counter() - begun) / (len(ids) - 50)


def copied(rows: int) -> float:
    """Legs a second of journals with six legs each, through COPY into the guarded ledger."""
    accounts = list(LedgerAccount.objects.values_list("pk", flat=True)[:1000])
    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('settlement_journal', 'id')) FROM generate_series(1, %s)",
            [rows],
        )
        numbers = [number for (number,) in cursor.fetchall()]
        journals = "".join(f"{n}\tbulk:{n}\t-\tbulk\t{DAY}\t{DAY}\t{NOON}\n" for n in numbers)
        columns = "(id, key, payload_hash, kind, business_date, original_date, booked_at)"
        cursor.copy_expert(f"COPY settlement_journal {columns} FROM STDIN", io.StringIO(journals))
        legs = "".join(
            f"{n}\t{accounts[(n + leg) % len(accounts)]}\t{100 if leg else -500}\tweb\t{DAY}\n"
            for n in numbers
            for leg in range(LEGS)
        )
        columns = "(journal_id, account_id, amount_fen, channel, business_date)"
        cursor.copy_expert(f"COPY settlement_posting {columns} FROM STDIN", io.StringIO(legs))
    return rows * LEGS / (time.perf_counter() - begun)


def main() -> None:
    rows = int(os.environ["ROWS"])
    if os.environ["MEASURE"] == "rowwise":
        print(json.dumps({"seconds_per_trade": rowwise(rows)}))
    else:
        print(json.dumps({"legs_per_second": copied(rows)}))
