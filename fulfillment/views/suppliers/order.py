"""One order of ours as its supplier sees it, and the steps that the supplier takes."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fulfillment.models import NoticeState, SupplierOrder, SupplierOrderKind, SupplierOrderState
from fulfillment.queries import supplier_pages
from fulfillment.services import notice_counts, supplier_answers, supplier_notices
from fulfillment.views.stock.access import labels
from fulfillment.views.supplier_timeline import ANSWER_TONES, NOTICE_TONES, timeline
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, NotFound

from .access import ORDER_TONES, answer_words, day_of, frame, supplier_page


@supplier_page
@require_GET
def one(request, number: str):
    return page(request, number)


def found_order(request, number: str) -> SupplierOrder:
    """Raises SupplierOrderUnknown."""
    order = supplier_pages.orders(request.actor).filter(number=number.upper()).first()
    if order is None:
        raise supplier_answers.SupplierOrderUnknown(number=number[:32])
    return order


def page(request, number: str, refusal: DomainError | None = None, step: str = ""):
    """step: the one that was refused; its dialog keeps what was typed."""
    order = found_order(request, number)
    lines = list(order.lines.select_related("contract"))
    names = labels(line.sku for line in lines)
    now = clock.now()
    answer_by = supplier_pages.answer_by(order)
    possible = steps(order, lines)
    notices = _notices(request, order, names, step)
    again = _again(step, possible, notices)
    context = frame(
        request,
        "orders",
        order=order,
        tone=ORDER_TONES.get(order.state),
        answer_tone=ANSWER_TONES[order.progress],
        answer_words=answer_words(order),
        lines=[(line, names.get(line.sku, line.sku)) for line in lines],
        notices=notices,
        history=timeline(order, for_supplier=True),
        steps=possible,
        answer_by=answer_by,
        too_late=answer_by < now,
        today=clock.local_day(now),
        suggested=max(order.due_on, clock.local_day(now)),
        typed={step: request.POST},
        again=again,
        refusal=refusal,
    )
    return render(request, "fulfillment/suppliers/order.html", context, status=422 if refusal else 200)


def _again(step: str, possible: dict[str, bool], notices: list[dict]) -> dict[str, bool]:
    """The refused step if it can still be taken: then its dialog opens and says why, else the page."""
    if step == "withdraw":
        can = any(each["again"] for each in notices)
    else:
        can = possible.get(step) or (step == "confirm" and possible["promise"])
    return {step: True} if can else {}


def _notices(request, order: SupplierOrder, names: dict[str, str], step: str) -> list[dict]:
    rows = order.notices.prefetch_related("lines__line").order_by("-pk")
    here = notice_counts.came_by_line(order) if rows else {}
    of = request.POST.get("notice", "") if step == "withdraw" else ""
    return [_notice(row, names, here, request.POST if row.number == of else {}) for row in rows]


def _notice(notice, names: dict[str, str], here: dict[int, int], typed) -> dict:
    """part_here: some of what is still under way has come; then our receiving ends it."""
    lines = list(notice.lines.all())
    is_under_way, part_here = notice.state == NoticeState.ANNOUNCED, any(row.pk in here for row in lines)
    may_withdraw = is_under_way and not part_here
    return {
        "notice": notice,
        "key": str(notice.pk),
        "tone": NOTICE_TONES.get(notice.state),
        "lines": [(row, names.get(row.line.sku, row.line.sku)) for row in lines],
        "part_here": is_under_way and part_here,
        "may_withdraw": may_withdraw,
        "again": may_withdraw and bool(typed),
        "typed": typed,
    }


def steps(order: SupplierOrder, lines: list) -> dict[str, bool]:
    """What may be done now; the services ask again."""
    is_open, progress = order.state == SupplierOrderState.OPEN, order.progress
    untouched = not any(line.announced or line.received for line in lines)
    made = order.kind == SupplierOrderKind.PRODUCTION
    return {
        "confirm": is_open and progress == "asked",
        "promise": is_open and progress != "asked",
        "decline": is_open and untouched,
        "start": is_open and made and progress == "confirmed",
        "finish": is_open and made and progress == "making",
        "send": is_open
        and progress in supplier_notices.READY[order.kind]
        and any(notice_counts.to_announce(order, lines).values()),
    }


@supplier_page
@require_POST
def act(request, number: str, step: str):
    """Take a step; a refusal stays on the page."""
    deed = STEPS.get(step)
    if deed is None:
        raise Http404
    try:
        messages.success(request, deed(request, number))
    except NotFound:
        raise
    except DomainError as error:
        return page(request, number, refusal=error, step=step)
    return redirect("fulfillment:supplier-order", number=number)


def _of(request, number: str) -> dict:
    return {"actor": request.actor, "number": number, "now": clock.now()}


def _confirm(request, number: str) -> str:
    note = request.POST.get("note", "")
    order = supplier_answers.confirm(promised_on=day_of(request, "day"), note=note, **_of(request, number))
    return _("Confirmed for %(day)s.") % {"day": order.promised_on.isoformat()}


def _decline(request, number: str) -> str:
    supplier_answers.decline(reason=request.POST.get("reason", ""), **_of(request, number))
    return _("Declined. The order is over.")


def _start(request, number: str) -> str:
    supplier_answers.start_production(note=request.POST.get("note", ""), **_of(request, number))
    return _("Production has started.")


def _finish(request, number: str) -> str:
    supplier_answers.finish_production(note=request.POST.get("note", ""), **_of(request, number))
    return _("Production is finished. Announce what you send.")


def _withdraw(request, number: str) -> str:
    supplier_notices.withdraw(
        notice=request.POST.get("notice", ""), reason=request.POST.get("reason", ""), **_of(request, number)
    )
    return _("The notice is withdrawn; its units may be announced again.")


STEPS = {
    "confirm": _confirm,
    "decline": _decline,
    "start": _start,
    "finish": _finish,
    "withdraw": _withdraw,
}
