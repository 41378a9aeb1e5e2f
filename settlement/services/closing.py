"""A day closes when everything on its list is zero or named as carried; then it is sealed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from omnichannel.kernel.errors import DomainError
from settlement.models import (
    CARRIED_KINDS,
    AccountKind,
    BusinessDay,
    DayState,
    FundTransfer,
    Journal,
    Posting,
    TransferState,
)
from settlement.queries import controls
from settlement.queries.moved_sql import moved
from settlement.queries.transfers import open_until
from settlement.rights import LEAD

from . import audit_trail, sealing
from .balancing import differences
from .reconciliation.breaks import unowned

# Postings up to which closing seals the day itself: one chunk of the seal, less than a second.
SEALED_AT_ONCE = sealing.BLOCK * sealing.CHUNK_BLOCKS


class NotReady(DomainError):
    code = "day_not_ready"
    message = gettext_lazy("The day cannot be closed yet: %(reasons)s.")


@dataclass(frozen=True)
class Check:
    """One line of the closing list: ok, carried (a balance that is named and stays) or failed."""

    code: str
    label: str
    state: str
    amount_fen: int | None = None
    count: int = 0


_CONTROLS = f"""
SELECT a.kind, sum(m.fen)::bigint FROM settlement_ledgeraccount a
JOIN {moved("<= %(day)s")} m ON true
WHERE a.kind = ANY (%(kinds)s) GROUP BY a.kind
"""
_UNCHECKED = (DayState.OPEN, DayState.CUTOFF, DayState.CLEARING)


def checklist(*, day: date, anew: bool = True) -> list[Check]:
    """Everything that must be in order before the day closes.

    anew: reckon the day's books again, which takes long on a large day; else what the night found holds,
    which let no day go on that does not add up.
    """
    row = BusinessDay.objects.get(business_date=day)
    earlier = BusinessDay.objects.unclosed().filter(business_date__lt=day).exists()
    drafts = FundTransfer.objects.filter(business_date=day, state=TransferState.DRAFT).exists()
    checks = [
        _check("earlier_days", _("All days before it are closed"), not earlier),
        _check("batch", _("The night's batch is done and its transfers are instructed"),
               row.state in (DayState.INSTRUCTED, DayState.CLOSED, DayState.SEALED)),
        _check("proposals", _("No proposed transfer waits for confirmation"), not drafts),
        _check("books", _("Trades, shares and postings add up"),
               not differences(day) if anew else row.state not in _UNCHECKED),
        _check("breaks", _("Every break of reconciliation is resolved or has an owner"), not unowned(day)),
    ]  # fmt: skip
    return [*checks, _cards(), *_transfer_checks(day), *_control_checks(day)]


def _cards() -> Check:
    """What the cards hold is what the ledger owes them: named as carried."""
    books, label = controls.card_books(), _("Prepaid cards hold what their account owes")
    if controls.cards_differ(books):
        return Check("cards", label, "failed", books.difference_fen)
    return Check("cards", label, "carried" if books.ledger_fen else "ok", books.ledger_fen)


def _check(code: str, label: str, is_ok: bool) -> Check:
    return Check(code, label, "ok" if is_ok else "failed")


def _transfer_checks(day: date) -> list[Check]:
    """Money that is under way, of this day or before: named, not hidden, and no reason to stay open."""
    found = open_until(day)
    unknown = found.pop(TransferState.UNKNOWN, (0, 0))
    count, fen = (sum(part) for part in zip(*found.values(), strict=True)) if found else (0, 0)
    return [
        _under_way("transfers_open", _("Transfers without a final answer of the bank"), count, fen),
        _under_way("transfers_unknown", _("Transfers of which the bank does not know"), *unknown),
    ]


def _under_way(code: str, label: str, count: int, fen: int) -> Check:
    return Check(code, label, "carried" if count else "ok", fen, count)


def _control_checks(day: date) -> list[Check]:
    kinds = [str(kind) for kind in (AccountKind.SPLIT_PENDING, *CARRIED_KINDS)]
    with connection.cursor() as cursor:
        cursor.execute(_CONTROLS, {"day": day, "kinds": kinds})
        amounts = {kind: int(amount) for kind, amount in cursor.fetchall()}
    return [_control(kind, amounts.get(kind, 0)) for kind in kinds]


def _control(kind: str, amount: int) -> Check:
    open_state = "failed" if kind == AccountKind.SPLIT_PENDING else "carried"
    return Check(kind, str(AccountKind(kind).label), open_state if amount else "ok", amount)


@transaction.atomic
def close_day(*, actor, day: date, now: datetime) -> BusinessDay:
    """Close the day; a large one is sealed by the night's workers, any other at once.

    Raises NotReady naming what is open; a closed day stays as it is.
    """
    actor.must_have(LEAD)
    row = BusinessDay.objects.select_for_update().get(business_date=day)
    if row.is_final:
        return row
    failed = [check.label for check in checklist(day=day) if check.state == "failed"]
    if failed:
        raise NotReady(reasons="; ".join(failed))
    row.state, row.closed_at, row.closed_by = DayState.CLOSED, now, actor.label
    row.save(update_fields=["state", "closed_at", "closed_by"])
    if Posting.objects.filter(business_date=day)[:SEALED_AT_ONCE].count() < SEALED_AT_ONCE:
        sealing.seal(day=day)
        row.refresh_from_db()
    audit_trail.record(
        actor=actor, action="day.closed", subject=f"business day {day}", now=now,
        details={"state": row.state, "seal": row.seal_root},
    )  # fmt: skip
    return row


def is_empty(day: date) -> bool:
    return not Journal.objects.filter(business_date=day).exists()
