"""What stands already: centres, accepted proposals, cities that were put aside. Three statements."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from members.places import PlaceUnknown, place, short_city, short_province
from members.queries.institutions import institutions_of_kind
from members.values import InstitutionCard, distance_km
from omnichannel.kernel import clock

from ...models import CentreProposal, LocationProfile
from ...models import CentreProposalState as State

Town = tuple[str, str]  # province, city


@dataclass(frozen=True)
class Centre:
    """A warehouse that sends. handling: of a parcel, fen; capacity: parcels a day, None without a limit."""

    id: int
    code: str
    name: str
    name_en: str
    province: str
    city: str
    origin: str
    latitude: float | None
    longitude: float | None
    handling: int
    capacity: int | None

    @property
    def town(self) -> Town:
        return self.province, self.city


@dataclass(frozen=True)
class Ground:
    """accepted: cities whose centre is decided on and does not stand yet; put_aside: until its day."""

    centres: tuple[Centre, ...]
    accepted: frozenset[Town]
    put_aside: dict[Town, str]

    @property
    def occupied(self) -> dict[Town, Centre]:
        return {centre.town: centre for centre in self.centres}

    def nearest(self, point: tuple[float, float]) -> tuple[Centre, float] | None:
        """The centre next to (latitude, longitude) and the kilometres to it."""
        known = [
            (distance_km(*point, centre.latitude, centre.longitude), centre)
            for centre in self.centres
            if centre.latitude is not None and centre.longitude is not None
        ]
        if not known:
            return None
        km, centre = min(known, key=lambda each: (each[0], each[1].code))
        return centre, km


def town_of(province: str, city: str) -> Town:
    """As places are listed: 上海市 is 上海."""
    return short_province(province), short_city(city)


def point_of(town: Town) -> tuple[float, float] | None:
    """Latitude and longitude; None for a city that is not in our list of places."""
    try:
        found = place(*town)
    except PlaceUnknown:
        return None
    return found.latitude, found.longitude


def ground(*, now: datetime) -> Ground:
    centres = tuple(_centres())
    accepted, put_aside = decided(now=now)
    waiting = accepted - {centre.town for centre in centres}
    return Ground(centres, frozenset(waiting), {t: d for t, d in put_aside.items() if t not in waiting})


def decided(*, now: datetime) -> tuple[set[Town], dict[Town, str]]:
    """Cities accepted and not found standing; those dismissed or given up, with their day. One statement."""
    aside = Q(state__in=[State.DISMISSED, State.GIVEN_UP], ask_again_on__gt=clock.local_day(now))
    rows = CentreProposal.objects.filter(aside | Q(state=State.ACCEPTED)).order_by("ask_again_on", "pk")
    accepted, put_aside = set(), {}
    for province, city, day in rows.values_list("province", "city", "ask_again_on"):
        if day is None:
            accepted.add((province, city))
        else:
            put_aside[province, city] = day.isoformat()
    return accepted, put_aside


def _centres():
    cards = [card for card in institutions_of_kind("warehouse") if card.is_active]
    profiles = {row.pk: row for row in LocationProfile.objects.filter(pk__in=[card.id for card in cards])}
    for card in cards:
        profile = profiles.get(card.id)
        if profile is not None and profile.is_open and profile.ships:
            yield _centre(card, profile)


def _centre(card: InstitutionCard, profile: LocationProfile) -> Centre:
    province, city = town_of(card.province, card.city)
    return Centre(
        id=card.id,
        code=card.code,
        name=card.name,
        name_en=card.name_en,
        province=province,
        city=city,
        origin=profile.origin_province or province,
        latitude=card.latitude,
        longitude=card.longitude,
        handling=profile.handling_fen + profile.load_fen,
        capacity=profile.daily_capacity,
    )
