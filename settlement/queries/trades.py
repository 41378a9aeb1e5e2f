"""Trades behind a figure, and the story of one."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from fulfillment.values import is_supply
from members.queries.points import points_references
from omnichannel.kernel.errors import NotFound
from settlement.models import AccountKind, OrderShareTerms, Posting, Trade, TradeKind, TradeShare

from .clearing_groups import OTHER
from .clearing_report import COLUMNS
from .ledger import own_name


class TradeUnknown(NotFound):
    code = "trade_unknown"
    message = _("We do not know this trade.")


class StoryUnknown(NotFound):
    code = "order_without_money"
    message = _("The books know nothing of this order.")


def shares(
    *,
    day: date | None = None,
    begin: date | None = None,
    end: date | None = None,
    original: date | None = None,
    party: str = "",
    channel: str = "",
    column: str = "",
    holder: str = "",
) -> QuerySet[TradeShare]:
    """The shares behind a figure of the clearing report. party: institution code or own account kind.

    begin and end are business days, inclusive; holder: code of who has the money, provider or collector.
    """
    rows = TradeShare.objects.select_related("trade", "institution").order_by("-trade_id", "pk")
    if day:
        rows = rows.filter(business_date=day)
    if begin:
        rows = rows.filter(business_date__gte=begin)
    if end:
        rows = rows.filter(business_date__lte=end)
    if original:
        rows = rows.filter(trade__original_date=original)
    if channel:
        rows = rows.filter(channel=channel)
    if column in COLUMNS:
        rows = rows.filter(trade__kind__in=COLUMNS[column])
    elif column == OTHER:
        rows = rows.exclude(trade__kind__in=[kind for kinds in COLUMNS.values() for kind in kinds])
    if holder:
        rows = rows.filter(Q(trade__provider__code=holder) | Q(trade__collector__code=holder))
    if party in AccountKind.values:
        rows = rows.filter(account_kind=party, institution=None)
    elif party:
        rows = rows.filter(institution__code=party)
    return rows


def trades(
    *,
    day: date | None = None,
    original: date | None = None,
    channel: str = "",
    kind: str = "",
    text: str = "",
    begin: date | None = None,
    end: date | None = None,
    party: str = "",
) -> QuerySet[Trade]:
    """Newest first; text is an order number or a source key. begin and end: business days, inclusive.

    party: code of the institution that the trade is about, or that has its money.
    """
    rows = Trade.objects.select_related("provider", "collector", "institution").order_by("-pk")
    wanted = {"business_date": day, "original_date": original, "channel": channel, "kind": kind}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if begin:
        rows = rows.filter(business_date__gte=begin)
    if end:
        rows = rows.filter(business_date__lte=end)
    if party:
        rows = rows.filter(Q(institution__code=party) | Q(provider__code=party) | Q(collector__code=party))
    return rows.filter(Q(order_number=text) | Q(source_key=text)) if text else rows


_OF_POINTS = (TradeKind.POINTS_EARNED, TradeKind.POINTS_CLAWED_BACK, TradeKind.POINTS_LAPSED)


def with_orders(rows: Iterable[Trade]) -> list[Trade]:
    """Each with `behind`, the order behind it, empty where there is none: points name theirs themselves."""
    found = list(rows)
    ids = {row.pk: _points_id(row) for row in found if row.kind in _OF_POINTS}
    references = points_references(one for one in ids.values() if one)
    for row in found:
        row.behind = row.order_number or _order_in(references.get(ids.get(row.pk), ""))
    return found


def _order_in(reference: str) -> str:
    """order:HT2611210000001 -> the number; opening balances and gifts have none."""
    what, _colon, rest = reference.partition(":")
    return rest.partition(":")[0] if what == "order" else ""


def _points_id(row: Trade) -> int | None:
    """points_earned:17 -> 17; a till import's points have none."""
    number = row.source_key.rpartition(":")[2]
    return int(number) if row.source_key == f"{row.kind}:{number}" and number.isdigit() else None


def trade(trade_id: int) -> Trade:
    """Raises TradeUnknown."""
    found = Trade.objects.select_related("provider", "collector", "institution", "journal").filter(
        pk=trade_id
    )
    row = found.first()
    if row is None:
        raise TradeUnknown()
    return row


def shares_of(row: Trade) -> list[TradeShare]:
    return list(row.shares.select_related("institution").order_by("business_date", "pk"))


def postings_of(journal_id: int, business_date: date) -> list[Posting]:
    rows = Posting.objects.filter(journal_id=journal_id, business_date=business_date)
    return list(rows.select_related("account__institution").order_by("pk"))


def order_story(order_number: str) -> dict:
    """Terms, frozen shares, trades and what each party got of an order. Raises StoryUnknown."""
    terms = (
        OrderShareTerms.objects.select_related("attributed", "fulfiller", "courier")
        .filter(order_number=order_number)
        .first()
    )
    found = list(trades(text=order_number).order_by("pk"))
    if terms is None and not found:
        raise StoryUnknown()
    given = (
        TradeShare.objects.filter(trade__order_number=order_number)
        .values("role", "account_kind", "institution__name", "institution__name_en", "institution__code")
        .annotate(fen=Sum("amount_fen"))
        .exclude(fen=0)
        .order_by("role", "institution__code")
    )
    frozen = (
        terms.shares.select_related("institution", "rule_version__rule").order_by("line_id", "position")
        if terms
        else []
    )
    return {
        "terms": terms,
        "trades": found,
        "given": [
            {**row, "institution": own_name(row["institution__name"], row["institution__name_en"])}
            for row in given
        ],
        "frozen": list(frozen),
        "parcels": _parcels(terms) if terms else [],
        "is_supply": is_supply(order_number),
    }


def _parcels(terms: OrderShareTerms) -> list[dict]:
    """Who carries how many units where several parcels share an order; fulfiller None until it left."""
    rows = terms.parts.exclude(line_id=0).select_related("fulfiller", "courier").order_by("pk")
    found: dict[int | None, dict] = {}
    for row in rows:
        one = found.setdefault(row.parcel, {"fulfiller": row.fulfiller, "courier": row.courier, "units": 0})
        one["units"] += row.units
    return list(found.values())
