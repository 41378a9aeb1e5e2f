"""The list of units, and everything about one of them."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.values import local_number, msisdn_of
from fulfillment.models import Grade, SerialEventKind, SerialKind, SerialState, SerialUnit
from fulfillment.queries import number_story, serials
from fulfillment.reasons import WORDS
from fulfillment.services import serial_care
from fulfillment.views.access import places, receiving_places, serial_page
from fulfillment.views.stock.access import csv_file, labels, page_of, text_of, wants_csv
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, NotFound

HEAD = ("serial", "kind", "sku", "article", "location", "state", "grade", "delivery_note", "received_at")
TONES = {
    SerialState.FREE: "ok",
    SerialState.CLAIMED: "accent",
    SerialState.IN_TRANSIT: "accent",
    SerialState.QUARANTINE: "danger",
    SerialState.SCRAPPED: "danger",
}
_K = SerialEventKind


@serial_page
@require_GET
def index(request):
    """A scanned serial or a mobile number leads to its page; anything else filters the list."""
    scanned = text_of(request, "q")
    found = serials.find(request.actor, scanned) if scanned else None
    if found is not None and not wants_csv(request):
        return redirect("fulfillment:serial", serial=found.serial)
    if found is None and scanned and not wants_csv(request) and number_story.find(request.actor, scanned):
        return redirect("fulfillment:number", msisdn=local_number(msisdn_of(scanned)))
    rows = _filtered(request, serials.units(request.actor))
    if wants_csv(request):
        return csv_file("serials", HEAD, _lines(rows), count=rows.count())
    counted = _filtered(request, serials.units(request.actor), state=False)
    context = {
        "where": "units",
        "kinds": SerialKind.choices,
        "tabs": _tabs(request, serials.counts(counted)),
        "csv_query": _query(request, format="csv"),
        "may_receive": bool(receiving_places(request)),
        **page_of(request, rows),
    }
    names = labels({unit.sku for unit in context["page"]})
    context["rows"] = [
        (unit, names.get(unit.sku, unit.sku), TONES.get(unit.state)) for unit in context["page"]
    ]
    return render(request, "fulfillment/serials/units.html", context)


def _filtered(request, rows, *, state: bool = True):
    text, kind, place = text_of(request, "q"), text_of(request, "kind"), text_of(request, "place")
    if text:
        digits = "".join(text.split())
        rows = (
            rows.filter(serial__startswith=digits) if digits.isdigit() else rows.filter(sku__icontains=text)
        )
    if kind in SerialKind.values:
        rows = rows.filter(kind=kind)
    if place:
        rows = rows.filter(location__code=place)
    if state and text_of(request, "state") in SerialState.values:
        rows = rows.filter(state=text_of(request, "state"))
    return rows.order_by("-pk")


def _tabs(request, counts: dict[str, int]) -> list[dict]:
    chosen = text_of(request, "state")
    all_of_them = {"label": _("All"), "url": f"?{_query(request, state='')}", "active": not chosen}
    return [all_of_them | {"count": sum(counts.values())}] + [
        {
            "label": str(label).capitalize(),
            "url": f"?{_query(request, state=value)}",
            "active": chosen == value,
            "count": counts.get(value, 0),
        }
        for value, label in SerialState.choices
    ]


def _query(request, **changes: str) -> str:
    kept = {name: value for name, value in request.GET.items() if name != "page"} | changes
    return urlencode({name: value for name, value in kept.items() if value})


def _lines(rows):
    rows = rows.select_related("received_with")
    names = labels(set(rows.order_by().values_list("sku", flat=True).distinct()))
    for unit in rows.iterator(chunk_size=2000):
        note = unit.received_with.delivery_note if unit.received_with else ""
        yield (
            unit.serial, unit.kind, unit.sku, names.get(unit.sku, ""), unit.location.code, unit.state,
            unit.grade, note, unit.received_at.isoformat(),
        )  # fmt: skip


@serial_page
@require_GET
def unit(request, serial: str):
    return _page(request, serial)


def _page(request, serial: str, *, refusal: DomainError | None = None):
    found = serials.find(request.actor, serial)
    if found is None:
        raise serial_care.SerialNotYours(serial=serial[:32])
    found = SerialUnit.objects.select_related("location", "received_with__location").get(pk=found.pk)
    context = {
        "where": "units",
        "story": serials.story(found),
        "unit": found,
        "tone": TONES.get(found.state),
        "steps": _possible(request, found),
        "reasons": [(code, WORDS[code]) for code in serial_care.REASONS],
        "grades": Grade.choices,
        "places": places(request, *serial_care.ASIDE) if found.state == SerialState.SOLD else [],
        "refusal": refusal,
        "entered": request.POST,
    }
    return render(request, "fulfillment/serials/unit.html", context, status=422 if refusal else 200)


def _possible(request, found: SerialUnit) -> list[str]:
    """What this person may do with the unit as it stands."""
    actor, path = request.actor, found.location.path
    aside = any(actor.can(role, path) for role in serial_care.ASIDE)
    decide = any(actor.can(role, path) for role in serial_care.DECIDE)
    steps = {
        SerialState.FREE: (("quarantine", aside), ("scrap", decide)),
        SerialState.QUARANTINE: (("release", decide), ("scrap", decide)),
        SerialState.SOLD: (("take_back", actor.has(*serial_care.ASIDE)),),
    }.get(found.state, ())
    return [name for name, allowed in steps if allowed]


@serial_page
@require_POST
def act(request, serial: str, step: str):
    """One step of a unit; a refusal stays on the page beside what was entered."""
    if step not in ("quarantine", "release", "scrap", "take_back"):
        raise Http404
    wish = {"reason": request.POST.get("reason", ""), "note": request.POST.get("note", "")}
    if step in ("release", "take_back"):
        wish["grade"] = request.POST.get("grade", "")
    if step == "take_back":
        wish["location_id"] = _place(request)
    try:
        done = getattr(serial_care, step)(actor=request.actor, serial=serial, now=clock.now(), **wish)
    except NotFound:
        raise
    except DomainError as error:
        return _page(request, serial, refusal=error)
    messages.success(request, _("%(serial)s: %(state)s") % _words(done))
    return redirect(reverse("fulfillment:serial", args=[done.serial]))


def _words(done: SerialUnit) -> dict:
    return {"serial": done.serial, "state": done.get_state_display()}


def _place(request) -> int:
    """The chosen location, else the first of the actor's; another's is answered like none."""
    own = places(request, *serial_care.ASIDE)
    chosen = [card.id for card in own if str(card.id) == request.POST.get("place")]
    return (chosen or [card.id for card in own] or [0])[0]
