"""Where the visitor is: stock, distances and numbers follow it. Kept in the session, Shanghai by default."""

from dataclasses import dataclass

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from members import queries as members
from members.place_names import place_name
from omnichannel.kernel.errors import Invalid

START = ("上海", "上海")  # province and city of who has not chosen


class CityUnknown(Invalid):
    code = "place_unknown"
    message = _("We have no shop in this city yet.")


@dataclass(frozen=True)
class Place:
    city: str
    province: str
    lat: float
    lon: float

    @property
    def label(self) -> str:
        return place_name(self.city)


def place_of(request) -> Place:
    kept = request.session.get("place")
    return Place(**kept) if kept else _located(*START)


def _located(province: str, city: str) -> Place:
    latitude, longitude = members.locate(province, city)
    return Place(city=city, province=province, lat=latitude, lon=longitude)


@require_http_methods(["GET", "POST"])
def place(request):
    """GET: the dialog with the cities. POST: remember the city and go back to where it was chosen."""
    if request.method == "GET":
        choices = [(city, place_name(city)) for _province, city in members.store_cities()]
        context = {"cities": choices, "place": place_of(request), "back": _back(request)}
        return render(request, "orders/shop/_place.html", context)
    wanted = request.POST.get("city", "")
    province = next((province for province, city in members.store_cities() if city == wanted), None)
    if province is None:
        raise CityUnknown(field="city")
    chosen = _located(province, wanted)
    request.session["place"] = {
        "city": chosen.city,
        "province": chosen.province,
        "lat": chosen.lat,
        "lon": chosen.lon,
    }
    return HttpResponseRedirect(_back(request))


def _back(request) -> str:
    """An address of this site only."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    allowed = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if allowed else "/"
