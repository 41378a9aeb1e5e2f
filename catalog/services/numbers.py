"""Numbers: held by one customer at a time, released on time, sold once.

Lock order: the holder or the person (advisory), then the number's row. A hold that ran out is closed by
whoever takes the number next, so that time is kept even if no worker runs. A number that a dealer got
(number_dealers.py) is taken for that dealer's customers alone: whoever sells for a dealer says so by
`dealer_id`.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from catalog.models import AllotmentEnd, Number, NumberAllotment, NumberHold
from catalog.models.numbers import OWNED, NumberState
from catalog.values import msisdn_of
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, NotFound

HOLD_MINUTES = settings.NUMBER_HOLD_MINUTES
MOST_HOLDS = settings.NUMBER_MOST_HOLDS
MOST_NUMBERS = settings.NUMBER_MOST_PER_PERSON
REST_DAYS = settings.NUMBER_REST_DAYS


class NumberTaken(DomainError):
    code = "number_taken"
    message = _("Somebody else has just taken this number. Please choose another.")


class NumberOfDealer(NumberTaken):
    """The number is with a dealer, and not with the one that sells here."""

    code = "number_of_dealer"
    message = _("This number is kept for the customers of a dealer. Please choose another.")


class NumberUnknown(NotFound):
    code = "number_unknown"
    message = _("This number is not in our pool.")


class HoldLimit(DomainError):
    code = "hold_limit"
    message = _("You already keep %(most)s numbers. Give one back first.")


class IdentityNumberCap(DomainError):
    code = "identity_number_cap"
    message = _("A person may own at most %(most)s numbers.")


@transaction.atomic
def hold(
    *, msisdn: str, holder: str, now: datetime, minutes: int | None = None, dealer_id: int | None = None
) -> NumberHold:
    """Keep a number for `holder`, 30 minutes by default; the holder's own hold is prolonged.

    dealer_id: the dealer at whose counter, or through whose system, this is sold. Raises NumberUnknown,
    NumberTaken (held, sold or kept back), NumberOfDealer and HoldLimit.
    """
    _lock_name(f"holder:{holder}")
    number = _locked(msisdn)
    _must_be_sold_by(dealer_id, number)
    until = now + timedelta(minutes=minutes or HOLD_MINUTES)
    live = _live_hold(number, now)
    if live is not None and live.holder == holder:
        return _prolong(number, live, until)
    if live is not None or number.state != NumberState.AVAILABLE:
        raise NumberTaken(msisdn=number.msisdn)
    _check_hold_limit(holder, now)
    number.state, number.held_until = NumberState.HELD, until
    number.save(update_fields=["state", "held_until"])
    return NumberHold.objects.create(number=number, holder=holder, held_at=now, expires_at=until)


@transaction.atomic
def hand_over_hold(
    *,
    msisdn: str,
    to: str,
    from_holders: Iterable[str] = (),
    minutes: int | None = None,
    dealer_id: int | None = None,
    now: datetime,
) -> NumberHold:
    """The hold passes to another holder: from a visitor to the basket, from the basket to the order.

    A free number is simply held for `to`. Raises as hold() does; NumberTaken too when somebody holds it
    who is not in `from_holders`.
    """
    _lock_name(f"holder:{to}")
    number = _locked(msisdn)
    _must_be_sold_by(dealer_id, number)
    live = _live_hold(number, now)
    if live is not None and live.holder != to and live.holder in set(from_holders):
        _check_hold_limit(to, now)
        live.holder = to
        live.save(update_fields=["holder"])
    return hold(msisdn=msisdn, holder=to, now=now, minutes=minutes, dealer_id=dealer_id)


@transaction.atomic
def drop_hold(*, msisdn: str, holder: str, now: datetime | None = None) -> bool:
    """Give a held number back; False when this holder does not hold it. `now`: the clock's by default."""
    now = now or clock.now()
    number = _locked(msisdn)
    live = _live_hold(number, now)
    if live is None or live.holder != holder:
        return False
    _end_hold(number, live, NumberHold.End.DROPPED, now)
    return True


@transaction.atomic
def allocate(
    *,
    msisdn: str,
    holder: str,
    reference: str,
    person_key: str | None = None,
    dealer_id: int | None = None,
    now: datetime,
) -> Number:
    """The holder's number becomes the order's: nobody else can have it until release or termination.

    Idempotent on the reference. A hold that ran out is no hindrance while nobody else took the number and
    no dealer got it. dealer_id: the dealer that the order is attributed to. Raises NumberUnknown,
    NumberTaken, NumberOfDealer and IdentityNumberCap (person_key: see members' IdentityRef).
    """
    if person_key:
        _lock_name(f"person:{person_key}")
    number = _locked(msisdn)
    if number.state in OWNED and number.reference == reference:
        return number
    _must_be_sold_by(dealer_id, number)
    live = _live_hold(number, now)
    if number.state not in {NumberState.AVAILABLE, NumberState.HELD} or (live and live.holder != holder):
        raise NumberTaken(msisdn=number.msisdn)
    check_number_cap(person_key=person_key)
    if live is not None:
        _end_hold(number, live, NumberHold.End.ALLOCATED, now)
    number.state, number.reference, number.person_key = NumberState.ALLOCATED, reference, person_key or ""
    number.save(update_fields=["state", "reference", "person_key"])
    if number.dealer_id:
        NumberAllotment.objects.live().filter(number=number).update(sold_at=now)
    return number


def _must_be_sold_by(dealer_id: int | None, number: Number) -> None:
    """Raise NumberOfDealer for a number that another dealer, or a dealer while we sell, has got."""
    if number.dealer_id is not None and number.dealer_id != dealer_id:
        raise NumberOfDealer(msisdn=number.msisdn)


def check_number_cap(*, person_key: str | None) -> None:
    """Raise IdentityNumberCap when this person owns five numbers already."""
    if person_key and Number.objects.owned_by(person_key).count() >= MOST_NUMBERS:
        raise IdentityNumberCap(most=MOST_NUMBERS)


@transaction.atomic
def activate(*, msisdn: str, reference: str, now: datetime) -> Number:
    """The account is open on the network. Idempotent; raises NumberTaken for another order's number."""
    number = _locked(msisdn)
    if number.reference != reference or number.state not in OWNED:
        raise NumberTaken(msisdn=number.msisdn)
    number.state = NumberState.ACTIVE
    number.save(update_fields=["state"])
    return number


@transaction.atomic
def suspend(*, msisdn: str, reference: str) -> bool:
    """The account was closed at the network and the number stays with its order, to be opened again.

    False, and nothing happens, when the order has given it back or it was never open.
    """
    number = _locked(msisdn)
    if number.reference != reference or number.state != NumberState.ACTIVE:
        return False
    number.state = NumberState.SUSPENDED
    number.save(update_fields=["state"])
    return True


@transaction.atomic
def release(*, reference: str, now: datetime, msisdns: Iterable[str] | None = None) -> int:
    """Give back what an order took or holds: never used goes back to the pool, used rests ninety days first.

    A dealer's number that was never used goes back to the dealer; one that was used leaves it. msisdns: only
    these, of what it took. Returns how many had been taken; twice changes nothing.
    """
    taken = Number.objects.filter(reference=reference, state__in=OWNED)
    if msisdns is None:
        _drop_holds(f"order:{reference}", now)
    else:
        taken = taken.filter(msisdn__in=[msisdn_of(each) for each in msisdns])
    taken = taken.order_by("pk").select_for_update()
    found = list(taken.values_list("pk", "state", "dealer_id"))
    fresh = [pk for pk, state, _dealer in found if state == NumberState.ALLOCATED]
    used = [pk for pk, state, _dealer in found if state != NumberState.ALLOCATED]
    Number.objects.filter(pk__in=fresh).update(state=NumberState.AVAILABLE, reference="", person_key="")
    Number.objects.filter(pk__in=used).update(
        state=NumberState.QUARANTINED,
        reference="",
        person_key="",
        dealer=None,
        rests_until=now + timedelta(days=REST_DAYS),
    )
    if any(dealer for _pk, _state, dealer in found):
        _tell_allotments(fresh, used, now)
    return len(found)


def _tell_allotments(fresh: list[str], used: list[str], now: datetime) -> None:
    NumberAllotment.objects.live().filter(number__in=fresh).update(sold_at=None)
    NumberAllotment.objects.live().filter(number__in=used).update(ended_at=now, end=AllotmentEnd.RESTED)


def _drop_holds(holder: str, now: datetime) -> None:
    """An order that ends unpaid keeps no number until its hold runs out."""
    live = NumberHold.objects.filter(holder=holder, ended_at=None)
    for msisdn in live.order_by("number_id").values_list("number_id", flat=True):
        drop_hold(msisdn=msisdn, holder=holder, now=now)


@transaction.atomic
def release_expired(*, now: datetime, limit: int = 1000) -> int:
    """End holds that ran out and rests that are over; returns how many numbers are free again."""
    overdue = Number.objects.filter(state=NumberState.HELD, held_until__lte=now).order_by("pk")
    pks = list(overdue.select_for_update(skip_locked=True).values_list("pk", flat=True)[:limit])
    NumberHold.objects.filter(number_id__in=pks, ended_at=None).update(
        ended_at=now, end=NumberHold.End.EXPIRED
    )
    Number.objects.filter(pk__in=pks).update(state=NumberState.AVAILABLE, held_until=None)
    rested = Number.objects.filter(state=NumberState.QUARANTINED, rests_until__lte=now)
    return len(pks) + rested.update(state=NumberState.AVAILABLE, rests_until=None)


def lock(msisdns: Iterable[str]) -> None:
    """Lock these numbers in the order of their keys, before rows that stand behind them in the lock order."""
    wanted = Number.objects.filter(pk__in=[msisdn_of(each) for each in msisdns]).order_by("pk")
    list(wanted.select_for_update().values_list("pk", flat=True))


def _locked(msisdn: str) -> Number:
    try:
        return Number.objects.select_for_update().get(pk=msisdn_of(msisdn))
    except Number.DoesNotExist:
        raise NumberUnknown(msisdn=msisdn) from None


def _live_hold(number: Number, now: datetime) -> NumberHold | None:
    """The hold in force; one that ran out is ended here and the number is free."""
    current = NumberHold.objects.filter(number=number, ended_at=None).first()
    if current is None or current.expires_at > now:
        return current
    _end_hold(number, current, NumberHold.End.EXPIRED, now)
    return None


def _end_hold(number: Number, current: NumberHold, end: str, now: datetime) -> None:
    current.ended_at, current.end = now, end
    current.save(update_fields=["ended_at", "end"])
    number.state, number.held_until = NumberState.AVAILABLE, None
    number.save(update_fields=["state", "held_until"])


def _prolong(number: Number, current: NumberHold, until: datetime) -> NumberHold:
    """Never shortens: the later of the two ends counts."""
    current.expires_at = number.held_until = max(until, current.expires_at)
    current.save(update_fields=["expires_at"])
    number.save(update_fields=["held_until"])
    return current


def _check_hold_limit(holder: str, now: datetime) -> None:
    live = NumberHold.objects.filter(holder=holder, ended_at=None, expires_at__gt=now)
    if live.count() >= MOST_HOLDS:
        raise HoldLimit(most=MOST_HOLDS)


def _lock_name(name: str) -> None:
    """An advisory lock until the transaction ends: counting and taking are one step."""
    key = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
