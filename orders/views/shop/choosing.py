"""Choosing a number: a random page that is stable for a minute, holds with their remaining time."""

import hashlib
from datetime import datetime

from catalog.queries import numbers
from members.place_names import place_name
from members.queries import store_cities
from orders.views import sessions
from orders.views.shop.place import Place

MOST_DRAWS = 999


def context(request, *, place: Place, now: datetime, with_cities: bool, refused: str = "") -> dict:
    """What the number grid shows: filters as asked for, ten numbers, what this browser holds."""
    asked = request.POST if request.method == "POST" else request.GET
    chosen = asked.get("city", "")
    cities = store_cities() if with_cities or chosen else []
    city, province = _city(chosen, cities, place)
    wanted = {
        "tail": asked.get("tail", "").strip()[:4],
        "without_4": asked.get("without_4") == "1",
        "grade": asked.get("grade", "")[:16],
    }
    draw = _draw(asked)
    found = numbers.search_numbers(
        province=province, city=city, seed=_seed(request, draw, now), now=now, **wanted
    )
    return {
        **wanted,
        "city": city,
        "city_label": place_name(city),
        "cities": [(name, place_name(name)) for _province, name in cities],
        "with_cities": with_cities,
        "draw": draw,
        "next_draw": draw + 1,
        "numbers": found,
        "grades": numbers.grades(),
        "held": numbers.held_by(sessions.number_holder(request), now),
        "now": now,
        "refused": refused,
    }


def _city(name: str, cities: list[tuple[str, str]], place: Place) -> tuple[str, str]:
    known = {city: province for province, city in cities}
    return (name, known[name]) if name in known else (place.city, place.province)


def _draw(asked) -> int:
    text = asked.get("draw", "0")
    return min(int(text), MOST_DRAWS) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _seed(request, draw: int, now: datetime) -> str:
    """The same page for the same browser, draw and minute; other browsers see other numbers."""
    who = f"{request.META.get('REMOTE_ADDR')}|{request.META.get('HTTP_USER_AGENT')}"
    minute = int(now.timestamp()) // 60
    return hashlib.sha256(f"{who}|{draw}|{minute}".encode()).hexdigest()[:16]
