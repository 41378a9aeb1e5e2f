"""The courier's day: where to go next, what to collect, what to pay in."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, IntegerField, Max, Q, Sum, Value, When

from fulfillment.models import CashMeans, Delivery, RefusedUnits
from fulfillment.queries.stations import Content, contents
from members.values import Destination
from omnichannel.kernel import clock


@dataclass(frozen=True)
class Stop:
    """One door. `next_step` as in Delivery.next_step."""

    delivery: Delivery
    destination: Destination | None

    @property
    def code(self) -> str:
        return self.delivery.fulfillment.code


@dataclass(frozen=True)
class Day:
    """Counts of a courier company; amounts in fen."""

    to_load: int
    later: int
    to_go: int
    delivered: int
    refused: int
    cash_fen: int


def _of(courier_id: int):
    return Delivery.objects.filter(courier_id=courier_id)


def _ready(today: date) -> Q:
    """To be delivered now: it is due, or on the van already. What is due later has a way to go till here."""
    return Q(finished_at=None) & (Q(due_on__lte=today) | Q(loaded_at__isnull=False))


def _ended(today: date) -> Q:
    begin, end = clock.day_bounds(today)
    return Q(finished_at__gte=begin, finished_at__lt=end)


def day(courier_id: int, *, today: date) -> Day:
    """One query."""
    ready, ended = _ready(today), _ended(today)
    rows = _of(courier_id).filter(Q(finished_at=None) | ended | Q(remittance=None, cod_collected_fen__gt=0))
    found = rows.aggregate(
        to_load=Count("pk", filter=ready & Q(loaded_at=None)),
        later=Count("pk", filter=Q(finished_at=None) & ~ready),
        to_go=Count("pk", filter=ready),
        delivered=Count("pk", filter=ended & Q(refused_reason="")),
        refused=Count("pk", filter=ended & ~Q(refused_reason="")),
        cash=Sum("cod_collected_fen", filter=Q(remittance=None, cod_means=CashMeans.CASH)),
    )
    return Day(cash_fen=found.pop("cash") or 0, **found)


@dataclass(frozen=True)
class Round:
    """What became of the parcels of an earlier day."""

    on: date
    delivered: int
    refused: int


def last_round(courier_id: int, *, today: date) -> Round | None:
    """The last day before today on which something was finished. Two queries."""
    rows = _of(courier_id)
    begin, _end = clock.day_bounds(today)
    last = rows.filter(finished_at__lt=begin).aggregate(at=Max("finished_at"))["at"]
    if last is None:
        return None
    found = rows.filter(_ended(clock.local_day(last))).aggregate(
        delivered=Count("pk", filter=Q(refused_reason="")), refused=Count("pk", filter=~Q(refused_reason=""))
    )
    return Round(clock.local_day(last), **found)


def stops(courier_id: int, *, today: date):
    """Due deliveries as a queryset for a paginator: begun ones first, then along city and street."""
    begun = Case(When(arrived_at__isnull=False, then=Value(0)), default=Value(1), output_field=IntegerField())
    place = "fulfillment__demand__wish__destination__"
    rows = _of(courier_id).filter(_ready(today)).annotate(begun=begun)
    order = ("begun", f"{place}city", f"{place}district", f"{place}street", "pk")
    return rows.select_related("fulfillment__demand", "fulfillment__location").order_by(*order)


def later(courier_id: int, *, today: date, limit: int = 20) -> list[Stop]:
    """What is on its way here and due on a later day, the next first."""
    rows = _of(courier_id).filter(finished_at=None, loaded_at=None, due_on__gt=today)
    rows = rows.select_related("fulfillment__demand").order_by("due_on", "pk")
    return [stop_of(row) for row in rows[:limit]]


def finished(courier_id: int, *, today: date, limit: int = 20) -> list[Stop]:
    rows = _of(courier_id).filter(_ended(today))
    return [
        stop_of(row) for row in rows.select_related("fulfillment__demand").order_by("-finished_at")[:limit]
    ]


def stop_of(delivery: Delivery) -> Stop:
    destination = delivery.fulfillment.demand.wish["destination"]
    return Stop(delivery, Destination.of_dict(destination) if destination else None)


def one(delivery: Delivery) -> tuple[Stop, list[Content]]:
    return stop_of(delivery), contents([delivery.fulfillment_id])[delivery.fulfillment_id]


@dataclass(frozen=True)
class Taken:
    """A line of the parcel as it is taken: `back` units and `serials` return; named: serials must be told."""

    pk: int
    label: str
    quantity: int
    taken: int
    back: int
    serials: tuple[str, ...]
    named: bool


def lines(delivery: Delivery, known: list[Content]) -> list[Taken]:
    """The parcel's lines by their own keys; one query."""
    refused = {row.line_id: row for row in delivery.refused_units.all()}
    return [_taken(content, refused.get(content.line_id)) for content in known]


def _taken(content: Content, refused: RefusedUnits | None) -> Taken:
    back = refused.quantity if refused else 0
    return Taken(
        pk=content.line_id,
        label=content.label,
        quantity=content.quantity,
        taken=content.quantity - back,
        back=back,
        serials=tuple(refused.serials) if refused else (),
        named=bool(content.serial_kind) and content.quantity > 1,
    )
