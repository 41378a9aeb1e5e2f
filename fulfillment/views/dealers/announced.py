"""What a purchase's supplier announced, beside what came: for the people who check it in."""

from catalog.queries.taken import serial_kinds
from fulfillment.models import NoticeState, SupplierNotice, SupplierOrder
from fulfillment.queries.supply_thread import Thread
from fulfillment.services import notice_counts
from fulfillment.services.notice_checks import NoticeDiffers
from fulfillment.views.stock.access import labels, whole
from fulfillment.views.supplier_timeline import NOTICE_TONES
from omnichannel.kernel.errors import DomainError

SHOWN_MISSING = 20


def counts_of(request) -> dict[str, int]:
    """Units by SKU as they were counted. Raises UnitsInvalid."""
    return {
        name.removeprefix("count-"): whole(text, empty=0)
        for name, text in request.POST.items()
        if name.startswith("count-")
    }


def announced(request, thread: Thread, receives: bool, refusal: DomainError | None) -> list[dict]:
    """The notices of a purchase; that which was just counted keeps what was typed and names what differs."""
    kinds = serial_kinds(line.sku for line in thread.lines)
    names = labels(line.sku for line in thread.lines)
    came = notice_counts.came_by_line(thread.order) if thread.notices else {}
    return [_notice(request, notice, kinds, names, came, receives, refusal) for notice in thread.notices]


def _notice(
    request, notice: SupplierNotice, kinds, names, came, receives: bool, refusal: DomainError | None
) -> dict:
    typed = request.POST if request.POST.get("notice") == notice.number else {}
    different = refusal.differences if typed and isinstance(refusal, NoticeDiffers) else []
    waits = notice.state == NoticeState.ANNOUNCED
    lines = [_line(row, kinds, names, came, typed) for row in notice.lines.all()]
    return {
        "notice": notice,
        "key": str(notice.pk),
        "tone": NOTICE_TONES.get(notice.state),
        "lines": lines,
        "waits": waits,
        "away": waits and not any(line["here"] for line in lines),
        "may_check": waits and receives,
        "different": [
            (each, names.get(each.sku, each.sku), each.missing[:SHOWN_MISSING]) for each in different
        ],
        "asks": bool(different) or bool(typed.get("sure")),
        "typed": typed,
    }


def _line(row, kinds: dict[str, str], names, came: dict[int, int], typed) -> dict:
    """by_file: its units come in by a file; `here` of those announced lie in stock."""
    sku = row.line.sku
    return {
        "row": row,
        "label": names.get(sku, sku),
        "by_file": bool(kinds.get(sku)),
        "here": came.get(row.pk, 0),
        "typed": typed.get(f"count-{sku}", str(row.quantity)),
    }


def strays(order: SupplierOrder) -> list[str]:
    """Serial numbers that came and that no notice names, the first of them."""
    units = notice_counts.unannounced(order).order_by("serial")
    return list(units.values_list("serial", flat=True)[:SHOWN_MISSING])
