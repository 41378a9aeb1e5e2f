"""/routing/tariffs/: rates in force, planned and past; a new table from a day on."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fulfillment.queries.tariffs import zone_tariffs
from fulfillment.services import tariffs
from fulfillment.views.routing.versions import calendar, day_of, number_of, published, taken_back
from omnichannel.kernel import clock
from omnichannel.kernel.errors import Invalid

# The zones of the demo; a zone that somebody else named is shown as it was named.
ZONES = {
    "local": gettext_lazy("same city or province"),
    "near": gettext_lazy("neighbouring provinces"),
    "country": gettext_lazy("rest of the country"),
    "remote": gettext_lazy("remote provinces"),
}
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
    known = calendar(request, posted)
    zones = zone_tariffs(request.actor, day=known["today"])
    shown = [
        {"tariff": zone, "words": ZONES.get(zone.zone, zone.zone), "fields": _fields(zone, posted)}
        for zone in zones
    ]
    context = known | {"zones": shown}
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
    def publish():
        tariffs.publish(
            table=_table(request.POST), starts=_day(request), actor=request.actor, now=clock.now()
        )

    done = _("The new tariff is in the calendar.")
    return published(request, publish, done=done, then="fulfillment:routing-tariffs", show=_show)


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
    value = number_of(text, NumberWrong(field=name, zone=zone, value=text))
    return round(value * 100) if name.endswith("_fen") else round(value)


def _day(request) -> date:
    text = request.POST.get("starts", "")
    return day_of(text, NumberWrong(field="starts", zone="*", value=text))


@login_required
@require_POST
def withdraw(request):
    def back():
        zone = request.POST.get("zone", "")
        tariffs.withdraw(zone=zone, starts=_day(request), actor=request.actor, now=clock.now())

    return taken_back(request, back, then="fulfillment:routing-tariffs")
