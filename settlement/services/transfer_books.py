"""What transfers do to the books: payable to in transit when confirmed, then to the bank or back, once."""

from collections import defaultdict
from datetime import date, datetime

from django.db import connection
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import DomainError
from settlement.models import AccountKind, FundTransfer, TransferState

from .business_day import lock_current_day
from .posting import Leg, post_journal


class TransferStale(DomainError):
    code = "transfer_stale"
    message = _("The balance behind transfer %(reference)s has changed. Reject it and propose it again.")


_BALANCES = """
SELECT a.institution_id, a.kind, p.channel, sum(p.amount_fen)::bigint
FROM settlement_posting p JOIN settlement_ledgeraccount a ON a.id = p.account_id
WHERE a.kind IN ('payable', 'freight_payable', 'store_cash') AND p.business_date <= %s
GROUP BY a.institution_id, a.kind, p.channel HAVING sum(p.amount_fen) <> 0
ORDER BY a.institution_id, a.kind, p.channel
"""


def balances(day: date) -> dict[int, list[tuple[str, str, int]]]:
    """(account kind, channel, signed balance) of each institution up to a day, fen."""
    found = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_BALANCES, [day])
        for institution_id, kind, channel, amount in cursor.fetchall():
            found[institution_id].append((kind, channel, amount))
    return found


def net_of(held: list[tuple[str, str, int]]) -> int:
    """Fen that we owe by these balances; negative: owed to us."""
    return -sum(amount for _kind, _channel, amount in held)


def post_confirmation(draft: FundTransfer, held: list, *, now: datetime) -> None:
    """Empty the institution's accounts into transfer in transit, in the books of the day that is paid.

    Raises TransferStale when they hold something else than was proposed.
    """
    net = net_of(held)
    if net != signed(draft):
        raise TransferStale(reference=draft.reference)
    legs = [Leg(kind, draft.institution_id, -amount, channel) for kind, channel, amount in held]
    legs.append(Leg(AccountKind.TRANSFER, draft.institution_id, -net))
    post_journal(
        key=f"transfer:{draft.reference}",
        kind="transfer",
        legs=legs,
        business_date=draft.business_date,
        original_date=draft.business_date,
        now=now,
    )


def post_answer(transfer: FundTransfer, outcome: str, *, now: datetime) -> date:
    """Out of transit: to the bank, or back to payable; the day in whose books that stands.

    One key for both, so that no transfer is ever answered twice. What comes back is netted with that day.
    """
    net, party, day = signed(transfer), transfer.institution_id, lock_current_day()
    succeeded = outcome == TransferState.SUCCEEDED
    other = Leg(AccountKind.BANK, None, -net) if succeeded else Leg(AccountKind.PAYABLE, party, -net)
    post_journal(
        key=f"transfer_answer:{transfer.reference}",
        kind="transfer" if succeeded else "transfer_failed",
        legs=(Leg(AccountKind.TRANSFER, party, net), other),
        business_date=day,
        original_date=transfer.business_date,
        now=now,
    )
    return day


def signed(transfer: FundTransfer) -> int:
    """Fen, positive when the platform pays."""
    return transfer.amount_fen if transfer.direction == FundTransfer.Direction.PAY else -transfer.amount_fen
