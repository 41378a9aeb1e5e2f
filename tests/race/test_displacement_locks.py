"""What displaces promises locks parcels and levels in the order of their keys, whatever it found them in."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction

from fulfillment.models import (
    Campaign,
    CampaignItem,
    CampaignShare,
    FulfillmentOrder,
    Reservation,
    StockLevel,
)
from fulfillment.services import campaigns, displacement, fulfil, reservation, stock
from fulfillment.services.displacement import Shortfall
from fulfillment.services.reservation_promise import Holder
from fulfillment.values import Admission
from members.actors import SYSTEM
from tests.support.crossing import crossed
from tests.support.goods import NOW, Company, follow_up

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def company(freeze_at) -> Company:
    """One store with a, b and c, each promised to an order of its own: parcels in the order b, a."""
    freeze_at(NOW)
    made = Company()
    made.goods("a", "b", "c")
    made.put("st-a", a=1, b=1, c=1)
    for number, sku in (("o1", "b"), ("o2", "a")):
        with transaction.atomic():
            made.hold(number, {sku: 1})
            fulfil.request(order_number=number, now=NOW)
        follow_up()
    return made


def parcels() -> list[int]:
    return list(FulfillmentOrder.objects.order_by("pk").values_list("pk", flat=True))


def against(rows, work) -> str:
    """`work` runs while somebody locks these rows, which are two, one after the other in their order."""
    first, second = rows.order_by("pk").values_list("pk", flat=True)
    return crossed(work, first=lambda: lock(rows, first), second=lambda: lock(rows, second))


def lock(rows, pk: int) -> None:
    rows.select_for_update().get(pk=pk)


def shortfalls(company, *skus: str) -> list[Shortfall]:
    return [Shortfall(sku, company.places["st-a"].pk, 1) for sku in skus]


def test_two_articles_displace_parcels_in_key_order(company):
    wanted = shortfalls(company, "a", "b")
    outcome = against(
        FulfillmentOrder.objects.all(), lambda: displacement.make_room(wanted, actor=SYSTEM, now=NOW)
    )
    assert outcome == "done"
    assert set(FulfillmentOrder.objects.values_list("state", flat=True)) == {"declined"}


def test_one_article_after_the_other_would_deadlock(company):
    """The control: what a surplus of two articles did."""

    def work():
        for short in shortfalls(company, "a", "b"):
            displacement.make_room([short], actor=SYSTEM, now=NOW)

    assert against(FulfillmentOrder.objects.all(), work) == "deadlock"


def test_the_parcel_in_hand_is_locked_with_those_that_it_displaces(company):
    _displaced, in_hand = parcels()
    outcome = against(
        FulfillmentOrder.objects.all(),
        lambda: displacement.lock(shortfalls(company, "b"), parcels=[in_hand]),
    )
    assert outcome == "done"


def test_the_parcel_in_hand_locked_first_would_deadlock(company):
    _displaced, in_hand = parcels()

    def work():
        FulfillmentOrder.objects.select_for_update().get(pk=in_hand)
        displacement.lock(shortfalls(company, "b"))

    assert against(FulfillmentOrder.objects.all(), work) == "deadlock"


@pytest.fixture
def held(company) -> Company:
    """c is held at the store for an unpaid order; another shelf, older than the store's, has one too."""
    company.put("wh", c=1)
    store = StockLevel.objects.get(sku="c", location=company.places["st-a"])
    other = StockLevel.objects.get(sku="c", location=company.places["wh"])
    assert store.pk < other.pk
    company.hold("o3", {"c": 1})
    row = Reservation.objects.get(demand__order_number="o3")
    if row.level_id == store.pk:  # held at the older of the two shelves: the younger one is where it goes
        StockLevel.objects.filter(pk=row.level_id).update(reserved=0)
        StockLevel.objects.filter(pk=other.pk).update(reserved=1)
        Reservation.objects.filter(pk=row.pk).update(level=other, location=company.places["wh"])
    return company


def sell_what_is_held(company) -> None:
    """The unit leaves the books, as at a till; its hold is taken anew where there is one more."""
    shelf = {"sku": "c", "location_id": company.places["wh"].pk}
    displaced = displacement.make_room([Shortfall(**shelf, units=1)], actor=SYSTEM, now=NOW)
    stock.book(**shelf, units=-1, place="loss", reason="sold", reference="till", now=NOW)
    assert displacement.take_anew(displaced, now=NOW) == []


def test_a_hold_looks_for_another_shelf_in_key_order(held):
    levels = StockLevel.objects.filter(sku="c")
    assert against(levels, lambda: sell_what_is_held(held)) == "done"
    assert Reservation.objects.get(state="held").location == held.places["st-a"]


def test_levels_locked_as_they_are_found_would_deadlock(held, monkeypatch):
    monkeypatch.setattr(displacement, "_lock_levels", lambda shelves, demands: None)
    assert against(StockLevel.objects.filter(sku="c"), lambda: sell_what_is_held(held)) == "deadlock"


@pytest.fixture
def in_sale(company) -> Company:
    """A customer's unpaid order of a flash sale is held at the store; the warehouse has one unit more."""
    sale = Campaign.objects.create(
        code="flash", title="抢购", title_en="Sale", starts_at=NOW, ends_at=NOW + timedelta(hours=1)
    )
    CampaignItem.objects.create(campaign=sale, sku="c", quantity=2, per_customer=1)
    campaigns.share_out(actor=SYSTEM, campaign_id=sale.pk)
    wish, holder = company.wish("o3", {"c": 1}), Holder("member:1", [Admission(sale.pk, "ticket")])
    reservation.reserve(demand=wish, expires_at=None, holder=holder, now=NOW)
    company.put("wh", c=1)
    return company


def sell_what_is_in_the_sale(company) -> None:
    shelf = {"sku": "c", "location_id": company.places["st-a"].pk}
    displaced = displacement.make_room([Shortfall(**shelf, units=1)], actor=SYSTEM, now=NOW)
    stock.book(**shelf, units=-1, place="loss", reason="sold", reference="till", now=NOW)
    assert displacement.take_anew(displaced, now=NOW) == []


def lock_the_customer() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('hold member:1', 0))")


def lock_the_shares() -> None:
    list(CampaignShare.objects.order_by("pk").select_for_update())


def lock_the_shelf() -> None:
    StockLevel.objects.select_for_update().get(sku="c", location__code="st-a")


@pytest.mark.parametrize("before", [lock_the_customer, lock_the_shares])
def test_a_hold_s_customer_and_sale_are_locked_before_its_shelf(in_sale, before):
    """As by whoever places an order of this customer, or of this sale, at the same shelf."""
    sale = partial(sell_what_is_in_the_sale, in_sale)
    assert crossed(sale, first=before, second=lock_the_shelf) == "done"
    row = Reservation.objects.get(state="held")
    assert (row.location, row.demand.customer) == (in_sale.places["wh"], "member:1")
    assert row.demand.campaign_uses.get(given_back=False).units == 1


@pytest.mark.parametrize("before", [lock_the_customer, lock_the_shares])
def test_locked_when_they_are_needed_they_would_deadlock(in_sale, before, monkeypatch):
    monkeypatch.setattr(displacement, "lock_holders", lambda demands: None)
    assert (
        crossed(partial(sell_what_is_in_the_sale, in_sale), first=before, second=lock_the_shelf) == "deadlock"
    )
