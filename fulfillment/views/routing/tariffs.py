"""/routing/tariffs/: rates in force, planned and past; a new table from a day on."""

from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fulfillment.queries.tariffs import zone_tariffs
from fulfillment.services import tariffs
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid

FIELDS = ("first_g", "first_fen", "step_g", "step_fen", "volumetric_divisor", "days")


class NumberWrong(Invalid):
    code = "number_invalid"
    message = gettext_lazy("Zone %(zone)s: “%(value)s” is not a number. Enter amounts like 7.60.")


@login_required
def page(request):
    if request.method == "POST":
        return _publish(request)
    return _show(request)


def _show(request, *, posted=None, status=200):
    today = clock.local_day(clock.now())
    zones = zone_tariffs(request.actor, day=today)
    context = {
        "zones": [{"tariff": zone, "fields": _fields(zone, posted)} for zone in zones],
        "may_change": request.actor.has("operator"),
        "starts": (posted or {}).get("starts") or (today + timedelta(days=1)).isoformat(),
        "tomorrow": (today + timedelta(days=1)).isoformat(),
        "today": today,
    }
    return render(request, "fulfillment/routing/tariffs.html", context, status=status)


def _fields(zone, posted) -> list[dict]:
    """Inputs with what was entered, else with the rate in force; amounts in yuan."""
    found = []
    for name in FIELDS:
        value = getattr(zone.current, name) if zone.current else ""
        shown = f"{value / 100:.2f}" if name.endswith("_fen") and value != "" else value
        key = f"{zone.zone}:{name}"
        found.append({"key": key, "name": name, "value": posted.get(key, shown) if posted else shown})
    return found


def _publish(request):
    try:
        tariffs.publish(
            table=_table(request.POST),
            starts=_day(request.POST.get("starts", "")),
            actor=request.actor,
            now=clock.now(),
        )
    except DomainError as refusal:
        messages.error(request, f"{refusal} ({refusal.code})")
        return _show(request, posted=request.POST, status=refusal.status)
    messages.success(request, _("The new tariff is in the calendar."))
    return redirect("fulfillment:routing-tariffs")


def _table(posted) -> list[tariffs.Terms]:
    """Zones whose first amount was emptied are left out of the table: the service looks for the gap."""
    zones = sorted({key.rsplit(":", 1)[0] for key in posted if key.endswith(":first_fen")})
    return [
        tariffs.Terms(zone=zone, **{name: _number(posted, zone, name) for name in FIELDS})
        for zone in zones
        if posted.get(f"{zone}:first_fen", "").strip()
    ]


def _number(posted, zone: str, name: str) -> int:
    text = posted.get(f"{zone}:{name}", "").strip()
    try:
        value = float(text)
    except ValueError:
        raise NumberWrong(field=name, zone=zone, value=text) from None
    if not -1e6 < value < 1e6:
        raise NumberWrong(field=name, zone=zone, value=text)
    return round(value * 100) if name.endswith("_fen") else round(value)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NumberWrong(field="starts", zone="*", value=text) from None


@login_required
@require_POST
def withdraw(request):
    try:
        tariffs.withdraw(
            zone=request.POST.get("zone", ""),
            starts=_day(request.POST.get("starts", "")),
            actor=request.actor,
            now=clock.now(),
        )
    except DomainError as refusal:
        messages.error(request, f"{refusal} ({refusal.code})")
    else:
        messages.success(request, _("Taken back; the version before goes on."))
    return redirect("fulfillment:routing-tariffs")
