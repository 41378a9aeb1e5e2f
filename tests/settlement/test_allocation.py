"""Allocation on arbitrary weights and rules, asked from the SQL that clears the books."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from omnichannel.kernel.money import share_out
from settlement.models import SplitRule
from settlement.services.rule_lines import LineSpec, OverAHundred, ResidualMissing, check_lines
from settlement.services.rule_preview import preview, preview_lines
from settlement.services.rules import install_version
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


BASES = st.sampled_from(["gross", "net", "remainder"])


@st.composite
def rules(draw):
    """Lines of a rule that may stand: any kinds, bases nested at random, the seller among the parties."""
    roles = st.sampled_from(["seller", "attributed_store", "fulfiller", "courier", "platform"])
    specs, residual_at = [], draw(st.integers(0, 5))
    for number in range(draw(st.integers(0, 5)) + 1):
        role = draw(roles)
        if number == residual_at:
            specs.append(LineSpec(role, "residual"))
            continue
        kind = draw(st.sampled_from(["percentage", "capped", "fixed"]))
        base = draw(BASES)
        after = draw(st.integers(0, number)) if base == "remainder" and kind != "fixed" else 0
        if kind == "fixed":
            specs.append(LineSpec(role, kind, amount_fen=draw(st.integers(1, 10**5))))
        else:
            cap = draw(st.integers(1, 10**6)) if kind == "capped" else 0
            specs.append(LineSpec(role, kind, draw(st.integers(1, 700_000)), 0, cap, base, after))
    if all(line.kind != "residual" for line in specs):
        specs.append(LineSpec("seller", "residual"))
    if all(line.role != "seller" for line in specs):
        specs = [replace(line, role="seller") if line.kind == "residual" else line for line in specs]
    try:
        check_lines(specs)
    except OverAHundred:
        reject()
    return specs


ABSENT = st.sets(st.sampled_from(["fulfiller", "attributed_store", "courier"]))


def installed(specs):
    rule, _new = SplitRule.objects.get_or_create(code="arbitrary", defaults={"name": "arbitrary"})
    day = date.fromordinal(700_000 + rule.versions.count())
    return install_version(rule=rule, valid_from=day, lines=specs)


def exact_shares(specs, gross, net, absent) -> dict[int, Fraction]:
    """By position what a rule says in fractions, told a second time without any rounding."""
    left, after, exact = Fraction(gross), [], {}
    for position, line in enumerate(specs, start=1):
        here = line.role not in absent or line.kind == "residual"
        share = Fraction(line.amount_fen if here else 0)
        if here and line.kind in ("percentage", "capped"):
            base = {"gross": gross, "net": net, "remainder": after[line.after - 1] if line.after else left}
            share = Fraction(line.ppm, 1_000_000) * base[line.base]
            share = min(share, line.cap_fen) if line.kind == "capped" else share
        exact[position] = min(share, left)
        left -= exact[position]
        after.append(left)
    residual = next(position for position, line in enumerate(specs, start=1) if line.kind == "residual")
    return exact | {residual: left}


@MANY
@given(rules(), st.integers(0, 10**9), st.integers(0, 20_000), ABSENT)
def test_a_rule_gives_away_exactly_the_gross_and_each_share_is_less_than_a_fen_off(
    specs, gross, fee_ppm, absent
):
    version = installed(specs)
    net = gross - gross * fee_ppm // 1_000_000
    given_away = preview_lines(version_id=version.pk, gross_fen=gross, net_fen=net, absent=sorted(absent))
    assert sum(fen for _position, _role, fen in given_away) == gross
    assert all(fen > 0 for _position, _role, fen in given_away)
    found = {position: fen for position, _role, fen in given_away}
    for position, exact in exact_shares(specs, gross, net, absent).items():
        assert abs(found.get(position, 0) - exact) < 1
    assert all(specs[position - 1].role == role for position, role, _fen in given_away)


@MANY
@given(rules(), st.integers(1, 10**8), st.data())
def test_refunds_in_any_order_take_back_exactly_what_a_rule_gave(specs, gross, data):
    weights = [fen for _position, _role, fen in preview_lines(
        version_id=installed(specs).pk, gross_fen=gross
    )]  # fmt: skip
    cuts = sorted(data.draw(st.lists(st.integers(1, gross), max_size=6)))
    refunds = [b - a for a, b in zip([0, *cuts], [*cuts, gross], strict=True) if b > a]
    refunds = data.draw(st.permutations(refunds))
    upto = [sum(refunds[: n + 1]) for n in range(len(refunds))]
    splits = allocate_each(totals=upto, weights=weights)
    before = [[0] * len(weights), *splits[:-1]]
    taken = [[b - a for a, b in zip(*pair, strict=True)] for pair in zip(before, splits, strict=True)]
    assert [sum(column) for column in zip(*taken, strict=True)] == weights
    assert [sum(row) for row in taken] == refunds


def test_the_remainder_after_a_named_line_is_a_base():
    """After the first line 60 is left of 100: half of it, and a quarter of it, however much went between."""
    rule = SplitRule.objects.create(code="nested", name="nested")
    specs = [
        LineSpec("platform", "percentage", ppm=400_000),
        LineSpec("courier", "percentage", ppm=500_000, base="remainder", after=1),
        LineSpec("fulfiller", "percentage", ppm=250_000, base="remainder", after=1),
        LineSpec("attributed_store", "percentage", ppm=100_000, base="remainder"),
        LineSpec("seller", "residual"),
    ]
    version = install_version(rule=rule, valid_from=date(2026, 1, 1), lines=specs)
    assert preview(version_id=version.pk, gross_fen=100_00) == [
        ("platform", 4000), ("courier", 3000), ("fulfiller", 1500), ("attributed_store", 150),
        ("seller", 1350),
    ]  # fmt: skip


def test_caps_fixed_and_remainder():
    rule = SplitRule.objects.create(code="mixed", name="mixed")
    specs = [
        LineSpec("platform", "capped", ppm=100_000, cap_fen=500),
        LineSpec("courier", "fixed", amount_fen=300),
        LineSpec("attributed_store", "percentage", ppm=500_000, base="remainder"),
        LineSpec("seller", "residual"),
    ]
    version = install_version(rule=rule, valid_from=date(2026, 1, 1), lines=specs)
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
        install_version(rule=rule, valid_from=date(2026, 1, 1), lines=lines)
    assert not rule.versions.exists()
