"""The played day in words and figures, for the terminal."""

from collections import Counter

from omnichannel.kernel.money import display
from omnichannel.models import PlayedDay
from orders.models import OrderIntake
from settlement.models import NetPosition


def summary(played: PlayedDay) -> str:
    """Orders by channel and state, then the clearing report by institution and channel."""
    numbers = played.orders.exclude(order_number="").values_list("order_number", flat=True)
    orders = OrderIntake.objects.filter(number__in=list(numbers)).values_list("channel", "state")
    refusals = Counter(played.orders.exclude(refusal="").values_list("refusal", flat=True))
    lines = [
        "",
        f"Business day {played.day} (seed {played.seed}): {len(orders)} orders",
        "  by channel  " + _counts(Counter(channel for channel, _state in orders)),
        "  by state    " + _counts(Counter(state for _channel, state in orders)),
    ]
    if refusals:
        lines.append("  refused     " + _counts(refusals))
    lines += ["", "Clearing by institution and channel (fen settled that day)", *_clearing(played), ""]
    lines.append(f"Day {played.notes.get('state', '')}; seal {played.notes.get('seal', '')[:16]}…")
    broken = played.notes.get("breaches")
    lines.append("Self-check: " + ("; ".join(broken) if broken else "everything holds"))
    return "\n".join(lines)


def _counts(counter: Counter) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counter.items()))


def _clearing(played: PlayedDay) -> list[str]:
    rows = NetPosition.objects.filter(business_date=played.day).select_related("institution")
    found = [
        (row.institution.code if row.institution else "clearing house", row.channel, row.amount_fen)
        for row in rows
    ]
    lines = [f"  {code:16} {channel:12} {display(fen):>18}" for code, channel, fen in sorted(found)]
    return [*lines, f"  {'sum':16} {'':12} {display(sum(fen for *_names, fen in found)):>18}"]
