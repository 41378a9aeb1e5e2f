"""One customer, many parallel orders: the caps hold, and a hot level's last units are sold once."""

from datetime import timedelta

import pytest
from django.db import transaction

from fulfillment.models import Campaign, CampaignItem, CampaignUse, FulfillmentDemand, StockLevel
from fulfillment.queries.invariants import findings
from fulfillment.services import campaigns, hot, reservation
from fulfillment.services.reservation import OutOfStock
from fulfillment.services.reservation_promise import REFUSALS, Holder
from fulfillment.values import Admission
from members.actors import SYSTEM
from tests.support.at_once import at_once, numbered
from tests.support.goods import NOW, Company

THREADS = 8
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def company(freeze_at) -> Company:
    freeze_at(NOW)
    made = Company()
    made.goods("a", "b")
    return made


def buy(company: Company, number: int, holder: Holder, units: int = 1) -> str:
    with transaction.atomic():
        wish = company.wish(f"o{number}", {"a": units})
        reservation.reserve(demand=wish, expires_at=None, holder=holder, now=NOW)
    return "held"


def all_at_once(work) -> list[str]:
    return at_once(*numbered(work, THREADS))


def test_one_customer_with_many_parallel_orders_is_capped(company, settings):
    settings.HOLD_MOST_ORDERS = 3
    company.put("wh", a=50)
    outcomes = all_at_once(lambda number: buy(company, number, Holder("member:1")))
    assert sorted(outcomes) == ["held"] * 3 + ["too_many_holds"] * (THREADS - 3)
    assert FulfillmentDemand.objects.count() == 3
    assert findings(now=NOW) == []


def test_the_units_of_one_customer_are_capped(company, settings):
    settings.HOLD_MOST_UNITS = 5
    company.put("wh", a=50)
    outcomes = all_at_once(lambda number: buy(company, number, Holder("member:1"), units=2))
    assert outcomes.count("held") == 2
    assert StockLevel.objects.get().reserved == 4


def test_without_a_customer_nothing_is_capped_so_the_caps_are_what_holds(company, settings):
    settings.HOLD_MOST_ORDERS = 3
    company.put("wh", a=50)
    assert all_at_once(lambda number: buy(company, number, Holder())) == ["held"] * THREADS


@pytest.fixture
def sale(company):
    company.put("wh", a=50)
    made = Campaign.objects.create(
        code="flash", title="抢购", title_en="Sale", starts_at=NOW, ends_at=NOW + timedelta(hours=1)
    )
    CampaignItem.objects.create(campaign=made, sku="a", quantity=3, per_customer=1)
    campaigns.share_out(actor=SYSTEM, campaign_id=made.pk)
    return made


def test_a_customer_gets_a_share_of_a_flash_sale_and_not_more(company, sale):
    def order(number: int) -> str:
        return buy(company, number, Holder("member:1", (Admission(sale.pk, f"t{number}"),)))

    assert sorted(all_at_once(order)) == ["campaign_cap"] * (THREADS - 1) + ["held"]


def test_a_flash_sale_sells_what_it_has(company, sale):
    def order(number: int) -> str:
        return buy(company, number, Holder(f"member:{number}", (Admission(sale.pk, f"t{number}"),)))

    assert sorted(all_at_once(order)) == ["campaign_sold_out"] * (THREADS - 3) + ["held"] * 3
    assert CampaignUse.objects.count() == 3
    assert set(REFUSALS) >= {"campaign_sold_out", "campaign_cap"}


def test_one_admission_in_eight_hands_is_one_order(company, sale):
    def order(number: int) -> str:
        return buy(company, number, Holder(f"member:{number}", (Admission(sale.pk, "t"),)))

    assert sorted(all_at_once(order)) == ["admission_used"] * (THREADS - 1) + ["held"]


def test_a_divided_level_sells_its_last_units_once(company, settings):
    settings.HOT_BUCKETS, settings.HOT_BUCKET_LEAST = 4, 2
    company.put("wh", a=40, b=40)
    for level_id in StockLevel.objects.values_list("pk", flat=True):
        assert hot.divide(level_id=level_id, now=NOW)

    def until_refused(client: int) -> str:
        bought = 0
        while True:
            try:
                with transaction.atomic():
                    company.hold(f"{client}-{bought}", {"a": 1, "b": 1} if client % 2 else {"b": 1, "a": 1})
            except OutOfStock:
                return str(bought)
            bought += 1

    assert sum(map(int, all_at_once(until_refused))) == 40
    # Whoever took the last unit out of its own bucket leaves empty buckets; they are made whole when quiet.
    for level_id in StockLevel.objects.values_list("pk", flat=True):
        hot.make_whole(level_id=level_id, now=NOW)
    assert set(StockLevel.objects.values_list("reserved", "buckets")) == {(40, 0)}
    assert findings(now=NOW) == []
