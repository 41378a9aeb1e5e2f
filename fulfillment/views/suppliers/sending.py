"""The dispatch notice: what a supplier has sent, with the file of its serial numbers."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.queries.taken import serial_kinds
from fulfillment.services import notice_counts, serial_file, supplier_notices
from fulfillment.services.notice_serials import SerialsRefused
from fulfillment.services.serial_rules import WORDS
from fulfillment.services.supplier_notices import Consignment
from fulfillment.views.stock.access import labels, whole
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, NotFound

from .access import day_of, frame, supplier_page
from .order import found_order

SHOWN_REFUSED = 50


@supplier_page
@require_http_methods(["GET", "POST"])
def send(request, number: str):
    """A refusal stays on the form with what was typed; rows that were refused are listed."""
    order = found_order(request, number)
    refusal = None
    if request.method == "POST":
        try:
            notice = supplier_notices.announce(
                actor=request.actor,
                number=number,
                key=request.POST.get("key", "")[:64] or uuid4().hex,
                sent=_consignment(request),
                now=clock.now(),
            )
        except NotFound:
            raise
        except DomainError as error:
            refusal = error
        else:
            messages.success(request, _("Notice %(number)s is announced.") % {"number": notice.number})
            return redirect("fulfillment:supplier-order", number=order.number)
    return _form(request, order, refusal)


def _consignment(request) -> Consignment:
    """Raises UnitsInvalid, DayInvalid, serial_file.FileTooLarge."""
    file = request.FILES.get("file")
    if file and file.size > serial_file.MOST_BYTES:
        raise serial_file.FileTooLarge(field="file")
    return Consignment(
        units={
            name.removeprefix("units-"): whole(text, empty=0)
            for name, text in request.POST.items()
            if name.startswith("units-")
        },
        waybill=request.POST.get("waybill", ""),
        carrier=request.POST.get("carrier", ""),
        arrives_on=day_of(request, "day"),
        file_name=file.name if file else "",
        content=file.read() if file else b"",
    )


def _form(request, order, refusal: DomainError | None):
    lines = list(order.lines.all())
    names, kinds = labels(line.sku for line in lines), serial_kinds(line.sku for line in lines)
    most = notice_counts.to_announce(order, lines)
    shown = [_line(request, line, names, kinds, most[line.pk]) for line in lines]
    refused = refusal.rows if isinstance(refusal, SerialsRefused) else []
    today = clock.today()
    context = frame(
        request,
        "orders",
        order=order,
        lines=shown,
        has_serials=any(each["serials"] and each["most"] for each in shown),
        several=sum(bool(each["serials"]) for each in shown) > 1,
        key=request.POST.get("key") or uuid4().hex,
        today=today,
        day=request.POST.get("day") or max(order.due_on, today).isoformat(),
        entered=request.POST,
        refused=[(row, WORDS.get(row.code, row.code)) for row in refused[:SHOWN_REFUSED]],
        more_refused=max(0, len(refused) - SHOWN_REFUSED),
        refusal=refusal,
    )
    return render(request, "fulfillment/suppliers/send.html", context, status=422 if refusal else 200)


def _line(request, line, names: dict[str, str], kinds: dict[str, str], most: int) -> dict:
    """serials: the kind of its serial numbers, or nothing; most: units that may be announced."""
    kind = kinds.get(line.sku, "")
    return {
        "line": line,
        "most": most,
        "label": names.get(line.sku, line.sku),
        "serials": kind.upper() if kind in ("imei", "iccid") else kind,
        "typed": request.POST.get(f"units-{line.sku}", str(most)),
    }
