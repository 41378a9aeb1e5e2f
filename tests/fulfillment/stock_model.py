"""What the stock machine knows of itself: a small model of shelves and orders, and how it is compared."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from fulfillment.models import FulfillmentDemand, FulfillmentOrder, Reservation, StockLevel
from fulfillment.queries.invariants import findings
from fulfillment.queries.stock import salable_total
from fulfillment.services import hot
from fulfillment.services.shortage import Report
from omnichannel.kernel import clock
from tests.support.goods import NOW, Company

SKUS, PLACES = ("a", "b"), ("wh", "st-a", "st-b")
LIVE = {"held", "requested", "routed", "exception"}


@dataclass
class Model:
    """Units by SKU and by order; state by order: held, live, released, or gone for good.

    orders: units that are still to leave. lacking: those of them that nobody holds, since they were missing.
    until: when an unpaid order ends. under_way: transfers with their SKU and units. reports: what lacked.
    """

    on_hand: Counter = field(default_factory=Counter)
    orders: dict[str, Counter] = field(default_factory=dict)
    lacking: dict[str, Counter] = field(default_factory=dict)
    state: dict[str, str] = field(default_factory=dict)
    until: dict[str, datetime] = field(default_factory=dict)
    under_way: dict[str, tuple[str, int]] = field(default_factory=dict)
    reports: list[tuple[Report, Counter]] = field(default_factory=list)

    def add(self, number: str, lines: Counter, *, until: datetime) -> None:
        self.orders[number], self.lacking[number] = lines, Counter()
        self.state[number], self.until[number] = "held", until

    def held_of(self, number: str) -> Counter:
        return Counter() if self.state[number] == "released" else self.orders[number] - self.lacking[number]

    @property
    def promised(self) -> Counter:
        return sum((self.held_of(number) for number in self.orders), Counter())

    def free(self, sku: str) -> int:
        return self.on_hand[sku] - self.promised[sku]

    def has(self, lines: Counter) -> bool:
        return all(units <= self.free(sku) for sku, units in lines.items())


class ModelledStock(RuleBasedStateMachine):
    """A small company within one transaction, undone at the end of an example."""

    @initialize(units=st.integers(0, 12))
    def open(self, units):
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.frozen = clock.override(NOW)
        self.frozen.__enter__()
        hot.forget()
        self.company, self.model, self.numbers = Company(), Model(), 0
        self.company.goods(*SKUS)
        for code in PLACES:  # one owner: goods may travel between them
            place = self.company.places[code]
            place.path, place.parent = f"carrier/{code}/", self.company.carrier
            place.save()
        self.put("wh", "a", units + 3)
        self.put("wh", "b", 2)
        self.put("st-a", "b", units + 1)

    def teardown(self):
        if hasattr(self, "frame"):
            self.frozen.__exit__(None, None, None)
            transaction.set_rollback(True)
            self.frame.__exit__(None, None, None)

    def put(self, place: str, sku: str, units: int) -> None:
        self.company.put(place, **{sku: units})
        self.model.on_hand[sku] += units

    def next_name(self, what: str) -> str:
        self.numbers += 1
        return f"{what}{self.numbers}"

    def free_at(self, place: str, sku: str) -> int:
        level = StockLevel.objects.with_promised().filter(sku=sku, location__code=place).first()
        return level.on_hand - level.promised if level else 0

    def of(self, *states: str) -> list[str]:
        return [number for number, state in self.model.state.items() if state in states]

    def parcels(self, *states: str) -> list[FulfillmentOrder]:
        rows = FulfillmentOrder.objects.filter(state__in=states).select_related("demand")
        return list(rows.order_by("pk"))

    def drawn(self, data, *states: str) -> str:
        return data.draw(st.sampled_from(self.of(*states)))

    def drawn_parcel(self, data, *states: str) -> FulfillmentOrder:
        return data.draw(st.sampled_from(self.parcels(*states)))

    def drawn_units(self, data, parcel: FulfillmentOrder) -> tuple[dict[int, int], Counter]:
        """Units of its lines, by their keys and by SKU; perhaps none."""
        lines = list(parcel.lines.order_by("line_id"))
        units = {line.pk: data.draw(st.integers(0, line.quantity)) for line in lines}
        return units, +Counter({line.sku: units[line.pk] for line in lines})

    def routed_again(self, number: str, *, most: Counter) -> None:
        """What its new route found, it holds; what it did not find is at most this, with the operators."""
        state = FulfillmentDemand.objects.get(order_number=number).state
        lacking = self.model.orders[number] - _held()[number]
        assert lacking <= most
        assert not lacking or state == "exception"
        self.model.lacking[number] = lacking

    def all_routed_again(self) -> None:
        for number in self.of("live"):
            self.routed_again(number, most=self.model.lacking[number])

    @invariant()
    def figures_agree(self):
        if not hasattr(self, "frame"):
            return
        model, promised = self.model, self.model.promised
        seen = StockLevel.objects.with_promised().values_list("sku", "on_hand", "promised")
        on_hand, taken = Counter(), Counter()
        for sku, there, units in seen:
            on_hand[sku] += there
            taken[sku] += units
        assert {sku: on_hand[sku] for sku in SKUS} == {sku: model.on_hand[sku] for sku in SKUS}
        assert {sku: taken[sku] for sku in SKUS} == {sku: promised[sku] for sku in SKUS}
        assert salable_total(SKUS, "web") == {sku: model.free(sku) for sku in SKUS}
        assert findings(now=NOW) == []

    @invariant()
    def orders_agree(self):
        if not hasattr(self, "frame"):
            return
        held = _held()
        assert {number: held[number] for number in self.model.orders} == {
            number: self.model.held_of(number) for number in self.model.orders
        }
        states = dict(FulfillmentDemand.objects.values_list("order_number", "state"))
        for number, state in self.model.state.items():
            assert (states[number] in LIVE) == (state in ("held", "live"))


def _held() -> dict[str, Counter]:
    """Units that reservations hold, by order."""
    found = {number: Counter() for number in FulfillmentDemand.objects.values_list("order_number", flat=True)}
    rows = Reservation.objects.filter(state__in=["held", "confirmed"])
    for number, sku, units in rows.values_list("demand__order_number", "sku", "quantity"):
        found[number][sku] += units
    return found
