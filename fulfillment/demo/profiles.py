"""How the demo company's locations take part in routing."""

from members.queries import institutions_of_kind
from members.values import InstitutionCard

from ..models import LocationProfile, SafetyStock
from .draws import draw

KINDS = ("warehouse", "store", "dealer", "merchant")
NO_SIM_WRITER = ("st-nb-01", "st-szh-03", "dl-yuexun")
# Units that each location keeps for its own customers.
SAFETY = {"web": 1, "app": 1}


def load_profiles() -> None:
    LocationProfile.objects.bulk_create(
        (_profile(place) for place in institutions_of_kind(*KINDS)), ignore_conflicts=True
    )
    SafetyStock.objects.bulk_create(
        (SafetyStock(channel=channel, quantity=units) for channel, units in SAFETY.items()),
        ignore_conflicts=True,
    )


def _profile(place: InstitutionCard) -> LocationProfile:
    return LocationProfile(
        location_id=place.id,
        origin_province=place.province,
        **{"writes_sim": place.code not in NO_SIM_WRITER} | _BY_KIND[place.kind](place),
    )


def _warehouse(_place: InstitutionCard) -> dict:
    return {"handling_fen": 180, "cutoff_hour": 18}


def _store(place: InstitutionCard) -> dict:
    return {
        "handling_fen": 320,
        "load_fen": draw(0, 160, "load", place.code),
        "acceptance_percent": draw(84, 98, "acceptance", place.code),
        "must_accept": True,
        "accept_minutes": 30,
        "daily_capacity": 60,
        "cutoff_hour": 17,
        "home_province": place.province,
    }


def _dealer(place: InstitutionCard) -> dict:
    return {
        "handling_fen": 520,
        "load_fen": 80,
        "acceptance_percent": draw(70, 84, "acceptance", place.code),
        "must_accept": True,
        "accept_minutes": 60,
        "daily_capacity": 30,
        "cutoff_hour": 16,
        "home_province": place.province,
        "delivers_to": [place.province],
    }


def _merchant(_place: InstitutionCard) -> dict:
    return {"handling_fen": 0, "cutoff_hour": 16, "writes_sim": False}


_BY_KIND = {"warehouse": _warehouse, "store": _store, "dealer": _dealer, "merchant": _merchant}
