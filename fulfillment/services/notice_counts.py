"""What of a dispatch notice came: serial numbers compared with those that were received for its order."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from catalog.queries.taken import serial_kinds
from members.actors import SYSTEM
from omnichannel.kernel.errors import DomainError

from ..models import (
    ImportState,
    NoticeLine,
    NoticeSerial,
    NoticeState,
    SerialImport,
    SerialKind,
    SerialState,
    SerialUnit,
    SupplierEventKind,
    SupplierNotice,
    SupplierOrder,
    SupplierOrderEvent,
    SupplierOrderLine,
)


class FileBeingRead(DomainError):
    code = "supplier_file_being_read"
    message = _(
        "A file of serial numbers of %(number)s is being read. Wait until it is done, then try again."
    )


def must_be_read(purchase: SupplierOrder) -> None:
    """While a file of a purchase is read, nobody can say what of it came. Raises FileBeingRead."""
    files = SerialImport.objects.filter(delivery_note=purchase.number, location_id=purchase.location_id)
    waiting = files.filter(kind__in=SerialKind.values, state__in=(ImportState.WAITING, ImportState.RUNNING))
    if waiting.exists():
        raise FileBeingRead(number=purchase.number)


def units_of(purchase: SupplierOrder):
    """The units with serial numbers that came in under a purchase's number, those taken back left out."""
    units = SerialUnit.objects.filter(
        received_with__delivery_note=purchase.number, received_with__location_id=purchase.location_id
    )
    return units.exclude(state=SerialState.WITHDRAWN)


def announced_of(purchase: SupplierOrder):
    """The serial numbers that its live notices name, each with `has_come`."""
    rows = NoticeSerial.objects.filter(notice_line__notice__order=purchase)
    came = units_of(purchase).filter(serial=OuterRef("serial"), sku=OuterRef("line__sku"))
    return rows.annotate(has_come=Exists(came))


def came_by_line(purchase: SupplierOrder) -> dict[int, int]:
    """Units by notice line whose announced serial numbers came."""
    rows = announced_of(purchase).filter(has_come=True).order_by()
    return dict(rows.values_list("notice_line").annotate(Count("pk")))


def unannounced(purchase: SupplierOrder):
    """Units that came though no notice of the purchase names them; none where nothing was announced."""
    named = NoticeSerial.objects.filter(notice_line__notice__order=purchase, serial=OuterRef("serial"))
    skus = NoticeLine.objects.filter(notice__order=purchase).exclude(notice__state=NoticeState.WITHDRAWN)
    units = units_of(purchase).filter(sku__in=skus.values("line__sku"))
    return units.exclude(Exists(named))


def serial_skus(purchase: SupplierOrder) -> set[str]:
    """The SKUs of a purchase whose units have serial numbers."""
    kinds = serial_kinds(line.sku for line in purchase.lines.all())
    return {sku for sku, kind in kinds.items() if kind}


def to_announce(purchase: SupplierOrder, lines: Iterable[SupplierOrderLine]) -> dict[int, int]:
    """Units by line that may still be announced: less what is announced, and what came without a notice."""
    here, named = came_by_line(purchase), Counter()
    live = NoticeLine.objects.filter(notice__order=purchase).exclude(notice__state=NoticeState.WITHDRAWN)
    for pk, line, state, came in live.values_list("pk", "line", "notice__state", "came"):
        named[line] += came if state == NoticeState.CHECKED else here.get(pk, 0)
    return {
        line.pk: max(0, line.quantity - line.announced - max(0, line.received - named[line.pk]))
        for line in lines
    }


def recount(purchase: SupplierOrder, came: Mapping[int, int]) -> None:
    """What notices that were checked in brought of units with serial numbers; `came`: came_by_line().

    A unit that comes after all, when others were announced in its place, changes nothing.
    """
    rows = NoticeLine.objects.filter(notice__order=purchase, notice__state=NoticeState.CHECKED)
    for row in rows.filter(line__sku__in=serial_skus(purchase)).order_by("pk"):
        line = SupplierOrderLine.objects.get(pk=row.line_id)
        change = min(came.get(row.pk, 0) - row.came, line.quantity - line.announced)
        if change:
            _count(row, line, change)


def _count(row: NoticeLine, line: SupplierOrderLine, change: int) -> None:
    row.came += change
    line.announced += change
    row.save(update_fields=["came"])
    line.save(update_fields=["announced"])


def close_exact(purchase: SupplierOrder, came: Mapping[int, int], *, now: datetime) -> None:
    """Notices of a locked purchase whose every unit has a serial number and came are checked in."""
    for notice in purchase.notices.filter(state=NoticeState.ANNOUNCED).prefetch_related("lines"):
        lines = notice.lines.all()
        if all(came.get(line.pk, 0) == line.quantity for line in lines):
            close(notice, {line.pk: line.quantity for line in lines}, who=SYSTEM.label, note="", now=now)


def close(notice: SupplierNotice, came: dict[int, int], *, who: str, note: str, now: datetime) -> None:
    """A notice of a locked purchase is checked in; `came`: units by notice line, those beyond left out.

    What did not come counts as announced no longer: it may be sent again.
    """
    differs = bool(note)
    for row in notice.lines.select_related("line"):
        row.came = min(row.quantity, came.get(row.pk, 0))
        differs = differs or bool(row.short)
        row.line.announced -= row.short
        row.save(update_fields=["came"])
        row.line.save(update_fields=["announced"])
    notice.state, notice.checked_by, notice.checked_at = NoticeState.CHECKED, who[:80], now
    notice.note = note.strip()[:160]
    notice.save(update_fields=["state", "checked_by", "checked_at", "note"])
    SupplierOrderEvent.objects.create(
        order=notice.order,
        kind=SupplierEventKind.DIFFERED if differs else SupplierEventKind.CHECKED,
        reference=notice.number,
        note=notice.note,
        who=who[:80],
        at=now,
    )
