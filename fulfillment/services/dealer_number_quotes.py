"""Which telephone numbers dealers may order: so many of a city of the pool and a grade that can be drawn."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from catalog.queries import numbers
from omnichannel.kernel.errors import Invalid

MOST_NUMBERS = 10_000


class NumbersNotForDealers(Invalid):
    code = "numbers_not_for_dealers"
    message = _("There are no numbers “%(grade)s” of %(city)s to order.")


class NumbersWrong(Invalid):
    code = "number_quantity_invalid"
    message = _("%(city)s: order between 1 and 10,000 numbers of a grade.")


@dataclass(frozen=True, order=True)
class NumberWish:
    """What a line asks for: numbers at home in this city, of the grade with this code."""

    province: str
    city: str
    grade: str


def check(wanted: Mapping[NumberWish, int]) -> None:
    """Raise NumbersWrong, NumbersNotForDealers; two statements, none for nothing."""
    if not wanted:
        return
    cities = set(numbers.pool_cities())
    grades = {each.code for each in numbers.grades()}
    for wish, units in wanted.items():
        if (wish.province, wish.city) not in cities or wish.grade not in grades:
            raise NumbersNotForDealers(field="numbers", grade=wish.grade[:16], city=wish.city[:20])
        if not 0 < units <= MOST_NUMBERS:
            raise NumbersWrong(field="numbers", city=wish.city)
