"""What would it cost? One answer for every door."""

from datetime import timedelta

import pytest

from catalog.models import Offering
from fulfillment.services import dealer_quotes
from members.queries import institution_by_code
from orders.services import quoting
from orders.values import Wish
from tests.support import ordering
from tests.support.demo import NOON
from tests.support.ordering import CASE, CHARGER, PHONE, SIM, TEA, TOP_UP, refused

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]


def quote(*wanted, channel="web", way="ship", store="", now=NOON):
    place = institution_by_code(store).id if store else None
    return quoting.quote(ordering.wishes(*wanted), channel=channel, institution_id=place, way=way, now=now)


def test_the_price_is_the_channel_s_with_its_reason():
    base, store = quote(CASE).lines[0], quote(CASE, channel="store").lines[0]
    assert not base.price_reason
    assert store.unit_fen == base.unit_fen * 85 // 100 // 100 * 100
    assert store.price_reason


def test_customers_of_a_dealer_do_not_pay_what_dealers_pay_us():
    base, dealer = quote(PHONE).lines[0], quote(PHONE, channel="dealer").lines[0]
    assert (dealer.unit_fen, dealer.price_reason) == (base.unit_fen, "") == (299_900, "")
    bought = dealer_quotes.quote(institution_by_code("dl-lantian").id, {PHONE: 1}, now=NOON)
    assert bought == {PHONE: (1, 299_900 * 92 // 100 // 100 * 100)}


def test_a_store_s_own_price_comes_before_its_channel_s():
    line = quote(TEA, channel="store", store="st-sh-01").lines[0]
    ordering.priced(TEA, 30_000, channel="store", store="st-sh-01")
    assert quote(TEA, channel="store", store="st-sh-01").lines[0].unit_fen == 30_000
    assert quote(TEA, channel="store", store="st-sh-02").lines[0].unit_fen == line.unit_fen
    later = quote(TEA, channel="store", store="st-sh-01", now=NOON + timedelta(days=1))
    assert later.lines[0].unit_fen == line.unit_fen


@pytest.mark.parametrize(
    ("wanted", "way", "fee"),
    [
        ([CHARGER], "ship", 1000),
        ([Wish(sku=CHARGER, quantity=2)], "ship", 0),
        ([CHARGER], "pickup", 0),
        ([TEA], "ship", 0),
        (["MAGAZINE-LIFE"], "none", 0),
    ],
    ids=["small", "above the free value", "picked up", "dear", "nothing to send"],
)
def test_freight_is_asked_for_small_parcels_only(wanted, way, fee):
    assert quote(*wanted, way=way).shipping_fen == fee


def test_a_sim_travels_free_and_brings_its_plan():
    found = quote(ordering.sim())
    assert found.shipping_fen == 0
    assert [(line.wish.sku, line.with_line) for line in found.lines] == [(SIM, None), (ordering.PLAN, 0)]
    assert found.needs_identity


@pytest.mark.parametrize("quantity", [0, -1, 201, 1_000_000, 10**30])
def test_a_quantity_that_nobody_means_is_refused(quantity):
    with refused(quoting.QuantityWrong):
        quote(Wish(sku=CHARGER, quantity=quantity))


def test_an_unknown_article_is_named():
    with refused(quoting.UnknownSku) as refusal:
        quote(CHARGER, "NO-SUCH-THING")
    assert refusal.value.facts == {"sku": "NO-SUCH-THING"}


def test_a_withdrawn_article_is_unknown_to_buyers():
    Offering.objects.get(sku=CHARGER).product.__class__.objects.filter(offering__sku=CHARGER).update(
        is_public=False
    )
    with refused(quoting.UnknownSku):
        quote(CHARGER)


@pytest.mark.parametrize(
    "wish",
    [
        Wish(sku=SIM, quantity=1),
        Wish(sku=SIM, quantity=1, msisdn="8613816130001"),
        Wish(sku=SIM, quantity=1, plan_sku="PLAN-YOUTH-39"),
        Wish(sku=TOP_UP, quantity=1),
    ],
    ids=["bare", "no plan", "no number", "nobody to top up"],
)
def test_choices_that_are_missing_are_named(wish):
    with refused(quoting.ChoiceMissing):
        quote(wish)


@pytest.mark.parametrize(
    "choice",
    [
        {"sku": PHONE, "plan_sku": ""},
        {"sku": PHONE, "msisdn": "", "plan_sku": "PLAN-YOUTH-39"},
        {"plan_sku": "PLAN-BUSINESS-199"},
        {"plan_sku": CHARGER},
    ],
    ids=["a phone with a number", "a phone with a plan", "another brand's plan", "a charger as plan"],
)
def test_numbers_and_plans_belong_to_sims_of_their_brand(choice):
    with refused(quoting.ChoiceUnfit):
        quote(ordering.sim(**choice))


def test_two_cards_in_one_wish_would_share_a_number():
    with refused(quoting.QuantityWrong):
        quote(ordering.sim(quantity=2))


def test_the_lines_and_the_freight_make_the_total():
    found = quote(PHONE, "CASE-SAIL-S2-INK", CHARGER, TEA)
    assert found.total_fen == sum(line.amount_fen for line in found.lines) + found.shipping_fen
    assert found.before_fen - found.goods_fen == sum(saving.amount_fen for saving in found.savings)


def test_asking_costs_the_same_however_many_lines(django_assert_max_num_queries):
    many = (PHONE, "CASE-SAIL-S2-INK", CHARGER, TEA, "LUMA-MUG", "CABLE-C2C", "MILLET-2KG", "PUER-TEA")
    with django_assert_max_num_queries(5):
        quote(*many)
