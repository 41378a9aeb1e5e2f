"""All statements of a demo day: the provider's bill and fund flow, the couriers' remittances, the bank's.

The same payments are also written as Alipay and UnionPay would tell them, to look at and to try.
"""

import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from fulfillment.queries.remitted import remitted_between
from members.queries import institutions_by_ids
from omnichannel.kernel.clock import day_bounds
from orders.simulator.bills import alipay, rows, seeding, unionpay, wechat
from orders.simulator.bills.seeding import Sown

from . import bank, cod, own_money, sowing

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Written:
    """A file with the account it belongs to; rows and sum_fen where the format states no totals."""

    name: str
    source: str
    number: str
    content: bytes
    rows: int | None = None
    sum_fen: int | None = None


@dataclass(frozen=True)
class Numbers:
    """Our numbers at each provider and at the bank."""

    wechat: str
    alipay: str
    unionpay: str
    bank: str


@dataclass
class DemoDay:
    """files are to be imported, others tell the same payments in another format; sown by kind of account."""

    files: list[Written]
    others: list[Written]
    sown: list[tuple[str, Sown]]


def statements(*, day: date, numbers: Numbers, seed: int | None) -> DemoDay:
    """The files of a day. Without a seed nothing is sown in."""
    sown: list[tuple[str, Sown]] = []
    money = _spoilt(rows.rows_of(day), seeding.sow, "trades", seed, sown)
    flow = _spoilt(money, sowing.sow_flow, "funds", seed, sown)
    payout = (f"{numbers.wechat}-{day:%Y%m%d}", _evening(day, 55))
    waybills = _waybills(day, seed, sown)
    paid_out = sum(row.net_fen for row in flow)
    entries = [bank.Entry(f"B{day:%Y%m%d}01", payout[0], paid_out, _evening(day, 57), "提现")]
    entries += _remitted(waybills, day)
    entries = [entry for entry in entries if entry.amount_fen > 0] + own_money.entries(day)
    entries = _spoilt(entries, sowing.sow_entries, "bank", seed, sown)
    files = [
        Written(f"wechat-all-{day:%Y%m%d}.csv", "wechat", numbers.wechat,
                wechat.all_bill(money, merchant=numbers.wechat)),
        Written(f"wechat-funds-{day:%Y%m%d}.csv", "wechat", numbers.wechat,
                wechat.fund_flow(flow, payout=payout)),
        *(Written(f"cod-{courier}-{day:%Y%m%d}.csv", "cod", courier,
                  cod.remittance(part, courier=courier, day=day)) for courier, part in waybills.items()),
        Written(f"bank-{day:%Y%m%d}.xml", "bank", numbers.bank,
                bank.statement(entries, account=numbers.bank, day=day)),
    ]  # fmt: skip
    return DemoDay(files, _others(money, day, numbers), sown)


def write(demo: DemoDay, *, day: date, folder: Path) -> Path:
    """The files and a manifest that says what is what, and which errors were sown."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in (*demo.files, *demo.others):
        (folder / file.name).write_bytes(file.content)
    told = {
        "day": day.isoformat(),
        "files": [_told(file) for file in demo.files],
        "others": [_told(file) for file in demo.others],
        "sown": [{"scope": scope} | asdict(error) for scope, error in demo.sown],
    }
    (folder / MANIFEST).write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
    return folder / MANIFEST


def _told(file: Written) -> dict:
    return {name: value for name, value in asdict(file).items() if name != "content"}


def _spoilt(things: list, spoil, scope: str, seed: int | None, sown: list) -> list:
    if seed is None:
        return list(things)
    kept, errors = spoil(things, seed=seed)
    sown += [(scope, error) for error in errors]
    return kept


def _evening(day: date, minute: int) -> datetime:
    return day_bounds(day)[1] - timedelta(minutes=60 - minute)


def _waybills(day: date, seed: int | None, sown: list) -> dict[str, list[cod.Waybill]]:
    """By courier's code; errors go into the courier with the most waybills."""
    begin, end = day_bounds(day)
    found = remitted_between(begin, end)
    codes = institutions_by_ids({row.courier_id for row in found})
    by_courier = defaultdict(list)
    for row in found:
        by_courier[codes[row.courier_id].code].append(
            cod.Waybill(row.waybill, row.order_number, row.delivered_at, row.due_fen, row.collected_fen,
                        row.means, f"RM{row.remittance_id:08d}")
        )  # fmt: skip
    if by_courier:
        busiest = max(sorted(by_courier), key=lambda code: len(by_courier[code]))
        by_courier[busiest] = _spoilt(by_courier[busiest], sowing.sow_waybills, "cod", seed, sown)
    return dict(by_courier)


def _remitted(waybills: dict[str, list[cod.Waybill]], day: date) -> list[bank.Entry]:
    """One credit per remittance, less the courier's fee."""
    sums = defaultdict(int)
    for courier, part in sorted(waybills.items()):
        for row in part:
            sums[courier, row.batch] += row.collected_fen - row.fee_fen
    return [
        bank.Entry(f"B{day:%Y%m%d}{number:02d}", batch, amount, _evening(day, 58), f"代收货款 {courier}")
        for number, ((courier, batch), amount) in enumerate(sums.items(), start=2)
    ]


def _others(money: list[rows.BillRow], day: date, numbers: Numbers) -> list[Written]:
    count, total = unionpay.totals(money)
    return [
        Written(f"wechat-success-{day:%Y%m%d}.csv", "wechat", numbers.wechat,
                wechat.success_bill(money, merchant=numbers.wechat)),
        Written(f"wechat-refund-{day:%Y%m%d}.csv", "wechat", numbers.wechat,
                wechat.refund_bill(money, merchant=numbers.wechat)),
        Written(f"alipay-{day:%Y%m%d}.zip", "alipay", numbers.alipay,
                alipay.trade_bill(money, account=numbers.alipay, day=day)),
        Written(unionpay.name_of(numbers.unionpay, day), "unionpay", numbers.unionpay,
                unionpay.detail(money, merchant=numbers.unionpay), count, total),
    ]  # fmt: skip
