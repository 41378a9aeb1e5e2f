"""Tables of rates by zone: a new version from a day on, whole or not at all. What was billed stays as it was.

Two of them: what couriers take from us (TariffRate), and the postage that customers pay (PostageRate).
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid

from ..models import TariffRate, TariffZone
from ..models.tariffs import ZoneRate
from . import dated_tables

MOST_DAYS = 365


class TariffGap(DomainError):
    code = "tariff_gap"
    message = _("Zone %(zone)s would have no tariff from %(begins)s on. Give its rates, or end no version.")


class TariffInPast(DomainError):
    code = "tariff_in_past"
    message = _("A tariff begins tomorrow at the earliest: parcels of %(day)s are billed already.")


class TariffTermsWrong(Invalid):
    code = "tariff_terms_wrong"
    message = _(
        "Zone %(zone)s: grams, millilitres per kilogram and days must be at least 1, days at most 365,"
        " amounts 0 or more."
    )


class TariffUnknown(Invalid):
    code = "tariff_zone_unknown"
    message = _("No place belongs to zone %(zone)s. Name it among the tariff zones first.")


class TariffTwice(Invalid):
    code = "tariff_zone_twice"
    message = _("Zone %(zone)s stands twice in the table.")


@dataclass(frozen=True)
class Terms:
    """A zone's rates. Amounts in fen, weights in grams; volumetric_divisor: millilitres per kilogram."""

    zone: str
    first_fen: int
    step_fen: int
    first_g: int = 1000
    step_g: int = 1000
    volumetric_divisor: int = 6000
    days: int = 2

    @property
    def is_sound(self) -> bool:
        sizes = (self.first_g, self.step_g, self.volumetric_divisor, self.days)
        amounts = (self.first_fen, self.step_fen)
        return min(sizes) >= 1 and self.days <= MOST_DAYS and min(amounts) >= 0


def zones_in_use() -> list[str]:
    return sorted(set(TariffZone.objects.values_list("zone", flat=True)))


@transaction.atomic
def publish(
    *,
    table: Iterable[Terms],
    starts: date,
    actor: Actor,
    now: datetime,
    seen: str = "",
    rates: type[ZoneRate] = TariffRate,
) -> list[ZoneRate]:
    """Put a whole table in force from `starts` on; the versions before end there. rates: which table.

    Every zone that a place belongs to must be in it, or keep a version without end. Versions that were
    planned for later days give way. seen: the edition it was made from (dated_tables). Raises NotAllowed,
    TariffInPast, TariffTermsWrong, TariffUnknown, TariffTwice, TariffGap, TableChanged.
    """
    actor.must_have("operator")
    dated_tables.must_be_coming(starts, now=now, otherwise=TariffInPast)
    table = list(table)
    _check(table)
    dated_tables.open_alone(rates, seen=seen)
    made = [
        dated_tables.put_in_force(
            rates.objects.filter(zone=terms.zone), asdict(terms), starts=starts, actor=actor, now=now
        )
        for terms in table
    ]
    _must_be_whole(rates, starts, clock.local_day(now) + timedelta(days=1))
    return made


def _check(table: list[Terms]) -> None:
    known, seen = set(zones_in_use()), set()
    for terms in table:
        if terms.zone not in known:
            raise TariffUnknown(zone=terms.zone)
        if terms.zone in seen:
            raise TariffTwice(zone=terms.zone)
        if not terms.is_sound:
            raise TariffTermsWrong(zone=terms.zone)
        seen.add(terms.zone)


def _must_be_whole(rates: type[ZoneRate], starts: date, first_day: date) -> None:
    """Every zone in use has a rate for every day from `first_day` on. Raises TariffGap."""
    for zone in zones_in_use():
        day: date | None = first_day
        for rate in rates.objects.filter(zone=zone).order_by("starts"):
            if rate.is_in_force(day):
                day = rate.ends
            if day is None:
                break
        if day is not None and not _is_new(rates, zone, starts):
            raise TariffGap(zone=zone, begins=day.isoformat())


def _is_new(rates: type[ZoneRate], zone: str, starts: date) -> bool:
    """A zone that was never billed begins with this table."""
    first = rates.objects.filter(zone=zone).order_by("starts").first()
    return first is not None and first.starts >= starts


@transaction.atomic
def withdraw(
    *,
    zone: str,
    starts: date,
    actor: Actor,
    now: datetime,
    seen: str = "",
    rates: type[ZoneRate] = TariffRate,
) -> None:
    """Take back a zone's version that has not begun; the one before goes on.

    seen: as for publish(). Raises NotAllowed, TableChanged, VersionUnknown, VersionBegun, TariffGap.
    """
    actor.must_have("operator")
    dated_tables.open_alone(rates, seen=seen)
    line = rates.objects.filter(zone=zone)
    dated_tables.take_back(line, starts=starts, now=now)
    if not line.filter(starts__lt=starts).exists():
        raise TariffGap(zone=zone, begins=starts.isoformat())
