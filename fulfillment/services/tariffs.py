"""Tables of rates by zone: a new version from a day on, whole or not at all. What was billed stays as it was.

Two of them: what couriers take from us (TariffRate), and the postage that customers pay (PostageRate).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid

from ..models import TariffRate, TariffZone
from ..models.tariffs import ZoneRate
from . import dated_tables
from .dated_tables import open_alone

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


class VersionBegun(DomainError):
    code = "tariff_version_begun"
    message = _("The version from %(starts)s on is in force already. Make a new one from a later day.")


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


def edition(rates: type[ZoneRate] = TariffRate) -> str:
    """What a page shows and publish() is told."""
    return dated_tables.edition(rates)


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
    open_alone(rates, seen=seen)
    known = list(rates.objects.order_by("zone", "starts"))
    made = [
        _replace(terms, rates, [r for r in known if r.zone == terms.zone], starts, actor, now)
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


def _replace(
    terms: Terms, rates: type[ZoneRate], earlier: list[ZoneRate], starts: date, actor, now: datetime
) -> ZoneRate:
    for rate in [rate for rate in earlier if rate.starts >= starts]:
        rate.delete()
    before = [rate for rate in earlier if rate.starts < starts]
    if before and (before[-1].ends is None or before[-1].ends > starts):
        before[-1].ends = starts
        before[-1].save(update_fields=["ends"])
    return rates.objects.create(
        zone=terms.zone,
        first_g=terms.first_g,
        first_fen=terms.first_fen,
        step_g=terms.step_g,
        step_fen=terms.step_fen,
        volumetric_divisor=terms.volumetric_divisor,
        days=terms.days,
        starts=starts,
        version=max((rate.version for rate in before), default=0) + 1,
        made_by=actor.label[:80],
        made_at=now,
    )


def _must_be_whole(rates: type[ZoneRate], starts: date, first_day: date) -> None:
    """Every zone in use has a rate for every day from `first_day` on. Raises TariffGap."""
    for zone in zones_in_use():
        day: date | None = first_day
        for rate in rates.objects.filter(zone=zone).order_by("starts"):
            if rate.starts <= day and (rate.ends is None or rate.ends > day):
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
    *, zone: str, starts: date, actor: Actor, now: datetime, rates: type[ZoneRate] = TariffRate
) -> None:
    """Take back a version that has not begun; the one before goes on.

    Raises NotAllowed, VersionBegun, TariffUnknown, TariffGap.
    """
    actor.must_have("operator")
    open_alone(rates)
    known = list(rates.objects.filter(zone=zone).order_by("starts"))
    gone = next((rate for rate in known if rate.starts == starts), None)
    if gone is None:
        raise TariffUnknown(zone=zone)
    if gone.starts <= clock.local_day(now):
        raise VersionBegun(starts=starts.isoformat())
    before = [rate for rate in known if rate.starts < starts]
    if not before:
        raise TariffGap(zone=zone, begins=starts.isoformat())
    ends = gone.ends
    gone.delete()
    before[-1].ends = ends
    before[-1].save(update_fields=["ends"])
