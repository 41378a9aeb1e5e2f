"""A listing's form is sent twice at the same moment: one listing, and nobody meets a broken constraint."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from fulfillment.models import SupplierListing
from fulfillment.services import supplier_listings
from fulfillment.services.supplier_listings import Offered
from omnichannel.kernel.errors import DomainError
from tests.support.crossing import until_one_waits
from tests.support.dealing import CASE, NOW
from tests.support.supplying import Supplying

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
OFFER = Offered(sku=CASE, cost_fen=9_50, lead_days=4, lot=20)


@pytest.fixture
def supplying(freeze_at) -> Supplying:
    freeze_at(NOW)
    return Supplying()


def propose(supplying: Supplying, key: str) -> None:
    supplier_listings.propose(
        actor=supplying.mary, supplier_id=supplying.maker.pk, key=key, offered=OFFER, now=NOW
    )


def twice(supplying: Supplying, first: str, second: str) -> str:
    """The second form arrives while the first one is being written; what became of the second."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            propose(supplying, first)
            other = pool.submit(_outcome, supplying, second)
            until_one_waits()
        return other.result(timeout=30)


def _outcome(supplying: Supplying, key: str) -> str:
    try:
        propose(supplying, key)
    except DomainError as refusal:
        return refusal.code
    except IntegrityError:
        return "broken"
    finally:
        connection.close()
    return "done"


FORMS = [("same", "done"), ("other", "listing_waits")]


@pytest.mark.parametrize(("key", "outcome"), FORMS)
def test_the_second_form_waits_for_the_first(supplying, key, outcome):
    assert twice(supplying, "same", key) == outcome
    assert SupplierListing.objects.count() == 1


@pytest.mark.parametrize(("key", "_outcome_with_lock"), FORMS)
def test_without_the_lock_the_second_meets_the_constraint(supplying, monkeypatch, key, _outcome_with_lock):
    monkeypatch.setattr(supplier_listings, "advisory_lock", lambda name: None)
    assert twice(supplying, "same", key) == "broken"
