"""The played day in words and figures, for the terminal."""

from collections import Counter

from omnichannel.kernel.money import display
from omnichannel.models import PlayedDay
from orders.models import OrderIntake
from settlement.queries import clearing


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
    rows = clearing.by_institution_and_channel(day=played.day)
    lines = [f"  {row.institution:24} {row.channel:12} {display(row.net_fen):>18}" for row in rows]
    total = sum(row.net_fen for row in rows)
    return [*lines, f"  {'sum':24} {'':12} {display(total):>18}"]
