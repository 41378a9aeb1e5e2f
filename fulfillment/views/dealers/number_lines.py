"""Telephone numbers in a purchase order's form: what can be had in a city, and what was typed."""

from dataclasses import dataclass

from catalog.queries import number_stock, numbers
from catalog.queries.numbers import GradeChoice
from fulfillment.models import DealerTerms
from fulfillment.services import dealer_number_limit, dealer_number_quotes
from fulfillment.services.dealer_number_quotes import NumbersWrong, NumberWish
from fulfillment.services.wrong_input import UnitsInvalid
from fulfillment.views.stock.access import whole
from members.place_names import place_name
from omnichannel.kernel import clock

MARK = "numbers|"


@dataclass(frozen=True)
class NumberArticle:
    """One line of the form: a grade of the city shown; free in the pool, units as typed."""

    wish: NumberWish
    grade: GradeChoice
    free: int
    units: str

    @property
    def name(self) -> str:
        """Of the field; the separator is in no city and no code."""
        return field_of(self.wish)


@dataclass(frozen=True)
class NumberRow:
    """One line of a review or an order, in words; free in the pool, None where nobody asks."""

    wish: NumberWish
    grade: str
    units: int
    free: int | None

    @property
    def name(self) -> str:
        return field_of(self.wish)

    @property
    def is_short(self) -> bool:
        return self.free is not None and self.free < self.units


def field_of(wish: NumberWish) -> str:
    return f"{MARK}{wish.province}|{wish.city}|{wish.grade}"


def typed(request) -> dict[NumberWish, str]:
    """What stands in the fields, as typed; empty ones are left out."""
    found = {}
    for name, text in request.POST.items():
        parts = name.removeprefix(MARK).split("|")
        if name.startswith(MARK) and len(parts) == 3 and text.strip():
            found[NumberWish(*parts)] = text.strip()
    return found


def wanted_of(request) -> dict[NumberWish, int]:
    """Raises NumbersWrong."""
    counted = {wish: _units(wish, text) for wish, text in typed(request).items()}
    return {wish: units for wish, units in counted.items() if units}


def _units(wish: NumberWish, text: str) -> int:
    try:
        return whole(text, empty=0)
    except UnitsInvalid as refusal:
        raise NumbersWrong(field="numbers", city=place_name(wish.city[:20])) from refusal


def section(request, terms: DealerTerms) -> dict:
    """The form's part about numbers: cities, the grades of the one shown, and what is typed for others."""
    cities = dealer_number_quotes.cities_for(terms.dealer.province)
    wishes = typed(request)
    place = _place(request, terms, cities, wishes)
    if place is None:
        return {"number_cities": []}
    free = number_stock.free_by_grade(*place, now=clock.now())
    grades = numbers.grades()
    shown = [
        NumberArticle(wish, grade, free.get(grade.code, 0), wishes.get(wish, ""))
        for grade in grades
        for wish in [NumberWish(*place, grade.code)]
    ]
    elsewhere = [wish for wish in wishes if (wish.province, wish.city) in {*cities} - {place}]
    names = numbers.grade_labels() if elsewhere else {}
    return {
        "number_cities": [("|".join(each), _worded(each)) for each in cities],
        "number_city": "|".join(place),
        "number_articles": [each for each in shown if each.free or each.units],
        "numbers_elsewhere": [
            (field_of(wish), wish.city, names.get(wish.grade, wish.grade), wishes[wish]) for wish in elsewhere
        ],
        "number_standing": dealer_number_limit.standing_of(terms),
        "numbers_open": bool(wishes) or "numbers" in request.GET,
    }


def _worded(place: tuple[str, str]) -> str:
    """Province and city in the page's language; once where they have one name."""
    return " ".join(place_name(name) for name in dict.fromkeys(place))


def _place(request, terms, cities: list[tuple[str, str]], wishes) -> tuple[str, str] | None:
    """Of these cities the one asked for, else the first one typed for, the dealer's own, any."""
    asked = tuple(request.POST.get("number_city", "").split("|"))
    dealer = terms.dealer
    tried = [asked, *((wish.province, wish.city) for wish in wishes), (dealer.province, dealer.city)]
    return next((each for each in [*tried, *cities] if each in cities), None)


def rows_of(wanted: dict[NumberWish, int], *, with_free: bool) -> list[NumberRow]:
    """Lines in words, in the order of places and grades; a statement for the grades and one per city."""
    if not wanted:
        return []
    names = numbers.grade_labels()
    places = {(wish.province, wish.city) for wish in wanted} if with_free else ()
    free = {place: number_stock.free_by_grade(*place, now=clock.now()) for place in sorted(places)}
    return [
        NumberRow(
            wish,
            names.get(wish.grade, wish.grade),
            units,
            free[wish.province, wish.city].get(wish.grade, 0) if with_free else None,
        )
        for wish, units in sorted(wanted.items())
    ]
