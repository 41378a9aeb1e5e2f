"""A courier's remittance of a day, as settlement/gateways/bills/cod.py reads it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from omnichannel.kernel.clock import SHANGHAI
from omnichannel.kernel.money import yuan

FEE_PPM = 5_000  # the simulated couriers' price: 0.50 % of what they collect
HEADER = (
    "waybill_no,order_no,delivered_at,cod_amount,collected_amount,pay_mode,service_fee,remit_batch_no,"
    "remit_date,remit_amount"
)


@dataclass(frozen=True)
class Waybill:
    """Amounts in fen."""

    number: str
    order_number: str
    delivered_at: datetime
    due_fen: int
    collected_fen: int
    means: str
    batch: str

    @property
    def fee_fen(self) -> int:
        return (self.collected_fen * FEE_PPM + 500_000) // 1_000_000


def remittance(waybills: Sequence[Waybill], *, courier: str, day: date) -> bytes:
    lines = [f"COURIER,{courier},{day.isoformat()}", HEADER, *(_line(row, day) for row in waybills)]
    text = "".join(f"{line}\r\n" for line in lines)
    collected, fees = sum(row.collected_fen for row in waybills), sum(row.fee_fen for row in waybills)
    digest = hashlib.sha256(text.encode()).hexdigest()
    sums = f"{yuan(collected)},{yuan(fees)},{yuan(collected - fees)}"
    return f"{text}TRAILER,{len(waybills)},{sums},{digest}\r\n".encode()


def _line(row: Waybill, day: date) -> str:
    moment = row.delivered_at.astimezone(SHANGHAI)
    net = row.collected_fen - row.fee_fen
    values = (
        row.number, row.order_number, f"{moment:%Y-%m-%d %H:%M:%S}", yuan(row.due_fen),
        yuan(row.collected_fen), row.means, yuan(row.fee_fen), row.batch, day.isoformat(), yuan(net),
    )  # fmt: skip
    return ",".join(map(str, values))
