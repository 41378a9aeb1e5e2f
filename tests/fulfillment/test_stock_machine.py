"""Anything may happen to stock in any order; a small model says what the figures must be.

Hypothesis draws sequences of reserve, confirm, release, expire, ship, return, re-route and refuse, of goods
that lack at the shelf and are found again, of transfers between places and of the sweepers, with hot levels
divided, gathered and made whole in between, and compares every figure after every step. They are the same
sequences each time; `make test ARGS="-k stock_machine --hypothesis-profile=deep"` draws many more and others.
"""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RULE_MARKER, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from fulfillment.models import FulfillmentDemand, Place, StockLevel
from fulfillment.models.demands import IN_HOUSE
from fulfillment.services import (
    acceptance,
    exceptions,
    found_again,
    hot,
    reservation,
    shortage,
    stock,
    transfer_moves,
    transfers,
)
from fulfillment.services.fulfil import request
from fulfillment.services.reservation import HoldLapsed, OutOfStock
from fulfillment.services.steps import advance_many, locked
from members.actors import SYSTEM
from omnichannel.kernel.errors import DomainError
from orders.models import Line, LineTerms, Order, OrderIntake
from orders.services import cancellation
from tests.fulfillment.stock_model import PLACES, SKUS, ModelledStock
from tests.support.goods import NOW, follow_up


class StockMachine(ModelledStock):
    @rule(place=st.sampled_from(PLACES), sku=st.sampled_from(SKUS), units=st.integers(1, 8))
    def receive(self, place, sku, units):
        self.put(place, sku, units)

    @rule(place=st.sampled_from(PLACES), sku=st.sampled_from(SKUS), units=st.integers(1, 6))
    def lose(self, place, sku, units):
        enough = self.free_at(place, sku) >= units
        try:
            with transaction.atomic():
                stock.book(sku=sku, location_id=self.company.places[place].pk, units=-units, place=Place.LOSS,
                           reason="lost", reference=self.next_name("loss-"), now=NOW)  # fmt: skip
        except stock.StockPromised:
            assert not enough
        else:
            assert enough
            self.model.on_hand[sku] -= units

    @rule(a=st.integers(0, 4), b=st.integers(0, 3))
    def buy(self, a, b):
        """Held and paid at once: most of what follows begins with a parcel."""
        before = set(self.model.state)
        self.reserve(a, b, 30)
        for number in set(self.model.state) - before:
            self._paid(number)

    @rule(a=st.integers(0, 6), b=st.integers(0, 6), minutes=st.integers(10, 60))
    def reserve(self, a, b, minutes):
        lines = +Counter(a=a, b=b)
        if not lines:
            return
        number, there = self.next_name("o"), self.model.has(lines)
        try:
            with transaction.atomic():
                self.company.hold(number, dict(lines))
        except OutOfStock:
            assert not there
            return
        assert there
        self.model.add(number, lines, until=NOW + timedelta(minutes=minutes))
        _await_payment(number, self.model.until[number])

    @precondition(lambda self: self.of("held", "released"))
    @rule(data=st.data())
    def reserve_again(self, data):
        number = self.drawn(data, "held", "released")
        was_held = self.model.state[number] == "held"
        there = was_held or self.model.has(self.model.orders[number])
        try:
            with transaction.atomic():
                self.company.hold(number, dict(self.model.orders[number]))
        except OutOfStock:
            assert not there
            return
        assert there
        self.model.state[number] = "held"
        until = self.model.until[number]
        OrderIntake.objects.filter(number=number).update(state="awaiting_payment", expires_at=until)

    @precondition(lambda self: self.of("held", "live", "released"))
    @rule(data=st.data())
    def confirm(self, data):
        self._paid(self.drawn(data, "held", "live", "released"))

    def _paid(self, number: str) -> None:
        try:
            with transaction.atomic():
                request(order_number=number, now=NOW)
                follow_up()
        except HoldLapsed:
            assert self.model.state[number] == "released"
            return
        assert self.model.state[number] != "released"
        self.model.state[number] = "live"
        OrderIntake.objects.filter(number=number).update(state="confirmed")

    @precondition(lambda self: self.of("held", "live", "released"))
    @rule(data=st.data())
    def release(self, data):
        number = self.drawn(data, "held", "live", "released")
        done = reservation.release(order_number=number, reason="cancelled", now=NOW + timedelta(hours=1))
        assert done == (self.model.state[number] == "held")
        if done:
            self.model.state[number] = "released"

    @rule(minutes=st.integers(5, 65))
    def sweep_unpaid_orders(self, minutes):
        """Whoever has not paid in time holds nothing any more."""
        now = NOW + timedelta(minutes=minutes)
        cancellation.expire_unpaid(now=now)
        for number in self.of("held"):
            if self.model.until[number] <= now:
                self.model.state[number] = "released"

    @rule(minutes=st.sampled_from([10, 31]))
    def sweep_unanswered_parcels(self, minutes):
        acceptance.refuse_overdue(now=NOW + timedelta(minutes=minutes))
        follow_up()
        self.all_routed_again()

    @precondition(lambda self: self.parcels("accepted", "picked", "awaiting_acceptance"))
    @rule(data=st.data())
    def ship(self, data):
        parcel = self.drawn_parcel(data, "accepted", "picked", "awaiting_acceptance")
        if parcel.state == "awaiting_acceptance":
            acceptance.accept(fulfillment_id=parcel.pk, actor=SYSTEM, now=NOW)
            parcel.refresh_from_db()
        stock.ship(fulfillment=parcel, now=NOW)
        for state in ("picked", "packed", "handed_over")[parcel.state == "picked" :]:
            advance_many([parcel], state, now=NOW, actor=SYSTEM)
        for line in parcel.lines.all():
            self.model.on_hand[line.sku] -= line.quantity
            self.model.orders[parcel.demand.order_number][line.sku] -= line.quantity

    @precondition(lambda self: self.parcels("handed_over"))
    @rule(data=st.data(), twice=st.booleans())
    def come_back(self, data, twice):
        parcel = self.drawn_parcel(data, "handed_over")
        advance_many([parcel], "refused", now=NOW, actor=SYSTEM)
        for _time in range(1 + twice):
            stock.receive_back(fulfillment=parcel, now=NOW)
        advance_many([parcel], "returned", now=NOW, actor=SYSTEM)
        for line in parcel.lines.all():
            self.model.on_hand[line.sku] += line.quantity

    @precondition(lambda self: self.parcels("awaiting_acceptance"))
    @rule(data=st.data(), counted=st.booleans())
    def refuse_and_route_again(self, data, counted):
        """A store says no; where it counted, what is not there leaves the books."""
        parcel = self.drawn_parcel(data, "awaiting_acceptance")
        units, lost = self.drawn_units(data, parcel) if counted else ({}, Counter())
        acceptance.refuse(fulfillment_id=parcel.pk, actor=SYSTEM, reason="not_on_shelf",
                          lacking=units if lost else None, now=NOW)  # fmt: skip
        self._lost(parcel.demand.order_number, lost)

    @precondition(lambda self: self.parcels("accepted"))
    @rule(data=st.data())
    def pick(self, data):
        advance_many([self.drawn_parcel(data, "accepted")], "picked", now=NOW, actor=SYSTEM)

    @precondition(lambda self: self.parcels("accepted", "picked"))
    @rule(data=st.data(), reason=st.sampled_from(shortage.REASONS), found=st.booleans())
    def lack_at_the_shelf(self, data, reason, found):
        parcel = self.drawn_parcel(data, "accepted", "picked")
        units, lost = self.drawn_units(data, parcel)
        try:
            told = shortage.report_units(
                fulfillment_id=parcel.pk, actor=SYSTEM, now=NOW, lacking=units, reason=reason
            )
        except shortage.NothingLacks:
            assert not lost
            return
        assert lost
        self.model.reports.append((told, lost))
        self._lost(parcel.demand.order_number, lost)
        if found:
            self._found(told, lost)

    def _lost(self, number: str, lost: Counter) -> None:
        """These units are out of the books, and looked for elsewhere."""
        self.model.on_hand -= lost
        follow_up()
        self.routed_again(number, most=self.model.lacking[number] + lost)

    @precondition(lambda self: self.model.reports)
    @rule(data=st.data())
    def find_again(self, data):
        """As much later as may be: the parcel may have left, the order may have been given up."""
        self._found(*data.draw(st.sampled_from(self.model.reports)))

    def _found(self, told: shortage.Report, lost: Counter) -> None:
        """What was reported lies there after all. Refused, nothing has changed."""
        number = told.parcel.demand.order_number
        parcel = locked(told.parcel.pk)
        try:
            with transaction.atomic():
                found_again.take_back(parcel, told.facts, now=NOW, actor=SYSTEM)
        except DomainError:
            return
        self.model.reports.remove((told, lost))
        self.model.on_hand += lost
        follow_up()
        self.routed_again(number, most=self.model.orders[number])

    @precondition(lambda self: self._exceptions())
    @rule(data=st.data(), again=st.booleans())
    def operator_decides(self, data, again):
        """An order that nobody could serve is routed once more, or its rest is given up."""
        number = data.draw(st.sampled_from(self._exceptions()))
        if again:
            exceptions.re_route(order_number=number, actor=SYSTEM, now=NOW)
            follow_up()
            self.routed_again(number, most=self.model.lacking[number])
            return
        exceptions.cancel(order_number=number, actor=SYSTEM, reason="nowhere", now=NOW)
        left = Counter()
        for parcel in self.parcels(*IN_HOUSE):
            if parcel.demand.order_number == number:
                left += Counter({line.sku: line.quantity for line in parcel.lines.all()})
        self.model.orders[number], self.model.lacking[number] = left, Counter()
        ended = FulfillmentDemand.objects.get(order_number=number).state in ("cancelled", "done")
        self.model.state[number] = "gone" if ended else "live"

    def _exceptions(self) -> list[str]:
        rows = FulfillmentDemand.objects.filter(state="exception").order_by("pk")
        return list(rows.values_list("order_number", flat=True))

    @rule(sku=st.sampled_from(SKUS), units=st.integers(1, 5), ends=st.permutations(PLACES))
    def send_elsewhere(self, sku, units, ends):
        giver, taker = (self.company.places[code].pk for code in ends[:2])
        enough = self.free_at(ends[0], sku) >= units
        try:
            with transaction.atomic():
                made = transfers.request(
                    actor=SYSTEM, from_id=giver, to_id=taker, wanted={sku: units}, now=NOW
                )
                transfer_moves.send(actor=SYSTEM, code=made.code, now=NOW)
        except transfers.NotEnoughThere:
            assert not enough
            return
        assert enough
        self.model.on_hand[sku] -= units
        self.model.under_way[made.code] = (sku, units)

    @precondition(lambda self: self.model.under_way)
    @rule(data=st.data())
    def arrive(self, data):
        """More, fewer or broken: what is good is on the shelf."""
        code = data.draw(st.sampled_from(sorted(self.model.under_way)))
        sku, units = self.model.under_way.pop(code)
        good, damaged = data.draw(st.integers(0, units + 1)), data.draw(st.integers(0, 2))
        found = {sku: transfer_moves.Arrival(good=good, damaged=damaged)}
        transfer_moves.receive(actor=SYSTEM, code=code, found=found, now=NOW)
        self.model.on_hand[sku] += good

    @precondition(lambda self: StockLevel.objects.exists())
    @rule(data=st.data(), parts=st.integers(1, 4))
    def divide(self, data, parts):
        level_id = data.draw(st.sampled_from(sorted(StockLevel.objects.values_list("pk", flat=True))))
        with connection.cursor() as cursor:
            cursor.execute("SELECT fulfillment_divide(%s, %s, 1, %s)", [level_id, parts, NOW])

    @rule()
    def gather(self):
        hot.gather(sorted(StockLevel.objects.values_list("pk", flat=True)))

    @rule()
    def make_whole(self):
        for level_id in StockLevel.objects.filter(buckets__gt=0).values_list("pk", flat=True):
            hot.make_whole(level_id=level_id, now=NOW)


def _await_payment(number: str, until) -> None:
    """The order's own row and one of its lines, as placing writes them: what the sweeper looks at."""
    money = dict.fromkeys(("total_incl_tax", "total_excl_tax"), 0)
    order = Order.objects.create(number=number, date_placed=NOW, **money)
    intake = OrderIntake.objects.create(
        order=order, number=number, state="awaiting_payment", channel="web", way="ship", total_fen=0,
        contact_phone="13800000000", placed_at=NOW, expires_at=until,
    )  # fmt: skip
    prices = ("", "_before_discounts")
    amounts = {f"line_price{each}_{tax}_tax": 0 for each in prices for tax in ("incl", "excl")}
    line = Line.objects.create(order=order, title=number, quantity=1, num_allocated=0, **amounts)
    LineTerms.objects.create(
        line=line, intake=intake, sku="a", title=number, kind="accessory", is_goods=True, is_instant=False,
        seller_id=1, quantity=1, unit_fen=0, amount_fen=0,
    )  # fmt: skip


def machine(**more) -> settings:
    """The same sequences each time, unless a profile was asked for that draws its own."""
    if settings.get_current_profile_name() == "deep":
        more.pop("max_examples", None)
        return settings(settings.get_profile("deep"), **more)
    same = {"max_examples": 25, "stateful_step_count": 20, "deadline": None, "derandomize": True}
    return settings(**same | {"suppress_health_check": list(HealthCheck)} | more)


def only(*names: str) -> type[StockMachine]:
    """The machine with these rules alone, so that few sequences go deep."""
    rules = [name for name, each in vars(StockMachine).items() if hasattr(each, RULE_MARKER)]
    assert set(names) <= set(rules)
    return type("Only", (StockMachine,), dict.fromkeys(set(rules) - set(names)))


SHELF = ("reserve", "buy", "pick", "ship", "lack_at_the_shelf", "find_again", "operator_decides")
TRAVEL = ("reserve", "send_elsewhere", "arrive", "divide", "gather")


@pytest.mark.django_db
def test_whatever_happens_the_figures_agree_with_the_model():
    run(StockMachine, settings=machine())


@pytest.mark.django_db
def test_what_lacks_is_found_again_or_sent_from_elsewhere():
    run(only(*SHELF, "refuse_and_route_again", "sweep_unanswered_parcels"), settings=machine(max_examples=10))


def forgetful_gathering(monkeypatch):
    """What it brought back is one unit fewer."""
    short = "UPDATE fulfillment_stockbucket SET free = free - 1 WHERE free > 0 AND level_id = ANY(%s)"
    monkeypatch.setattr(hot, "_GATHER", short)
    return TRAVEL


def found_units_not_promised(monkeypatch):
    """They lie there again, but whoever comes first may buy them."""
    monkeypatch.setattr(found_again, "_promise_again", lambda fo, row, now: None)
    return SHELF


def sweeper_that_frees_nothing(monkeypatch):
    monkeypatch.setattr(cancellation, "_give_back", lambda intake, lines, *, actor, reason, now: None)
    return ("reserve", "sweep_unpaid_orders")


def surplus_left_lying(monkeypatch):
    """Of a transfer no more arrives than was sent."""
    real = transfer_moves._book

    def book(transfer, line, units, *rest):
        real(transfer, line, 0 if rest[2] == transfer_moves.SURPLUS else units, *rest)

    monkeypatch.setattr(transfer_moves, "_book", book)
    return TRAVEL


def loss_that_stays_in_the_books(monkeypatch):
    monkeypatch.setattr(shortage.losses, "_lose", lambda fo, lost, reason, reference, now: None)
    return SHELF


FAULTS = (
    forgetful_gathering,
    found_units_not_promised,
    sweeper_that_frees_nothing,
    surplus_left_lying,
    loss_that_stays_in_the_books,
)


@pytest.mark.django_db
@pytest.mark.parametrize("fault", FAULTS)
def test_the_machine_finds_a_fault(fault, monkeypatch):
    """Each of them is found, so the machine above can fail."""
    rules = fault(monkeypatch)
    with pytest.raises(AssertionError):
        run(only(*rules), settings=machine(phases=[Phase.generate], max_examples=60))
