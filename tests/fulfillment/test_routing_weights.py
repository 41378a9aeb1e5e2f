"""Weights of routing follow the calendar; before the first version the settings hold."""

from datetime import timedelta

import pytest

from fulfillment.models import FulfillmentOrder, RoutingWeights
from fulfillment.services import dated_tables
from fulfillment.services.routing import weights
from fulfillment.services.routing.weights import WeightsInPast, WeightsWrong, standard
from members.actors import SYSTEM
from omnichannel.kernel import clock
from omnichannel.kernel.errors import NotAllowed
from tests.support.goods import NOW

TODAY = clock.local_day(NOW)
DAY = timedelta(days=1)


@pytest.fixture
def terms():
    return {**vars(standard())}


def publish(terms, *, days=1, actor=SYSTEM, **changes):
    new = weights.Weights(**(terms | changes))
    return weights.publish(terms=new, starts=TODAY + days * DAY, actor=actor, now=NOW)


def test_a_version_holds_from_its_day_on(company, terms):
    publish(terms, days=2, extra_package_fen=900)
    policies = [weights.weights(now=NOW + days * DAY) for days in range(4)]
    assert [policy.extra_package for policy in policies] == [500, 500, 900, 900]


def test_a_new_version_ends_the_one_before_and_replaces_planned_ones(company, terms):
    first, planned = publish(terms), publish(terms, days=9)
    newer = publish(terms, days=5)
    first.refresh_from_db()
    assert first.ends == newer.starts
    assert not RoutingWeights.objects.filter(pk=planned.pk).exists()
    assert newer.version == 2


def test_withdrawn_the_one_before_goes_on(company, terms):
    publish(terms, extra_package_fen=700)
    publish(terms, days=5, extra_package_fen=900)
    dated_tables.withdraw(RoutingWeights, starts=TODAY + 5 * DAY, actor=SYSTEM, now=NOW)
    assert weights.in_force(now=NOW + 9 * DAY).extra_package_fen == 700
    with pytest.raises(dated_tables.VersionUnknown):
        dated_tables.withdraw(RoutingWeights, starts=TODAY + 5 * DAY, actor=SYSTEM, now=NOW)


def test_the_past_stays_and_figures_are_checked(company, terms):
    with pytest.raises(WeightsInPast):
        publish(terms, days=0)
    with pytest.raises(WeightsWrong):
        publish(terms, late_day_fen=-1)
    with pytest.raises(NotAllowed):
        publish(terms, actor=company.staff("wh", "warehouse"))


def test_routing_weighs_by_the_version_of_the_day(company, terms):
    """Two shelves hold one article each; a third, dear one holds both."""
    company.put("st-a", a=1)
    company.put("st-b", b=1)
    company.put("wh", a=1, b=1)
    company.profile("wh", handling_fen=2500)
    for code in ("st-a", "st-b"):
        company.profile(code, must_accept=False)
    company.paid("o1", {"a": 1, "b": 1})
    assert FulfillmentOrder.objects.filter(demand__order_number="o1").count() == 2
    RoutingWeights.objects.create(
        **terms | {"extra_package_fen": 9000}, starts=TODAY, made_by="test", made_at=NOW
    )
    company.put("st-a", a=1)
    company.put("st-b", b=1)
    company.paid("o2", {"a": 1, "b": 1})
    assert FulfillmentOrder.objects.filter(demand__order_number="o2").count() == 1
