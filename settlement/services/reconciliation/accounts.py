"""Accounts with statements, the figures that finance set, and the batches that are expected."""

from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import NotFound
from settlement.models import ReconPolicy, StatementAccount
from settlement.services.business_day import business_day_of

LOCK = "settlement.reconciliation"


class AccountUnknown(NotFound):
    code = "statement_account_unknown"
    message = _("We have no account with statements of this number.")


def account(account_id: int) -> StatementAccount:
    """Raises AccountUnknown."""
    found = StatementAccount.objects.select_related("institution").filter(pk=account_id).first()
    if found is None:
        raise AccountUnknown()
    return found


def account_by_number(*, source: str, number: str) -> StatementAccount:
    """Raises AccountUnknown."""
    found = StatementAccount.objects.filter(source=source, number=number).first()
    if found is None:
        raise AccountUnknown()
    return found


def policy(day: date) -> ReconPolicy:
    """The figures in force on a day; the installation's own hold from the year 2000 on."""
    return ReconPolicy.objects.filter(valid_from__lte=day).order_by("-valid_from")[0]


def lock(account_id: int) -> None:
    """One comparison at a time per account, until the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [LOCK, account_id])


# A statement of each kind is awaited for every business day that is over and begins with the account.
_EXPECT = """
INSERT INTO settlement_reconbatch
    (account_id, scope, bill_date, state, ours_count, ours_fen, theirs_count, theirs_fen, fee_fen,
     matched_count, matched_fen, changed_by, changed_at)
SELECT a.id, CASE WHEN a.source IN ('bank', 'cod') THEN a.source ELSE 'trades' END, d.business_date,
       'wait_file', 0, 0, 0, 0, 0, 0, 0, 'system', %(now)s
FROM settlement_statementaccount a
JOIN settlement_businessday d ON d.business_date BETWEEN a.begins_on AND %(until)s AND d.state <> 'open'
WHERE a.is_active
ON CONFLICT (account_id, scope, bill_date) DO NOTHING
"""


@transaction.atomic
def expect(*, now: datetime) -> int:
    """Say for every finished business day which statements are awaited; returns how many are new."""
    with connection.cursor() as cursor:
        cursor.execute(_EXPECT, {"now": now, "until": business_day_of(now)})
        return cursor.rowcount
