"""The player: owns the clock, goes through the slots, waits for an empty outbox between steps."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from tqdm import tqdm

from fulfillment.services import acceptance_rates
from fulfillment.services.optimiser import centre_reckoning, shadow_prices
from omnichannel.kernel import clock
from omnichannel.models import PlayedDay, PlayedOrder
from orders.models import OrderIntake

from . import bad_luck, cards, checks, goods, money, night, postings, rounds, script, workers
from .cast import cast
from .doors import Doors
from .script import SLOT, SLOTS, Scripted
from .turns import AtOnce, Turn

# Waves are built when these slots end; their parcels are worked on so many slots later. What the last slots
# bring follows in the evening, minutes after its wave.
WAVES_AFTER_SLOTS = (5, 11, 17)
WORK_AFTER_SLOTS = {1: "pick", 2: "pack", 4: "load", 6: "deliver"}
LEAVES_AFTER = timedelta(minutes=60)
LAST_WAVE = timedelta(minutes=35)
WORK_IN_THE_EVENING = {2: "pick", 15: "", 32: "pack", 75: "load", 125: "deliver"}
WORK_OF_SLOT = {wave + later: work for wave in WAVES_AFTER_SLOTS for later, work in WORK_AFTER_SLOTS.items()}


@dataclass
class Player:
    """Plays one day; a killed one goes on with the slot where it stopped."""

    day: date
    seed: int
    size: int
    base_url: str
    inline: bool = False
    worker_pid: int | None = None
    refusing: set[str] = field(default_factory=set)
    late: list[str] = field(default_factory=list)

    def play(self) -> PlayedDay:
        self.played, _made = PlayedDay.objects.get_or_create(
            day=self.day, defaults={"seed": self.seed, "size": self.size}
        )
        if self.played.finished_at:
            return self.played
        self.seed, self.size = self.played.seed, self.played.size
        self.doors = Doors(self.played, base_url=self.base_url)
        begin = clock.day_bounds(self.day)[0]
        morning = begin + timedelta(hours=script.OPENS_AT_HOUR)
        self.cast = cast()
        self.slots = script.write(seed=self.seed, size=self.size, morning=morning, cast=self.cast)
        self.unlucky = bad_luck.unlucky(self.slots, self.cast)
        self._daytime()
        self._night(begin + timedelta(days=1))
        return self.played

    def _daytime(self) -> None:
        begins = script.slot_begins(self._morning())
        with tqdm(total=self.size, desc="  orders", unit="order", mininterval=0.5) as bar:
            bar.update(sum(len(slot) for slot in self.slots[: self.played.slots_done]))
            for number in range(self.played.slots_done, SLOTS):
                self._slot(number, begins[number], bar)
                self.played.slots_done = number + 1
                self.played.save(update_fields=["slots_done"])

    def _morning(self) -> datetime:
        return clock.day_bounds(self.day)[0] + timedelta(hours=script.OPENS_AT_HOUR)

    def _slot(self, number: int, begins: datetime, bar: tqdm) -> None:
        clock.simulate(begins)
        money.tell_late(self.late, now=begins)
        self.late = []
        placed = {row.index: row for row in PlayedOrder.objects.filter(played=self.played)}
        for wanted in self.slots[number]:
            clock.simulate(wanted.at)
            if wanted.index not in placed:
                placed[wanted.index] = self.doors.place(wanted)
            self._settle_customer(wanted, placed[wanted.index])
            bar.update(1)
            self._maybe_lose_a_worker(number, wanted)
        turn, work = Turn(begins), WORK_OF_SLOT.get(number, "")
        if work == "pick":
            goods.find_gaps(turn)
        self._turn(turn, work)
        now = begins + SLOT - timedelta(seconds=1)
        clock.simulate(now)
        cards.play(day=self.day, seed=self.seed, size=self.size, slot=number, cast=self.cast, now=now)
        postings.play(day=self.day, seed=self.seed, slot=number, cast=self.cast, now=now)
        money.timers(now=now)
        self.rest()
        self._strike(number, placed, now)
        self._stores(number, now)
        self._changes_of_mind(number, placed, now)
        if number in WAVES_AFTER_SLOTS:
            goods.build_waves(now=now, cut_off=now + LEAVES_AFTER)
        self.rest()

    def _maybe_lose_a_worker(self, number: int, wanted: Scripted) -> None:
        """At noon, in the middle of a slot's orders, one of the worker's processes gets kill -9."""
        slot = self.slots[number]
        if number == SLOTS // 2 and self.worker_pid and wanted is slot[len(slot) // 2]:
            self._note("worker_killed", workers.kill_one(self.worker_pid))

    def _settle_customer(self, wanted: Scripted, row: PlayedOrder) -> None:
        """Right after placing: pay, or leave it."""
        if not row.order_number or not wanted.pays_provider:
            return
        intake = OrderIntake.objects.get(number=row.order_number)
        if intake.state == OrderIntake.State.AWAITING_PAYMENT and intake.due_fen:
            out_trade_no = money.pay(wanted, row.order_number, now=wanted.at)
            if wanted.callback == "late":
                self.late.append(out_trade_no)

    def _strike(self, number: int, placed: dict[int, PlayedOrder], now: datetime) -> None:
        for wanted in self.unlucky.values():
            if wanted in self.slots[number] and placed[wanted.index].order_number:
                bad_luck.strike(placed[wanted.index].order_number, rest=self.rest, now=now)

    def _stores(self, number: int, now: datetime) -> None:
        """Stores answer; a refused order is routed again and the next store asked."""
        chance = Random(f"{self.seed}:stores:{number}")
        refused = 1
        while refused:
            _accepted, refused = goods.stores_answer(chance=chance, now=now)
            self.rest()

    def _changes_of_mind(self, number: int, placed: dict[int, PlayedOrder], now: datetime) -> None:
        for wanted in self.slots[number]:
            row = placed[wanted.index]
            if wanted.fate in ("cancel_unpaid", "cancel_paid") and row.order_number:
                intake = OrderIntake.objects.get(number=row.order_number)
                if intake.may_become(OrderIntake.State.CANCELLED):
                    money.cancel(row.order_number, now=now)

    def _turn(self, turn: Turn, work: str) -> None:
        """Half an hour in which goods move, told when it is over; each serves counters and takes cards."""
        clock.simulate(turn.now)
        rounds.collect_at_counters(turn)
        goods.serve_counters(turn)
        if work == "pick":
            goods.pick(turn)
        goods.take_cards(turn)
        if work == "pick":
            self._take_an_account_back(turn.now)
        elif work == "pack":
            goods.pack(turn)
        elif work == "load":
            rounds.go_out(turn)
        elif work == "deliver":
            rounds.deliver(turn, refusing=self._refusing())

    def _take_an_account_back(self, now: datetime) -> None:
        """The day's one opened card that was scratched; everything within two minutes."""
        self.rest()
        since, seen_at = clock.day_bounds(self.day)[0], now + timedelta(seconds=35)
        closed = partial(self._rest_at, seen_at + timedelta(seconds=20))
        if self.unlucky and bad_luck.take_an_account_back(rest=closed, since=since, now=seen_at):
            goods.take_cards(AtOnce(seen_at + timedelta(seconds=55)))
            self._rest_at(seen_at + timedelta(seconds=70))

    def _refusing(self) -> set[str]:
        """Numbers of the orders whose customers will not take the parcel."""
        wanted = {each.index for slot in self.slots for each in slot if each.fate == "refuse_door"}
        rows = PlayedOrder.objects.filter(played=self.played, index__in=wanted).exclude(order_number="")
        return set(rows.values_list("order_number", flat=True)) | postings.refused(self.day)

    def _evening(self, evening: datetime) -> None:
        """Late call-backs, the last parcels, and the day's cash is paid in."""
        last = self._morning() + SLOT * SLOTS + LAST_WAVE
        clock.simulate(last)
        money.tell_late(self.late, now=last)
        money.timers(now=last)
        self.rest()
        self._stores(SLOTS, last)
        goods.build_waves(now=last, cut_off=last + LEAVES_AFTER)
        for minutes, work in WORK_IN_THE_EVENING.items():
            self._turn(Turn(last + timedelta(minutes=minutes)), work)
            self.rest()
        clock.simulate(evening)
        money.timers(now=evening)
        self.rest()
        money.pay_out_in_cash(now=evening)
        rounds.pay_in_cash(now=evening + timedelta(minutes=10))
        self.rest()

    def _night(self, midnight: datetime) -> None:
        self._evening(midnight - timedelta(minutes=30))
        now = midnight + timedelta(minutes=5)
        clock.simulate(now)
        night.wait_until_netted(self.day, inline=self.inline, now=now)
        self.played.notes |= night.pay_out_and_close(self.day, seed=self.seed, now=now)
        acceptance_rates.reckon(now=now)
        shadow_prices.solve(now=now)  # what the day's orders say; routing listens where it is switched on
        centre_reckoning.reckon_tonight(now=now)
        self.played.notes["breaches"] = checks.run(self.day)
        self.played.finished_at = now
        self.played.save()
        clock.simulate(None)

    def _note(self, key: str, value) -> None:
        self.played.notes[key] = value
        self.played.save(update_fields=["notes"])

    def _rest_at(self, moment: datetime) -> None:
        clock.simulate(moment)
        self.rest()

    def rest(self) -> None:
        workers.wait_for_rest(inline=self.inline)
