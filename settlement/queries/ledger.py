"""Balances and statements at any time: sealed days by their turnovers, later ones summed from postings."""

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.db.models import QuerySet, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import NotFound
from settlement.models import BusinessDay, DayState, LedgerAccount, Posting


class AccountUnknown(NotFound):
    code = "ledger_account_unknown"
    message = _("We do not know this account.")


_TRIAL = """
SELECT a.id AS account_id, a.kind, i.code, i.name, i.name_en, coalesce(moved.debit, 0)::bigint AS debit,
       coalesce(moved.credit, 0)::bigint AS credit
FROM settlement_ledgeraccount a
LEFT JOIN members_institution i ON i.id = a.institution_id
LEFT JOIN (
    SELECT account_id, sum(debit) AS debit, sum(credit) AS credit FROM (
        SELECT account_id, debit_fen AS debit, credit_fen AS credit FROM settlement_accountturnover
        WHERE business_date <= %(sealed)s
      UNION ALL
        SELECT account_id, CASE WHEN amount_fen > 0 THEN amount_fen ELSE 0 END,
               CASE WHEN amount_fen < 0 THEN -amount_fen ELSE 0 END
        FROM settlement_posting WHERE business_date > %(sealed)s AND business_date <= %(until)s
    ) rows GROUP BY account_id
) moved ON moved.account_id = a.id
WHERE (%(kind)s = '' OR a.kind = %(kind)s)
  AND (%(words)s = '' OR i.code ILIKE %(like)s OR i.name ILIKE %(like)s OR i.name_en ILIKE %(like)s)
ORDER BY a.kind, i.code NULLS FIRST
"""
_ALWAYS = date(9999, 1, 1)
_NEVER = date(1, 1, 1)


def trial_balance(*, until: date | None = None, kind: str = "", words: str = "") -> list[dict]:
    """Debit, credit and balance in fen of every account up to the end of a day; debits equal credits.

    words: part of an institution's code or name, for its own chart of accounts.
    """
    values = {"sealed": _sealed(until), "until": until or _ALWAYS, "kind": kind, "words": words,
              "like": f"%{words}%"}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_TRIAL, values)
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [
        row | {"balance": row["debit"] - row["credit"], "institution": own_name(row["name"], row["name_en"])}
        for row in rows
    ]


def _sealed(until: date | None) -> date:
    """The last sealed day up to a day: up to there turnovers tell the balance."""
    days = BusinessDay.objects.filter(state=DayState.SEALED, business_date__lte=until or _ALWAYS)
    return days.order_by("-business_date").values_list("business_date", flat=True).first() or _NEVER


def own_name(name: str | None, name_en: str | None) -> str:
    """An institution's name in the language of the page; empty for the platform."""
    return (name_en if (get_language() or "").startswith("en") else name) or name or ""


def account(account_id: int) -> LedgerAccount:
    """Raises AccountUnknown."""
    found = LedgerAccount.objects.select_related("institution").filter(pk=account_id).first()
    if found is None:
        raise AccountUnknown()
    return found


_BALANCE = """
SELECT coalesce((SELECT sum(debit_fen - credit_fen) FROM settlement_accountturnover
                 WHERE account_id = %(account)s AND business_date <= %(sealed)s), 0)::bigint
     + coalesce((SELECT sum(amount_fen) FROM settlement_posting WHERE account_id = %(account)s
                 AND business_date > %(sealed)s AND business_date <= %(until)s), 0)::bigint
"""


def balance(account_id: int, *, until: date | None = None) -> int:
    """Fen at the end of a day, debit positive."""
    values = {"account": account_id, "sealed": _sealed(until), "until": until or _ALWAYS}
    with connection.cursor() as cursor:
        cursor.execute(_BALANCE, values)
        return cursor.fetchone()[0]


def statement(account_id: int, *, begin: date | None = None, end: date | None = None) -> QuerySet[Posting]:
    """Postings of an account in a period, the newest first."""
    rows = Posting.objects.filter(account_id=account_id)
    if begin:
        rows = rows.filter(business_date__gte=begin)
    if end:
        rows = rows.filter(business_date__lte=end)
    return rows.select_related("journal").order_by("-business_date", "-pk")


def with_running(rows: QuerySet[Posting], *, start: int, size: int, closing: int) -> list[Posting]:
    """A part of a statement, each posting with the account's balance after it.

    closing: the balance after the statement's newest posting. Only what is shown is walked through.
    """
    balance_now = closing - (rows[:start].aggregate(fen=Sum("amount_fen"))["fen"] or 0 if start else 0)
    shown = list(rows[start : start + size])
    for posting in shown:
        posting.running = balance_now
        balance_now -= posting.amount_fen
    return shown


def oldest_first(
    rows: QuerySet[Posting], *, opening: int, most: int | None = None
) -> Iterable[tuple[Posting, int]]:
    """A whole statement from a server-side cursor: each posting and the balance after it."""
    running = opening
    for posting in rows.order_by("business_date", "pk")[:most].iterator(chunk_size=2000):
        running += posting.amount_fen
        yield posting, running


def accounts_of(institution_id: int) -> list[LedgerAccount]:
    return list(LedgerAccount.objects.filter(institution_id=institution_id).order_by("kind"))


_SIZES = """
SELECT c.relname, greatest(c.reltuples, 0)::bigint, pg_total_relation_size(c.oid), pg_indexes_size(c.oid)
FROM pg_class c
WHERE c.oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'settlement_posting'::regclass)
   OR c.oid = ANY (ARRAY['settlement_journal', 'settlement_trade', 'settlement_tradeline',
                         'settlement_tradeshare', 'settlement_ordershare', 'settlement_ordershareterms',
                         'settlement_accountturnover', 'settlement_clearingline']::regclass[])
ORDER BY c.relname DESC
"""


def table_sizes() -> list[dict]:
    """Rows (estimated) and bytes of the ledger's tables, each month of postings by itself."""
    with connection.cursor() as cursor:
        cursor.execute(_SIZES)
        names = ("name", "rows", "bytes", "index_bytes")
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
