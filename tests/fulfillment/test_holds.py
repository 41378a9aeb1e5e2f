"""Unpaid holds are capped per customer; a flash sale needs admission, and gives each customer a share."""

from datetime import timedelta

import pytest
from django.db import transaction

from fulfillment.models import (
    Campaign,
    CampaignItem,
    CampaignShare,
    CampaignUse,
    FulfillmentDemand,
    Reservation,
)
from fulfillment.queries import campaigns as sales
from fulfillment.queries.invariants import findings
from fulfillment.services import campaigns, cancellation, displacement, reservation, stock
from fulfillment.services.displacement import Shortfall
from fulfillment.services.reservation_promise import (
    AdmissionMissing,
    AdmissionUsed,
    CampaignCap,
    CampaignSoldOut,
    Holder,
    TooManyHeld,
    TooManyHolds,
)
from fulfillment.values import Admission
from members.actors import SYSTEM, NotAllowed
from tests.support.goods import NOW

LIN, CHEN = "member:1", "member:2"


def hold(company, number, lines, *, customer=LIN, tickets=(), now=NOW, **more):
    admissions = [Admission(Campaign.objects.get().pk, ticket) for ticket in tickets]
    with transaction.atomic():
        return reservation.reserve(
            demand=company.wish(number, lines, **more),
            expires_at=None,
            holder=Holder(customer, admissions),
            now=now,
        )


@pytest.fixture
def sale(company, now):
    """Ten of SKU a, at most two for one customer; it runs for an hour."""
    company.put("wh", a=100, b=100)
    made = Campaign.objects.create(
        code="flash", title="抢购", title_en="Sale", starts_at=now, ends_at=now + timedelta(hours=1)
    )
    CampaignItem.objects.create(campaign=made, sku="a", quantity=10, per_customer=2)
    campaigns.share_out(actor=SYSTEM, campaign_id=made.pk)
    return made


def left() -> int:
    return sales.sale("flash").left


def test_one_customer_has_so_many_unpaid_orders(company, settings, now):
    settings.HOLD_MOST_ORDERS = 2
    company.put("wh", a=50)
    hold(company, "o1", {"a": 1})
    hold(company, "o2", {"a": 1})
    with pytest.raises(TooManyHolds) as refusal:
        hold(company, "o3", {"a": 1})
    assert refusal.value.facts == {"most": 2}
    assert not FulfillmentDemand.objects.filter(order_number="o3").exists()
    hold(company, "o4", {"a": 1}, customer=CHEN)
    reservation.confirm(order_number="o1", now=now)
    hold(company, "o3", {"a": 1})
    assert findings(now=now) == []


def test_one_customer_holds_so_many_of_a_sku_unpaid(company, settings, now):
    settings.HOLD_MOST_UNITS = 5
    company.put("wh", a=50, b=50)
    hold(company, "o1", {"a": 3, "b": 5})
    with pytest.raises(TooManyHeld) as refusal:
        hold(company, "o2", {"a": 3})
    assert refusal.value.facts == {"sku": "a", "most": 5}
    hold(company, "o4", {"a": 2})
    reservation.release(order_number="o1", reason="unpaid", now=now)
    hold(company, "o5", {"a": 3})
    assert findings(now=now) == []


def test_orders_without_a_customer_are_not_counted(company, settings):
    settings.HOLD_MOST_ORDERS = settings.HOLD_MOST_UNITS = 1
    company.put("wh", a=50)
    hold(company, "o1", {"a": 9}, customer="")
    hold(company, "o2", {"a": 9}, customer="")


def test_the_same_order_again_is_no_second_hold(company, settings):
    settings.HOLD_MOST_ORDERS = 1
    company.put("wh", a=5)
    assert hold(company, "o1", {"a": 1}).demand_id == hold(company, "o1", {"a": 1}).demand_id


def test_a_flash_sale_needs_admission(company, sale):
    with pytest.raises(AdmissionMissing) as refusal:
        hold(company, "o1", {"b": 1, "a": 1})
    assert refusal.value.facts == {"campaign": "flash"}
    assert not FulfillmentDemand.objects.exists()
    hold(company, "o1", {"b": 1, "a": 1}, tickets=["t1"])
    assert left() == 9


@pytest.mark.parametrize("change", ["before", "after", "off", "other channel"])
def test_outside_of_a_flash_sale_its_articles_are_sold_as_ever(company, sale, change):
    if change == "off":
        Campaign.objects.update(is_on=False)
    moment = {"before": NOW - timedelta(seconds=1), "after": NOW + timedelta(hours=1)}.get(change, NOW)
    hold(company, "o1", {"a": 1}, now=moment, channel="store" if change == "other channel" else "web")
    assert left() == 10


def test_one_admission_is_one_order(company, sale, now):
    hold(company, "o1", {"a": 1}, tickets=["t1"])
    with pytest.raises(AdmissionUsed):
        hold(company, "o2", {"a": 1}, tickets=["t1"], customer=CHEN)
    reservation.release(order_number="o1", reason="unpaid", now=now)
    hold(company, "o2", {"a": 1}, tickets=["t1"])


def test_each_customer_gets_a_share(company, sale, now):
    hold(company, "o1", {"a": 2}, tickets=["t1"])
    with pytest.raises(CampaignCap) as refusal:
        hold(company, "o2", {"a": 1}, tickets=["t2"])
    assert refusal.value.facts == {"campaign": "flash", "most": 2}
    reservation.confirm(order_number="o1", now=now)
    with pytest.raises(CampaignCap):
        hold(company, "o2", {"a": 1}, tickets=["t2"])
    hold(company, "o3", {"a": 2}, tickets=["t3"], customer=CHEN)


def test_no_more_are_sold_than_the_sale_has_although_the_stock_would_do(company, sale):
    for number in range(5):
        hold(company, f"o{number}", {"a": 2}, tickets=[f"t{number}"], customer=f"member:{number}")
    assert (left(), CampaignUse.objects.count()) == (0, 5)
    with pytest.raises(CampaignSoldOut):
        hold(company, "late", {"a": 1}, tickets=["late"], customer="member:9")
    assert findings(now=NOW) == []


@pytest.mark.parametrize("how", ["lapsed", "cancelled"])
def test_a_sale_gets_its_units_back(company, sale, now, how):
    hold(company, "o1", {"a": 2}, tickets=["t1"])
    assert left() == 8
    if how == "lapsed":
        reservation.release(order_number="o1", reason="unpaid", now=now)
    else:
        reservation.confirm(order_number="o1", now=now)
        cancellation.cancel(order_number="o1", now=now)
    assert left() == 10
    hold(company, "o2", {"a": 2}, tickets=["t2"])


def test_what_was_sold_stays_sold_when_the_units_are_changed(company, sale):
    hold(company, "o1", {"a": 2}, tickets=["t1"])
    CampaignItem.objects.update(quantity=6)
    campaigns.share_out(actor=SYSTEM, campaign_id=sale.pk)
    assert left() == 4
    CampaignItem.objects.update(quantity=1)
    campaigns.share_out(actor=SYSTEM, campaign_id=sale.pk)
    assert (left(), CampaignShare.objects.filter(free__gt=0).count()) == (0, 0)
    with pytest.raises(NotAllowed):
        campaigns.share_out(actor=company.staff("carrier", "store_manager"), campaign_id=sale.pk)


def sell_over_it(company, number: str, now) -> None:
    """What is held is sold at a till: the hold gives way and is taken anew where there is another unit."""
    row = Reservation.objects.get(demand__order_number=number, state="held")
    shelf = {"sku": row.sku, "location_id": row.location_id}
    with transaction.atomic():
        displaced = displacement.make_room([Shortfall(**shelf, units=1)], actor=SYSTEM, now=now)
        stock.book(**shelf, units=-1, place="loss", reason="sold", reference="till", now=now)
        assert displacement.take_anew(displaced, now=now) == []


def test_a_hold_that_gave_way_still_counts_for_its_customer(company, settings, now):
    settings.HOLD_MOST_ORDERS = 1
    company.put("wh", a=1, b=1)
    hold(company, "o1", {"a": 1})
    company.put("st-a", a=1)
    sell_over_it(company, "o1", now)
    row = FulfillmentDemand.objects.get(order_number="o1")
    assert (row.state, row.customer) == ("held", LIN)
    with pytest.raises(TooManyHolds):
        hold(company, "o2", {"b": 1})
    assert findings(now=now) == []


def test_a_hold_of_a_flash_sale_that_gave_way_stays_in_the_sale(company, now):
    company.put("wh", a=1)
    made = Campaign.objects.create(
        code="flash", title="抢购", title_en="Sale", starts_at=now, ends_at=now + timedelta(hours=1)
    )
    CampaignItem.objects.create(campaign=made, sku="a", quantity=10, per_customer=1)
    campaigns.share_out(actor=SYSTEM, campaign_id=made.pk)
    hold(company, "o1", {"a": 1}, tickets=["t1"])
    company.put("st-a", a=2)
    sell_over_it(company, "o1", now)
    assert FulfillmentDemand.objects.get().state == "held"
    assert (left(), CampaignUse.objects.get(given_back=False).ticket) == (9, "t1")
    with pytest.raises(CampaignCap):
        hold(company, "o2", {"a": 1}, tickets=["t2"])
    assert findings(now=now) == []
