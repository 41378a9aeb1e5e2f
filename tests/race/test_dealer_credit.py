"""Two orders of a dealer race for its last credit: one is accepted, the others wait on hold."""

from threading import Barrier

import pytest

from fulfillment.models import DealerOrder, DealerTerms
from fulfillment.queries.dealers import standings
from fulfillment.services import dealer_credit, dealer_orders, dealer_review
from omnichannel.kernel import clock
from tests.support.at_once import at_once, numbered
from tests.support.dealing import NOW, PHONE, Dealing

THREADS = 4
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def dealing(freeze_at) -> Dealing:
    """Credit for three phones; each order wants two."""
    freeze_at(NOW)
    return Dealing(limit=6_000_00)


def order_at_once(dealing: Dealing) -> list[str]:
    def order(number: int) -> str:
        return dealing.order({PHONE: 2}, key=f"k{number}").state

    return sorted(at_once(*numbered(order, THREADS)))


def exposure(dealing: Dealing) -> int:
    return standings([dealing.shop.pk], today=clock.local_day(NOW))[dealing.shop.pk].exposure


def test_the_last_credit_is_given_once(dealing):
    assert order_at_once(dealing) == ["on_hold"] * (THREADS - 1) + ["submitted"]
    assert exposure(dealing) == 4_000_00
    assert set(DealerOrder.objects.filter(state="on_hold").values_list("hold_reason", flat=True)) == {
        "credit"
    }


def test_the_race_is_real_without_the_lock(dealing, monkeypatch):
    """The terms are read without a lock and all look before any writes: the credit is given four times."""
    all_have_looked = Barrier(THREADS)
    look = dealer_credit.standing_of

    def look_and_wait(dealer_id, *, now):
        found = look(dealer_id, now=now)
        all_have_looked.wait(timeout=20)
        return found

    def without_lock(dealer_id):
        return DealerTerms.objects.select_related("dealer", "branch").get(pk=dealer_id)

    monkeypatch.setattr(dealer_orders, "locked_terms", without_lock)
    monkeypatch.setattr(dealer_review, "standing_of", look_and_wait)
    assert order_at_once(dealing) == ["submitted"] * THREADS
    assert exposure(dealing) > dealing.terms.credit_limit_fen
