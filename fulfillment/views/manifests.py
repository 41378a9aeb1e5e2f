"""Manifests of a small house or a warehouse: closed when the courier has signed, printed at any time."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fulfillment.queries import manifests
from fulfillment.services import handover
from fulfillment.views import ops, store
from fulfillment.views.stock.access import csv_file, wants_csv
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

PAGE = 25
COLUMNS = ("manifest", "courier", "parcels", "opened_at", "closed_at", "handed_over_by", "received_by")
# Where the page belongs: the inbox of a small house, or the operations centre.
PLACES = {"store": store.place, "ops": ops.place}
HOME = {"store": "fulfillment:store-manifests", "ops": "fulfillment:manifests"}


@login_required
@require_GET
def listed(request, side: str):
    return _page(request, side)


def _page(request, side: str, *, refusal: DomainError | None = None, closing: int = 0):
    here, places = PLACES[side](request)
    asked = {name: request.GET.get(name, "").strip()[:40].replace("\0", "") for name in ("q", "state")}
    found = manifests.of_place(here.id, text=asked["q"], state=asked["state"])
    if wants_csv(request):
        return csv_file("manifests", COLUMNS, map(_cells, found), count=found.count())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = ops.surroundings(here, places) | {
        "side": side,
        "page": page,
        "loading": manifests.loading(here.id),
        "asked": asked,
        "refusal": refusal,
        "closing": closing if isinstance(refusal, handover.ParcelsMissing) else 0,
        "entered": request.POST,
        "home": HOME[side],
    }
    status = refusal.status if refusal else 200
    return render(request, "fulfillment/manifests.html", context, status=status)


def _cells(row) -> list:
    told = [row.code, row.courier.label, row.parcels, _local(row.opened_at)]
    return [*told, _local(row.closed_at) if row.closed_at else "", row.handed_over_by, row.received_by]


def _local(moment) -> str:
    return moment.astimezone(clock.SHANGHAI).isoformat(timespec="seconds")


@login_required
@require_POST
def close(request, side: str, pk: int):
    """The courier has signed. Parcels that were left behind are named first, and closing is asked again."""
    here, _places = PLACES[side](request)
    where = {"actor": request.actor, "location_id": here.id, "manifest_id": pk, "now": clock.now()}
    handover.to_close(**where)
    try:
        manifest = handover.close(
            without_missing=request.POST.get("without_missing") == "1",
            received_by=handover.must_be_a_name(request.POST.get("received_by", "")),
            **where,
        )
    except (handover.ParcelsMissing, handover.SignerMissing) as refusal:
        return _page(request, side, refusal=refusal, closing=pk)
    told = {"manifest": manifest.code, "courier": manifest.courier.label}
    messages.success(request, _("%(manifest)s is closed: %(courier)s has signed for it.") % told)
    return redirect(HOME[side])
