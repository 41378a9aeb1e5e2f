"""A wave as people look at it: its pick list along the bins, its parcels."""

from dataclasses import dataclass

from catalog.queries import offerings
from fulfillment.models import PickTask, Wave
from fulfillment.models.demands import GIVEN_UP


@dataclass(frozen=True)
class PickRow:
    """One stop at a bin: units of a product for a parcel; `slot` is its place in the wave."""

    bin: str
    sku: str
    name: str
    units: int
    slot: int
    parcel: str
    state: str


def pick_rows(wave: Wave) -> list[PickRow]:
    """The wave's picks along the bins; those of parcels that were cancelled are left out. Two queries."""
    tasks = PickTask.objects.filter(wave=wave).exclude(line__fulfillment__state__in=GIVEN_UP)
    tasks = list(tasks.select_related("line__fulfillment__wave_entry").order_by("bin", "line__sku", "pk"))
    known = offerings.by_sku({task.line.sku for task in tasks})
    return [_row(task, known) for task in tasks]


def _row(task: PickTask, known: dict) -> PickRow:
    line = task.line
    return PickRow(
        bin=task.bin,
        sku=line.sku,
        name=known[line.sku].label if line.sku in known else line.sku,
        units=line.quantity,
        slot=line.fulfillment.wave_entry.slot,
        parcel=line.fulfillment.code,
        state=task.state,
    )
