"""Numbers go to a dealer, who alone may sell them, and come back unsold.

Lock order: numbers by key (numbers.py), then their holds and allotments. Allotting takes what nobody has
locked and waits for nobody. Who may do it is asked by the callers, who know dealers and branches.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalog.models import AllotmentEnd, Number, NumberAllotment, NumberHold
from catalog.models.numbers import NumberState
from catalog.values import msisdn_of
from omnichannel.kernel.errors import DomainError


class NumbersNotFree(DomainError):
    code = "numbers_not_free"
    message = _("None of these numbers can go back: customers keep them or bought them, or they are gone.")


@transaction.atomic
def allot(
    *,
    dealer_id: int,
    province: str,
    city: str,
    grade: str,
    count: int,
    reference: str,
    until: datetime,
    now: datetime,
) -> list[str]:
    """Give a dealer up to `count` free numbers of a city and grade (its code), in the order of their digits.

    Returns them; fewer when there are fewer. Four statements, however many numbers. A hold that ran out is
    ended, so that its holder cannot come back to a number that is the dealer's now.
    """
    free = Number.objects.drawable(now).filter(dealer=None)
    free = free.filter(block__province=province, block__city=city, grade__code=grade).order_by("pk")
    taken = free.select_for_update(of=("self",), skip_locked=True)
    pks = list(taken.values_list("pk", flat=True)[:count])
    _free_of_holds(pks, now)
    Number.objects.filter(pk__in=pks).update(dealer=dealer_id)
    NumberAllotment.objects.bulk_create(
        NumberAllotment(number_id=pk, dealer_id=dealer_id, reference=reference, since=now, until=until)
        for pk in pks
    )
    return pks


@transaction.atomic
def give_back(*, dealer_id: int, msisdns: Iterable[str], who: str, now: datetime) -> list[str]:
    """The dealer lets go of unsold numbers; those that customers keep or bought stay.

    Returns those that are in the common pool again. Raises NumbersNotFree when there are none.
    """
    return _take_back(dealer_id, msisdns, AllotmentEnd.GIVEN_BACK, who, "", now)


@transaction.atomic
def recall(*, dealer_id: int, msisdns: Iterable[str], who: str, reason: str, now: datetime) -> list[str]:
    """The branch calls unsold numbers back, for a reason. As give_back()."""
    return _take_back(dealer_id, msisdns, AllotmentEnd.RECALLED, who, reason, now)


def _take_back(dealer_id: int, msisdns: Iterable[str], end: str, who: str, reason: str, now) -> list[str]:
    wanted = sorted({msisdn_of(each) for each in msisdns})
    rows = Number.objects.drawable(now).filter(pk__in=wanted, dealer=dealer_id).order_by("pk")
    pks = list(rows.select_for_update().values_list("pk", flat=True))
    if not pks:
        raise NumbersNotFree()
    _to_the_pool(pks, now, end=end, ended_by=who[:80], reason=reason.strip()[:160])
    return pks


@transaction.atomic
def reclaim(*, now: datetime, limit: int = 5000) -> dict[int, int]:
    """Numbers not sold in the agreed days, at most `limit`, go back to the pool; how many, by dealer.

    What a customer keeps at this moment waits for the next time.
    """
    late = NumberAllotment.objects.unsold().filter(until__lte=now).values("number")
    rows = Number.objects.drawable(now).filter(pk__in=late).order_by("pk")
    found = list(rows.select_for_update(skip_locked=True).values_list("pk", "dealer_id")[:limit])
    _to_the_pool([pk for pk, _dealer in found], now, end=AllotmentEnd.LAPSED)
    dealers = [dealer for _pk, dealer in found]
    return {dealer: dealers.count(dealer) for dealer in sorted(set(dealers))}


def _to_the_pool(pks: list[str], now: datetime, **ended) -> None:
    """Locked numbers that nobody keeps are of the common pool again."""
    _free_of_holds(pks, now)
    Number.objects.filter(pk__in=pks).update(dealer=None)
    NumberAllotment.objects.live().filter(number__in=pks).update(ended_at=now, **ended)


def _free_of_holds(pks: list[str], now: datetime) -> None:
    """End the holds of locked numbers; they ran out."""
    overdue = Number.objects.filter(state=NumberState.HELD, pk__in=pks)
    if overdue.update(state=NumberState.AVAILABLE, held_until=None):
        NumberHold.objects.filter(number__in=pks, ended_at=None).update(
            ended_at=now, end=NumberHold.End.EXPIRED
        )
