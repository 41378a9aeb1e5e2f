"""Control accounts against what stands behind them: zero, or carried and equal to the other books."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Min, Sum

from fulfillment.models import Delivery
from fulfillment.queries.dealers import receivables
from members.models import PointsAccount
from orders.queries import cards
from settlement.models import (
    LIVE,
    AccountKind,
    BusinessDay,
    FundTransfer,
    ReconBreak,
    StatementLine,
    Trade,
    TradeKind,
    TradeShare,
    TransferState,
)
from settlement.queries import points

OWED = (AccountKind.PAYABLE, AccountKind.FREIGHT_PAYABLE, AccountKind.STORE_CASH, AccountKind.CARRIED)
IN_TRANSIT = (
    TransferState.CONFIRMED,
    TransferState.EXPORTED,
    TransferState.SENT,
    TransferState.UNKNOWN,
)


@dataclass(frozen=True)
class Control:
    """An account of the chart: what the ledger holds (debit positive) and what other books say; fen."""

    kind: str
    label: str
    ledger_fen: int
    other_fen: int
    what: str

    @property
    def holds(self) -> bool:
        return self.ledger_fen == self.other_fen


def controls(day: date) -> list[Control]:
    """After the last closed day and nothing under way; `day` is that day."""
    held = _balances()
    rows = [(kind, *said(day)) for kind, said in SAID.items()]
    found = [
        Control(kind, str(AccountKind(kind).label), held.get(kind, 0), fen, what) for kind, fen, what in rows
    ]
    owed = sum(held.get(kind, 0) for kind in OWED)
    told = -sum(fen for _code, _booked, fen in parties(day))
    label = ", ".join(str(AccountKind(kind).label) for kind in OWED)
    return [*found, Control("positions", label, owed, told, "net positions less what was paid of them")]


def _balances() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.kind, sum(p.amount_fen)::bigint FROM settlement_posting p"
            " JOIN settlement_ledgeraccount a ON a.id = p.account_id GROUP BY a.kind"
        )
        return dict(cursor.fetchall())


def _nothing(what: str) -> Callable[[date], tuple[int, str]]:
    return lambda day: (0, what)


def _breaks(control: str) -> int:
    """What open breaks leave an account off by."""
    rows = ReconBreak.objects.filter(state__in=LIVE, control_kind=control)
    return -rows.aggregate(fen=Sum("difference_fen", default=0))["fen"]


def _provider(day: date) -> tuple[int, str]:
    return _breaks(AccountKind.PROVIDER_TRANSIT), "breaks that wait for the provider"


def _couriers(day: date) -> tuple[int, str]:
    waiting = Delivery.objects.cod_outstanding().aggregate(fen=Sum("cod_collected_fen", default=0))["fen"]
    return waiting + _breaks(AccountKind.COD_TRANSIT), "cash that couriers have not paid in"


def _pending(day: date) -> tuple[int, str]:
    rows = TradeShare.objects.filter(account_kind=AccountKind.FULFILMENT_PENDING)
    return -rows.aggregate(fen=Sum("amount_fen", default=0))["fen"], "shares of goods that have not left"


def _transfers(day: date) -> tuple[int, str]:
    rows = FundTransfer.objects.filter(state__in=IN_TRANSIT)
    pays = rows.filter(direction="pay").aggregate(fen=Sum("amount_fen", default=0))["fen"]
    takes = rows.exclude(direction="pay").aggregate(fen=Sum("amount_fen", default=0))["fen"]
    return takes - pays, "transfers without the bank's answer"


def _bank(day: date) -> tuple[int, str]:
    """Statements begin with the books; what dealers had paid before is the opening balance."""
    rows = StatementLine.objects.filter(statement__batch__scope="bank")
    told = rows.aggregate(fen=Sum("amount_fen", default=0))["fen"]
    first = BusinessDay.objects.aggregate(day=Min("business_date"))["day"]
    before = Trade.objects.filter(kind=TradeKind.DEALER_PAYMENT, original_date__lt=first)
    opening = before.aggregate(fen=Sum("amount_fen", default=0))["fen"]
    return opening + told + _breaks(AccountKind.BANK), "the opening balance and the bank's statements"


def _receivable(day: date) -> tuple[int, str]:
    return sum(owed for owed, _held in receivables().values()), "open invoices of dealers"


def _advance(day: date) -> tuple[int, str]:
    return -sum(held for _owed, held in receivables().values()), "dealers' payments not matched"


def _points(day: date) -> tuple[int, str]:
    debt = PointsAccount.objects.aggregate(points=Sum("debt", default=0))["points"]
    found = points.liability(day=day)
    worth = found.lots_fen // found.points if found.points else 1
    return -(found.lots_fen - debt * worth), "points of members"


def _cards(day: date) -> tuple[int, str]:
    owed = cards.outstanding()
    return -owed.owed_fen, "balances of prepaid cards"


SAID: dict[str, Callable[[date], tuple[int, str]]] = {
    AccountKind.SPLIT_PENDING: _nothing("every trade of a closed day is shared"),
    AccountKind.PROVIDER_TRANSIT: _provider,
    AccountKind.COD_TRANSIT: _couriers,
    AccountKind.FULFILMENT_PENDING: _pending,
    AccountKind.TRANSFER: _transfers,
    AccountKind.SUSPENSE: _nothing("nothing waits for an explanation"),
    AccountKind.CLAIM: _nothing("no claim is open"),
    AccountKind.FEE_ACCRUED: _nothing("every fee is billed"),
    AccountKind.BANK: _bank,
    AccountKind.DEALER_RECEIVABLE: _receivable,
    AccountKind.DEALER_ADVANCE: _advance,
    AccountKind.POINTS_LIABILITY: _points,
    AccountKind.PREPAID_CARDS: _cards,
}

# What was carried counts in the position of its own day and again in that of the day that took it.
_PARTIES = """
SELECT i.code, booked.fen, coalesce(net.fen, 0) - coalesce(again.fen, 0) - coalesce(paid.fen, 0)
FROM (SELECT a.institution_id, -sum(p.amount_fen)::bigint AS fen FROM settlement_posting p
      JOIN settlement_ledgeraccount a ON a.id = p.account_id
      WHERE a.kind IN ('payable', 'freight_payable', 'store_cash', 'carried') AND p.business_date <= %(day)s
      GROUP BY a.institution_id) booked
JOIN members_institution i ON i.id = booked.institution_id
LEFT JOIN (SELECT institution_id, sum(amount_fen)::bigint AS fen FROM settlement_netposition
           WHERE business_date <= %(day)s GROUP BY institution_id) net USING (institution_id)
LEFT JOIN (SELECT a.institution_id, -sum(p.amount_fen)::bigint AS fen FROM settlement_journal j
           JOIN settlement_posting p ON p.journal_id = j.id AND p.business_date = j.business_date
           JOIN settlement_ledgeraccount a ON a.id = p.account_id AND a.kind = 'payable'
           WHERE j.kind = 'carry_in' AND j.business_date <= %(day)s GROUP BY a.institution_id) again
     USING (institution_id)
LEFT JOIN (SELECT institution_id, sum(CASE direction WHEN 'pay' THEN amount_fen ELSE -amount_fen END)::bigint
           AS fen FROM settlement_fundtransfer WHERE business_date <= %(day)s AND state IN
           ('confirmed', 'exported', 'sent', 'unknown', 'succeeded', 'failed') GROUP BY institution_id) paid
     USING (institution_id)
ORDER BY i.code
"""


def parties(day: date) -> list[tuple[str, int, int]]:
    """(code, what the ledger owes, what positions less transfers say) of every institution, fen."""
    with connection.cursor() as cursor:
        cursor.execute(_PARTIES, {"day": day})
        return cursor.fetchall()


def table(found: list[Control]) -> list[str]:
    lines = [f"  {'account':44} {'ledger':>16} {'other books':>16}  behind it"]
    for row in found:
        state = "zero" if not row.ledger_fen else "carried" if row.holds else "DIFFERS"
        amounts = f"{row.ledger_fen / 100:16,.2f} {row.other_fen / 100:16,.2f}"
        lines.append(f"  {row.label[:44]:44} {amounts}  {state}: {row.what}")
    return lines
