"""The doors through which single journals enter the ledger."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.money import CURRENCY
from settlement.models import LedgerAccount


class JournalDiffers(DomainError):
    code = "journal_differs"
    message = _("This was booked before with other amounts.")


class NotBalanced(DomainError):
    code = "journal_not_balanced"
    status = 400
    message = _("The amounts of this journal do not sum to zero.")


@dataclass(frozen=True)
class Leg:
    """amount_fen: debit positive, credit negative. institution_id None: the platform's own account."""

    kind: str
    institution_id: int | None
    amount_fen: int
    channel: str = ""


@transaction.atomic
def post_journal(
    *,
    key: str,
    kind: str,
    legs: Sequence[Leg],
    business_date: date,
    original_date: date,
    now: datetime,
    reverses_id: int | None = None,
    note: str = "",
) -> tuple[int, bool]:
    """Post one economic event; returns (journal id, whether it is new).

    Same key and legs: the first journal again. Raises JournalDiffers for the same key with other legs,
    NotBalanced before the database has to say so.
    """
    legs = [leg for leg in legs if leg.amount_fen]
    if not legs or sum(leg.amount_fen for leg in legs):
        raise NotBalanced()
    digest = payload_hash(kind, legs)
    row = (key, digest, kind, business_date, original_date, now, reverses_id, note)
    journal_id = _insert_journal(row)
    if journal_id is None:
        return _known(key, digest), False
    _insert_postings(journal_id, legs, business_date)
    return journal_id, True


@dataclass(frozen=True)
class Entry:
    """A journal of many that are posted together. What `post_journal` takes, by the same names."""

    key: str
    legs: tuple[Leg, ...]


_MANY = """
INSERT INTO settlement_journal (key, payload_hash, kind, business_date, original_date, booked_at, note)
SELECT key, hash, %(kind)s, %(day)s, %(day)s, %(now)s, ''
FROM unnest(%(keys)s::text[], %(hashes)s::text[]) AS wanted(key, hash)
ON CONFLICT (key) DO NOTHING RETURNING key, id
"""

_MANY_LEGS = """
INSERT INTO settlement_posting (journal_id, account_id, amount_fen, channel, business_date)
SELECT *, %(day)s::date FROM unnest(%(journals)s::bigint[], %(accounts)s::bigint[], %(amounts)s::bigint[],
                                     %(channels)s::text[])
"""


@transaction.atomic
def post_many(*, entries: Sequence[Entry], kind: str, business_date: date, now: datetime) -> int:
    """Post a day's journals of one kind in two statements; those known by their key stay. How many are new.

    Raises NotBalanced.
    """
    legs = {entry.key: [leg for leg in entry.legs if leg.amount_fen] for entry in entries}
    if any(not part or sum(leg.amount_fen for leg in part) for part in legs.values()):
        raise NotBalanced()
    if not legs:
        return 0
    hashes = [payload_hash(kind, part) for part in legs.values()]
    values = {"kind": kind, "day": business_date, "now": now, "keys": list(legs), "hashes": hashes}
    with connection.cursor() as cursor:
        cursor.execute(_MANY, values)
        new = dict(cursor.fetchall())
        rows = [(new[key], leg) for key in new for leg in legs[key]]
        accounts = account_ids({(leg.kind, leg.institution_id) for _journal, leg in rows})
        values |= {
            "journals": [journal for journal, _leg in rows],
            "accounts": [accounts[leg.kind, leg.institution_id] for _journal, leg in rows],
            "amounts": [leg.amount_fen for _journal, leg in rows],
            "channels": [leg.channel for _journal, leg in rows],
        }
        cursor.execute(_MANY_LEGS, values)
    return len(new)


def payload_hash(kind: str, legs: Sequence[Leg]) -> str:
    body = json.dumps([kind, sorted(map(list, map(astuple, legs)), key=str)])
    return hashlib.sha256(body.encode()).hexdigest()


def _insert_journal(row: tuple) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO settlement_journal (key, payload_hash, kind, business_date, original_date,"
            " booked_at, reverses_id, note) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (key) DO NOTHING RETURNING id",
            row,
        )
        found = cursor.fetchone()
    return found[0] if found else None


def _known(key: str, digest: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, payload_hash FROM settlement_journal WHERE key = %s", [key])
        journal_id, known = cursor.fetchone()
    if known != digest:
        raise JournalDiffers(key=key)
    return journal_id


def _insert_postings(journal_id: int, legs: Sequence[Leg], business_date: date) -> None:
    accounts = account_ids({(leg.kind, leg.institution_id) for leg in legs})
    rows = [
        (journal_id, accounts[leg.kind, leg.institution_id], leg.amount_fen, leg.channel, business_date)
        for leg in legs
    ]
    places = ", ".join(["(%s, %s, %s, %s, %s)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO settlement_posting (journal_id, account_id, amount_fen, channel, business_date)"
            f" VALUES {places}",
            [value for row in rows for value in row],
        )


def account_ids(wanted: set[tuple[str, int | None]]) -> dict[tuple[str, int | None], int]:
    """Ids of accounts by (kind, institution), opened where missing."""
    found = _find(wanted)
    missing = wanted - found.keys()
    if not missing:
        return found
    LedgerAccount.objects.bulk_create(
        [
            LedgerAccount(kind=kind, institution_id=party, currency=CURRENCY)
            for kind, party in sorted(missing, key=str)
        ],
        ignore_conflicts=True,
    )
    return _find(wanted)


def _find(wanted) -> dict[tuple[str, int | None], int]:
    rows = LedgerAccount.objects.filter(kind__in={kind for kind, _party in wanted}, currency=CURRENCY)
    known = {(kind, party): pk for kind, party, pk in rows.values_list("kind", "institution_id", "pk")}
    return {account: known[account] for account in wanted if account in known}
