"""/stock/transfers/: asked for, agreed, on the way, received."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fulfillment.models import StockTransfer, TransferState
from fulfillment.queries import stock_lists
from fulfillment.queries.owners import owners
from fulfillment.queries.places import place_named
from fulfillment.queries.shelves import ShelfCard, shelf
from fulfillment.services import transfer_moves, transfers
from fulfillment.services.transfer_moves import Arrival
from fulfillment.views.access import own_places, stock_page
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid

from .access import csv_file, frame, labels, page_of, paths_of, text_of, wants_csv, whole

_S = TransferState
HEAD = ("code", "state", "from", "to", "sku", "wanted", "sent", "arrived", "damaged", "asked_at", "asked_by")


class MissingUnsure(Invalid):
    """Asked before units are booked as lost."""

    code = "transfer_missing"
    message = gettext_lazy("Missing of what was sent: %(units)s. Count again, or confirm it below.")


@stock_page
@require_GET
def index(request):
    found = stock_lists.transfers(
        paths_of(request),
        text=text_of(request, "q"),
        state=text_of(request, "state"),
        place=text_of(request, "place"),
    )
    if wants_csv(request):
        rows = list(_rows(found))
        return csv_file("transfers", HEAD, rows, count=len(rows))
    context = frame(request, "transfers", states=_S.choices, **page_of(request, found))
    return render(request, "fulfillment/stock/transfers.html", context)


def _rows(found):
    for each in found.prefetch_related("lines"):
        ends = each.from_location.code, each.to_location.code
        for line in each.lines.all():
            figures = line.wanted, line.sent, line.arrived, line.damaged
            yield (
                each.code,
                each.state,
                *ends,
                line.sku,
                *figures,
                each.created_at.isoformat(),
                each.requested_by,
            )


@stock_page
@require_http_methods(["GET", "POST"])
def new(request):
    """Ask for goods: from where, to where, one article and its units on each line."""
    refusal = None
    if request.method == "POST":
        try:
            made = _request(request)
        except DomainError as error:
            refusal = error
        else:
            messages.success(request, _("Transfer %(code)s is asked for.") % {"code": made.code})
            return redirect("fulfillment:stock-transfer", code=made.code)
    context = frame(
        request,
        "transfers",
        refusal=refusal,
        entered=request.POST or request.GET,
        **own_places(request, *transfers.ASKERS),
    )
    return render(request, "fulfillment/stock/transfer_new.html", context, status=422 if refusal else 200)


def _request(request) -> StockTransfer:
    giver = place_named(request.POST.get("from", ""))
    taker = place_named(request.POST.get("to", ""), paths=request.actor.paths(*transfers.ASKERS))
    return transfers.request(
        actor=request.actor,
        from_id=giver.id,
        to_id=taker.id,
        wanted=_wanted(request.POST.get("lines", "")),
        note=request.POST.get("note", ""),
        now=clock.now(),
    )


def _wanted(text: str) -> dict[str, int]:
    """ "SKU units" on each line; a SKU alone is one unit."""
    wanted: dict[str, int] = {}
    for line in text.splitlines():
        sku, _blank, units = line.strip().partition(" ")
        if sku:
            wanted[sku.upper()] = wanted.get(sku.upper(), 0) + whole(units, empty=1)
    return wanted


@stock_page
@require_GET
def one(request, code: str):
    return _page(request, code)


def _page(request, code: str, refusal: DomainError | None = None):
    transfer = transfers.readable(request.actor, code)
    lines = list(transfer.lines.prefetch_related("units__serial"))
    there = shelf({line.sku for line in lines}, [transfer.from_location_id])
    names = labels({line.sku for line in lines})
    free = {line.pk: there.get((line.sku, transfer.from_location_id), ShelfCard()) for line in lines}
    rows = [(line, names.get(line.sku, line.sku), free[line.pk], _typed(request, line)) for line in lines]
    context = frame(
        request,
        "transfers",
        transfer=transfer,
        rows=rows,
        steps=[_step(each) for each in transfer.steps.all()],
        may=_may(request.actor, transfer),
        owner=owners([transfer.from_location_id])[transfer.from_location_id],
        refusal=refusal,
        entered=request.POST,
    )
    status = refusal.status if refusal else 200
    return render(request, "fulfillment/stock/transfer.html", context, status=status)


def _typed(request, line) -> dict[str, str]:
    """What was typed for a line before a refusal, else what is to be expected; serials are never guessed."""
    expected = {"units": line.wanted, "good": line.sent, "damaged": 0, "serials": "", "broken": ""}
    return {name: request.POST.get(f"{name}-{line.pk}", str(value)) for name, value in expected.items()}


def _step(each) -> dict:
    note = _("by the cover report") if each.note == "cover" else each.note
    failed = each.state in (_S.REFUSED, _S.CANCELLED)
    return {
        "title": each.get_state_display(),
        "at": each.at,
        "who": each.who,
        "text": note,
        "state": "failed" if failed else "done",
    }


def _may(actor, transfer: StockTransfer) -> dict[str, bool]:
    """Which of the page's forms are for this actor now; the services ask again."""
    state, giver, taker = transfer.state, transfer.from_location.path, transfer.to_location.path
    gives = any(actor.can(role, giver) for role in transfers.GIVERS)
    sends = any(actor.can(role, giver) for role in transfers.TAKERS)
    takes = any(actor.can(role, taker) for role in transfers.TAKERS)
    asks = any(actor.can(role, path) for role in transfers.ASKERS for path in (giver, taker))
    return {
        "answer": gives and state == _S.REQUESTED,
        "send": sends and state == _S.AGREED,
        "receive": takes and state == _S.UNDER_WAY,
        "cancel": asks and state in (_S.REQUESTED, _S.AGREED),
    }


@stock_page
@require_POST
def act(request, code: str, step: str):
    """One step; a refusal stays on the page beside what was entered."""
    if step not in ACTIONS:
        raise Http404
    try:
        ACTIONS[step](request, code)
    except DomainError as error:
        if isinstance(error, transfers.TransferUnknown):
            raise
        return _page(request, code, refusal=error)
    return redirect("fulfillment:stock-transfer", code=code)


def _agree(request, code):
    transfers.agree(actor=request.actor, code=code, now=clock.now())
    messages.success(request, _("Agreed. Pack the goods and send them."))


def _refuse(request, code):
    reason = request.POST.get("reason", "")
    transfers.refuse(actor=request.actor, code=code, reason=reason, now=clock.now())


def _cancel(request, code):
    transfers.cancel(actor=request.actor, code=code, now=clock.now())


def _send(request, code):
    transfer = transfers.readable(request.actor, code)
    lines = list(transfer.lines.all())
    plain = {
        line.sku: whole(request.POST.get(f"units-{line.pk}", ""), empty=line.wanted)
        for line in lines
        if not line.serial_kind
    }
    scanned = {
        line.sku: request.POST.get(f"serials-{line.pk}", "").split() for line in lines if line.serial_kind
    }
    none = {line.sku: 0 for line in lines if line.serial_kind and request.POST.get(f"none-{line.pk}")}
    transfer_moves.send(actor=request.actor, code=code, units=plain | none, serials=scanned, now=clock.now())
    messages.success(request, _("The goods are in transit."))


def _receive(request, code):
    transfer = transfers.readable(request.actor, code)
    lines = list(transfer.lines.filter(sent__gt=0))
    found = {line.sku: _arrival(request, line) for line in lines}
    missing = sum(_missing(line, found[line.sku]) for line in lines)
    if missing and not request.POST.get("sure"):
        raise MissingUnsure(units=missing)
    transfer_moves.receive(actor=request.actor, code=code, found=found, now=clock.now())
    messages.success(request, _("Received. Differences are booked."))


def _arrival(request, line) -> Arrival:
    def asked(name: str) -> str:
        return request.POST.get(f"{name}-{line.pk}", "")

    if line.serial_kind:
        return Arrival(
            serials=tuple(asked("serials").split()), damaged_serials=tuple(asked("broken").split())
        )
    return Arrival(good=whole(asked("good"), empty=line.sent), damaged=whole(asked("damaged"), empty=0))


def _missing(line, said: Arrival) -> int:
    """Units that would be booked as lost."""
    if line.serial_kind:
        return max(0, line.sent - len({*said.serials, *said.damaged_serials}))
    return max(0, line.sent - said.good - said.damaged)


ACTIONS = {"agree": _agree, "refuse": _refuse, "cancel": _cancel, "send": _send, "receive": _receive}
