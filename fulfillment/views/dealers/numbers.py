"""The numbers that a dealer has to sell: listed, given back, called back; and how many were agreed."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from catalog.queries import number_stock
from catalog.queries.number_stock import IN_STOCK, KEPT, SOLD, STATES
from fulfillment.services import dealer_number_limit, dealer_number_returns
from fulfillment.services.wrong_input import UnitsInvalid
from fulfillment.views.stock.access import csv_file, page_of, text_of, wants_csv, whole
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, NotFound

from .access import dealer_of, dealer_page, frame, may

HEAD = (
    "number",
    "state",
    "grade",
    "province",
    "city",
    "order",
    "since",
    "until",
    "sold_at",
    "ended_at",
    "ended_by",
    "reason",
)
TONES = {IN_STOCK: "ok", KEPT: "warn", SOLD: "accent"}
FILTERS = ("state", "tail", "grade", "city")


@dealer_page
@require_http_methods(["GET", "POST"])
def index(request, code: str):
    """The list as it is filtered; a step returns to it, a refusal stays on it."""
    terms = dealer_of(request, code)
    if request.method == "GET":
        return _page(request, terms)
    step = ACTIONS.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    try:
        step(request, terms)
    except NotFound:
        raise
    except DomainError as error:
        return _page(request, terms, refusal=error)
    return redirect(request.get_full_path())


def _page(request, terms, refusal: DomainError | None = None):
    now = clock.now()
    asked = {name: text_of(request, name) for name in FILTERS} | {"reference": text_of(request, "order")}
    rows = number_stock.of_dealer(terms.pk, **asked, now=now)
    if wants_csv(request) and refusal is None:
        return csv_file(
            f"numbers-{asked['reference'] or terms.dealer.code}", HEAD, _lines(rows), count=len(rows)
        )
    cities, grades = number_stock.choices(terms.pk)
    paging = page_of(request, rows)
    shown = [_shown(each, now) for each in paging["page"]]
    allowed = may(request, terms)
    counted = number_stock.counts(terms.pk, now=now)
    narrower = {name: value for name, value in asked.items() if value and name != "state"}
    fitting = number_stock.counts(terms.pk, **narrower, now=now) if narrower else counted
    context = frame(
        request,
        "numbers",
        terms,
        may=allowed,
        rows=shown,
        can_take=allowed["order"] and any(each["row"].can_go_back for each in shown),
        standing=dealer_number_limit.standing_of(terms),
        stock=number_stock.NumberStock.of(counted),
        tabs=_tabs(fitting, asked),
        asked=asked,
        cities=cities,
        grades=grades,
        csv_query=urlencode({**_query(asked), "format": "csv"}),
        entered=request.POST,
        refusal=refusal,
        **paging,
    )
    return render(request, "fulfillment/dealers/numbers.html", context, status=422 if refusal else 200)


def _shown(each: number_stock.Allotted, now) -> dict:
    """days: left until an unsold number goes back, by the calendar of Shanghai."""
    left = (clock.local_day(each.until) - clock.local_day(now)).days
    return {
        "row": each,
        "tone": TONES.get(each.state),
        "days": max(0, left) if each.state in (IN_STOCK, KEPT) else None,
    }


def _query(asked: dict[str, str]) -> dict[str, str]:
    return {"order" if name == "reference" else name: value for name, value in asked.items() if value}


def _tabs(counts: dict[str, int], asked: dict[str, str]) -> list[dict]:
    """Those with the dealer, of an order all of it; and each state of any that fit the other filters."""
    if asked["reference"]:
        tabs = [("", _("All of this order"), sum(counts.values()))]
    else:
        tabs = [("", _("With the dealer"), sum(counts.get(state, 0) for state in (IN_STOCK, KEPT, SOLD)))]
    tabs += [(state, str(label), counts[state]) for state, label in STATES.items() if counts.get(state)]
    return [
        {
            "label": label[:1].upper() + label[1:],
            "url": f"?{urlencode(_query(asked | {'state': state}))}",
            "active": state == asked["state"],
            "count": count or None,
        }
        for state, label, count in tabs
    ]


def _lines(rows):
    for each in rows:
        yield (
            each.local, each.state, each.grade, each.province, each.city, each.reference,
            *(moment.isoformat() if moment else "" for moment in (
                each.since, each.until, each.sold_at, each.ended_at)),
            each.ended_by, each.reason,
        )  # fmt: skip


def _give_back(request, terms) -> None:
    ticked = request.POST.getlist("number")
    gone = dealer_number_returns.give_back(
        actor=request.actor, dealer_id=terms.pk, msisdns=ticked, now=clock.now()
    )
    _say(request, len(gone), len(ticked) - len(gone))


def _recall(request, terms) -> None:
    ticked = request.POST.getlist("number")
    gone = dealer_number_returns.recall(
        actor=request.actor,
        dealer_id=terms.pk,
        msisdns=ticked,
        reason=request.POST.get("reason", ""),
        now=clock.now(),
    )
    _say(request, len(gone), len(ticked) - len(gone))


def _say(request, gone: int, stayed: int) -> None:
    text = ngettext(
        "%(count)s number is in the pool again.", "%(count)s numbers are in the pool again.", gone
    )
    messages.success(request, text % {"count": gone})
    if stayed > 0:
        text = ngettext(
            "%(count)s number stays: a customer keeps or bought it.",
            "%(count)s numbers stay: customers keep or bought them.",
            stayed,
        )
        messages.warning(request, text % {"count": stayed})


def _agree(request, terms) -> None:
    dealer_number_limit.agree(
        actor=request.actor,
        dealer_id=terms.pk,
        number_limit=_figure(request.POST.get("number_limit", "")),
        number_days=_figure(request.POST.get("number_days", "")),
        now=clock.now(),
    )
    messages.success(request, _("The terms are changed."))


def _figure(text: str) -> int:
    try:
        return whole(text)
    except UnitsInvalid as refusal:
        raise dealer_number_limit.NumberTermsInvalid(field="number_limit") from refusal


ACTIONS = {"give-back": _give_back, "recall": _recall, "terms": _agree}
