"""/stock/counts/: open one, type in blind what you see, let a colleague approve what differs."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fulfillment.models import CountState, StockCount
from fulfillment.queries import stock_lists
from fulfillment.queries.places import place_named
from fulfillment.services import count_opening, count_posting, counts
from fulfillment.services.wrong_input import UnitsInvalid
from fulfillment.views.access import own_places, stock_page
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

from .access import csv_file, frame, labels, page_of, paths_of, text_of, wants_csv, whole

_S = CountState
HEAD = (
    "code", "state", "location", "sku", "bin", "expected", "counted", "difference", "counted_at",
    "counted_by", "approved_by",
)  # fmt: skip


@stock_page
@require_GET
def index(request):
    found = stock_lists.counts(
        paths_of(request),
        text=text_of(request, "q"),
        state=text_of(request, "state"),
        place=text_of(request, "place"),
    )
    if wants_csv(request):
        rows = list(_rows(found))
        return csv_file("counts", HEAD, rows, count=len(rows))
    context = frame(
        request,
        "counts",
        states=_S.choices,
        **own_places(request, *counts.COUNTERS),
        entered=request.GET,
        **page_of(request, found),
    )
    return render(request, "fulfillment/stock/counts.html", context)


def _rows(found):
    """Open counts stay blind: their figures are not in the file."""
    for each in found.exclude(state=_S.OPEN).prefetch_related("lines"):
        for line in each.lines.all():
            when = line.counted_at.isoformat() if line.counted_at else ""
            figures = line.expected, line.counted, line.difference, when
            head = each.code, each.state, each.location.code, line.sku, line.bin
            yield *head, *figures, each.counted_by, each.approved_by


@stock_page
@require_POST
def begin(request):
    """Open a count of articles or bins at a location."""
    try:
        own = request.actor.paths(*count_opening.COUNTERS)
        place = place_named(request.POST.get("place", ""), paths=own)
        made = count_opening.open_count(
            actor=request.actor,
            location_id=place.id,
            skus=request.POST.get("skus", "").upper().split(),
            bins=request.POST.get("bins", ""),
            now=clock.now(),
        )
    except DomainError as error:
        messages.error(request, f"{error} ({error.code})")
        return redirect("fulfillment:stock-counts")
    return redirect("fulfillment:stock-count", code=made.code)


@stock_page
@require_GET
def one(request, code: str):
    return _page(request, code)


def _page(request, code: str, refusal: DomainError | None = None):
    count = counts.readable(request.actor, code)
    lines = list(count.lines.prefetch_related("units__serial"))
    names = labels({line.sku for line in lines})
    context = frame(
        request,
        "counts",
        count=count,
        rows=[
            _row(request, line, names, wrong=refusal.facts.get("field") if refusal else "") for line in lines
        ],
        left=sum(line.counted is None for line in lines),
        differing=sum(bool(line.difference) for line in lines),
        has_serials=any(line.serial_kind for line in lines),
        may=_may(request.actor, count, lines),
        refusal=refusal,
        entered=request.POST,
    )
    status = refusal.status if refusal else 200
    return render(request, "fulfillment/stock/count.html", context, status=status)


def _row(request, line, names: dict[str, str], *, wrong: str) -> tuple:
    """The line, its article, what was typed before a refusal or else is kept, and whether that was wrong."""
    kept, field = "" if line.counted is None else str(line.counted), f"counted-{line.pk}"
    return line, names.get(line.sku, line.sku), request.POST.get(field, kept).strip(), wrong == field


def _may(actor, count: StockCount, lines) -> dict[str, bool]:
    path, is_open = count.location.path, count.state == _S.OPEN
    works = any(actor.can(role, path) for role in counts.COUNTERS)
    rules = any(actor.can(role, path) for role in count_posting.APPROVERS)
    counted = {line.counted_by_user for line in lines} | {count.counted_by_user}
    waits = count.state == _S.COUNTED
    return {
        "count": works and is_open,
        "approve": rules and waits and actor.user_id not in counted,
        "is_own": waits and actor.user_id in counted,
        "cancel": works and (is_open or waits),
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
        if isinstance(error, counts.CountUnknown):
            raise
        return _page(request, code, refusal=error)
    return redirect("fulfillment:stock-count", code=code)


def _save(request, code):
    """Keep every figure that changed, once all of them are figures."""
    lines = list(counts.readable(request.actor, code).lines.all())
    typed = {line: request.POST.get(f"counted-{line.pk}", "").strip() for line in lines}
    changed = {
        line: _figure(line, text) for line, text in typed.items() if text and text != str(line.counted)
    }
    for line, units in changed.items():
        counts.record(actor=request.actor, code=code, sku=line.sku, counted=units, now=clock.now())
    if request.POST.get("then") == "finish":
        counts.finish(actor=request.actor, code=code, now=clock.now())
        messages.success(request, _("Counted. A colleague approves the differences."))


def _figure(line, text: str) -> int:
    try:
        return whole(text)
    except UnitsInvalid as refusal:
        raise counts.FigureInvalid(field=f"counted-{line.pk}") from refusal


def _scan(request, code):
    line = counts.scan(actor=request.actor, code=code, serial=request.POST.get("code", ""), now=clock.now())
    messages.success(request, _("%(sku)s: %(count)s seen.") % {"sku": line.sku, "count": line.counted})


def _approve(request, code):
    count_posting.approve(actor=request.actor, code=code, now=clock.now())
    messages.success(request, _("Approved. The differences are booked."))


def _send_back(request, code):
    note = request.POST.get("note", "")
    count_posting.send_back(actor=request.actor, code=code, note=note, now=clock.now())


def _cancel(request, code):
    counts.cancel(actor=request.actor, code=code, now=clock.now())


ACTIONS = {
    "save": _save,
    "scan": _scan,
    "approve": _approve,
    "send-back": _send_back,
    "cancel": _cancel,
}
