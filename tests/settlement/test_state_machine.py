"""Arbitrary days of money against a small model: after every step the books say what the model says.

The model knows orders, what was paid and taken back, and the largest remainder in Python; the books are
PostgreSQL. Steps: pay, pay in parts, refund, cash on delivery, hand over, a fact that comes late, cut-off and
night, a night that dies, closing; and after each, running everything again changes nothing.
"""

from collections import Counter, defaultdict
from datetime import timedelta
from unittest import mock

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from fulfillment.events import CodRemitted, HandedOver
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.money import share_out
from settlement import demo
from settlement.models import (
    BusinessDay,
    Journal,
    NetPosition,
    OrderShare,
    Posting,
    Trade,
    TradeShare,
)
from settlement.queries import invariants, ledger
from settlement.services import business_day, clearing, closing, facts, night, terms, transfers
from tests.settlement.world import NOON, World

pytestmark = pytest.mark.django_db
TABLES = (Journal, Posting, Trade, TradeShare, NetPosition, BusinessDay)
KINDS = st.sampled_from(["device", "sim", "accessory", "merchant_goods"])
LINE = st.tuples(KINDS, st.integers(1, 500_00))


class Killed(Exception):
    """The worker dies here."""


class Books(RuleBasedStateMachine):
    """One example is one transaction, undone at its end."""

    def __init__(self):
        super().__init__()
        self.work = transaction.atomic()
        self.work.__enter__()
        self.world = World().build()
        demo.load(now=NOON)
        self.patches = [
            mock.patch.object(facts, "money_terms", self.world.terms.__getitem__),
            mock.patch.object(terms, "money_terms", self.world.terms.__getitem__),
            mock.patch.object(clock, "now", self._now),
            mock.patch.object(clearing, "CHUNK_ROWS", 2),
        ]
        for patch in self.patches:
            patch.start()
        self.orders: dict[str, list] = {}  # number -> [(payment id, means, fen)]
        self.taken: dict[str, Counter] = defaultdict(Counter)  # number -> line -> fen taken back
        self.cod: dict[str, int] = {}
        self.handed: set[str] = set()

    def _now(self):
        return self.world.now

    def teardown(self):
        for patch in self.patches:
            patch.stop()
        transaction.set_rollback(True)
        self.work.__exit__(None, None, None)

    # --- what happens in the shop

    @rule(
        lines=st.lists(LINE, min_size=1, max_size=3),
        shipping=st.integers(0, 2_000),
        parts=st.integers(1, 3),
        store=st.sampled_from([None, "st-1", "st-2"]),
    )
    def paid(self, lines, shipping, parts, store):
        """An order, paid at once or in parts."""
        shaped = [(kind, "mc" if kind == "merchant_goods" else "root", fen) for kind, fen in lines]
        number = self.world.order(*shaped, shipping=shipping, store=store)
        self.world.confirm(number)
        total = self.world.terms[number].total_fen
        pieces = [fen for fen in share_out(total, [1] * parts) if fen]
        self.orders[number] = [(self.world.pay(number, fen), "unipay", fen) for fen in pieces]

    @rule(fen=st.integers(100, 50_000))
    def cash_on_delivery(self, fen):
        """Shipped, paid to the courier at the door."""
        number = self.world.order(("accessory", "root", fen), cod=True)
        self.world.confirm(number)
        self._hand_over(number)
        self.world.pay(number, means="cod", provider=None, collector="cr")
        self.orders[number], self.cod[number] = [], fen

    @precondition(lambda self: self.cod)
    @rule()
    def handed_in(self):
        """The courier brings all the cash."""
        self.world.numbers += 1
        total, numbers = sum(self.cod.values()), list(self.cod)
        facts.cod_remitted(
            CodRemitted(self.world.numbers, self.world.id("cr"), total, numbers, self.world.now.isoformat())
        )
        self.cod.clear()

    @precondition(lambda self: any(self._left(number) for number in self.orders))
    @rule(data=st.data(), whole=st.booleans())
    def taken_back(self, data, whole):
        """A line of a paid order, whole or in part."""
        number = data.draw(st.sampled_from([one for one in self.orders if self._left(one)]))
        line, most = data.draw(st.sampled_from(sorted(self._left(number).items())))
        payment, _means, paid = data.draw(st.sampled_from(self.orders[number]))
        fen = min(paid, most if whole else data.draw(st.integers(1, most)))
        self.world.refund(number, payment, [[line, fen]])
        self.taken[number][line] += fen

    @precondition(lambda self: set(self.orders) - self.handed)
    @rule(data=st.data())
    def handed_over(self, data):
        self._hand_over(data.draw(st.sampled_from(sorted(set(self.orders) - self.handed))))

    @rule(fen=st.integers(100, 50_000))
    def late(self, fen):
        """A fact of the day before that comes only now falls in the open day."""
        number = self.world.order(("device", "root", fen))
        self.world.confirm(number)
        begun = business_day.cut_off_instant(business_day.current_day() - timedelta(days=1))
        payment = self.world.pay(number, at=begun - timedelta(minutes=1))
        self.orders[number] = [(payment, "unipay", fen)]
        trade = Trade.objects.get(source_key=f"payment:{payment}")
        assert trade.business_date == business_day.current_day() == trade.original_date + timedelta(days=1)

    # --- what happens at night

    @rule()
    def night_comes(self):
        night.run_due(now=self.world.tomorrow())

    @rule(after=st.integers(1, 3), stage=st.sampled_from(["_post", "_share"]))
    def night_dies(self, after, stage):
        """Killed in a chunk; the next night, or the next worker, goes on."""
        calls, real = [], getattr(clearing, stage)

        def dies(*args):
            calls.append(1)
            if len(calls) == after:
                raise Killed
            return real(*args)

        with mock.patch.object(clearing, stage, dies):
            try:
                night.run_due(now=self.world.tomorrow())
            except Killed:
                assert invariants.broken() == []

    @rule()
    def finance_works(self):
        """Proposes, confirms and closes the oldest day that waits for it."""
        day = BusinessDay.objects.filter(state__in=("netted", "instructed")).order_by("business_date").first()
        if day is None:
            return
        when = {"day": day.business_date, "now": self.world.now}
        transfers.propose_transfers(actor=self.world.clerk, **when)
        transfers.confirm_transfers(actor=self.world.lead, **when)
        assert closing.close_day(actor=self.world.lead, **when).state == "sealed"

    @rule()
    def refused(self):
        """What is refused changes nothing at all."""
        day = BusinessDay.objects.latest("business_date").business_date
        before = self._everything()
        for who, command in (
            (self.world.lead, closing.close_day),
            (self.world.clerk, closing.close_day),
            (self.world.auditor, transfers.propose_transfers),
            (self.world.clerk, transfers.confirm_transfers),
        ):
            with pytest.raises(DomainError), transaction.atomic():
                command(actor=who, day=day, now=self.world.now)
        assert self._everything() == before

    # --- what always holds

    @invariant()
    def books_hold(self):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        assert invariants.broken() == []

    @invariant()
    def money_is_where_the_model_says(self):
        paid = sum(fen for payments in self.orders.values() for _id, _means, fen in payments)
        back = sum(fen for lines in self.taken.values() for fen in lines.values())
        assert self._balance("provider_transit") == paid - back
        assert self._balance("cod_transit") == sum(self.cod.values())

    @invariant()
    def shares_are_the_models(self):
        """Of orders whose trades are all cleared: the frozen shares less what came back."""
        uncleared = set(BusinessDay.objects.filter(state__in=("open", "cutoff", "clearing")).values_list(
            "business_date", flat=True))  # fmt: skip
        for number in self.orders:
            trades = Trade.objects.filter(order_number=number)
            if trades.exists() and not trades.filter(business_date__in=uncleared).exists():
                assert self._given(number) == self._expected(number)

    @invariant()
    def again_changes_nothing(self):
        before = self._everything()
        night.run_due(now=self.world.now)
        unfinished = BusinessDay.objects.filter(state__in=("cutoff", "clearing", "balanced"))
        assert not unfinished.exists()
        settled = self._everything()
        night.run_due(now=self.world.now)
        assert self._everything() == settled
        assert before["trades"] == settled["trades"]

    # --- the model

    def _hand_over(self, number: str) -> None:
        self.world.numbers += 1
        facts.handed_over(
            HandedOver(self.world.numbers, number, self.world.id("wh"), self.world.id("cr"), 0,
                       self.world.now.isoformat())
        )  # fmt: skip
        self.handed.add(number)

    def _left(self, number: str) -> dict[int, int]:
        """Fen by line that can still be taken back."""
        whole = dict(self.world.everything_of(number)) if self.orders[number] else {}
        left = {line: fen - self.taken[number][line] for line, fen in whole.items()}
        return {line: fen for line, fen in left.items() if fen}

    def _expected(self, number: str) -> Counter:
        """Fen by role: what was frozen, less what refunds took, line by line."""
        kept: Counter = Counter()
        shares = OrderShare.objects.filter(terms__order_number=number).order_by("pk")
        for line in {share.line_id for share in shares}:
            frozen = [share for share in shares if share.line_id == line]
            back = self.taken[number][line]
            gone = share_out(back, [one.amount_fen for one in frozen]) if back else [0] * len(frozen)
            for one, fen in zip(frozen, gone, strict=True):
                kept[one.role] += one.amount_fen - fen
        return +kept

    def _given(self, number: str) -> Counter:
        given: Counter = Counter()
        rows = TradeShare.objects.filter(trade__order_number=number).exclude(role="provider")
        for role, fen in rows.exclude(account_kind="fee_cost").values_list("role", "amount_fen"):
            given[role] += fen
        return +given

    def _balance(self, kind: str) -> int:
        return sum(row["balance"] for row in ledger.trial_balance(kind=kind))

    def _everything(self) -> dict:
        counts = {table.__name__: table.objects.count() for table in TABLES}
        days = tuple(BusinessDay.objects.values_list("business_date", "state", "problem", "seal_root"))
        return counts | {"days": days, "trades": counts["Trade"],
                         "balances": tuple(row["balance"] for row in ledger.trial_balance())}  # fmt: skip


HOW = {"deadline": None, "suppress_health_check": list(HealthCheck), "derandomize": True, "database": None}


def test_arbitrary_days_of_money():
    run_state_machine_as_test(Books, settings=settings(max_examples=12, stateful_step_count=14, **HOW))


def test_the_machine_notices_a_fen_in_the_wrong_place():
    """The control: the smallest remainder instead of the largest."""
    wrong = clearing.sql.SHARES.replace("mod(total * weight, whole) DESC", "mod(total * weight, whole)")
    assert wrong != clearing.sql.SHARES
    quick = settings(max_examples=40, stateful_step_count=14, phases=[Phase.generate], **HOW)
    with mock.patch.object(clearing.sql, "SHARES", wrong), pytest.raises(AssertionError):
        run_state_machine_as_test(Books, settings=quick)
