"""/ops/areas/: cities by what a centre of their own would save, for operators; CSV for a closer look."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fulfillment.queries.areas import areas
from fulfillment.views.stock.access import csv_file, wants_csv
from omnichannel.kernel import clock

PERIODS = (30, 90, 365)
PER_PAGE = 50
COLUMNS = ("province", "city", "parcels", "from_afar", "freight_fen", "distance_km", "saving_a_month_fen")


@login_required
@require_GET
def page(request):
    request.actor.must_have("operator", "auditor")
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, PERIODS) else PERIODS[0]
    found = areas(now=clock.now(), days=days)
    wanted = request.GET.get("q", "").strip()
    if wanted:
        found = [area for area in found if wanted in area.city or wanted in area.province]
    if wants_csv(request):
        rows = ([getattr(area, column) for column in COLUMNS] for area in found)
        return csv_file(f"areas-{days}-days", COLUMNS, rows, count=len(found))
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "parcels": sum(area.parcels for area in found),
        "from_afar": sum(area.from_afar for area in found),
        "proposed": [area for area in found if area.pays],
        "days": days,
        "periods": PERIODS,
        "q": wanted,
        "centre_month_fen": settings.CENTRE_MONTH_FEN,
    }
    return render(request, "fulfillment/areas.html", context)
