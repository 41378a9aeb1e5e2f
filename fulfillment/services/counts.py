"""Stock-takes: somebody opens a count, people type in blind what they see, and say when they are done.

A second person approves what differs: count_posting.py. Nothing else corrects the books by hand.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.queries import offerings
from members.actors import Actor, NotYours
from members.queries import institution
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid

from ..models import CountLine, CountState, CountUnit, SerialState, SerialUnit, StockCount, StockLevel
from ..queries.shelves import shelf
from .claims import SerialOfOther
from .serial_story import only_lacked
from .serials import SerialUnknown
from .transfers import SkuUnknown

COUNTERS = ("clerk", "store_manager", "warehouse", "warehouse_lead", "partner", "operator")
MOST_LINES = 500
MOST_UNITS = 1_000_000


class CountUnknown(NotYours):
    code = "count_unknown"
    message = _("We do not know this count.")


class NothingToCount(Invalid):
    code = "count_empty"
    message = _("Nothing here fits what you named. Name articles or the beginning of their bins.")


class CountTooLarge(Invalid):
    code = "count_too_large"
    message = _("One count takes %(most)s articles; these are %(found)s. Name fewer bins.")


class CountedElsewhere(DomainError):
    code = "count_running"
    message = _("Another count of %(sku)s is still open here.")


class FigureInvalid(Invalid):
    code = "quantity_invalid"
    message = _("Enter the units you see: a whole number from 0 to 1,000,000.")


class SerialsWanted(Invalid):
    code = "count_scan"
    message = _("Units of %(sku)s have serial numbers: scan each of them.")


class SerialElsewhere(DomainError):
    code = "serial_elsewhere"
    message = _("%(serial)s is booked at another location. Ask for a transfer, or put it aside.")


class SerialGone(DomainError):
    code = "serial_gone"
    message = _("%(serial)s is booked as %(state)s. Put it aside and tell an operator.")


class NotAllCounted(DomainError):
    code = "count_incomplete"
    message = _("%(left)s articles are not counted yet. Enter 0 where the shelf is empty.")


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
    facts = offerings.by_sku(wanted)
    unknown = next((sku for sku in wanted if sku not in facts), None)
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
    facts = offerings.by_sku(bins)
    try:
        CountLine.objects.bulk_create(
            CountLine(
                count=count,
                location_id=count.location_id,
                sku=sku,
                bin=place,
                serial_kind=facts[sku].serial_kind if sku in facts else "",
            )
            for sku, place in bins.items()
        )
    except IntegrityError:  # somebody opened one at this very moment
        raise CountedElsewhere(sku=next(iter(bins)))


@transaction.atomic
def record(*, actor: Actor, code: str, sku: str, counted: int, now: datetime) -> CountLine:
    """What somebody sees of an article; once more replaces it. The books of this moment are kept beside.

    Raises CountUnknown, CountWrongState, SkuUnknown, FigureInvalid, SerialsWanted.
    """
    count = locked(actor, code)
    line = _line(count, sku)
    if line.serial_kind and counted:
        raise SerialsWanted(sku=line.sku)
    if not 0 <= counted <= MOST_UNITS:
        raise FigureInvalid(field="counted")
    line.units.all().delete()
    return _keep(line, counted, actor, now)


@transaction.atomic
def scan(*, actor: Actor, code: str, serial: str, now: datetime) -> CountLine:
    """A unit with a serial number is on the shelf. Scanning it twice is once.

    One in quarantine counts when it only was not found before; what was put aside for its condition stays.

    Raises CountUnknown, CountWrongState, SerialUnknown, SerialElsewhere, SerialGone, SerialOfOther.
    """
    count, number = locked(actor, code), serial.strip().upper()
    unit = SerialUnit.objects.filter(serial=number).first()
    if unit is None:
        raise SerialUnknown(serial=number[:32])
    if unit.location_id != count.location_id:
        raise SerialElsewhere(serial=number)
    aside = unit.state == SerialState.QUARANTINE and not only_lacked(unit)
    if aside or unit.state not in (SerialState.FREE, SerialState.QUARANTINE):
        raise SerialGone(serial=number, state=str(unit.get_state_display()))
    line = count.lines.filter(sku=unit.sku).first()
    if line is None:
        raise SerialOfOther(serial=number, sku=unit.sku, wanted=count.scope)
    CountUnit.objects.get_or_create(line=line, serial=unit)
    return _keep(line, line.units.count(), actor, now)


def _keep(line: CountLine, counted: int, actor: Actor, now: datetime) -> CountLine:
    line.counted, line.expected = counted, expected(line)
    line.counted_by_user, line.counted_at = actor.user_id, now
    line.save(update_fields=["counted", "expected", "counted_by_user", "counted_at"])
    return line


def expected(line: CountLine) -> int:
    """Units that should be on the shelf now, by the books."""
    if line.serial_kind:
        free = SerialUnit.objects.filter(sku=line.sku, location_id=line.location_id, state=SerialState.FREE)
        return free.count()
    there = shelf([line.sku], [line.location_id]).get((line.sku, line.location_id))
    return there.on_shelf if there else 0


def _line(count: StockCount, sku: str) -> CountLine:
    line = count.lines.filter(sku=sku.strip()).first()
    if line is None:
        raise SkuUnknown(sku=sku.strip()[:64])
    return line


@transaction.atomic
def finish(*, actor: Actor, code: str, now: datetime) -> StockCount:
    """Counting is done; somebody else may look at the differences now.

    Raises CountUnknown, CountWrongState, NotAllCounted.
    """
    count = locked(actor, code)
    left = count.lines.filter(counted=None).count()
    if left:
        raise NotAllCounted(left=left)
    count.must_reach(CountState.COUNTED)
    count.state, count.counted_at = CountState.COUNTED, now
    count.counted_by, count.counted_by_user = actor.label[:80], actor.user_id
    count.save(update_fields=["state", "counted_at", "counted_by", "counted_by_user"])
    return count


@transaction.atomic
def cancel(*, actor: Actor, code: str, now: datetime) -> StockCount:
    """Nothing is posted. Raises CountUnknown, CountWrongState."""
    count = _visible(actor, code, StockCount.objects.select_for_update(of=("self",)))
    count.must_reach(CountState.CANCELLED)
    count.state = CountState.CANCELLED
    count.save(update_fields=["state"])
    count.lines.update(is_closed=True)
    return count


def locked(actor: Actor, code: str) -> StockCount:
    """A count at a location of the actor that is still open, locked. Raises CountUnknown, CountWrongState."""
    count = _visible(actor, code, StockCount.objects.select_for_update(of=("self",)))
    if count.state != CountState.OPEN:
        count.must_reach(CountState.COUNTED)
    return count


def readable(actor: Actor, code: str) -> StockCount:
    return _visible(actor, code, StockCount.objects.all(), "auditor")


def _visible(actor: Actor, code: str, rows, *more: str) -> StockCount:
    found = rows.select_related("location").filter(code=code.strip().upper()).first()
    if found is None or not any(actor.can(role, found.location.path) for role in (*COUNTERS, *more)):
        raise CountUnknown()
    return found
