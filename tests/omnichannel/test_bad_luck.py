"""The played day leaves orders with the operators: always the same ones, ended there by the ordinary ways."""

from random import Random

import pytest

from fulfillment.models import Exclusion, FulfillmentDemand, ProvisioningJob
from fulfillment.queries.invariants import findings
from omnichannel.demo_day import bad_luck, goods, script
from omnichannel.demo_day.cast import cast
from omnichannel.demo_day.days import early_morning
from omnichannel.demo_day.turns import AtOnce
from omnichannel.invariants import promises
from tests.support import ordering
from tests.support.demo import DAY, NOON
from tests.support.ordering import CHARGER, PHONE, pickup, settle

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]


def slots(size: int) -> list[list[script.Scripted]]:
    return script.write(seed=20261121, size=size, morning=early_morning(DAY), cast=cast())


def test_the_unlucky_orders_are_a_function_of_the_script():
    found = bad_luck.unlucky(slots(120), cast())
    assert set(found) == {"ship", "pickup"}
    assert found == bad_luck.unlucky(slots(120), cast())
    assert all(order.means == "unipay" and not order.fate for order in found.values())
    assert bad_luck.unlucky(slots(30), cast()) == {}


@pytest.mark.parametrize(
    ("sku", "delivery", "reason"), [(PHONE, None, "attempts_used"), (CHARGER, "pickup", "")]
)
def test_an_unlucky_order_ends_with_the_operators(freeze_at, sku, delivery, reason):
    freeze_at(NOON)
    placed = ordering.order(sku, **({"delivery": pickup()} if delivery else {}))
    ordering.pay(placed)
    settle()
    bad_luck.strike(placed.order_number, rest=settle, now=NOON)
    demand = FulfillmentDemand.objects.get(order_number=placed.order_number)
    assert demand.state == "exception"
    assert demand.reason in ({reason} if reason else {"customer_no", "pickup_declined"})
    assert Exclusion.objects.filter(demand=demand).count() == (3 if reason else 1)
    assert findings(now=NOON) == []


def test_an_account_is_taken_back_once_a_day_and_opened_again(freeze_at):
    freeze_at(NOON)
    ordering.pay(ordering.order(ordering.sim()))
    settle()
    goods.stores_answer(chance=Random(1), now=NOON)
    goods.build_waves(now=NOON, cut_off=NOON)
    goods.pick(AtOnce(NOON))
    goods.take_cards(AtOnce(NOON))
    settle()
    asked = {"rest": settle, "since": NOON, "now": NOON}
    assert bad_luck.take_an_account_back(**asked)
    goods.take_cards(AtOnce(NOON))
    settle()
    assert not bad_luck.take_an_account_back(**asked)
    states = list(ProvisioningJob.objects.order_by("pk").values_list("kind", "state"))
    assert states == [("account", "reversed"), ("close_account", "done"), ("account", "done")]
    assert [each.name for each in promises(now=NOON) if each.breaches] == []
