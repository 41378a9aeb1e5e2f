"""Which telephone numbers dealers may order: so many of a city of the pool and a grade that can be drawn."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from catalog.queries import numbers
from members.place_names import place_name
from omnichannel.kernel.errors import Invalid

MOST_NUMBERS = 10_000


class NumbersNotForDealers(Invalid):
    code = "numbers_not_for_dealers"
    message = _("There are no numbers “%(grade)s” of %(city)s to order.")


class NumbersElsewhere(Invalid):
    """A dealer writes cards for numbers of its province alone, so it could not sell these."""

    code = "numbers_other_province"
    message = _("%(city)s is not in %(province)s, where this dealer writes cards. Order numbers from there.")


class NumbersWrong(Invalid):
    code = "number_quantity_invalid"
    message = _("%(city)s: order between 1 and 10,000 numbers of a grade.")


@dataclass(frozen=True, order=True)
class NumberWish:
    """What a line asks for: numbers at home in this city, of the grade with this code."""

    province: str
    city: str
    grade: str


def cities_for(province: str) -> list[tuple[str, str]]:
    """Province and city of the pool's numbers that a dealer of this province may order; empty: of all."""
    return [place for place in numbers.pool_cities() if not province or place[0] == province]


def check(wanted: Mapping[NumberWish, int], *, province: str) -> None:
    """Raise NumbersWrong, NumbersNotForDealers, NumbersElsewhere; two statements, none for nothing.

    province: the dealer's.
    """
    if not wanted:
        return
    cities, grades = set(numbers.pool_cities()), {each.code for each in numbers.grades()}
    for wish, units in wanted.items():
        city = place_name(wish.city[:20])
        if (wish.province, wish.city) not in cities or wish.grade not in grades:
            label = numbers.grade_labels().get(wish.grade, wish.grade[:16])
            raise NumbersNotForDealers(field="numbers", grade=label, city=city)
        if province and wish.province != province:
            raise NumbersElsewhere(field="numbers", city=city, province=place_name(province))
        if not 0 < units <= MOST_NUMBERS:
            raise NumbersWrong(field="numbers", city=city)
