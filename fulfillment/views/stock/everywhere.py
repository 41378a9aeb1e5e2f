"""/stock/everywhere/: where an article lies, how far away, and when the customer could have it."""

from datetime import timedelta

from django.shortcuts import render
from django.views.decorators.http import require_GET

from catalog.queries import articles, offerings
from fulfillment.queries.everywhere import Spot, everywhere
from fulfillment.queries.places import places_like
from fulfillment.queries.sight import own_paths
from fulfillment.services.transfers import ASKERS, TAKERS
from fulfillment.views.access import KINDS, stock_page
from members import queries as members
from members.channels import Channel
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError

from .access import frame, text_of

MOST_ARTICLES = 6
MOST_PLACES = 50  # of one article; of several the nearest few
FEW_PLACES = 5
BOUGHT = ("dealer", "merchant")  # their goods are bought by order, nobody else's transfer
WITHOUT_SHELF = ("operator", "auditor")  # they look after everybody's
HOURS = {"today": 12, "tomorrow": 36, "week": 168}


@stock_page
@require_GET
def page(request):
    """The nearest places of the first hits, from the own location or from the customer's city.

    A dealer sees its own shelf and ours. Partners without a shelf, as suppliers are, have no business here.
    """
    text, city, refusal = text_of(request, "q"), text_of(request, "city"), None
    facts = articles.matching(text, limit=MOST_ARTICLES) or offerings.by_sku([text])
    home = next(iter(places_like(request.actor, *TAKERS, kinds=KINDS, limit=1)), None)
    if home is None:
        request.actor.must_have(*WITHOUT_SHELF)
    try:
        spot = _spot(home, text_of(request, "province"), city)
    except DomainError as error:
        spot, refusal = _spot(home, "", ""), error
    by = HOURS.get(text_of(request, "by"))
    now, own = clock.now(), own_paths(request.actor)
    found = everywhere(
        skus=facts,
        channel=Channel.STORE,
        spot=spot,
        now=now,
        city=text_of(request, "in_city"),
        within_km=float(text_of(request, "km")) if text_of(request, "km").isdigit() else None,
        by=now + timedelta(hours=by) if by else None,
        way=text_of(request, "way") if text_of(request, "way") in ("pickup", "ship") else "",
        own=own,
    )
    context = frame(
        request,
        "everywhere",
        text=text,
        hits=_hits(facts, found),
        home=home,
        refusal=refusal,
        provinces=members.provinces(),
        distances=(10, 50, 200, 1000),
        may_ask=home is not None and own is None and request.actor.has(*ASKERS),
        bought=BOUGHT,
    )
    return render(request, "fulfillment/stock/everywhere.html", context)


def _hits(facts: dict, found: dict) -> list[dict]:
    most = MOST_PLACES if len(facts) == 1 else FEW_PLACES
    return [_hit(each, found.get(sku, []), most) for sku, each in facts.items()]


def _hit(facts, rows: list, most: int) -> dict:
    return {
        "facts": facts,
        "rows": rows[:most],
        "more": max(0, len(rows) - most),
        "units": sum(row.stock.salable for row in rows),
    }


def _spot(home, province: str, city: str) -> Spot:
    """The customer's city where one is named, else the own location. Raises PlaceUnknown."""
    if city:
        return Spot(province, *members.locate(province, city))
    if home is not None:
        return Spot(province or home.province, home.latitude, home.longitude)
    return Spot(province)
