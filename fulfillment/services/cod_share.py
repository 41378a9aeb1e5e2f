"""What units of a parcel are of the money that is to be collected for it. Amounts in fen."""

from collections.abc import Mapping

from omnichannel.kernel.money import share_out

from ..models import FulfillmentLine, FulfillmentOrder


def of_units(fo: FulfillmentOrder, lines: list[FulfillmentLine], units: Mapping[int, int]) -> int:
    """Fen of the money to collect that fall on `units` by FulfillmentLine pk.

    What a line costs was partly paid with points: of it the share money ÷ total is money, as the order says.
    A wish from before totals were kept shares the parcel's own amount by price.
    """
    if not fo.cod_fen:
        return 0
    wish = fo.demand.wish
    prices = {line["line_id"]: line for line in wish.get("lines", [])}
    worth = {line.pk: _price(prices.get(line.line_id), line.quantity) for line in lines}
    gone = sum(worth[line.pk] * units[line.pk] // line.quantity for line in lines)
    if wish.get("total_fen"):
        return gone * wish["cod_fen"] // wish["total_fen"]
    weights = [gone, sum(worth.values()) - gone]
    count = sum(units.values())
    by_units = [count, sum(line.quantity for line in lines) - count]
    return share_out(fo.cod_fen, weights if sum(weights) else by_units)[0]


def _price(wanted: dict | None, units: int) -> int:
    return wanted["amount_fen"] * units // wanted["quantity"] if wanted else 0
