"""The numbers that dealers have got: how many, which, and what is free to be ordered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from catalog.models import AllotmentEnd, Number, NumberAllotment
from catalog.models.numbers import NumberState
from catalog.values import local_number, worded

IN_STOCK, KEPT, SOLD = "in_stock", "kept", "sold"
# How a dealer's number stands: with the dealer, or how it left.
STATES = {
    IN_STOCK: _("to be sold"),
    KEPT: _("kept by a customer"),
    SOLD: _("sold"),
    **{end.value: end.label for end in AllotmentEnd},
}


def free_by_grade(province: str, city: str, *, now: datetime) -> dict[str, int]:
    """Numbers of the common pool that a dealer could get, by the code of their grade; one statement."""
    free = Number.objects.drawable(now).filter(dealer=None, block__province=province, block__city=city)
    return dict(free.order_by().values_list("grade__code").annotate(Count("pk")))


def unsold(dealer_id: int) -> int:
    """What the dealer has and no customer's order has taken."""
    return NumberAllotment.objects.unsold().filter(dealer=dealer_id).count()


@dataclass(frozen=True)
class NumberStock:
    """came: all that the dealer ever got; in_stock: unsold, with it now; sold: a customer's order took it."""

    came: int = 0
    in_stock: int = 0
    sold: int = 0

    @property
    def gone(self) -> int:
        """Unsold ones that went back to the pool."""
        return self.came - self.in_stock - self.sold

    @classmethod
    def of(cls, counted: dict[str, int]) -> "NumberStock":
        """What counts() found of all that a dealer ever got, put together."""
        unsold = counted.get(IN_STOCK, 0) + counted.get(KEPT, 0)
        sold = counted.get(SOLD, 0) + counted.get(AllotmentEnd.RESTED.value, 0)
        return cls(came=sum(counted.values()), in_stock=unsold, sold=sold)


def stocks(dealer_ids: Iterable[int]) -> dict[int, NumberStock]:
    """By dealer, one statement; who never got any is absent."""
    rows = NumberAllotment.objects.filter(dealer__in=list(dealer_ids)).order_by().values_list("dealer")
    counted = rows.annotate(
        came=Count("pk"),
        in_stock=Count("pk", filter=Q(ended_at=None, sold_at=None)),
        sold=Count("pk", filter=Q(sold_at__isnull=False)),
    )
    return {dealer: NumberStock(*counts) for dealer, *counts in counted}


@dataclass(frozen=True)
class Allotted:
    """A number as a dealer has or had it. state: one of STATES; reference: the dealer's order."""

    msisdn: str
    state: str
    grade: str
    province: str
    city: str
    reference: str
    since: datetime
    until: datetime
    sold_at: datetime | None
    ended_at: datetime | None
    ended_by: str
    reason: str

    @property
    def local(self) -> str:
        return local_number(self.msisdn)

    @property
    def can_go_back(self) -> bool:
        return self.state == IN_STOCK

    @property
    def words(self) -> str:
        return str(STATES[self.state])


class Allotments:
    """A dealer's numbers for a page or a file: counted, sliced, or read one after the other."""

    def __init__(self, rows: QuerySet[NumberAllotment]):
        self._rows = rows

    def count(self) -> int:
        return self._rows.count()

    __len__ = count

    def __getitem__(self, part: slice) -> list[Allotted]:
        return [_allotted(row) for row in self._rows[part]]

    def __iter__(self) -> Iterator[Allotted]:
        return (_allotted(row) for row in self._rows.iterator(chunk_size=1000))


def of_dealer(
    dealer_id: int,
    *,
    state: str = "",
    tail: str = "",
    grade: str = "",
    city: str = "",
    reference: str = "",
    now: datetime,
) -> Allotments:
    """The newest first. Without a state those that are with the dealer; `tail` are last digits.

    Of an order (reference) all are shown, whatever became of them.
    """
    rows = _fitting(dealer_id, tail=tail, grade=grade, city=city, reference=reference, now=now)
    if state in STATES:
        rows = rows.filter(stands=state)
    elif not reference:
        rows = rows.filter(ended_at=None)
    return Allotments(rows.select_related("number__grade", "number__block").order_by("-pk"))


def counts(
    dealer_id: int, *, tail: str = "", grade: str = "", city: str = "", reference: str = "", now: datetime
) -> dict[str, int]:
    """How many of the dealer's numbers that fit stand how, by STATES; one statement."""
    rows = _fitting(dealer_id, tail=tail, grade=grade, city=city, reference=reference, now=now)
    return dict(rows.order_by().values_list("stands").annotate(Count("pk")))


def _fitting(
    dealer_id: int, *, tail: str, grade: str, city: str, reference: str, now: datetime
) -> QuerySet[NumberAllotment]:
    """What fits of all that the dealer ever got; `stands`: one of STATES."""
    wanted = {
        "number__msisdn__endswith": "".join(filter(str.isdigit, tail))[-11:],
        "number__grade__code": grade,
        "number__block__city": city,
        "reference": reference,
    }
    asked = {field: value for field, value in wanted.items() if value}
    return NumberAllotment.objects.filter(dealer=dealer_id, **asked).annotate(stands=_stands(now))


def choices(dealer_id: int) -> tuple[list[str], list[tuple[str, str]]]:
    """Cities, and codes with names of grades, that the dealer ever got; for filters. Two statements."""
    rows = NumberAllotment.objects.filter(dealer=dealer_id).order_by()
    cities = rows.values_list("number__block__city", flat=True).distinct()
    fields = (
        "number__grade__position",
        "number__grade__code",
        "number__grade__name",
        "number__grade__name_en",
    )
    grades = sorted(set(rows.values_list(*fields).distinct()))
    return sorted(cities), [(code, worded(name, name_en)) for _place, code, name, name_en in grades]


def _stands(now: datetime) -> Case:
    kept = Q(number__state=NumberState.HELD, number__held_until__gt=now)
    return Case(
        When(ended_at__isnull=False, then=F("end")),
        When(sold_at__isnull=False, then=Value(SOLD)),
        When(kept, then=Value(KEPT)),
        default=Value(IN_STOCK),
        output_field=CharField(),
    )


def _allotted(row: NumberAllotment) -> Allotted:
    number = row.number
    return Allotted(
        msisdn=number.msisdn,
        state=row.stands,
        grade=worded(number.grade.name, number.grade.name_en),
        province=number.block.province,
        city=number.block.city,
        reference=row.reference,
        since=row.since,
        until=row.until,
        sold_at=row.sold_at,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
        reason=row.reason,
    )
