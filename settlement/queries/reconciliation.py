"""Breaks as a work list, statements as they stand, and what might belong together."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Abs
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import NotFound
from settlement.models import (
    LIVE,
    ONE_SIDED,
    BreakKind,
    BreakState,
    ReconBatch,
    ReconBreak,
    StatementAccount,
    StatementLine,
)

# Days since the day of the statement: from, to, name in the address. Ages are those of accounting.
AGES = ((0, 3, "0-3"), (4, 7, "4-7"), (8, 30, "8-30"), (31, None, "31-"))
SIDES = (
    "batch__account__institution", "line", "trade__reference", "transfer", "bill_line", "bill_batch__account",
    "owner", "proposed_by",
)  # fmt: skip


class BatchUnknown(NotFound):
    code = "reconciliation_unknown"
    message = _("We do not know this statement.")


class BreakUnknown(NotFound):
    code = "break_unknown"
    message = _("We do not know this break.")


@dataclass(frozen=True)
class Wanted:
    """A work list's filter. state: live, or one of BreakState; owner: none, or a user's key."""

    state: str = "live"
    kind: str = ""
    account: str = ""
    owner: str = ""
    age: str = ""
    day: date | None = None
    text: str = ""


def breaks(wanted: Wanted, *, today: date) -> QuerySet[ReconBreak]:
    """Oldest first; within a day the largest difference first."""
    rows = ReconBreak.objects.select_related(*SIDES)
    rows = rows.filter(state__in=LIVE) if wanted.state == "live" else rows
    if wanted.state in BreakState.values:
        rows = rows.filter(state=wanted.state)
    if wanted.kind in BreakKind.values:
        rows = rows.filter(kind=wanted.kind)
    if wanted.account.isdigit():
        rows = rows.filter(batch__account_id=int(wanted.account))
    if wanted.owner == "none":
        rows = rows.filter(owner=None)
    elif wanted.owner.isdigit():
        rows = rows.filter(owner_id=int(wanted.owner))
    if wanted.day:
        rows = rows.filter(bill_date=wanted.day)
    rows = _of_age(rows, wanted.age, today)
    if wanted.text:
        rows = rows.filter(_named(wanted.text))
    return rows.order_by("bill_date", -Abs("difference_fen"), "pk")


def _of_age(rows: QuerySet, age: str, today: date) -> QuerySet:
    for first, last, name in AGES:
        if age == name:
            rows = rows.filter(bill_date__lte=today - timedelta(days=first))
            return rows if last is None else rows.filter(bill_date__gte=today - timedelta(days=last))
    return rows


def _named(text: str) -> Q:
    """A number of ours or theirs, by its beginning."""
    fields = (
        "line__our_reference", "line__provider_reference", "line__group_reference", "trade__order_number",
        "trade__reference__our_reference", "trade__reference__provider_reference", "transfer__reference",
        "bill_line__our_reference", "bill_line__provider_reference",
    )  # fmt: skip
    found = Q(pk__in=[])
    for name in fields:
        found |= Q(**{f"{name}__istartswith": text})
    return found


def sums(rows: QuerySet[ReconBreak]) -> dict:
    """Rows and fen of a work list: in all, short and over."""
    plain = rows.order_by()
    return plain.aggregate(
        count=Count("pk"),
        fen=Sum("difference_fen", default=0),
        short=Sum("difference_fen", filter=Q(difference_fen__lt=0), default=0),
        over=Sum("difference_fen", filter=Q(difference_fen__gt=0), default=0),
    )


def ageing(*, today: date) -> list[dict]:
    """Live breaks by age: name, rows, fen without sign."""
    rows = ReconBreak.objects.filter(state__in=LIVE)
    wanted = {}
    for number, (first, last, _name) in enumerate(AGES):
        within = Q(bill_date__lte=today - timedelta(days=first))
        if last is not None:
            within &= Q(bill_date__gte=today - timedelta(days=last))
        wanted[f"count_{number}"] = Count("pk", filter=within)
        wanted[f"fen_{number}"] = Sum(Abs("difference_fen"), filter=within, default=0)
    found = rows.aggregate(**wanted)
    return [
        {"name": name, "first": first, "last": last, "count": found[f"count_{n}"], "fen": found[f"fen_{n}"]}
        for n, (first, last, name) in enumerate(AGES)
    ]


def brk(break_id: int) -> ReconBreak:
    """Raises BreakUnknown."""
    found = ReconBreak.objects.select_related(*SIDES, "journal", "approved_by").filter(pk=break_id).first()
    if found is None:
        raise BreakUnknown()
    return found


def candidates(row: ReconBreak, *, most: int = 12) -> list[ReconBreak]:
    """One-sided breaks of the other side of the same account, the nearest amount first."""
    if row.kind not in ONE_SIDED or row.state not in (BreakState.WAITING, BreakState.OPEN):
        return []
    other = BreakKind.MISSING_THERE if row.kind == BreakKind.MISSING_HERE else BreakKind.MISSING_HERE
    rows = ReconBreak.objects.select_related(*SIDES).filter(
        kind=other,
        state__in=(BreakState.WAITING, BreakState.OPEN),
        batch__account_id=row.batch.account_id,
        batch__scope=row.batch.scope,
    )
    return list(rows.order_by(Abs(F("difference_fen") + row.difference_fen), "pk")[:most])


def batches(*, account: str = "", state: str = "", day: date | None = None) -> QuerySet[ReconBatch]:
    """Newest day first, each with its live breaks."""
    live = Count("breaks", filter=Q(breaks__state__in=LIVE))
    rows = ReconBatch.objects.select_related("account__institution").annotate(live=live)
    if account.isdigit():
        rows = rows.filter(account_id=int(account))
    if state:
        rows = rows.filter(state=state)
    if day:
        rows = rows.filter(bill_date=day)
    return rows.order_by("-bill_date", "account__source", "account__number", "scope")


def batch(batch_id: int) -> ReconBatch:
    """Raises BatchUnknown."""
    found = ReconBatch.objects.select_related("account__institution").filter(pk=batch_id).first()
    if found is None:
        raise BatchUnknown()
    return found


def lines(row: ReconBatch, *, unmatched: bool = False, text: str = "") -> QuerySet[StatementLine]:
    """Rows of a batch with how much of each is matched (fen, None: nothing)."""
    found = StatementLine.objects.filter(statement__batch=row)
    if text:
        found = found.filter(Q(our_reference__startswith=text) | Q(provider_reference__startswith=text))
    found = found.annotate(matched_fen=Sum("edges__amount_fen"), matches=Count("edges"))
    if unmatched:
        found = found.filter(matches=0).exclude(kind="payout")
    return found.order_by("statement_id", "line_number")


def active_accounts() -> list[StatementAccount]:
    return list(StatementAccount.objects.select_related("institution").filter(is_active=True))
