"""Days with money to transfer, and a second lead."""

from datetime import date, timedelta

from settlement.models import FundTransfer
from settlement.services import business_day, closing, night, transfer_files, transfers
from tests.settlement.world import NOON

DAY = business_day.business_day_of(NOON)


def sell(world, fen: int, *, seller: str = "mc", store: str | None = None, cash: bool = False) -> str:
    """An order of a merchant's goods, paid to the provider, or in cash at the store."""
    number = world.order(("merchant_goods", seller, fen), store=store, channel="store" if cash else "web")
    world.confirm(number)
    if cash:
        world.pay(number, means="cash", provider=None, collector=store)
    else:
        world.pay(number)
    return number


def run(world) -> list[str]:
    return night.run_due(now=world.tomorrow())


def propose(world, day: date = DAY) -> list[FundTransfer]:
    return transfers.propose_transfers(actor=world.clerk, day=day, now=world.now)


def pay_out(world, day: date = DAY, *, close: bool = True):
    """Propose, confirm and export a day; its transfer file, None without transfers."""
    drafts = propose(world, day)
    transfers.confirm_transfers(actor=world.lead, day=day, now=world.now)
    file = transfer_files.export_transfers(actor=world.clerk, day=day, now=world.now) if drafts else None
    if close:
        closing.close_day(actor=world.lead, day=day, now=world.now)
    return file


def next_day(day: date = DAY) -> date:
    return day + timedelta(days=1)
