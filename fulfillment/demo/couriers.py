"""Which courier takes whose parcels: Swift in the east, Stellar in the south and between the two."""

from fulfillment.models import CourierChoice
from members.queries import institution_by_code, institutions_of_kind

SOUTH = "广东"


def load_couriers() -> None:
    """A rule per warehouse and store, twice changes nothing."""
    swift, star = institution_by_code("cr-swift").id, institution_by_code("cr-star").id
    rules = []
    for place in institutions_of_kind("warehouse", "store"):
        own = star if place.province == SOUTH else swift
        rules.append(CourierChoice(location_id=place.id, courier_id=own))
        if place.province != SOUTH:
            rules.append(CourierChoice(location_id=place.id, to_province=SOUTH, courier_id=star))
    CourierChoice.objects.bulk_create(rules, ignore_conflicts=True)
