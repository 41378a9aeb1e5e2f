"""Fen, yuan and shares."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnichannel.kernel import money


def test_yuan_and_fen_convert_exactly():
    assert money.fen(Decimal("1234.50")) == 123450
    assert money.yuan(123450) == Decimal("1234.50")
    with pytest.raises(ValueError, match="fractions of a fen"):
        money.fen("0.005")


def test_display():
    assert money.display(123400) == "¥1,234.00"
    assert money.display(-5) == "-¥0.05"


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=9))
def test_shares_add_up_and_stay_within_a_fen(total, weights):
    if sum(weights) == 0:
        weights = [*weights, 1]
    parts = money.share_out(total, weights)
    assert sum(parts) == total
    assert all(
        abs(part * sum(weights) - total * weight) < sum(weights)
        for part, weight in zip(parts, weights, strict=True)
    )
    assert parts == [-part for part in money.share_out(-total, weights)]


def test_ties_go_to_the_earlier():
    assert money.share_out(10, [1, 1, 1]) == [4, 3, 3]
    with pytest.raises(ValueError, match="weights"):
        money.share_out(10, [0, 0])
    with pytest.raises(ValueError, match="weights"):
        money.share_out(10, [2, -1])
