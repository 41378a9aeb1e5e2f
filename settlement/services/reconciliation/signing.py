"""Signing off a compared statement: its fees replace the estimate, and it is final."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import DomainError
from settlement.models import (
    AccountKind,
    BatchState,
    BreakKind,
    BreakState,
    MatchEdge,
    Means,
    ReconBatch,
    Scope,
    TradeKind,
)
from settlement.rights import LEAD
from settlement.services import audit_trail, booking
from settlement.services.business_day import cut_off_instant, lock_current_day
from settlement.services.posting import Leg, post_journal

from . import accounts

READY = (BatchState.BALANCED, BatchState.HAS_BREAKS)


class NotCompared(DomainError):
    code = "statement_not_compared"
    message = _("The statement of %(day)s has not been compared yet.")


class BreaksUnowned(DomainError):
    code = "breaks_unowned"
    message = _("%(count)s breaks have neither a resolution nor an owner.")


class NotCleared(DomainError):
    code = "trades_not_cleared"
    message = _(
        "%(count)s of its trades are not cleared yet: the fee estimate is missing. Wait for the night."
    )


# Whose estimate goes now: trades of this statement's matches, of matches that were made on signed-off
# statements of the account since the last signing, and trades whose absence was resolved. Not cleared
# yet are those that wait for the night, missing ones included.
_ACCRUED = """
WITH account AS (
    SELECT w.account_id, w.scope, coalesce((SELECT max(x.fees_through) FROM settlement_reconbatch x
        WHERE x.account_id = w.account_id AND x.scope = w.scope), 0) AS through
    FROM settlement_reconbatch w WHERE w.id = %(batch)s
), missing AS (
    SELECT b.trade_id, b.state FROM settlement_reconbreak b
    WHERE b.batch_id = %(batch)s AND b.kind = 'missing_there' AND b.trade_id IS NOT NULL
      AND b.resolution NOT IN ('matched', 'linked')
), settled AS (
    SELECT e.trade_id FROM settlement_statement s
    JOIN settlement_statementline l ON l.statement_id = s.id
    JOIN settlement_matchedge e ON e.line_id = l.id
    WHERE s.batch_id = %(batch)s AND e.trade_id IS NOT NULL
    UNION
    SELECT e.trade_id FROM settlement_matchedge e
    JOIN settlement_statementline l ON l.id = e.line_id
    JOIN settlement_statement s ON s.id = l.statement_id
    JOIN settlement_reconbatch w ON w.id = s.batch_id AND w.state = 'signed_off'
    JOIN account a ON a.account_id = w.account_id AND a.scope = w.scope
    WHERE e.id > a.through AND e.trade_id IS NOT NULL
    UNION
    SELECT trade_id FROM missing WHERE state = 'resolved'
)
SELECT (SELECT count(*) FROM (SELECT trade_id FROM settled UNION SELECT trade_id FROM missing) m
        JOIN settlement_trade t ON t.id = m.trade_id
        JOIN settlement_businessday d ON d.business_date = t.business_date
        WHERE d.state IN ('open', 'cutoff', 'clearing')),
       (SELECT coalesce(sum(h.amount_fen), 0)::bigint FROM settled m
        JOIN settlement_tradeshare h ON h.trade_id = m.trade_id AND h.account_kind = 'fee_accrued')
"""


@transaction.atomic
def sign_off(*, actor, batch_id: int, now: datetime) -> ReconBatch:
    """A lead makes a statement final. Breaks that are left stay on the work list with their owner.

    Raises NotCompared, BreaksUnowned, NotCleared; signing again changes nothing.
    """
    actor.must_have(LEAD)
    batch = ReconBatch.objects.select_related("account").get(pk=batch_id)
    accounts.lock(batch.account_id)
    batch.refresh_from_db()
    if batch.state == BatchState.SIGNED_OFF:
        return batch
    if batch.state not in READY:
        raise NotCompared(day=batch.bill_date)
    open_ones = batch.breaks.filter(state__in=(BreakState.OPEN, BreakState.PROPOSED), owner=None).count()
    if open_ones:
        raise BreaksUnowned(count=open_ones)
    _post_fees(batch, now=now)
    batch.state, batch.signed_off_at = BatchState.SIGNED_OFF, now
    batch.changed_by, batch.changed_at = actor.label[:80], now
    batch.fees_through = MatchEdge.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    batch.save(update_fields=["state", "signed_off_at", "fees_through", "changed_by", "changed_at"])
    audit_trail.record(
        actor=actor, action="statement.signed_off", subject=f"statement {batch.account} {batch.bill_date}",
        institution_id=batch.account.institution_id, now=now,
        details={"scope": batch.scope, "fee_fen": batch.fee_fen, "theirs_fen": batch.theirs_fen},
    )  # fmt: skip
    return batch


def _post_fees(batch: ReconBatch, *, now: datetime) -> None:
    legs = {Scope.TRADES: _provider_fee, Scope.COD: _courier_fee}.get(batch.scope, lambda batch: ())(batch)
    legs = [leg for leg in legs if leg.amount_fen]
    if not legs:
        return
    key, kept = f"bill_fee:{batch.pk}", _kept(batch)
    if kept:
        fee = _as_money(batch, key, kept)
        booking.book_legs(fee, legs=legs, journal_kind="recon", original=batch.bill_date, now=now)
        return
    post_journal(
        key=key, kind="recon", legs=legs, business_date=lock_current_day(), original_date=batch.bill_date,
        now=now,
    )  # fmt: skip


def _as_money(batch: ReconBatch, key: str, kept: int) -> booking.Money:
    """The fee of a statement as a trade, of the last moment of its day."""
    is_courier = batch.scope == Scope.COD
    party = batch.account.institution_id
    return booking.Money(
        source_key=key,
        kind=TradeKind.COURIER_FEE if is_courier else TradeKind.PROVIDER_FEE,
        means=Means.NONE,
        amount_fen=kept,
        occurred_at=cut_off_instant(batch.bill_date) - timedelta(seconds=1),
        provider_id=None if is_courier else party,
        collector_id=party if is_courier else None,
        institution_id=party,
    )


def _kept(batch: ReconBatch) -> int:
    """Fen that the other side kept as its fee, less what a fee break disputes."""
    disputed = batch.breaks.filter(kind=BreakKind.FEE_MISMATCH)
    return batch.fee_fen + disputed.aggregate(fen=Sum("difference_fen", default=0))["fen"]


def _provider_fee(batch: ReconBatch) -> tuple[Leg, ...]:
    """The estimate goes, the bill's fee is kept by the provider, rounding goes to the variance account.

    What a fee break disputes (billed above the contract) is posted by that break's own resolution.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ACCRUED, {"batch": batch.pk})
        waiting, accrued = cursor.fetchone()
    if waiting:
        raise NotCleared(count=waiting)
    provider, kept = batch.account.institution_id, _kept(batch)
    return (
        Leg(AccountKind.FEE_ACCRUED, provider, accrued),
        Leg(AccountKind.FEE_VARIANCE, None, kept - accrued),
        Leg(AccountKind.PROVIDER_TRANSIT, provider, -kept),
    )


def _courier_fee(batch: ReconBatch) -> tuple[Leg, ...]:
    """A courier hands in less its fee: the bank got that much less than was collected."""
    kept = _kept(batch)
    return Leg(AccountKind.FEE_COST, None, kept), Leg(AccountKind.BANK, None, -kept)
