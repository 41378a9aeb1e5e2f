"""Allocation on arbitrary weights and rules, asked from the SQL that clears the books."""

from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from omnichannel.kernel.money import share_out
from settlement.models import SplitRule
from settlement.services.rules import (
    LineSpec,
    OverAHundred,
    ResidualMissing,
    add_version,
    check_lines,
    preview,
)
from settlement.services.split import allocate_each

pytestmark = pytest.mark.django_db
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WEIGHTS = st.lists(st.integers(1, 10**11), min_size=1, max_size=8)


@MANY
@given(WEIGHTS, st.integers(1, 10**12))
def test_parts_sum_to_the_total_and_are_less_than_a_fen_off(weights, total):
    (parts,) = allocate_each(totals=[total], weights=weights)
    whole = sum(weights)
    assert sum(parts) == total
    assert all(
        abs(part * whole - total * weight) < whole for part, weight in zip(parts, weights, strict=True)
    )
    assert parts == share_out(total, weights)


@MANY
@given(WEIGHTS, st.data())
def test_refunds_in_any_order_take_back_exactly_the_shares(weights, data):
    whole = sum(weights)
    cuts = sorted(data.draw(st.lists(st.integers(1, whole), max_size=6)))
    refunds = [b - a for a, b in zip([0, *cuts], [*cuts, whole], strict=True) if b > a]
    refunds = data.draw(st.permutations(refunds))
    upto = [sum(refunds[: n + 1]) for n in range(len(refunds))]
    splits = allocate_each(totals=upto, weights=weights)
    before = [[0] * len(weights), *splits[:-1]]
    taken = [[b - a for a, b in zip(*pair, strict=True)] for pair in zip(before, splits, strict=True)]
    assert [sum(column) for column in zip(*taken, strict=True)] == weights
    assert [sum(row) for row in taken] == refunds
    for row, refund in zip(taken, refunds, strict=True):
        for part, weight in zip(row, weights, strict=True):
            assert abs(part * whole - refund * weight) < 2 * whole


def lines():
    role = st.sampled_from(["seller", "attributed_store", "fulfiller", "courier", "platform"])
    base = st.sampled_from(["gross", "net", "remainder"])
    one = st.one_of(
        st.builds(LineSpec, role, st.just("percentage"), ppm=st.integers(1, 400_000), base=base),
        st.builds(
            LineSpec,
            role,
            st.just("capped"),
            ppm=st.integers(1, 400_000),
            cap_fen=st.integers(1, 10**6),
            base=base,
        ),
        st.builds(LineSpec, role, st.just("fixed"), amount_fen=st.integers(1, 10**5)),
    )
    return st.tuples(
        st.lists(one, max_size=5), st.builds(LineSpec, role, st.just("residual")), st.integers(0, 5)
    )


@MANY
@given(
    lines(),
    st.integers(0, 10**9),
    st.integers(0, 20_000),
    st.sets(st.sampled_from(["fulfiller", "attributed_store"])),
)
def test_a_rule_gives_away_exactly_the_gross(shape, gross, fee_ppm, absent):
    others, residual, place = shape
    specs = [*others[:place], residual, *others[place:]]
    try:
        check_lines(specs)
    except OverAHundred:
        assume(False)
    rule, _new = SplitRule.objects.get_or_create(code="arbitrary", defaults={"name": "arbitrary"})
    day = date.fromordinal(700_000 + rule.versions.count())
    version = add_version(rule=rule, valid_from=day, lines=specs)
    net = gross - gross * fee_ppm // 1_000_000
    given_away = preview(version_id=version.pk, gross_fen=gross, net_fen=net, absent=sorted(absent))
    assert sum(fen for _role, fen in given_away) == gross
    assert all(fen > 0 for _role, fen in given_away)
    assert not ({role for role, _fen in given_away} & (absent - {residual.role}))


def test_caps_fixed_and_remainder():
    rule = SplitRule.objects.create(code="mixed", name="mixed")
    specs = [
        LineSpec("platform", "capped", ppm=100_000, cap_fen=500),
        LineSpec("courier", "fixed", amount_fen=300),
        LineSpec("attributed_store", "percentage", ppm=500_000, base="remainder"),
        LineSpec("seller", "residual"),
    ]
    version = add_version(rule=rule, valid_from=date(2026, 1, 1), lines=specs)
    assert preview(version_id=version.pk, gross_fen=100_00) == [
        ("platform", 500), ("courier", 300), ("attributed_store", 4600), ("seller", 4600),
    ]  # fmt: skip
    assert preview(version_id=version.pk, gross_fen=200) == [("platform", 20), ("courier", 180)]


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        ([LineSpec("seller", "residual"), LineSpec("platform", "residual")], ResidualMissing),
        ([LineSpec("seller", "percentage", ppm=1_000_000)], ResidualMissing),
        (
            [LineSpec("seller", "percentage", ppm=700_000), LineSpec("platform", "percentage", ppm=300_001),
             LineSpec("courier", "residual")], OverAHundred,
        ),
    ],
)  # fmt: skip
def test_rules_that_cannot_be_right_are_refused(lines, error):
    rule = SplitRule.objects.create(code="bad", name="bad")
    with pytest.raises(error):
        add_version(rule=rule, valid_from=date(2026, 1, 1), lines=lines)
    assert not rule.versions.exists()
