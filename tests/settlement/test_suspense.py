"""What fails blocks itself only: one bad trade, one institution; everything else goes on."""

from datetime import timedelta

import pytest
from django.db import InterfaceError, OperationalError, connection

from omnichannel.kernel.errors import NotAllowed
from settlement.models import BusinessDay, NetPosition, SettlementChunk, SplitRule, TradeShare
from settlement.queries import days, invariants
from settlement.services import balancing, business_day, clearing, closing, night, suspense, transfers
from tests.settlement.test_night import balance, shares
from tests.settlement.world import NOON

DAY = business_day.business_day_of(NOON)


@pytest.fixture
def sold(world):
    """Three merchant orders that a store brought."""
    for _n in range(3):
        number = world.order(("merchant_goods", "mc", 100_00), store="st-1")
        world.confirm(number)
        world.pay(number)
    return world


def differing(world, code="mc", fen=120):
    """Shares and postings of one institution seem to differ."""
    return lambda day: ({}, {world.id(code): fen})


def position(world, code: str, day=DAY) -> NetPosition:
    return NetPosition.objects.get(business_date=day, institution_id=world.id(code))


def close(world, day=DAY):
    transfers.propose_transfers(actor=world.clerk, day=day, now=world.now)
    transfers.confirm_transfers(actor=world.lead, day=day, now=world.now)
    return closing.close_day(actor=world.lead, day=day, now=world.now)


def test_one_failing_institution_waits_and_the_day_closes_for_the_others(sold, monkeypatch):
    monkeypatch.setattr(suspense, "day_and_institutions", differing(sold))
    night.run_due(now=sold.tomorrow())
    assert (position(sold, "mc").state, position(sold, "st-1").state) == ("suspended", "netted")
    assert balance("payable", "mc") == 0
    assert balance("suspense", "mc") == -273_03
    assert close(sold).state == "sealed"
    assert [row.institution.code for row in transfers.FundTransfer.objects.all()] == ["st-1"]
    assert invariants.broken() == []


def test_later_days_of_it_wait_too_and_the_oldest_is_released_first(sold, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(suspense, "day_and_institutions", differing(sold))
        night.run_due(now=sold.tomorrow())
    number = sold.order(("merchant_goods", "mc", 50_00))
    sold.confirm(number)
    sold.pay(number)
    night.run_due(now=sold.tomorrow())
    second = DAY + timedelta(days=1)
    assert position(sold, "mc", second).problem == suspense.EARLIER
    again = {"actor": sold.clerk, "institution_id": sold.id("mc"), "now": sold.now}
    with pytest.raises(suspense.EarlierInSuspense):
        suspense.run_again(day=second, **again)
    for day in (DAY, second):
        suspense.run_again(day=day, **again)
    assert balance("suspense", "mc") == 0
    assert balance("payable", "mc") == -(273_03 + 46_00)
    assert position(sold, "mc").state == "released"
    with pytest.raises(suspense.PositionUnknown):
        suspense.run_again(day=DAY, **again)
    assert invariants.broken() == []


def test_what_still_differs_is_not_released(sold, monkeypatch):
    monkeypatch.setattr(suspense, "day_and_institutions", differing(sold))
    night.run_due(now=sold.tomorrow())
    monkeypatch.setattr(suspense, "institution_difference", lambda **_asked: 120)
    before = balance("suspense", "mc")
    with pytest.raises(suspense.StillDiffers):
        suspense.run_again(actor=sold.clerk, day=DAY, institution_id=sold.id("mc"), now=sold.now)
    assert balance("suspense", "mc") == before


@pytest.mark.owner
def test_a_share_that_no_posting_covers_is_found(sold):
    night.run_due(now=sold.tomorrow())
    assert balancing.day_and_institutions(DAY) == ({}, {})
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE settlement_tradeshare DISABLE TRIGGER settlement_append_only")
        cursor.execute(
            "UPDATE settlement_tradeshare SET amount_fen = amount_fen"
            " + CASE role WHEN 'seller' THEN 7 ELSE -7 END"
            " WHERE role IN ('seller', 'attributed_store')"
            " AND trade_id = (SELECT min(id) FROM settlement_trade)"
        )
    whole_day, off = balancing.day_and_institutions(DAY)
    assert (whole_day, off) == ({}, {sold.id("mc"): 7, sold.id("st-1"): 7})


def test_a_lead_holds_an_institution_and_says_why(sold):
    night.run_due(now=sold.tomorrow())
    asked = {"day": DAY, "institution_id": sold.id("mc"), "now": sold.now}
    with pytest.raises(NotAllowed):
        suspense.hold(actor=sold.clerk, reason="dispute", **asked)
    with pytest.raises(suspense.ReasonMissing):
        suspense.hold(actor=sold.lead, reason=" ", **asked)
    suspense.hold(actor=sold.lead, reason="dispute", **asked)
    assert "dispute" in position(sold, "mc").problem
    with pytest.raises(suspense.PositionUnknown):
        suspense.hold(actor=sold.lead, reason="again", **asked)
    transfers.propose_transfers(actor=sold.clerk, day=DAY, now=sold.now)
    with pytest.raises(suspense.NotHoldable):
        suspense.hold(
            actor=sold.lead, reason="too late", day=DAY, institution_id=sold.id("st-1"), now=sold.now
        )


def bad_till_sale(world, version: int) -> None:
    """A trade whose rule has lost its residual line cannot be shared."""
    from_till = {"kind": "till_sale", "means": "till", "channel": "till", "institution_id": world.id("st-2"),
                 "rule_version_id": version, "amount_fen": 500}  # fmt: skip
    number = world.order(1_00)
    world.confirm(number)
    world.pay(number)
    with connection.cursor() as cursor:
        columns = ", ".join(from_till)
        cursor.execute(
            f"INSERT INTO settlement_trade (source_key, order_number, occurred_at, booked_at, business_date,"
            f" original_date, journal_id, {columns}) SELECT 'till:bad', '', occurred_at, booked_at,"
            f" business_date, original_date, journal_id, {', '.join(['%s'] * len(from_till))}"
            f" FROM settlement_trade ORDER BY id DESC LIMIT 1",
            list(from_till.values()),
        )


@pytest.fixture
def lame(sold, monkeypatch):
    """Among good trades one whose rule has no residual line."""
    monkeypatch.setattr(clearing, "CHUNK_ROWS", 10)
    with connection.cursor() as cursor:  # the guards of rules would not let it in
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        for table in ("splitruleversion", "splitruleline"):
            cursor.execute(f"ALTER TABLE settlement_{table} DISABLE TRIGGER USER")
    rule = SplitRule.objects.create(code="lame", name="lame")
    version = rule.versions.create(number=1, valid_from=DAY)
    version.lines.create(position=1, role="seller", kind="percentage", ppm=500_000)
    bad_till_sale(sold, version.pk)
    return sold, version


def clear_all(world):
    day = business_day.cut_off(now=world.tomorrow())
    clearing.begin(day=day)
    assert clearing.clear(day=day, now=world.now)


@pytest.mark.owner
def test_a_trade_that_cannot_be_shared_waits_alone(lame):
    world, _version = lame
    clear_all(world)
    bad = TradeShare.objects.get(trade__source_key="till:bad")
    assert (bad.role, bad.account_kind, bad.amount_fen) == ("nobody", "suspense", 500)
    (parked,) = days.parked(DAY)
    assert "no residual line" in parked["problem"]
    assert all(shares(number)["seller", "mc"] == 91_01 for number in list(world.terms)[:3])
    assert SettlementChunk.objects.filter(business_date=DAY, done_at=None).count() == 0


@pytest.mark.owner
def test_a_later_night_shares_it_after_all(lame):
    world, version = lame
    clear_all(world)
    version.lines.create(position=2, role="platform", kind="residual")
    BusinessDay.objects.filter(business_date=DAY).update(state="netted", reported_at=world.now)
    clear_all(world)
    found = {(row.role, row.account_kind): row.amount_fen for row in
             TradeShare.objects.filter(trade__source_key="till:bad").exclude(business_date=DAY)}  # fmt: skip
    assert found == {("nobody", "suspense"): -500, ("seller", "payable"): 250, ("platform", "revenue"): 250}
    assert days.parked(DAY) == []


def test_a_lost_connection_is_not_the_datas_fault():
    assert not issubclass(OperationalError, clearing.BAD_DATA)
    assert not issubclass(InterfaceError, clearing.BAD_DATA)
