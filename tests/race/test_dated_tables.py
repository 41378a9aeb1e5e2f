"""Two who replace the same table at once come one after the other: nobody meets a broken constraint."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from fulfillment.models import CentreCosts, RoutingWeights, ShadowPrice, TariffRate
from fulfillment.services import centre_costs, dated_tables, tariffs
from fulfillment.services.dated_tables import TableChanged
from fulfillment.services.optimiser import prices_lp, shadow_prices
from fulfillment.services.routing import weights
from tests.support.crossing import until_one_waits
from tests.support.goods import NOW, Company

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
DAY = NOW.date() + timedelta(days=5)


@pytest.fixture
def works(freeze_at):
    """By name: what two people or two clocks may do at the same time."""
    freeze_at(NOW)
    company = Company()
    company.goods("a")
    operator = company.staff("carrier", "operator")
    table = [tariffs.Terms("near", 900, 250)]
    price = prices_lp.Prices(1.0, {(company.places["wh"].pk, "a"): 50.0})
    dated = {"starts": DAY, "actor": operator, "now": NOW}
    return {
        "tariff": lambda: tariffs.publish(table=table, **dated),
        "weights": lambda: weights.publish(terms=weights.standard(), **dated),
        "costs": lambda: centre_costs.publish(costs=centre_costs.standard(), **dated),
        "prices": lambda: shadow_prices._put_in_force(price, NOW, kinds=1),
    }


def twice(work) -> str:
    """The second one begins while the first one's transaction is still open; what became of it."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            work()
            second = pool.submit(_outcome, work)
            until_one_waits()
        return second.result(timeout=30)


def _outcome(work) -> str:
    try:
        with transaction.atomic():
            work()
        return "done"
    except IntegrityError:
        return "broken"
    finally:
        connection.close()


@pytest.mark.parametrize("name", ["tariff", "weights", "costs", "prices"])
def test_the_second_waits_and_then_sees_the_first(works, name):
    assert twice(works[name]) == "done"
    assert TariffRate.objects.filter(starts=DAY).count() == (name == "tariff")
    assert RoutingWeights.objects.count() == (name == "weights")
    assert CentreCosts.objects.count() == (name == "costs")
    assert ShadowPrice.objects.count() == (name == "prices")


@pytest.mark.parametrize("name", ["tariff", "weights", "costs", "prices"])
def test_the_race_is_real_without_waiting(works, name, monkeypatch):
    for module in (dated_tables, shadow_prices):
        monkeypatch.setattr(module, "open_alone", lambda *_args, **_more: None)
    assert twice(works[name]) == "broken"


def test_who_looked_before_the_other_is_told(works):
    seen = dated_tables.edition(RoutingWeights)
    works["weights"]()
    with pytest.raises(TableChanged) as refusal, transaction.atomic():
        dated_tables.open_alone(RoutingWeights, seen=seen)
    assert refusal.value.code == "table_changed"
