"""The tariff has versions without gaps; what was billed stays; the freight by first and further kilogram."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from fulfillment.models import TariffRate, TariffZone
from fulfillment.services import dated_tables, tariffs
from fulfillment.services.routing.inputs import Rate
from fulfillment.services.tariffs import Terms
from members.actors import Actor
from omnichannel.kernel.errors import NotAllowed

TODAY = date(2026, 11, 21)
NEXT = TODAY + timedelta(days=10)


@pytest.fixture
def operator(company):
    TariffZone.objects.create(zone="far", to_province="新疆")
    TariffRate.objects.create(zone="far", first_fen=1900, step_fen=900, starts=date(2026, 1, 1))
    return company.staff("carrier", "operator")


def whole(**near):
    return [
        Terms("near", **{"first_fen": 900, "step_fen": 250} | near),
        Terms("far", first_fen=2000, step_fen=950),
    ]


def versions(zone):
    return list(
        TariffRate.objects.filter(zone=zone).order_by("starts").values_list("version", "starts", "ends")
    )


def test_a_new_version_ends_the_one_before(operator, now):
    tariffs.publish(table=whole(), starts=NEXT, actor=operator, now=now)
    assert versions("near") == [(1, date(2026, 1, 1), NEXT), (2, NEXT, None)]
    made = TariffRate.objects.get(zone="near", version=2)
    assert (made.first_fen, made.made_by, made.made_at) == (900, "operator", now)


def test_a_version_planned_for_later_gives_way(operator, now):
    tariffs.publish(table=whole(), starts=NEXT + timedelta(days=5), actor=operator, now=now)
    tariffs.publish(table=whole(first_fen=950), starts=NEXT, actor=operator, now=now)
    assert versions("near") == [(1, date(2026, 1, 1), NEXT), (2, NEXT, None)]


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ([Terms("near", 900, 250), Terms("near", 800, 250)], "tariff_zone_twice"),
        ([Terms("moon", 900, 250)], "tariff_zone_unknown"),
        ([Terms("near", 900, -1)], "tariff_terms_wrong"),
        ([Terms("near", 900, 250, step_g=0)], "tariff_terms_wrong"),
    ],
)
def test_a_wrong_table_changes_nothing(operator, now, table, code):
    with pytest.raises(tariffs.DomainError) as refusal:
        tariffs.publish(table=[*whole()[1:], *table], starts=NEXT, actor=operator, now=now)
    assert refusal.value.code == code
    assert TariffRate.objects.count() == 2


def test_a_gap_is_refused_with_the_day_it_begins(operator, now):
    TariffRate.objects.filter(zone="far").update(ends=NEXT)
    with pytest.raises(tariffs.TariffGap) as refusal:
        tariffs.publish(table=whole()[:1], starts=NEXT, actor=operator, now=now)
    assert refusal.value.facts == {"zone": "far", "begins": NEXT.isoformat()}
    assert TariffRate.objects.count() == 2
    tariffs.publish(table=whole(), starts=NEXT, actor=operator, now=now)
    assert versions("far") == [(1, date(2026, 1, 1), NEXT), (2, NEXT, None)]


def test_an_old_gap_is_seen_too(operator, now):
    TariffRate.objects.filter(zone="near").update(ends=TODAY)
    with pytest.raises(tariffs.TariffGap):
        tariffs.publish(table=whole(), starts=NEXT, actor=operator, now=now)
    tariffs.publish(table=whole(), starts=TODAY + timedelta(days=1), actor=operator, now=now)


def test_the_past_and_today_are_billed(operator, now):
    with pytest.raises(tariffs.TariffInPast):
        tariffs.publish(table=whole(), starts=TODAY, actor=operator, now=now)


def test_only_operators_change_tariffs(company, operator, now):
    with pytest.raises(NotAllowed):
        tariffs.publish(table=whole(), starts=NEXT, actor=Actor(user_id=1), now=now)
    with pytest.raises(NotAllowed):
        tariffs.withdraw(zone="near", starts=NEXT, actor=company.staff("st-a", "clerk"), now=now)


def test_a_version_that_has_not_begun_is_withdrawn(operator, now):
    tariffs.publish(table=whole(), starts=NEXT, actor=operator, now=now)
    tariffs.withdraw(zone="near", starts=NEXT, actor=operator, now=now)
    assert versions("near") == [(1, date(2026, 1, 1), None)]
    with pytest.raises(dated_tables.VersionBegun):
        tariffs.withdraw(zone="near", starts=date(2026, 1, 1), actor=operator, now=now)


def test_the_database_refuses_two_rates_for_a_day(operator):
    with pytest.raises(IntegrityError, match="tariff_rate_no_overlap"), transaction.atomic():
        TariffRate.objects.create(zone="near", first_fen=1, step_fen=1, starts=NEXT)


@pytest.mark.parametrize(
    ("grams", "millilitres", "fen"),
    [
        (1, 0, 800),
        (1000, 0, 800),
        (1001, 0, 1000),
        (2000, 0, 1000),
        (500, 6000, 800),
        (500, 6001, 1000),
        (0, 18000, 1200),
    ],
)
def test_first_and_further_kilogram_of_weight_or_volume(grams, millilitres, fen):
    assert Rate(first_g=1000, first_fen=800, step_g=1000, step_fen=200).freight(grams, millilitres) == fen
