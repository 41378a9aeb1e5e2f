"""A supplier announces what it has sent of our order, and takes a wrong notice back.

Under the lock of the order. No more is announced than ordered (CHECK supplier_order_line_announced) and not
here yet, and a form sent twice is one notice (unique supplier_notice_once).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalog.queries.taken import serial_kinds
from members.actors import Actor, NotYours
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError, Invalid

from ..events import SupplierGoodsAnnounced
from ..models import (
    NoticeLine,
    NoticeSerial,
    NoticeState,
    SupplierEventKind,
    SupplierNotice,
    SupplierOrder,
    SupplierOrderKind,
    SupplierOrderLine,
    SupplierProgress,
)
from ..queries.supplier_pages import owns
from . import notice_counts
from .dealer_sourcing import count_units, locked_purchase
from .notice_serials import rows_of, serials_of
from .supplier_answers import (
    AnswerNotNow,
    SupplierOrderUnknown,
    must_be_ahead,
    must_be_open,
    own_order,
    record,
)
from .wrong_input import ReasonMissing

_P = SupplierProgress
PORTION = 5_000  # serial numbers written by one statement
# From when on goods may leave, by kind of order.
READY = {
    SupplierOrderKind.PURCHASE: (_P.CONFIRMED,),
    SupplierOrderKind.PRODUCTION: (_P.MAKING, _P.MADE),
}


class NothingAnnounced(Invalid):
    code = "notice_empty"
    message = _("Type how many units you have sent.")


class WaybillMissing(Invalid):
    code = "notice_waybill_missing"
    message = _("Type the waybill, at most 60 characters.")


class MoreAnnounced(Invalid):
    code = "notice_more_than_ordered"
    message = _("Only %(open)s of %(sku)s are ordered and neither announced nor here yet.")


class NoticeUnknown(NotYours):
    code = "notice_unknown"
    message = _("There is no notice %(notice)s.")


class NoticeOver(DomainError):
    code = "notice_over"
    message = _("Notice %(notice)s is “%(state)s” already.")


class NoticePartlyHere(DomainError):
    code = "notice_partly_here"
    message = _(
        "Goods of notice %(notice)s have come: it is checked in, with what is missing, not withdrawn."
    )


@dataclass(frozen=True)
class Consignment:
    """What left: units by SKU, with which carrier and waybill, and the file that names serial numbers."""

    units: Mapping[str, int]
    waybill: str
    arrives_on: date
    carrier: str = ""
    file_name: str = ""
    content: bytes = b""


@transaction.atomic
def announce(*, actor: Actor, number: str, key: str, sent: Consignment, now: datetime) -> SupplierNotice:
    """Goods of our order left the supplier. The same key is the same notice.

    Raises SupplierOrderUnknown, PurchaseOver, AnswerNotNow before it is confirmed (made to order: before
    production started), WaybillMissing, DayWrong, NothingAnnounced, MoreAnnounced, and what rows_of and
    serials_of raise.
    """
    kinds = serial_kinds(sent.units)
    rows = rows_of(sent.content, file_name=sent.file_name, units=sent.units, kinds=kinds)
    order = own_order(actor, number)
    if known := order.notices.filter(key=key).first():
        return known
    must_be_open(order)
    if order.progress not in READY[order.kind]:
        raise AnswerNotNow(number=order.number, state=str(order.get_progress_display()))
    if not 0 < len(sent.waybill.strip()) <= 60:
        raise WaybillMissing(field="waybill")
    must_be_ahead(sent.arrives_on, now)
    lines = _lines(order, sent.units)
    wanted = {line.sku: units for line, units in lines}
    serials = serials_of(rows, wanted=wanted, kinds=kinds)
    notice = _write(order, key, sent, lines, serials, actor, now)
    record(order, SupplierEventKind.ANNOUNCED, actor=actor, now=now, reference=notice.number)
    _tell(notice, wanted, now)
    return notice


def _lines(order: SupplierOrder, units: Mapping[str, int]) -> list[tuple[SupplierOrderLine, int]]:
    count_units(order)
    found = [(line, units.get(line.sku, 0)) for line in order.lines.all()]
    most = notice_counts.to_announce(order, [line for line, _count in found])
    for line, count in found:
        if not 0 <= count <= most[line.pk]:
            raise MoreAnnounced(field="units", sku=line.sku, open=most[line.pk])
    found = [(line, count) for line, count in found if count]
    if not found:
        raise NothingAnnounced(field="units")
    return found


def _write(
    order: SupplierOrder,
    key: str,
    sent: Consignment,
    lines: list[tuple[SupplierOrderLine, int]],
    serials: Mapping[str, list[str]],
    actor: Actor,
    now: datetime,
) -> SupplierNotice:
    notice = SupplierNotice.objects.create(
        order=order,
        number=f"{order.number}-{order.notices.count() + 1}",
        key=key,
        state=NoticeState.ANNOUNCED,
        carrier=sent.carrier.strip()[:40],
        waybill=sent.waybill.strip(),
        arrives_on=sent.arrives_on,
        announced_by=actor.label[:80],
        announced_at=now,
    )
    for line, count in lines:
        row = NoticeLine.objects.create(notice=notice, line=line, quantity=count)
        _forget_missing(line, serials.get(line.sku, ()))
        NoticeSerial.objects.bulk_create(
            [NoticeSerial(notice_line=row, line=line, serial=serial) for serial in serials.get(line.sku, ())],
            batch_size=PORTION,
        )
        line.announced += count
        line.save(update_fields=["announced"])
    return notice


def _forget_missing(line: SupplierOrderLine, serials: Iterable[str]) -> None:
    """What an earlier notice named and did not bring is announced by this one now."""
    named = NoticeSerial.objects.filter(line=line, serial__in=list(serials))
    named.filter(notice_line__notice__state=NoticeState.CHECKED).delete()


def _tell(notice: SupplierNotice, units: Mapping[str, int], now: datetime) -> None:
    order = notice.order
    outbox.publish(
        SupplierGoodsAnnounced(
            notice=notice.number,
            supplier_order=order.number,
            supplier_id=order.supplier_id,
            location_id=order.location_id,
            lines=[[sku, count] for sku, count in sorted(units.items())],
            arrives_on=notice.arrives_on.isoformat(),
            occurred_at=now.isoformat(),
        )
    )


@transaction.atomic
def withdraw(*, actor: Actor, number: str, notice: str, reason: str, now: datetime) -> SupplierNotice:
    """The notice was wrong, or its goods turned back: its units may be announced again.

    The supplier's own people, and operators of where it was to arrive. Raises SupplierOrderUnknown,
    NoticeUnknown, ReasonMissing, NoticeOver, NoticePartlyHere, notice_counts.FileBeingRead.
    """
    order = locked_purchase(number)
    theirs = owns(actor, order.supplier.path)
    if not theirs and not actor.can("operator", order.location.path):
        raise SupplierOrderUnknown(number=number.strip()[:32])
    found = locked_notice(order, notice)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    _must_be_away(found)
    for row in found.lines.select_related("line"):
        row.serials.all().delete()
        row.line.announced -= row.quantity
        row.line.save(update_fields=["announced"])
    found.state, found.note = NoticeState.WITHDRAWN, reason.strip()[:160]
    found.save(update_fields=["state", "note"])
    kind = SupplierEventKind.WITHDRAWN if theirs else SupplierEventKind.RECALLED
    record(order, kind, actor=actor, now=now, reference=found.number, note=reason)
    return found


def _must_be_away(notice: SupplierNotice) -> None:
    """Nothing of it is here, and no file that may bring some of it is being read."""
    notice_counts.must_be_read(notice.order)
    if notice_counts.came_by_line(notice.order).keys() & set(notice.lines.values_list("pk", flat=True)):
        raise NoticePartlyHere(notice=notice.number)


def locked_notice(order: SupplierOrder, number: str) -> SupplierNotice:
    """A notice of a locked order that is still under way. Raises NoticeUnknown, NoticeOver."""
    found = order.notices.filter(number=number.strip().upper()).first()
    if found is None:
        raise NoticeUnknown(notice=number.strip()[:40])
    if found.state != NoticeState.ANNOUNCED:
        raise NoticeOver(notice=found.number, state=str(found.get_state_display()))
    found.order = order
    return found
