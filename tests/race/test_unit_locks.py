"""A unit's level is locked before the unit, a parcel's demand before its levels, whoever asks."""

from functools import partial

import pytest
from django.db import transaction

from fulfillment.models import FulfillmentDemand, FulfillmentOrder, SerialUnit, StockLevel
from fulfillment.services import losses, serial_care, serials, shortage, steps
from members.actors import SYSTEM
from tests.support.crossing import DEADLOCK, DONE, crossed
from tests.support.dealing import CARD, number
from tests.support.goods import NOW, Company

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
SIM = number("898600", 20, 1)


@pytest.fixture
def company(freeze_at) -> Company:
    freeze_at(NOW)
    made = Company()
    made.goods(CARD, kind="sim", serial_kind="iccid")
    made.put_serials("wh", CARD, "iccid", [SIM, number("898600", 20, 2)])
    return made


def lock_the_level() -> None:
    StockLevel.objects.select_for_update().get()


def lock_the_unit() -> None:
    SerialUnit.objects.select_for_update().get(serial=SIM)


def lock_the_demand() -> None:
    FulfillmentDemand.objects.select_for_update().get()


def by_the_network() -> None:
    serials.quarantine(serial=SIM, reason="network", reference="job-1", now=NOW)


def by_hand() -> None:
    serial_care.quarantine(actor=SYSTEM, serial=SIM, reason="damaged", now=NOW)


def unit_first(serial: str) -> SerialUnit:
    return SerialUnit.objects.select_for_update(of=("self",)).select_related("location").get(serial=serial)


@pytest.mark.parametrize("put_aside", [by_the_network, by_hand])
def test_a_unit_is_put_aside_after_its_level(company, put_aside):
    """As by a count or a transfer of these units, which lock their level first."""
    assert crossed(put_aside, first=lock_the_level, second=lock_the_unit) == DONE
    assert SerialUnit.objects.get(serial=SIM).state == "quarantine"
    assert StockLevel.objects.get().on_hand == 1


@pytest.mark.parametrize("put_aside", [by_the_network, by_hand])
def test_the_unit_locked_first_would_deadlock(company, put_aside, monkeypatch):
    for module in (serials, serial_care):
        monkeypatch.setattr(module, "lock_unit", unit_first)
    assert crossed(put_aside, first=lock_the_level, second=lock_the_unit) == DEADLOCK


@pytest.fixture
def parcel(company) -> FulfillmentOrder:
    """At the shelf, where one of its two cards is missing."""
    with transaction.atomic():
        company.paid("o1", {CARD: 2})
    FulfillmentOrder.objects.update(state="in_wave")
    return FulfillmentOrder.objects.get()


def short_of_one(fo: FulfillmentOrder) -> None:
    missing = {fo.lines.get().pk: 1}
    shortage.report_short(fulfillment_id=fo.pk, actor=SYSTEM, missing=missing, now=NOW)


def test_a_short_parcel_locks_its_demand_before_its_levels(parcel):
    """As by the router, which moves another parcel of this order."""
    work = partial(short_of_one, parcel)
    assert crossed(work, first=lock_the_demand, second=lock_the_level) == DONE
    assert FulfillmentOrder.objects.get(pk=parcel.pk).state == "short"


def test_the_demand_locked_last_would_deadlock(parcel, monkeypatch):
    monkeypatch.setattr(steps, "locked_whole", steps.locked)
    work = partial(short_of_one, parcel)
    assert crossed(work, first=lock_the_demand, second=lock_the_level) == DEADLOCK


def test_a_missing_unit_is_set_aside_after_its_level(parcel):
    """As by whoever counts or ships units of this shelf meanwhile."""
    work = partial(short_of_one, parcel)
    assert crossed(work, first=lock_the_level, second=lock_the_unit) == DONE
    assert SerialUnit.objects.get(serial=SIM).state == "quarantine"
    assert StockLevel.objects.get().on_hand == SerialUnit.objects.filter(state="free").count() == 1


def test_a_missing_unit_set_aside_first_would_deadlock(parcel, monkeypatch):
    monkeypatch.setattr(losses, "lock", lambda fo: None)
    work = partial(short_of_one, parcel)
    assert crossed(work, first=lock_the_level, second=lock_the_unit) == DEADLOCK
