"""Pick-up: the code reaches the customer, works at the right store only, and is not guessed."""

from datetime import timedelta

import pytest

from fulfillment.events import Delivered, ReadyForPickup
from fulfillment.models import (
    FulfillmentState,
    IdentityCheck,
    PickupCode,
    PickupGuess,
    StockLevel,
    WrongState,
)
from fulfillment.queries import progress
from fulfillment.services import identity_proof, pickup
from fulfillment.services.delivery import CashDiffers
from fulfillment.services.workplaces import ParcelNotHere
from members.models import Message
from members.services.messages import text_of
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError, TooMany
from tests.fulfillment.house import CASE, ID_NAME, SIM, id_number


@pytest.fixture
def clerk(house):
    return house.staff("clerk", house.store)


@pytest.fixture
def waiting(house, clerk):
    """A parcel that waits at the counter."""

    def make(*lines, **more):
        fo = house.parcel(
            *(lines or ((CASE, 1),)),
            location=house.store,
            state=FulfillmentState.PACKED,
            way="pickup",
            **more,
        )
        return pickup.make_ready(actor=clerk, location_id=house.store.pk, code=fo.code, now=house.now)

    return make


def give(house, actor, fo, digits, *, at=None, now=None, **more):
    return pickup.hand_over(
        actor=actor,
        location_id=(at or house.store).pk,
        code=fo.code,
        pickup_code=digits,
        now=now or house.now,
        **more,
    )


def right(fo) -> str:
    return pickup.code_of(fo.pk)


def wrong(fo) -> str:
    return f"{(int(pickup.code_of(fo.pk)) + 1) % 1_000_000:06d}"


def test_the_customer_gets_the_code_and_collects(house, clerk, waiting, monkeypatch):
    published, publish = [], outbox.publish
    monkeypatch.setattr(
        outbox, "publish", lambda *new, **more: (published.extend(new), publish(*new, **more))
    )
    fo = waiting()
    digits = pickup.code_of(fo.pk)
    assert digits in text_of(Message.objects.get(phone__endswith="13900000001"))
    assert digits not in PickupCode.objects.get(fulfillment=fo).code_hash
    done = give(house, clerk, fo, digits)
    assert done.state == FulfillmentState.DELIVERED
    assert StockLevel.objects.get(sku=CASE, location=house.store).reserved == 0
    assert {ReadyForPickup, Delivered} <= {type(fact) for fact in published}
    assert pickup.code_of(fo.pk) == ""
    with pytest.raises(WrongState):
        give(house, clerk, fo, digits)


def test_only_the_owners_page_shows_the_code(waiting):
    fo = waiting()
    number = fo.demand.order_number
    assert progress.of_order(number).fulfillments[0].pickup_code == ""
    assert progress.of_order(number, for_owner=True).fulfillments[0].pickup_code == pickup.code_of(fo.pk)


def test_five_wrong_guesses_lock_for_half_an_hour(house, clerk, waiting):
    fo = waiting()
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(pickup.PickupCodeWrong) as refusal:
            give(house, clerk, fo, wrong(fo))
        assert refusal.value.facts["left"] == left
    with pytest.raises(pickup.PickupCodeLocked) as locked:
        give(house, clerk, fo, pickup.code_of(fo.pk))
    assert (locked.value.code, locked.value.facts["retry_after"]) == ("pickup_code_locked", 1800)
    later = house.now + timedelta(minutes=31)
    assert give(house, clerk, fo, pickup.code_of(fo.pk), now=later).state == FulfillmentState.DELIVERED


def test_the_code_works_at_the_right_store_only(house, waiting):
    fo = waiting()
    elsewhere = house.staff("clerk", house.other_store)
    with pytest.raises(ParcelNotHere):
        give(house, elsewhere, fo, pickup.code_of(fo.pk), at=house.other_store)
    assert PickupCode.objects.get(fulfillment=fo).wrong_guesses == 0


def test_what_is_to_pay_is_paid_exactly(house, clerk, waiting):
    fo = waiting(cod_fen=4900)
    with pytest.raises(CashDiffers):
        give(house, clerk, fo, pickup.code_of(fo.pk), paid_fen=4800)
    assert give(house, clerk, fo, pickup.code_of(fo.pk), paid_fen=4900).state == FulfillmentState.DELIVERED


def test_a_number_goes_to_its_holder_only(house, clerk, waiting):
    fo = waiting((SIM, 1))
    for name, tail in (("", ""), ("王明", id_number()[-4:]), (ID_NAME, "0000")):
        with pytest.raises(identity_proof.IdentityDiffers):
            give(house, clerk, fo, pickup.code_of(fo.pk), name=name, id_tail=tail)
    done = give(house, clerk, fo, pickup.code_of(fo.pk), name=ID_NAME, id_tail=id_number()[-4:])
    assert done.state == FulfillmentState.DELIVERED


def test_what_is_not_packed_is_not_ready(house, clerk):
    fo = house.parcel((CASE, 1), location=house.store, way="pickup")
    with pytest.raises(WrongState):
        pickup.make_ready(actor=clerk, location_id=house.store.pk, code=fo.code, now=house.now)


def test_every_entered_code_leaves_a_line(house, clerk, waiting):
    fo = waiting()
    with pytest.raises(pickup.PickupCodeWrong):
        give(house, clerk, fo, wrong(fo))
    give(house, clerk, fo, pickup.code_of(fo.pk))
    rows = PickupGuess.objects.filter(fulfillment=fo).order_by("pk").values_list("outcome", "by")
    assert list(rows) == [("wrong", clerk.label), ("right", clerk.label)]


def test_who_tries_codes_on_many_parcels_is_stopped(house, clerk, waiting, settings):
    settings.PICKUP_WRONG_CODES_PER_HOUR = 2
    parcels = [waiting() for _ in range(3)]
    for fo in parcels[:2]:
        with pytest.raises(pickup.PickupCodeWrong):
            give(house, clerk, fo, wrong(fo))
    for digits in (wrong(parcels[2]), right(parcels[2])):
        with pytest.raises(TooMany):
            give(house, clerk, parcels[2], digits)
    assert PickupGuess.objects.filter(outcome="wrong").count() == 2


def test_a_failed_identity_at_the_counter_stays(house, clerk, waiting):
    fo = waiting((SIM, 1))
    with pytest.raises(identity_proof.IdentityDiffers) as refusal:
        give(house, clerk, fo, pickup.code_of(fo.pk), seen="document_expired")
    assert (refusal.value.facts["outcome"], refusal.value.facts["left"]) == ("document_expired", 4)
    kept = IdentityCheck.objects.get(fulfillment=fo)
    assert (kept.outcome, kept.place, kept.passed) == ("document_expired", "counter", False)
    for _ in range(4):
        with pytest.raises(DomainError):
            give(house, clerk, fo, pickup.code_of(fo.pk), name="王明", id_tail="0000")
    with pytest.raises(identity_proof.IdentityExhausted):
        give(house, clerk, fo, pickup.code_of(fo.pk), name=ID_NAME, id_tail=id_number()[-4:])
