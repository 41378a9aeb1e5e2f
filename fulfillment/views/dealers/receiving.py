"""Counting a parcel: by the delivery note, or scanned and counted; what is missing is asked about."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fulfillment.models import ClaimState, FulfillmentState, SerialClaim, SurplusWish
from fulfillment.services import dealer_counting, dealer_receipts
from fulfillment.services.dealer_surplus import Report
from fulfillment.views.stock.access import labels, whole
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, NotFound

from .access import dealer_of, dealer_page, frame


@dealer_page
@require_http_methods(["GET", "POST"])
def parcel(request, code: str):
    order, fo = dealer_receipts.readable_parcel(request.actor, code)
    refusal, missing = None, []
    if request.method == "POST":
        try:
            missing = _to_be_sure(request, fo)
            if not missing:
                return _receive(request, order, fo)
        except NotFound:
            raise
        except DomainError as error:
            refusal = error
    sent = dealer_counting.sent_of(fo)
    names = labels([line.sku for line, _units in sent])
    claims = SerialClaim.objects.filter(line__in=[line for line, _units in sent], state=ClaimState.SHIPPED)
    with_serials = set(claims.values_list("line_id", flat=True))
    context = frame(
        request,
        "desk",
        dealer_of(request, order.dealer.code),
        order=order,
        fo=fo,
        lines=[_line(request, line, units, names, line.pk in with_serials) for line, units in sent],
        missing=[(names.get(each.line.sku, each.line.sku), each) for each in missing],
        has_serials=bool(with_serials),
        receipt=getattr(fo, "dealer_receipt", None),
        entered=request.POST,
        wishes=SurplusWish.choices,
        refusal=refusal,
    )
    status = 422 if refusal or missing else 200
    return render(request, "fulfillment/dealers/receive.html", context, status=status)


def _line(request, line, units: int, names: dict[str, str], scanned: bool) -> dict:
    """scanned: its units have serial numbers. units: those that were left at the door."""
    typed = request.POST.get(f"count-{line.sku}", str(units))
    return {
        "line": line,
        "label": names.get(line.sku, line.sku),
        "scanned": scanned,
        "units": units,
        "typed": typed,
    }


def _counted(request) -> dict:
    """How the parcel was counted, as the service takes it. Raises UnitsInvalid."""
    counts = {
        name.removeprefix("count-"): whole(text)
        for name, text in request.POST.items()
        if name.startswith("count-")
    }
    return {
        "by_note": request.POST.get("how") == "note",
        "scanned": request.POST.get("serials", "").split(),
        "counts": counts,
    }


def _to_be_sure(request, fo) -> list[dealer_counting.Counted]:
    """What would be booked as missing, until somebody says that it is."""
    if request.POST.get("sure") or fo.state != FulfillmentState.DELIVERED:
        return []
    counted = dealer_counting.count(fo, **_counted(request))
    return [each for each in counted if each.missing]


def _receive(request, order, fo):
    receipt = dealer_receipts.receive(
        actor=request.actor,
        code=fo.code,
        **_counted(request),
        note=request.POST.get("note", ""),
        surplus=Report(wish=request.POST.get("surplus", ""), reason=request.POST.get("note", "")),
        now=clock.now(),
    )
    short = sum(line.sent - line.received for line in receipt.lines.all())
    if receipt.surpluses.exists():
        messages.success(request, _("Received. Your branch decides about what is too much."))
    elif short:
        messages.error(
            request, _("Received, %(short)s units short. Your branch sees the difference.") % {"short": short}
        )
    else:
        messages.success(request, _("Received in full. The invoice is on your account."))
    return redirect("fulfillment:dealer-order", number=order.number)
