"""The lists of the stock pages: levels, movements, transfers, counts. Everything is filtered in SQL."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import get_language

from catalog.queries import articles
from members.queries import institutions_named
from omnichannel.kernel import clock

from ..models import StockCount, StockMovement, StockTransfer
from .sql_rows import SqlRows

MOST_ARTICLES = 500
LEVEL_STATES = ("free", "out", "promised", "coming")

_LEVELS = """
SELECT s.sku, i.id, i.code, i.name, i.name_en, i.kind, i.city, s.bin, s.on_hand, s.reserved,
    coalesce(c.units, 0)
FROM fulfillment_stock s
JOIN members_institution i ON i.id = s.location_id
LEFT JOIN LATERAL (
    SELECT sum(l.sent)::int AS units
    FROM fulfillment_stocktransfer t JOIN fulfillment_transferline l ON l.transfer_id = t.id
    WHERE t.state = 'under_way' AND t.to_location_id = s.location_id AND l.sku = s.sku
) c ON true
WHERE EXISTS (SELECT 1 FROM unnest(%(paths)s::text[]) p WHERE starts_with(i.path, p))
    AND (%(skus)s::text[] IS NULL OR s.sku = ANY(%(skus)s))
    AND (%(places)s::bigint[] IS NULL OR i.id = ANY(%(places)s))
    AND (%(kind)s = '' OR i.kind = %(kind)s)
    AND (%(province)s = '' OR i.province = %(province)s)
    AND (%(bin)s = '' OR starts_with(s.bin, %(bin)s))
    AND CASE %(state)s
        WHEN 'free' THEN s.on_hand > s.reserved
        WHEN 'out' THEN s.on_hand <= s.reserved
        WHEN 'promised' THEN s.reserved > 0
        WHEN 'coming' THEN c.units > 0
        ELSE true END
ORDER BY s.sku, i.code, s.id
"""


@dataclass(frozen=True)
class LevelRow:
    """Units of a SKU at a location; coming: in transit to it."""

    sku: str
    location_id: int
    code: str
    name: str
    name_en: str
    kind: str
    city: str
    bin: str
    on_hand: int
    reserved: int
    coming: int

    @property
    def place(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") and self.name_en else self.name

    @property
    def free(self) -> int:
        return self.on_hand - self.reserved


def levels(
    paths: Iterable[str],
    *,
    text: str = "",
    place: str = "",
    kind: str = "",
    province: str = "",
    bin: str = "",
    state: str = "",
) -> SqlRows:
    """Levels at and below `paths`; state as in LEVEL_STATES."""
    values = {
        "paths": list(paths),
        "skus": skus_of(text),
        "places": ids_of(place),
        "kind": kind,
        "province": province,
        "bin": bin.upper(),
        "state": state,
    }
    return SqlRows(_LEVELS, values, LevelRow)


def skus_of(text: str) -> list[str] | None:
    """The articles that a search means, by SKU; None for no search, empty when nothing fits."""
    text = text.strip()
    if not text:
        return None
    return list(articles.matching(text, limit=MOST_ARTICLES)) or [text]


def ids_of(place: str) -> list[int] | None:
    """The institutions that a code or a part of a name means; None for no search."""
    return [card.id for card in institutions_named(place)] if place.strip() else None


def within(paths: Iterable[str], *fields: str) -> Q:
    """Rows of which one of the location fields lies at or below a path."""
    found = Q(pk__in=[])
    for path in paths:
        for field in fields:
            found |= Q(**{f"{field}__path__startswith": path})
    return found


def movements(
    paths: Iterable[str],
    *,
    text: str = "",
    place: str = "",
    reason: str = "",
    begin: date | None = None,
    end: date | None = None,
) -> QuerySet:
    """Movements from or to locations at and below `paths`, the newest first; days inclusive, Shanghai."""
    rows = StockMovement.objects.filter(within(paths, "from_location", "to_location"))
    if place.strip():
        ids = ids_of(place)
        rows = rows.filter(Q(from_location__in=ids) | Q(to_location__in=ids))
    if text.strip():
        rows = rows.filter(Q(reference__istartswith=text.strip()) | Q(sku__in=skus_of(text)))
    if reason:
        rows = rows.filter(reason=reason)
    if begin:
        rows = rows.filter(at__gte=clock.day_bounds(begin)[0])
    if end:
        rows = rows.filter(at__lt=clock.day_bounds(end)[1])
    return rows.select_related("from_location", "to_location").order_by("-pk")


def transfers(paths: Iterable[str], *, text: str = "", state: str = "", place: str = "") -> QuerySet:
    """Transfers from or to locations at and below `paths`, open ones by the last change first."""
    rows = StockTransfer.objects.filter(within(paths, "from_location", "to_location"))
    if place.strip():
        ids = ids_of(place)
        rows = rows.filter(Q(from_location__in=ids) | Q(to_location__in=ids))
    if text.strip():
        named = Q(code__istartswith=text.strip()) | Q(lines__sku__in=skus_of(text))
        rows = rows.filter(named).distinct()
    if state:
        rows = rows.filter(state=state)
    rows = rows.annotate(articles=Count("lines", distinct=True))
    return rows.select_related("from_location", "to_location").order_by("-pk")


def counts(paths: Iterable[str], *, text: str = "", state: str = "", place: str = "") -> QuerySet:
    """Counts at locations at and below `paths`, the newest first; with articles counted and differing."""
    rows = StockCount.objects.filter(within(paths, "location"))
    if place.strip():
        rows = rows.filter(location__in=ids_of(place))
    if text.strip():
        named = Q(code__istartswith=text.strip()) | Q(lines__sku__in=skus_of(text))
        rows = rows.filter(pk__in=StockCount.objects.filter(named).values("pk"))
    if state:
        rows = rows.filter(state=state)
    rows = rows.annotate(
        articles=Count("lines"),
        done=Count("lines", filter=Q(lines__counted__isnull=False)),
        differing=Count("lines", filter=~Q(lines__counted=F("lines__expected"))),
    )
    return rows.select_related("location").order_by("-pk")


def waiting(paths: Iterable[str], answering: Iterable[str], *, user_id: int | None) -> dict[str, int]:
    """What waits for somebody here: transfers to answer, to send, to receive; others' counts to approve."""
    found = StockTransfer.objects.aggregate(
        answer=Count("pk", filter=Q(state="requested") & within(answering, "from_location")),
        send=Count("pk", filter=Q(state="agreed") & within(paths, "from_location")),
        receive=Count("pk", filter=Q(state="under_way") & within(paths, "to_location")),
    )
    counted = StockCount.objects.filter(within(answering, "location"), state="counted")
    counted = counted.exclude(counted_by_user=user_id)
    return found | {"approve": counted.count()}
