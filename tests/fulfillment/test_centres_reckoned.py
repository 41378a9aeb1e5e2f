"""Where a centre would pay, against figures reckoned by hand."""

from datetime import timedelta

import pytest

from fulfillment.models import CentreProposal, CentreReckoning, FulfillmentOrder, OptimiserRun
from fulfillment.services.optimiser import centre_reckoning
from tests.support.sending import NOW, YESTERDAY, Country, row_of


@pytest.fixture
def country(db, freeze_at):
    freeze_at(NOW)
    return Country()


@pytest.fixture
def two_cities(country):
    """Ten light parcels to Shanghai at 7.60, four of 2.3 kg with two units to Guangzhou at 20.00."""
    country.send(10, "上海", "上海", ("A", 1, 800))
    country.send(4, "广东", "广州", ("A", 2, 2300), freight=2000, days=3)
    return country


def test_the_saving_is_exact_to_the_fen(two_cities):
    found = two_cities.reckon()
    guangzhou, shanghai = row_of(found, "广州"), row_of(found, "上海")
    # From Guangzhou 6.00 + 2 × 1.00 freight, 1.80 handling, 2 × 0.30 replenishment: 10.40 instead of 22.00.
    assert guangzhou["saving_fen"] == 4 * 1160 * 30
    # From Shanghai 6.00 + 1.80 + 0.30 = 8.10 instead of 9.60.
    assert shanghai["saving_fen"] == 10 * 150 * 30
    assert (guangzhou["days_earlier"], shanghai["days_earlier"]) == (2, 1)
    assert found.status == "optimal"


def test_what_pays_is_proposed_and_what_lacks_is_said(two_cities):
    found = two_cities.reckon()
    proposal = CentreProposal.objects.get()
    assert (proposal.city, proposal.saving_fen, proposal.net_fen) == ("广州", 139_200, 99_200)
    assert proposal.payback_milli == round(1000 * 120_000 / 99_200)
    # Asked are 400.00 fixed and a twelfth of 1,200.00 a month; 4 orders a day bring 1,392.00.
    assert (proposal.orders_milli, proposal.needed_milli) == (4000, round(4000 * 50_000 / 139_200))
    shanghai = row_of(found, "上海")
    assert (shanghai["verdict"], shanghai["share"], shanghai["needed_day"]) == ("volume", 0.9, 11.111)
    assert row_of(found, "广州")["verdict"] == "proposed"


def test_the_story_holds_what_was_compared(two_cities):
    two_cities.reckon()
    story = CentreProposal.objects.get().story
    assert story["sources"] == [["江苏", "苏州", 4, 4 * 2200, 4 * 1040]]
    assert story["area"] == [["广东", "广州", 4.0, 139_200, 0]]
    sums = story["sums"]
    assert (sums["freight_now"], sums["freight_then"], sums["units_fen"]) == (8000, 3200, 240)
    assert (sums["saving"], sums["parcels_then"]) == (4 * 1160, 4)
    assert (story["days"], story["begins"], story["ends"]) == (1, "2026-10-24", "2026-11-20")
    assert story["costs"]["fixed_month_fen"] == 40_000


def test_a_day_is_the_mean_of_the_days_with_orders(two_cities):
    two_cities.send(10, "上海", "上海", ("A", 1, 800), at=YESTERDAY - timedelta(days=3))
    found = two_cities.reckon()
    assert row_of(found, "上海")["orders_day"] == 10
    assert row_of(found, "上海")["saving_fen"] == 10 * 150 * 30
    assert row_of(found, "广州")["saving_fen"] == 4 * 1160 * 15


def test_only_what_was_sent_to_customers_in_the_whole_days_before_counts(two_cities):
    before = two_cities.reckon().figures
    two_cities.send(5, "上海", "上海", ("A", 1, 800), at=NOW)
    two_cities.send(5, "上海", "上海", ("A", 1, 800), at=NOW - timedelta(days=29))
    two_cities.send(5, "上海", "上海", ("A", 1, 800), state="moved")
    two_cities.send(5, "上海", "上海", ("A", 1, 800), channel="supply")
    two_cities.send(1, "上海", "上海", ("A", 1, 800), channel="supply", at=YESTERDAY - timedelta(days=3))
    two_cities.send(1, "上海", "上海", at=YESTERDAY - timedelta(days=5))  # a parcel of the sender's own
    again = centre_reckoning.run(reckoning_id=_asked(two_cities), now=NOW)
    assert {name: again.figures[name] for name in ("orders", "parcels", "days")} == {
        name: before[name] for name in ("orders", "parcels", "days")
    }


def _asked(country) -> int:
    return CentreReckoning.objects.create(key="again", state="waiting", asked_at=NOW).pk


def test_a_centre_holds_the_best_selling_articles_only(country):
    country.costs(assortment=1, fixed_month_fen=1000, investment_fen=0)
    country.send(3, "上海", "上海", ("A", 1, 800))
    country.send(1, "上海", "上海", ("A", 1, 800), ("B", 1, 800))
    found = country.reckon()
    assert found.figures["covered"] == 0.8  # four of five: of the last order one parcel of two
    assert row_of(found, "上海")["taken_day"] == 4
    country.costs(assortment=2, fixed_month_fen=1000, investment_fen=0)
    whole = centre_reckoning.run(reckoning_id=_asked(country), now=NOW)
    # Two parcels of 9.60 become one of 1.6 kg: 6.00 + 1.00 freight, 1.80, 2 × 0.30, where Suzhou would
    # have asked 7.60 + 1.60 + 2.00 for it.
    assert row_of(whole, "上海")["saving_fen"] == (3 * 150 + 1120 - 940) * 30
    assert row_of(whole, "上海")["merged"] == 30


def test_what_a_centre_of_today_would_do_as_well_is_no_merit_of_a_new_one(country):
    """Nanjing's parcels came from a dear store, Suzhou would have sent them for 8.00 as well."""
    country.place("st", "store", "江苏", "南京", handling=900)
    country.send(20, "江苏", "南京", ("A", 1, 800), start="st", freight=600)
    row = row_of(country.reckon(), "南京")
    assert (row["verdict"], row["saving_fen"], row["near"]) == ("served", 0, "wh")
    assert row["near_km"] > 100


def test_neighbours_are_not_both_proposed_for_the_same_parcels(country):
    country.send(6, "广东", "广州", ("A", 1, 800), freight=1100)
    country.send(5, "广东", "深圳", ("A", 1, 800), freight=1100)
    found = country.reckon()
    rows = {city: row_of(found, city) for city in ("广州", "深圳")}
    # Control: alone each would pay, by the parcels of both.
    assert all(row["share"] > 1 for row in rows.values())
    assert [row.city for row in CentreProposal.objects.all()] == ["广州"]
    assert (rows["深圳"]["verdict"], rows["深圳"]["by"]) == ("joint", ["广东", "广州"])
    assert len(CentreProposal.objects.get().story["area"]) == 2


def test_a_saving_that_only_equal_cities_kilometres_take_is_not_yet_enough(country):
    """One fen more than what is asked, less than the tie between the two by their 104 kilometres."""
    country.costs(fixed_month_fen=11 * 490 * 30 - 1, investment_fen=0)
    country.send(6, "广东", "广州", ("A", 1, 800), freight=1100)
    country.send(5, "广东", "深圳", ("A", 1, 800), freight=1100)
    found = country.reckon()
    assert found.state == "done"
    for city in ("广州", "深圳"):
        row = row_of(found, city)
        assert (row["verdict"], row["saving_fen"] - row["asked_fen"]) == ("volume", 1)
    assert not CentreProposal.objects.exists()


def test_dealers_supplies_do_not_make_an_article_a_best_seller(country):
    country.costs(assortment=1)
    country.send(10, "上海", "上海", ("A", 1, 800))
    country.send(1, "上海", "上海", ("B", 500, 9000), channel="supply")
    found = country.reckon()
    assert (found.figures["covered"], row_of(found, "上海")["taken_day"]) == (1, 10)


def test_a_split_order_is_told_of_the_place_that_sent_most_units(country):
    country.place("st", "store", "江苏", "南京", handling=200)
    country.send(4, "广东", "广州", ("A", 3, 2300), ("A", 1, 800), freight=2000)
    parcels = FulfillmentOrder.objects.filter(code__endswith="-2")
    parcels.update(location=country.places["st"])
    assert country.places["st"].pk > country.places["wh"].pk  # the larger key is not the larger parcel
    country.reckon()
    [source] = CentreProposal.objects.get().story["sources"]
    assert source[:3] == ["江苏", "苏州", 8]


def test_nothing_invested_is_back_at_once(country):
    country.costs(fixed_month_fen=0, investment_fen=0)
    country.send(4, "广东", "广州", ("A", 2, 2300), freight=2000)
    country.reckon()
    assert CentreProposal.objects.get().payback_milli == 0


def test_a_city_that_nobody_knows_is_counted_and_not_proposed(two_cities):
    two_cities.send(50, "广东", "亚特兰蒂斯", ("A", 1, 800), freight=1100)
    found = two_cities.reckon()
    assert row_of(found, "亚特兰蒂斯")["verdict"] == "unknown"
    assert [row.city for row in CentreProposal.objects.all()] == ["广州"]
    assert row_of(found, "广州")["area"] == 2


def test_a_centre_below_its_cost_is_named(two_cities):
    two_cities.place("wh-2", "warehouse", "江苏", "南京", handling=200)
    two_cities.send(3, "上海", "上海", ("A", 1, 800), start="wh-2")
    two_cities.place("wh-3", "warehouse", "浙江", "杭州", handling=200)
    verdicts = {row["code"]: (row["verdict"], row["saving_fen"]) for row in two_cities.reckon().centres}
    assert verdicts["wh-2"] == ("below", 0)  # Suzhou would send them for the same
    assert verdicts["wh-3"][0] == "idle"
    assert verdicts["wh"] == ("below", 0)


def test_a_centre_that_nobody_could_replace_pays(two_cities):
    two_cities.place("wh-4", "warehouse", "广东", "广州", handling=200)
    rows = {row["code"]: row for row in two_cities.reckon().centres}
    # From Guangzhou Shanghai would cost 11.00 + 2.00 instead of 9.60; Guangzhou itself would be cheaper.
    assert rows["wh"]["saving_fen"] == 10 * 340 * 30
    assert rows["wh"]["verdict"] == "pays"


def test_without_orders_nothing_is_proposed(country):
    found = country.reckon()
    assert (found.status, found.candidates, found.figures["days"]) == ("no_orders", [], 0)
    assert not CentreProposal.objects.exists()


def test_the_nightly_job_twice_is_once(two_cities):
    first = two_cities.reckon()
    assert first.state == "done"
    assert two_cities.reckon() is None
    assert (CentreReckoning.objects.count(), CentreProposal.objects.count()) == (1, 1)
    assert OptimiserRun.objects.filter(kind="centres").count() == 1
    tomorrow = two_cities.reckon(NOW + timedelta(days=1))
    assert (tomorrow.figures["opened"], tomorrow.figures["renewed"]) == (0, 1)
    assert CentreReckoning.objects.exclude(flows=[]).get() == tomorrow


def test_a_reckoning_takes_the_same_statements_however_many_parcels(
    two_cities, django_assert_max_num_queries
):
    two_cities.send(30, "浙江", "杭州", ("A", 1, 800), freight=1100)
    with django_assert_max_num_queries(45):
        two_cities.reckon()
