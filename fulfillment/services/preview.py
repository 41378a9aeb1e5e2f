"""How an order would be routed now; nothing is reserved."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from catalog.queries import offerings
from catalog.values import OfferingFacts
from members.actors import Actor
from members.queries import institution_by_code, locate
from members.values import Destination
from omnichannel.kernel.errors import NotFound

from ..values import AccountWish, Demand, Wanted
from .preview_sight import Sight, answer_of, sight_of
from .promises import arrival
from .reservation import check
from .route import decide
from .routing.inputs import Outcome


class ArticleUnknown(NotFound):
    code = "sku_unknown"
    message = _("%(sku)s is not an article that is sold.")


def preview(
    *,
    actor: Actor,
    lines: Iterable[Mapping],
    channel: str,
    destination: Mapping | None,
    pickup_code: str = "",
    prefer_code: str = "",
    now: datetime,
) -> dict:
    """The story of the routing (see services.routing.trace), or the part of it that the actor may see.

    `lines`: {"sku", "quantity", "number_province"}; with a province the line is a card that opens an account
    for a number of there. Raises NotAllowed, InstitutionUnknown, PlaceUnknown, PlaceMissing, QuantityInvalid,
    ArticleUnknown.
    """
    sight = sight_of(actor)
    lines = list(lines)
    facts = offerings.by_sku(line["sku"] for line in lines)
    unknown = next((line["sku"] for line in lines if line["sku"] not in facts), None)
    if unknown is not None:
        raise ArticleUnknown(field="lines", sku=unknown)
    wish = Demand(
        order_number="",
        channel=channel,
        way="pickup" if pickup_code else "ship",
        destination=_destination(destination) if destination else None,
        pickup_location_id=institution_by_code(pickup_code).id if pickup_code else None,
        lines=tuple(Wanted(n, line["sku"], line["quantity"]) for n, line in enumerate(lines, start=1)),
        cod_fen=0,
        needs_identity=False,
        accounts=tuple(_accounts(lines)),
        placed_at=now,
        source_hint=institution_by_code(prefer_code).id if prefer_code else None,
    )
    check(wish)
    decision = decide(wish, now=now)
    story = decision.story | {"promised_on": _day(wish, decision.outcome, now)}
    return story if sight is Sight.ALL else answer_of(story)


def _accounts(lines: list[Mapping]) -> Iterator[AccountWish]:
    for number, line in enumerate(lines, start=1):
        if province := line.get("number_province"):
            yield AccountWish(number, "", "", None, number_province=province)


def expected_on(
    *,
    lines: Iterable[tuple[OfferingFacts, int]],
    channel: str,
    place: tuple[str, str, str],
    now: datetime,
) -> date | None:
    """By which day (article, units) would all be at the door there: province, city, district. Two statements.

    None when nobody could send it all. Raises PlaceUnknown, QuantityInvalid.
    """
    goods = list(lines)
    wish = Demand(
        order_number="",
        channel=channel,
        way="ship",
        destination=_destination(dict(zip(("province", "city", "district"), place, strict=True))),
        pickup_location_id=None,
        lines=tuple(Wanted(n, facts.sku, units) for n, (facts, units) in enumerate(goods, start=1)),
        cod_fen=0,
        needs_identity=False,
        accounts=(),
        placed_at=now,
    )
    check(wish)
    decision = decide(wish, facts={facts.sku: facts for facts, _units in goods}, now=now)
    return _day(wish, decision.outcome, now)


def _day(wish: Demand, outcome: Outcome, now: datetime) -> date | None:
    chosen = outcome.chosen
    if chosen is None or wish.way != "ship":
        return None
    return arrival((package.days for package in chosen.packages), now=now)


def _destination(place: Mapping) -> Destination:
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if latitude is None or longitude is None:
        latitude, longitude = locate(place["province"], place["city"], place["district"])
    return Destination(
        name="",
        phone="",
        province=place["province"],
        city=place["city"],
        district=place["district"],
        street="",
        latitude=latitude,
        longitude=longitude,
    )
