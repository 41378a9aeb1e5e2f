"""/routing/tariffs/ and /routing/postage/: rates in force, planned and past; a new table from a day on."""

from dataclasses import dataclass
from functools import partial

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fulfillment.models import PostageRate, TariffRate
from fulfillment.models.tariffs import ZoneRate
from fulfillment.queries.tariffs import zone_tariffs
from fulfillment.services import dated_tables, tariffs
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
FIELDS = {
    "first_g": gettext_lazy("first weight, g"),
    "first_fen": gettext_lazy("first weight, ¥"),
    "step_g": gettext_lazy("each further, g"),
    "step_fen": gettext_lazy("each further, ¥"),
    "volumetric_divisor": gettext_lazy("ml per kg"),
    "days": gettext_lazy("days until delivery"),
}


@dataclass(frozen=True)
class Table:
    """One of the tables of rates: its page, where a version is taken back, and its words."""

    rates: type[ZoneRate]
    where: str
    page: str
    withdraw: str
    title: str
    hint: str
    done: str


TABLES = {
    "tariffs": Table(
        TariffRate,
        "tariffs",
        "fulfillment:routing-tariffs",
        "fulfillment:routing-tariff-withdraw",
        gettext_lazy("Courier tariff"),
        gettext_lazy(
            "Billed is the larger of weight and volume. What was billed stays: a new table begins tomorrow at"
            " the earliest."
        ),
        gettext_lazy("The new tariff is in the calendar."),
    ),
    "postage": Table(
        PostageRate,
        "postage",
        "fulfillment:routing-postage",
        "fulfillment:routing-postage-withdraw",
        gettext_lazy("Postage"),
        gettext_lazy(
            "What customers pay for a parcel of their own at a store's counter. Zones are those of the"
            " courier tariff, which stays our cost; a new table begins tomorrow at the earliest."
        ),
        gettext_lazy("The new postage is in the calendar."),
    ),
}


class NumberWrong(Invalid):
    code = "number_invalid"
    message = gettext_lazy("Zone %(zone)s, %(what)s: “%(value)s” is not a number. Enter amounts like 7.60.")


@login_required
def page(request, kind: str = "tariffs"):
    if request.method == "POST":
        return _publish(request, TABLES[kind])
    return _show(request, TABLES[kind])


def _show(request, table: Table, *, posted=None, refusal=None):
    if refusal and (zone := refusal.facts.get("zone")) in ZONES:
        refusal.facts["zone"] = ZONES[zone]
    known = calendar(request, posted, refusal)
    zones = zone_tariffs(request.actor, day=known["today"], table=table.rates)
    shown = [
        {"tariff": zone, "words": ZONES.get(zone.zone, zone.zone), "fields": _fields(zone, posted)}
        for zone in zones
    ]
    context = known | {"where": table.where, "zones": shown, "edition": dated_tables.edition(table.rates)}
    context |= {"table": table, "here": reverse(table.page), "back_url": reverse(table.withdraw)}
    return render(
        request, "fulfillment/routing/tariffs.html", context, status=refusal.status if refusal else 200
    )


def _fields(zone, posted) -> list[dict]:
    """Inputs with what was entered, else with the rate in force; amounts in yuan."""
    found = []
    for name, label in FIELDS.items():
        value = getattr(zone.current, name) if zone.current else ""
        shown = f"{value / 100:.2f}" if name.endswith("_fen") and value != "" else value
        key = f"{zone.zone}:{name}"
        found.append({"key": key, "label": label, "value": posted.get(key, shown) if posted else shown})
    return found


def _publish(request, table: Table):
    def publish():
        tariffs.publish(
            table=_table(request.POST),
            starts=day_of(request),
            actor=request.actor,
            now=clock.now(),
            seen=request.POST.get("seen", ""),
            rates=table.rates,
        )

    return published(request, publish, done=table.done, then=table.page, show=partial(_show, table=table))


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
    wrong = NumberWrong(field=name, zone=ZONES.get(zone, zone), what=FIELDS[name], value=text[:20])
    value = number_of(text, wrong)
    return round(value * 100) if name.endswith("_fen") else round(value)


@login_required
@require_POST
def withdraw(request, kind: str = "tariffs"):
    table = TABLES[kind]

    def back():
        zone = request.POST.get("zone", "")
        asked = {"actor": request.actor, "now": clock.now(), "seen": request.POST.get("seen", "")}
        tariffs.withdraw(zone=zone, starts=day_of(request), rates=table.rates, **asked)

    return taken_back(request, back, then=table.page)
