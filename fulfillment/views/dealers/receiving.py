"""Counting a parcel: by the delivery note, or scanned and counted one by one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fulfillment.models import ClaimState, SerialClaim, SurplusWish
from fulfillment.services import dealer_receipts
from fulfillment.services.dealer_surplus import Report
from fulfillment.views.stock.access import labels, whole
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

from .access import dealer_of, dealer_page, frame


@dealer_page
@require_http_methods(["GET", "POST"])
def parcel(request, code: str):
    order, fo = dealer_receipts.readable_parcel(request.actor, code)
    refusal = None
    if request.method == "POST":
        try:
            return _receive(request, order, fo)
        except DomainError as error:
            if error.status == 404:
                raise
            refusal = error
    lines = list(fo.lines.order_by("pk"))
    names = labels([line.sku for line in lines])
    claims = SerialClaim.objects.filter(line__in=lines, state=ClaimState.SHIPPED)
    with_serials = set(claims.values_list("line_id", flat=True))
    context = frame(
        request,
        "desk",
        dealer_of(request, order.dealer.code),
        order=order,
        fo=fo,
        lines=[
            (line, names.get(line.sku, line.sku), line.pk in with_serials, _typed(request, line))
            for line in lines
        ],
        has_serials=bool(with_serials),
        receipt=getattr(fo, "dealer_receipt", None),
        entered=request.POST,
        wishes=SurplusWish.choices,
        refusal=refusal,
    )
    return render(request, "fulfillment/dealers/receive.html", context, status=422 if refusal else 200)


def _typed(request, line) -> str:
    return request.POST.get(f"count-{line.sku}", "")


def _receive(request, order, fo):
    by_note = request.POST.get("how") == "note"
    counts = {
        name.removeprefix("count-"): whole(text, empty=0)
        for name, text in request.POST.items()
        if name.startswith("count-")
    }
    receipt = dealer_receipts.receive(
        actor=request.actor,
        code=fo.code,
        by_note=by_note,
        scanned=request.POST.get("serials", "").split(),
        counts=counts,
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
