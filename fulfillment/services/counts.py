"""Stock-takes: people type in blind what they see of an opened count, and say when they are done.

One is opened by count_opening.py. A second person approves what differs: count_posting.py. Nothing else
corrects the books by hand.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor, NotYours
from omnichannel.kernel.errors import DomainError, Invalid

from ..models import CountLine, CountState, CountUnit, SerialState, SerialUnit, StockCount
from ..queries.shelves import shelf
from .claims import SerialOfOther
from .count_opening import COUNTERS
from .serial_story import only_lacked
from .serials import SerialUnknown
from .wrong_input import SkuUnknown

MOST_UNITS = 1_000_000


class CountUnknown(NotYours):
    code = "count_unknown"
    message = _("We do not know this count.")


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
