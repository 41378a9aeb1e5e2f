"""Trades with providers' numbers, the rows that a provider keeps of them, and accounts with statements."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from orders.events import PaymentCaptured, RefundMade
from orders.simulator.bills import alipay, unionpay, wechat
from orders.simulator.bills.rows import BillRow, fee_of
from settlement.models import ReconBreak, StatementAccount
from settlement.services import business_day, facts
from settlement.services.reconciliation import importing
from tests.settlement.world import NOON, World, institution

DAY = business_day.business_day_of(NOON)
NUMBERS = {
    "wechat": "1900000001",
    "alipay": "2088000000000001",
    "unionpay": "898000000000001",
    "bank": "6222020000000000001",
    "cod": "cr",
}
HOLDERS = {"bank": "bk", "cod": "cr"}


@dataclass
class Desk:
    """The finance desk of a World: money is booked and told to the provider in one go."""

    world: World
    rows: list[BillRow] = field(default_factory=list)

    def account(self, source: str) -> StatementAccount:
        code = HOLDERS.get(source, "pp-unipay")
        if code not in self.world.places:
            self.world.places[code] = institution(code, "bank")
        found, _is_new = StatementAccount.objects.get_or_create(
            source=source,
            number=NUMBERS[source],
            defaults={"institution": self.world.places[code], "begins_on": DAY},
        )
        return found

    def pay(self, fen: int, *, at: datetime = NOON) -> BillRow:
        """An order of one line, paid; the provider's row of it."""
        world = self.world
        number = world.order(fen)
        world.confirm(number)
        world.numbers += 1
        ours, theirs = f"{number}-U1", f"42{world.numbers:022d}"
        fact = PaymentCaptured(
            world.numbers, number, "unipay", world.id("pp-unipay"), None, fen, at.isoformat(), ours, theirs
        )
        facts.payment_captured(fact)
        row = BillRow("payment", ours, theirs, "", "", fen, fee_of(fen), at, f"华通, {number}")
        self.rows.append(row)
        return row

    def refund(self, paid: BillRow, fen: int, *, at: datetime | None = None) -> BillRow:
        world, number = self.world, paid.out_trade_no.removesuffix("-U1")
        at = at or paid.at + timedelta(minutes=30)
        world.numbers += 1
        ours, theirs = f"{paid.out_trade_no}-R{world.numbers}", f"50{world.numbers:022d}"
        lines = [[world.terms[number].lines[0].line_id, fen]]
        payment = int(paid.transaction_id[2:])
        facts.refund_made(
            RefundMade(
                world.numbers, payment, number, "unipay", world.id("pp-unipay"), None, fen, lines,
                at.isoformat(), ours, theirs,
            )
        )  # fmt: skip
        row = BillRow(
            "refund", paid.out_trade_no, paid.transaction_id, ours, theirs, fen, fee_of(fen), at, "退款"
        )
        self.rows.append(row)
        return row

    def files(self, source: str, rows=None, *, day=DAY) -> list[dict]:
        """The day as this provider writes it, with control totals where its format has none."""
        rows, number = self.rows if rows is None else rows, NUMBERS[source]
        if source == "wechat_parts":
            number = NUMBERS["wechat"]
            return [
                {"content": wechat.success_bill(rows, merchant=number)},
                {"content": wechat.refund_bill(rows, merchant=number)},
            ]
        if source == "wechat":
            return [{"content": wechat.all_bill(rows, merchant=number)}]
        if source == "alipay":
            return [{"content": alipay.trade_bill(rows, account=number, day=day)}]
        count, total = unionpay.totals(rows)
        return [{"content": unionpay.detail(rows, merchant=number), "rows": count, "sum_fen": total}]

    def load(self, source: str, rows=None, *, day=DAY, actor=None, now=None):
        """Import the day's files; returns the batch."""
        account = self.account(source.removesuffix("_parts"))
        for file in self.files(source, rows, day=day):
            batch = self.give(account, day=day, actor=actor, now=now, **file)
        return batch

    def give(self, account, *, content: bytes, day=DAY, actor=None, now=None, **more):
        return importing.import_bill(
            actor=actor or self.world.clerk,
            account_id=account.pk,
            day=day,
            content=content,
            file_name="bill",
            now=now or self.world.now,
            **more,
        )


NUMBERS["wechat_parts"] = NUMBERS["wechat"]


def found() -> set[tuple[str, str, int]]:
    """(kind, number, difference) of all live breaks."""
    rows = ReconBreak.objects.exclude(state="resolved").select_related(
        "line", "trade__reference", "bill_line", "transfer"
    )
    return {(row.kind, number_of(row), row.difference_fen) for row in rows}


def number_of(row: ReconBreak) -> str:
    if row.line:
        return row.line.our_reference
    if row.bill_line:
        return row.bill_line.our_reference
    if row.transfer:
        return row.transfer.reference
    return row.trade.reference.our_reference if hasattr(row.trade, "reference") else row.trade.order_number
