"""Some days of the demo company with all of a month's trouble: every control account is explained."""

from datetime import date, timedelta

import pytest

from omnichannel.demo_month import checks
from omnichannel.demo_month.controls import controls, table
from omnichannel.demo_month.month import Month
from omnichannel.demo_month.plan import trouble
from omnichannel.kernel import clock
from settlement.models import (
    BusinessDay,
    FundTransfer,
    ParcelPart,
    ReconBreak,
    Trade,
    TradeShare,
    TransferState,
)
from settlement.services import business_day, clearing
from settlement.services.posting import Leg, post_journal
from tests.support.demo import DAY

DAYS, SIZE, SEED = 4, 9, 20261121
pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db(transaction=True)]


def stopped_in_clearing(day: date) -> str:
    """As far as a killed process came: the day is cut off and cut into chunks, nothing is shared."""
    business_day.cut_off(now=clock.now())
    clearing.begin(day=day)
    return BusinessDay.objects.get(business_date=day).state


def test_a_month_brings_every_kind_of_trouble():
    days = [trouble(number, 30) for number in range(30)]
    assert sum(day.sown for day in days) >= 4
    assert sum(day.owls for day in days)
    assert sum(day.returns for day in days)
    once = [(day.bank_fails, day.bank_unknown, int(day.killed)) for day in days]
    assert [sum(column) for column in zip(*once, strict=True)] == [1, 1, 1]
    assert not any(day.sown or day.owls for day in days[-1:])


def test_some_days_close_to_zero_and_a_wrong_posting_is_seen(live_server):
    month = Month(
        first=DAY, days=DAYS, seed=SEED, size=SIZE, base_url=live_server.url, kill=stopped_in_clearing
    )
    assert month.play() == []
    done = month.desk.done
    assert 0 < done["errors sown"] <= done["breaks resolved"]
    assert all(done[what] for what in ("late trades", "dealers' orders", "adjustments"))
    assert "clearing" in month.notes["night of"]
    _late_trades_keep_their_day()
    _each_parcel_has_its_own_shipper()
    _failed_transfer_is_paid_again()
    assert not ReconBreak.objects.exclude(state="resolved").exists()
    assert all("DIFFERS" not in line for line in table(month.found))
    _a_wrong_posting_is_seen()


def _late_trades_keep_their_day() -> None:
    late = Trade.objects.filter(kind="payment").exclude(original_date=None)
    late = [row for row in late if row.original_date < row.business_date]
    assert late
    assert all(row.business_date - row.original_date == timedelta(days=1) for row in late)


def _each_parcel_has_its_own_shipper() -> None:
    parts = ParcelPart.objects.exclude(line_id=0)
    assert len(set(parts.values_list("fulfiller", flat=True))) > 1
    given = TradeShare.objects.filter(trade__order_number=parts[0].terms.order_number, role="fulfiller")
    assert set(given.exclude(institution=None).values_list("institution", flat=True)) == set(
        parts.values_list("fulfiller", flat=True)
    )


def _failed_transfer_is_paid_again() -> None:
    failed = FundTransfer.objects.get(state=TransferState.FAILED)
    assert failed.replaced_by.state == TransferState.SUCCEEDED


def _a_wrong_posting_is_seen() -> None:
    day = business_day.current_day()
    post_journal(
        key="wrong", kind="adjustment", legs=(Leg("claim", None, 5), Leg("bank", None, -5)),
        business_date=day, original_date=day, now=clock.now(),
    )  # fmt: skip
    days = list(BusinessDay.objects.exclude(state="open").values_list("business_date", flat=True))
    found = checks.run(sorted(days), controls(day))
    assert [line.split(":")[0] for line in found] == ["claim", "bank"]
