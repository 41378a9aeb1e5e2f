"""Money is integer fen. Oscar's two-place decimals are converted here and nowhere else."""

from collections.abc import Sequence
from decimal import Decimal

CURRENCY = "CNY"


def fen(amount: Decimal | str) -> int:
    """Fen of an amount in yuan. Raises ValueError for fractions of a fen."""
    scaled = Decimal(amount) * 100
    whole = int(scaled)
    if whole != scaled:
        raise ValueError(f"{amount} has fractions of a fen")
    return whole


def yuan(amount: int) -> Decimal:
    """Decimal yuan with two places of an amount in fen."""
    return Decimal(amount).scaleb(-2)


def display(amount: int) -> str:
    """¥1,234.00; a negative amount has its sign in front: -¥12.00."""
    sign = "-" if amount < 0 else ""
    return f"{sign}¥{abs(amount) // 100:,}.{abs(amount) % 100:02d}"


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """Share fen by weights with the largest remainder; ties go to the earlier in the list.

    The parts sum to total exactly. A negative total is the negation of the positive split. Weights
    are never negative and positive in sum, else ValueError.
    """
    whole = sum(weights)
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must not be negative and must be positive in sum")
    if total < 0:
        return [-part for part in share_out(-total, weights)]
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts
