"""Frozen values that travel to the apps above."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from math import asin, cos, radians, sin, sqrt

from django.utils.translation import get_language

EARTH_RADIUS_KM = 6371.0


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Great-circle distance in kilometres."""
    rise = sin(radians(other_latitude - latitude) / 2) ** 2
    run = sin(radians(other_longitude - longitude) / 2) ** 2
    slant = rise + cos(radians(latitude)) * cos(radians(other_latitude)) * run
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, slant)))


@dataclass(frozen=True)
class Destination:
    """Where goods go; a copy, so that a later change of the address does not move an order."""

    name: str
    phone: str
    province: str
    city: str
    district: str
    street: str
    latitude: float
    longitude: float

    def as_dict(self) -> dict:
        return asdict(self)

    @classmethod
    def of_dict(cls, values: dict) -> "Destination":
        return cls(**values)

    @property
    def line(self) -> str:
        """The place in one line, a municipality named once."""
        parts = [self.province, self.city if self.city != self.province else "", self.district, self.street]
        return " ".join(part for part in parts if part)


@dataclass(frozen=True)
class InstitutionCard:
    id: int
    code: str
    path: str
    kind: str
    name: str
    name_en: str
    city: str
    province: str
    address: str
    phone: str
    latitude: float | None
    longitude: float | None
    opens_at: time | None
    closes_at: time | None
    is_active: bool
    parent_id: int | None

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_en if (get_language() or "").startswith("en") and self.name_en else self.name

    def distance_km(self, latitude: float, longitude: float) -> float | None:
        """Kilometres to a point, None where the institution has no place."""
        if self.latitude is None or self.longitude is None:
            return None
        return distance_km(self.latitude, self.longitude, latitude, longitude)


@dataclass(frozen=True)
class NearStore:
    institution: InstitutionCard
    distance_km: float


@dataclass(frozen=True)
class IdentityRef:
    """A checked identity without its plain values; person_key is equal for the same person."""

    identity_id: int
    person_key: str
    name_masked: str
    id_masked: str


@dataclass(frozen=True)
class PointsBalance:
    """In points. `balance` = unexpired lots − debt; `spendable` leaves out what is not yet available."""

    balance: int
    spendable: int
    pending: int
    debt: int
    next_expiry: date | None = None
    next_expiry_points: int = 0


@dataclass(frozen=True)
class MemberCard:
    member_id: int
    name: str
    phone: str
    phone_masked: str
    points: int
    joined_at: datetime
    joined_channel: str
    is_identified: bool
