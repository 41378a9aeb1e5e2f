import pytest

from fulfillment.events import CodRemitted, HandedOver
from omnichannel.kernel import clock
from settlement import demo
from settlement.services import facts, terms
from tests.settlement.world import NOON, World


@pytest.fixture
def world(db, monkeypatch):
    """A company with rules and an open day; the clock follows world.now."""
    built = World().build()
    demo.load(now=NOON)
    for module in (facts, terms):
        monkeypatch.setattr(module, "money_terms", built.terms.__getitem__)
    monkeypatch.setattr(clock, "now", lambda: built.now)
    return built


@pytest.fixture
def handed_over(world):
    def publish(number, location, courier, freight):
        world.numbers += 1
        fact = HandedOver(
            world.numbers, number, world.id(location), world.id(courier), freight, world.now.isoformat()
        )
        facts.handed_over(fact)
        return fact

    return publish


@pytest.fixture
def remitted(world):
    def publish(courier, amount, numbers):
        world.numbers += 1
        facts.cod_remitted(
            CodRemitted(world.numbers, world.id(courier), amount, numbers, world.now.isoformat())
        )

    return publish
