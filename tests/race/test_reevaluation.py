"""Stores accept while the quarter-hourly plan is put into effect: what was accepted is not moved."""

from functools import partial
from threading import Semaphore

import pytest
from django.db import transaction

from fulfillment.models import FulfillmentDemand, FulfillmentOrder
from fulfillment.queries.invariants import findings
from fulfillment.services import acceptance
from fulfillment.services.optimiser import applying, reevaluation
from members.actors import SYSTEM
from tests.support.at_once import at_once
from tests.support.goods import NOW, Company

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def proposal(freeze_at, settings):
    """o2 got its two articles from two stores because o1 sat on the a of the store that has both."""
    freeze_at(NOW)
    settings.ROUTING_SCARCITY_FEN = 0
    company = Company()
    company.goods("a", "b")
    company.put("st-a", a=1, b=1)
    with transaction.atomic():
        company.paid("o1", {"a": 1})
        company.put("st-b", a=1)
        company.paid("o2", {"a": 1, "b": 1})
    found = reevaluation.propose(now=NOW)
    assert len(found.groups) == 1
    return found


def accept_and_apply(proposal, answered: Semaphore) -> set[int]:
    """Every store accepts its parcel while the plan is applied; the parcels that a store was promised.

    answered: released by each store that has its answer.
    """
    parcels = list(FulfillmentOrder.objects.order_by("pk").values_list("pk", flat=True))

    def accept(pk: int) -> int:
        try:
            return acceptance.accept(fulfillment_id=pk, actor=SYSTEM, now=NOW).pk
        finally:
            answered.release()

    plan = partial(applying.apply, proposal.groups[0], now=NOW)
    *answers, _applied = at_once(*(partial(accept, pk) for pk in parcels), plan)
    return {pk for pk in answers if pk in parcels}


def moved(accepted: set[int]) -> int:
    return FulfillmentOrder.objects.filter(pk__in=accepted).exclude(state="accepted").count()


def test_nothing_moves_that_was_accepted(proposal):
    accepted = accept_and_apply(proposal, Semaphore(0))
    assert moved(accepted) == 0
    assert accepted or FulfillmentOrder.objects.filter(state="moved").exists()
    assert findings(now=NOW) == []


def test_the_race_is_real_without_looking_again(proposal, monkeypatch):
    """The plan of before is put into effect as it was seen: promises to stores are broken."""
    answered, stores = Semaphore(0), FulfillmentOrder.objects.count()

    def as_seen(group, *_args):
        assert all(answered.acquire(timeout=20) for _store in range(stores))
        ids = [change.order.demand_id for change in group]
        return {row.pk: row for row in FulfillmentDemand.objects.filter(pk__in=ids)}

    monkeypatch.setattr(applying, "_locked", as_seen)
    assert moved(accept_and_apply(proposal, answered)) > 0
