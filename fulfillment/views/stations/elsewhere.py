"""What an idle station tells: where in the house work waits, and by which key one gets there."""

from django.urls import reverse
from django.utils.translation import gettext as _

from fulfillment.models import FulfillmentState
from fulfillment.queries import stations
from fulfillment.services.workplaces import closed_stations
from fulfillment.views.stations import STATIONS
from members.actors import Actor

FIRST_PAGE_KEY = 1  # as the head of every page has them: Alt and a digit


def elsewhere(here: str, *, location_id: int, actor: Actor) -> list[dict]:
    """Name, number, address and key of each other place with work, in the order of a parcel's way.

    Stations that are closed to this person are left out.
    """
    accepted = stations.counts(location_id).get(FulfillmentState.ACCEPTED, 0)
    found = [_row(_("Build waves"), accepted, reverse("fulfillment:ops"), FIRST_PAGE_KEY)]
    closed = {here, *closed_stations(actor, location_id)}
    for key, station in enumerate(STATIONS.values(), FIRST_PAGE_KEY + 1):
        if station.name not in closed:
            address = reverse("fulfillment:station", args=[station.name])
            found.append(_row(station.title(), station.queue(location_id, actor).count, address, key))
    return [row for row in found if row["count"]]


def _row(title: str, count: int, address: str, key: int) -> dict:
    return {"title": title, "count": count, "address": address, "key": f"Alt+{key}"}
