"""The month: each day is played through the doors, its night settled, its morning worked off by finance."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from tqdm import tqdm

from members.services import points
from omnichannel.demo_day import night
from omnichannel.demo_day.cast import cast
from omnichannel.demo_day.player import Player
from omnichannel.demo_day.workers import wait_for_rest
from omnichannel.kernel import clock
from settlement.services.reconciliation.importing import age_pool

from . import buying, checks, crash, late, supply
from .controls import Control, controls
from .finance import Desk
from .plan import Trouble, trouble


class DayOfMonth(Player):
    """A played day whose night belongs to the month."""

    def _night(self, midnight: datetime) -> None:
        self._evening(midnight - timedelta(minutes=30))
        self.played.finished_at = midnight
        self.played.save(update_fields=["finished_at"])


@dataclass
class Month:
    """days: how many; size: orders a day. `kill` stands for what stops the night; returns what it left."""

    first: date
    days: int
    seed: int
    size: int
    base_url: str
    kill: Callable[[date], str] = crash.kill_the_night
    notes: dict[str, str] = field(default_factory=dict)

    def play(self) -> list[str]:
        """Play it all; what does not hold at the end, in words. The clock is given back afterwards."""
        begins = clock.day_bounds(self.first)[0]
        self.desk = Desk(seed=self.seed, begins_on=self.first, now=begins + timedelta(hours=6))
        self.asleep: list[str] = []
        try:
            for number in tqdm(range(self.days), desc="  days", unit="day"):
                self._day(trouble(number, self.days))
            self._month_end()
            return self._judged()
        finally:
            clock.simulate(None)

    def _day(self, plan: Trouble) -> None:
        day = self.first + timedelta(days=plan.number)
        midnight = clock.day_bounds(day)[1]
        player = DayOfMonth(
            day=day, seed=self.seed + plan.number, size=self.size, base_url=self.base_url, inline=True
        )
        self._business(plan, day)
        player.play()
        self._before_midnight(plan, day, midnight - timedelta(minutes=10))
        self._settle(day, plan, midnight + timedelta(minutes=5))
        self._morning(day, plan, midnight)

    def _business(self, plan: Trouble, day: date) -> None:
        """Dealers, and customers who bring something back, before the shops are busy."""
        now = clock.day_bounds(day)[0] + timedelta(hours=7)
        chance = self._chance("business", plan)
        clock.simulate(now)
        if plan.supply:
            supply.order(number=plan.number // 7, chance=chance, now=now)
            self._count("dealers' orders", 1)
        self._count("goods bought", supply.suppliers_deliver(now=now))
        self._count("dealers' parcels", supply.count_parcels(now=now))
        if plan.number % 5 == 4:
            paid = supply.pay_oldest(lead=self.desk.lead, clerk=self.desk.clerk, now=now)
            self._count("dealers' payments", bool(paid))
        if plan.shared:
            number = buying.order_beyond_one_place(cast(), chance=chance, now=now)
            self._count("orders in several parcels", bool(number))
        if plan.returns:
            back = late.give_back(day=day, count=plan.returns, chance=chance, now=now)
            self._count("refunds after pay-out", len(back))
        wait_for_rest(inline=True)

    def _before_midnight(self, plan: Trouble, day: date, now: datetime) -> None:
        clock.simulate(now)
        chance = self._chance("owls", plan)
        self.asleep = buying.top_up_by_night(cast(), count=plan.owls, chance=chance, now=now)
        wait_for_rest(inline=True)

    def _settle(self, day: date, plan: Trouble, now: datetime) -> None:
        clock.simulate(now)
        if plan.killed:
            self.notes["night of"] = f"{day}, killed in state {self.kill(day)}, resumed"
        night.wait_until_netted(day, inline=True, now=now)

    def _morning(self, day: date, plan: Trouble, midnight: datetime) -> None:
        """Late news, lapsed points, statements, breaks, transfers, the bank, the close."""
        now = midnight + timedelta(minutes=20)
        clock.simulate(now)
        late.tell_after_midnight(self.asleep, now=now)
        self._count("late trades", len(self.asleep))
        points.lapse_due(now=now)
        wait_for_rest(inline=True)
        now = midnight + timedelta(hours=6)
        clock.simulate(now)
        self.desk.load_statements(day=day, sown=plan.sown, now=now)
        self.desk.work_off(day=day, now=now)
        self.desk.sign(now=now)
        self.desk.instruct(day=day, now=now)
        self.desk.hear_bank(day=day, failed=plan.bank_fails, unknown=plan.bank_unknown, now=now)
        self.desk.close(day=day, now=now)

    def _month_end(self) -> None:
        """The day after: what the last morning left is settled, without a single order."""
        for _turn in range(2):
            day = self.first + timedelta(days=self.days + _turn)
            midnight = clock.day_bounds(day)[1]
            now = midnight - timedelta(hours=8)
            clock.simulate(now)
            age_pool(now=now)
            self.desk.settle_claims(day=day, now=now)
            self._settle(day, Trouble(self.days + _turn), midnight + timedelta(minutes=5))
            self.asleep = []
            self._morning(day, Trouble(self.days + _turn), midnight)

    def _judged(self) -> list[str]:
        last = self.first + timedelta(days=self.days + 1)
        self.found: list[Control] = controls(last)
        played = [self.first + timedelta(days=number) for number in range(self.days + 2)]
        return checks.run(played, self.found)

    def _chance(self, what: str, plan: Trouble) -> Random:
        return Random(f"{self.seed}:{what}:{plan.number}")

    def _count(self, what: str, more: int) -> None:
        self.desk.done[what] += int(more)
