"""Reads for pages and for the apps above."""

from members.places import PlaceUnknown, cities, districts, locate, provinces

from .institutions import (
    InstitutionUnknown,
    institution,
    institution_by_code,
    institutions_by_ids,
    institutions_like,
    institutions_named,
    institutions_of_kind,
    institutions_within,
    kind_choices,
    store_cities,
    stores_near,
)
from .members import (
    addresses_of,
    identity_of,
    identity_refs,
    member_card,
    member_card_by_id,
    member_name,
    member_phone,
)
from .points import lots_of, points_balance, points_history, points_liability_by_month, points_policy
from .readings import identity_matches
from .staff import staff_name

__all__ = [
    "InstitutionUnknown",
    "PlaceUnknown",
    "addresses_of",
    "cities",
    "districts",
    "identity_matches",
    "identity_of",
    "identity_refs",
    "institution",
    "institution_by_code",
    "institutions_by_ids",
    "institutions_like",
    "institutions_named",
    "institutions_of_kind",
    "institutions_within",
    "kind_choices",
    "locate",
    "lots_of",
    "member_card",
    "member_card_by_id",
    "member_name",
    "member_phone",
    "points_balance",
    "points_history",
    "points_liability_by_month",
    "points_policy",
    "provinces",
    "staff_name",
    "store_cities",
    "stores_near",
]
