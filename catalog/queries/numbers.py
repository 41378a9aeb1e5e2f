"""Numbers for show: a random page that is stable for its seed, and what a visitor keeps."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Value
from django.db.models.functions import MD5, Concat

from catalog.grading import emphasis
from catalog.models import Number, NumberAllotment, NumberBlock, NumberGrade, NumberHold
from catalog.values import NumberCard, local_number, msisdn_of, worded

PAGE = 10
_FIELDS = ("block", "grade")


def search_numbers(
    *,
    province: str,
    city: str,
    tail: str = "",
    without_4: bool = False,
    grade: str = "",
    seed: str,
    now: datetime,
    limit: int = PAGE,
    dealer_id: int | None = None,
) -> list[NumberCard]:
    """Ten free numbers of a city (one query; two for a dealer), drawn by the seed: same seed, same page.

    `tail` is up to four last digits, a birthday such as 0521 included; `grade` a grade's code. What dealers
    have got is not shown; at the counter of dealer_id its own numbers come first (NumberCard.dealer_id), from
    whichever city of the province they are, and leave half of the page to the pool while that has so many.
    """
    drawable = Number.objects.drawable(now).order_by(MD5(Concat(F("msisdn"), Value(seed))), "msisdn")
    if digits := re.sub(r"[^0-9]", "", tail)[-4:]:
        drawable = drawable.filter(msisdn__endswith=digits)
    if without_4:
        drawable = drawable.exclude(msisdn__regex=r"^861.*4")
    if grade:
        drawable = drawable.filter(grade__code=re.sub(r"[^a-z0-9-]", "", grade))
    drawable = drawable.select_related(*_FIELDS)
    if province:
        drawable = drawable.filter(block__province=province)
    own = list(drawable.filter(dealer=dealer_id)[:limit]) if dealer_id else []
    pool = list(drawable.filter(dealer=None, block__city=city)[:limit])
    own = own[: limit - min(len(pool), limit // 2)]
    return [card_of(number, wanted=digits) for number in (*own, *pool[: limit - len(own)])]


def held_by(holder: str, now: datetime) -> list[NumberCard]:
    """What this holder keeps now, the newest first; one query."""
    if not holder:
        return []
    holds = NumberHold.objects.filter(holder=holder, ended_at=None, expires_at__gt=now)
    rows = holds.select_related("number__block", "number__grade").order_by("-held_at", "-pk")
    return [card_of(hold.number, held_until=hold.expires_at) for hold in rows]


def number_card(msisdn: str) -> NumberCard | None:
    """A number with its terms, whatever its state; None when it is not in the pool."""
    number = Number.objects.select_related(*_FIELDS).filter(pk=msisdn_of(msisdn)).first()
    return card_of(number) if number else None


def home_provinces(msisdns: Iterable[str]) -> dict[str, str]:
    """Where numbers are at home, by number as given; one that is not in the pool is absent. One query."""
    asked = {msisdn_of(msisdn): msisdn for msisdn in msisdns}
    rows = Number.objects.filter(pk__in=asked).values_list("pk", "block__province") if asked else ()
    return {asked[pk]: province for pk, province in rows}


def block_places(prefixes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Province and city of these blocks, by their first seven digits; an unknown one is absent."""
    rows = NumberBlock.objects.filter(prefix__in=set(prefixes))
    return {
        prefix: (province, city) for prefix, province, city in rows.values_list("prefix", "province", "city")
    }


@dataclass(frozen=True)
class HoldCard:
    """Who kept a number, from when until when; `end` is a code, empty while it lasts."""

    holder: str
    held_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    end: str
    end_words: str


@dataclass(frozen=True)
class AllotmentCard:
    """A dealer had the number to sell, by its order `reference`. sold_at: when a customer's order took it."""

    dealer_id: int
    reference: str
    since: datetime
    sold_at: datetime | None
    ended_at: datetime | None
    end_words: str
    ended_by: str
    reason: str


@dataclass(frozen=True)
class NumberRecord:
    """Everything the pool knows of a number. reference: the order that has it; dealer_id: whose it is."""

    msisdn: str
    state: str
    state_words: str
    grade: str
    province: str
    city: str
    reference: str
    held_until: datetime | None
    rests_until: datetime | None
    holds: tuple[HoldCard, ...]
    dealer_id: int | None
    allotments: tuple[AllotmentCard, ...]

    @property
    def local(self) -> str:
        return local_number(self.msisdn)


def record(msisdn: str) -> NumberRecord | None:
    """A number, its holds and dealers, the oldest first; None when it is not in the pool. Three queries."""
    number = Number.objects.select_related(*_FIELDS).filter(pk=msisdn_of(msisdn)).first()
    if number is None:
        return None
    return NumberRecord(
        msisdn=number.msisdn,
        state=number.state,
        state_words=str(number.get_state_display()),
        grade=worded(number.grade.name, number.grade.name_en),
        province=number.block.province,
        city=number.block.city,
        reference=number.reference,
        held_until=number.held_until,
        rests_until=number.rests_until,
        holds=tuple(
            HoldCard(
                row.holder, row.held_at, row.expires_at, row.ended_at, row.end, str(row.get_end_display())
            )
            for row in number.holds.order_by("pk")
        ),
        dealer_id=number.dealer_id,
        allotments=tuple(_allotment(row) for row in number.allotments.order_by("pk")),
    )


def _allotment(row: NumberAllotment) -> AllotmentCard:
    return AllotmentCard(
        dealer_id=row.dealer_id,
        reference=row.reference,
        since=row.since,
        sold_at=row.sold_at,
        ended_at=row.ended_at,
        end_words=str(row.get_end_display()),
        ended_by=row.ended_by,
        reason=row.reason,
    )


def card_of(number: Number, *, wanted: str = "", held_until: datetime | None = None) -> NumberCard:
    grade = number.grade
    return NumberCard(
        msisdn=number.msisdn,
        grade=worded(grade.name, grade.name_en),
        min_spend=grade.minimum_spend,
        prepayment=grade.prepayment,
        months=grade.months,
        city=number.block.city,
        grade_code=grade.code,
        digits=wanted or emphasis(number.msisdn[2:], grade.rule, grade.pattern),
        held_until=held_until,
        dealer_id=number.dealer_id,
    )


@dataclass(frozen=True)
class GradeChoice:
    code: str
    label: str
    min_spend: int
    prepayment: int
    months: int


def grades() -> list[GradeChoice]:
    """The grades that can be drawn, in their order."""
    rows = NumberGrade.objects.filter(withheld=False)
    return [
        GradeChoice(row.code, worded(row.name, row.name_en), row.minimum_spend, row.prepayment, row.months)
        for row in rows
    ]


def grade_labels() -> dict[str, str]:
    """Names of all grades by code, of those kept from the draw too: what has one is shown by it."""
    rows = NumberGrade.objects.values_list("code", "name", "name_en")
    return {code: worded(name, name_en) for code, name, name_en in rows}


def pool_cities() -> list[tuple[str, str]]:
    """Province and city of every block, each once."""
    pairs = NumberBlock.objects.values_list("province", "city").distinct().order_by("province", "city")
    return list(pairs)
