"""The postings behind a figure of the cost report."""

from datetime import date

from django.db.models import QuerySet, Sum

from members.queries import institution_by_code, institutions_within
from settlement.models import Posting

from .costs import KINDS, Heads


def postings(
    *, begin: date, last: date, kind: str = "", channel: str = "", branch: str = ""
) -> QuerySet[Posting]:
    """Newest first. branch: code of the branch or carrier under which the report sums the institution."""
    rows = Posting.objects.select_related("journal", "account__institution").filter(
        account__kind__in=[kind] if kind in KINDS else list(KINDS),
        journal__original_date__range=(begin, last),
        business_date__gte=begin,
    )
    if channel:
        rows = rows.filter(channel=channel)
    if branch:
        rows = rows.filter(account__institution_id__in=_below(branch))
    return rows.order_by("-pk")


def _below(code: str) -> list[int]:
    """Institutions whose nearest branch or carrier is this one. Raises InstitutionUnknown."""
    cards = institutions_within(institution_by_code(code).path)
    heads = Heads(card.id for card in cards)
    return [card.id for card in cards if heads.of(card.id)[0] == code]


def sum_fen(rows: QuerySet[Posting]) -> int:
    return rows.aggregate(fen=Sum("amount_fen", default=0))["fen"]
