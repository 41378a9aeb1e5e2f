"""Manifests of a place: those being filled, and every one that was signed, to be found and printed again."""

import re
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from fulfillment.models import Manifest

OPEN, CLOSED = "open", "closed"
CODE = re.compile(r"M?0*(\d{1,9})$")


@dataclass(frozen=True)
class Loading:
    """A manifest that is being filled."""

    manifest: Manifest
    codes: list[str]


def of_place(location_id: int, *, text: str = "", state: str = "") -> QuerySet[Manifest]:
    """Open ones first, then the newest; by number, courier, or a parcel that is on it."""
    rows = Manifest.objects.filter(location_id=location_id)
    if state in (OPEN, CLOSED):
        rows = rows.filter(closed_at__isnull=state == OPEN)
    if text:
        number = CODE.match(text.upper())
        by_number = Q(pk=int(number[1])) if number else Q(pk__in=[])
        courier = Q(courier__name__icontains=text) | Q(courier__name_en__icontains=text)
        on_it = Q(deliveries__fulfillment__code=text.upper())
        rows = rows.filter(by_number | courier | on_it).distinct()
    return rows.select_related("courier").order_by(F("closed_at").desc(nulls_first=True), "-pk")


def loading(location_id: int) -> list[Loading]:
    """What couriers have at a counter and have not signed for."""
    rows = Manifest.objects.filter(location_id=location_id, closed_at=None, parcels__gt=0)
    found = []
    for row in rows.select_related("courier").order_by("courier__code"):
        codes = row.deliveries.order_by("pk").values_list("fulfillment__code", flat=True)
        found.append(Loading(row, list(codes)))
    return found
