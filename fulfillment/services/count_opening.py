"""Opening a stock-take: of named articles, of bins, of a whole location, or because a parcel lacked units."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.queries.taken import serial_kinds
from members.actors import Actor
from members.queries import institution
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid

from ..models import CountLine, CountState, StockCount, StockLevel
from .wrong_input import SkuUnknown

COUNTERS = ("clerk", "store_manager", "warehouse", "warehouse_lead", "partner", "operator")
MOST_LINES = 500


class NothingToCount(Invalid):
    code = "count_empty"
    message = _("Nothing here fits what you named. Name articles or the beginning of their bins.")


class CountTooLarge(Invalid):
    code = "count_too_large"
    message = _("One count takes %(most)s articles; these are %(found)s. Name fewer bins.")


class CountedElsewhere(DomainError):
    code = "count_running"
    message = _("Another count of %(sku)s is still open here.")


@transaction.atomic
def open_count(
    *, actor: Actor, location_id: int, now: datetime, skus: Iterable[str] = (), bins: str = ""
) -> StockCount:
    """Open a count of the named articles, of bins that begin so, or of the whole location.

    Raises NotAllowed, SkuUnknown, NothingToCount, CountTooLarge, CountedElsewhere.
    """
    place = institution(location_id)
    actor.must_have(*COUNTERS, path=place.path)
    wanted = list(dict.fromkeys(sku.strip() for sku in skus if sku.strip()))
    known = serial_kinds(wanted)
    unknown = next((sku for sku in wanted if sku not in known), None)
    if unknown:
        raise SkuUnknown(sku=unknown[:64])
    rows = _rows(location_id, wanted, bins.strip().upper())
    count = _new(location_id, actor, _scope(wanted, bins), now)
    _lines(count, rows, now)
    return count


def open_for(*, location_id: int, bins: dict[str, str], note: str, actor: Actor, now: datetime) -> StockCount:
    """Open a count of these articles (bins by SKU), asked for by who found less than the books say.

    note: the parcel that lacked them. Raises CountedElsewhere.
    """
    count = _new(location_id, actor, _scope(list(bins), ""), now)
    count.note = note[:160]
    count.save(update_fields=["note"])
    _lines(count, bins, now)
    return count


def _rows(location_id: int, skus: list[str], bins: str) -> dict[str, str]:
    """Bins by SKU."""
    wanted = Q(sku__in=skus) if skus else Q(bin__startswith=bins)
    levels = StockLevel.objects.filter(wanted, location_id=location_id)
    found = dict.fromkeys(skus, "") | dict(levels.order_by("bin", "sku").values_list("sku", "bin"))
    if not found:
        raise NothingToCount(field="bins")
    if len(found) > MOST_LINES:
        raise CountTooLarge(field="bins", most=MOST_LINES, found=len(found))
    return found


def _scope(skus: list[str], bins: str) -> str:
    return ", ".join(skus)[:120] if skus else f"{bins.strip().upper()}*"[:120]


def _new(location_id: int, actor: Actor, scope: str, now: datetime) -> StockCount:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('fulfillment_stockcount', 'id'))")
        pk = cursor.fetchone()[0]
    return StockCount.objects.create(
        pk=pk,
        code=f"CT{clock.local_day(now):%y%m%d}{pk:05d}",
        location_id=location_id,
        state=CountState.OPEN,
        scope=scope,
        opened_by=actor.label[:80],
        opened_at=now,
    )


def _lines(count: StockCount, bins: dict[str, str], now: datetime) -> None:
    running = CountLine.objects.filter(location_id=count.location_id, sku__in=bins, is_closed=False)
    other = running.values_list("sku", flat=True).first()
    if other:
        raise CountedElsewhere(sku=other)
    kinds = serial_kinds(bins)
    try:
        CountLine.objects.bulk_create(
            CountLine(
                count=count,
                location_id=count.location_id,
                sku=sku,
                bin=place,
                serial_kind=kinds.get(sku, ""),
            )
            for sku, place in bins.items()
        )
    except IntegrityError:  # somebody opened one at this very moment
        raise CountedElsewhere(sku=next(iter(bins)))
