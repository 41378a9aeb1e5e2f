"""At the door: the right parcel, the right person, a signature, the exact sum."""

import base64
import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw

from fulfillment.events import CodRemitted, Delivered, RefusedAtDoor
from fulfillment.models import (
    Delivery,
    DoorVisit,
    Evidence,
    FulfillmentState,
    IdentityCheck,
    ProvisioningJob,
    StockLevel,
)
from fulfillment.services import (
    cod,
    delivery,
    doors,
    evidence_check,
    handover,
    identity_proof,
    returns,
    round_trip,
    signatures,
)
from fulfillment.services.completion import ARRIVED
from fulfillment.services.identity_proof import IdentityDiffers, IdentityExhausted
from fulfillment.services.wrong_input import NoReasonChosen
from members.actors import NotAllowed
from omnichannel.kernel import outbox
from tests.fulfillment.house import CASE, ID_NAME, SIM, id_number

pytestmark = pytest.mark.usefixtures("media")


def drawn(size=(300, 150), line=True) -> str:
    """A signature as the canvas sends it."""
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    if line:
        ImageDraw.Draw(picture).line((10, 10, size[0] - 10, size[1] - 10), fill=(16, 32, 31, 255), width=3)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return signatures.PREFIX + base64.b64encode(buffer.getvalue()).decode()


@pytest.fixture
def published(monkeypatch):
    facts = []
    monkeypatch.setattr(outbox, "publish", lambda *new, **more: facts.extend(new))
    return facts


@pytest.fixture
def on_the_way(house):
    """A parcel in the hands of the Swift courier."""

    def make(*lines, **more):
        state = more.pop("state", FulfillmentState.PACKED)
        fo = house.parcel(*(lines or ((CASE, 1),)), state=state, **more)
        fo.state = FulfillmentState.PACKED
        fo.save()
        house_id = fo.location_id
        handover.hand_over(location_id=house_id, ids=[fo.pk], courier_id=house.swift.pk, now=house.now)
        return fo

    return make


@pytest.fixture
def at_door(house, swift_courier, on_the_way):
    def make(*lines, **more):
        fo = on_the_way(*lines, **more)
        delivery.arrive(actor=swift_courier, code=fo.code, now=house.now)
        return fo

    return make


@pytest.fixture
def do(house, swift_courier):
    """do(delivery.sign, fo, signature=…) as the courier, now."""
    return lambda step, fo, **more: step(actor=swift_courier, code=fo.code, now=house.now, **more)


def test_loading_takes_all_that_was_handed_over(house, swift_courier, on_the_way):
    fos = [on_the_way(), on_the_way()]
    assert delivery.load(actor=swift_courier, courier_id=house.swift.pk, now=house.now) == 2
    assert delivery.load(actor=swift_courier, courier_id=house.swift.pk, now=house.now) == 0
    fos[0].refresh_from_db()
    assert fos[0].state == FulfillmentState.OUT_FOR_DELIVERY


def test_scanned_again_it_is_on_the_van_already(house, swift_courier, on_the_way, do):
    fo = on_the_way()

    def scan(code):
        where = {"courier_id": house.swift.pk, "codes": [code]}
        return delivery.load(actor=swift_courier, now=house.now, **where)

    assert (scan(fo.code.lower()), scan(fo.code)) == (1, 0)
    do(delivery.refuse, fo, reason="damaged")
    with pytest.raises(delivery.DeliveryOver):
        scan(fo.code)
    with pytest.raises(doors.ParcelUnknown):
        scan("NOPE-1")


def test_a_signed_parcel_is_delivered_with_evidence(house, at_door, do, published):
    fo = at_door()
    done = do(delivery.sign, fo, signature=drawn())
    fo.refresh_from_db()
    assert (fo.state, done.next_step) == (FulfillmentState.DELIVERED, "")
    assert default_storage.exists(signatures.path_of(done.signature_sha256))
    assert evidence_check.verify(fulfillment_id=fo.pk)
    news = next(fact for fact in published if isinstance(fact, Delivered))
    assert (news.courier_id, news.cod_fen, news.all_done) == (house.swift.pk, 0, True)
    assert news.lines == [[fo.lines.get().line_id, 1]]


@pytest.mark.parametrize(
    ("signature", "refusal"),
    [
        ("", signatures.SignatureEmpty),
        ("data:text/html,hello", signatures.SignatureInvalid),
        (signatures.PREFIX + "no base64!", signatures.SignatureInvalid),
        (signatures.PREFIX + base64.b64encode(b"not a picture").decode(), signatures.SignatureInvalid),
        (signatures.PREFIX + "A" * 400_000, signatures.SignatureTooLarge),
        (drawn(size=(4001, 10)), signatures.SignatureTooLarge),
        (drawn(line=False), signatures.SignatureEmpty),
    ],
)
def test_what_is_no_signature(at_door, do, signature, refusal):
    fo = at_door()
    with pytest.raises(refusal):
        do(delivery.sign, fo, signature=signature)
    fo.refresh_from_db()
    assert fo.state == FulfillmentState.OUT_FOR_DELIVERY


def test_the_holder_proves_who_they_are(at_door, do):
    fo = at_door((SIM, 1))
    with pytest.raises(doors.StepOrder):
        do(delivery.sign, fo, signature=drawn())
    tail = id_number()[-4:]
    with pytest.raises(IdentityDiffers) as refusal:
        do(identity_proof.check_identity, fo, name="王明", id_tail=tail)
    assert refusal.value.facts["left"] == 4
    with pytest.raises(IdentityDiffers):
        do(identity_proof.check_identity, fo, name=ID_NAME, id_tail="0000")
    assert (
        do(identity_proof.check_identity, fo, name=f" {ID_NAME} ", id_tail=tail.lower()).next_step == "sign"
    )
    checks = IdentityCheck.objects.filter(fulfillment=fo).order_by("pk")
    assert [check.outcome for check in checks] == ["name_differs", "number_differs", "passed"]
    assert {check.name_masked for check in checks} == {"王*", "林*"}
    assert checks[2].read_from_card == (ID_NAME, tail)
    assert all(ID_NAME not in check.shown and f"\n{tail}" not in check.shown for check in checks)


def test_what_the_courier_sees_counts_more_than_what_is_typed(at_door, do):
    fo = at_door((SIM, 1))
    fits = {"name": ID_NAME, "id_tail": id_number()[-4:]}
    for seen in identity_proof.SEEN_BY_EYE[:2]:
        with pytest.raises(IdentityDiffers) as refusal:
            do(identity_proof.check_identity, fo, seen=seen, **fits)
        assert refusal.value.facts["outcome"] == seen
    with pytest.raises(identity_proof.SeenInvalid):
        do(identity_proof.check_identity, fo, seen="looked tired", **fits)
    assert do(identity_proof.check_identity, fo, **fits).next_step == "sign"


def test_five_wrong_identities_end_the_visit(at_door, do):
    fo = at_door((SIM, 1))
    for _ in range(4):
        with pytest.raises(IdentityDiffers):
            do(identity_proof.check_identity, fo, name="王明", id_tail="0000")
    for name, tail in (("王明", "0000"), (ID_NAME, id_number()[-4:])):
        with pytest.raises(IdentityExhausted):
            do(identity_proof.check_identity, fo, name=name, id_tail=tail)
    do(delivery.refuse, fo, reason="identity")


def test_cash_is_collected_to_the_fen(at_door, do, published):
    fo = at_door(cod_fen=19900)
    do(delivery.sign, fo, signature=drawn())
    for wrong in (19899, 19901, 0):
        with pytest.raises(delivery.CashDiffers) as refusal:
            do(delivery.collect, fo, amount_fen=wrong, means="cash")
    assert (refusal.value.code, refusal.value.facts["wanted"]) == ("cod_differs", 19900)
    for means in ("cheque", "qr"):
        with pytest.raises(delivery.CashDiffers):
            do(delivery.collect, fo, amount_fen=19900, means=means)
    done = do(delivery.collect, fo, amount_fen=19900)
    assert (done.cod_collected_fen, done.cod_means) == (19900, "cash")
    assert next(fact for fact in published if isinstance(fact, Delivered)).cod_fen == 19900


def test_a_courier_sees_no_parcel_of_another(house, on_the_way):
    fo = on_the_way()
    stranger = house.staff("courier", house.star)
    with pytest.raises(doors.ParcelUnknown) as refusal:
        delivery.arrive(actor=stranger, code=fo.code, now=house.now)
    assert (refusal.value.status, refusal.value.code) == (404, "parcel_unknown")
    assert delivery.load(actor=stranger, courier_id=house.swift.pk, now=house.now) == 0
    with pytest.raises(doors.ParcelUnknown):
        delivery.load(actor=stranger, courier_id=house.swift.pk, now=house.now, codes=[fo.code])


def test_a_refused_parcel_comes_back_to_stock(house, at_door, do, worker_east, published):
    house.shelve(CASE, 3, house.east)
    fo = at_door()
    with pytest.raises(NoReasonChosen):
        do(delivery.refuse, fo, reason="no idea")
    do(delivery.refuse, fo, reason="changed_mind")
    with pytest.raises(doors.StepOrder):
        do(delivery.refuse, fo, reason="changed_mind")
    news = next(fact for fact in published if isinstance(fact, RefusedAtDoor))
    assert (news.reason, news.courier_id) == ("changed_mind", house.swift.pk)
    back = returns.receive_back(actor=worker_east, location_id=house.east.pk, code=fo.code, now=house.now)
    assert back.state == FulfillmentState.RETURNED
    assert StockLevel.objects.get(sku=CASE, location=house.east).on_hand == 3


def test_an_account_of_a_refused_parcel_is_closed(house, at_door, do):
    fo = at_door((SIM, 1))
    ProvisioningJob.objects.create(
        key="account-1",
        kind="account",
        state="done",
        order_number=fo.demand.order_number,
        line_id=fo.lines.get().line_id,
        fulfillment=fo,
        msisdn=fo.lines.get().msisdn,
        requested_at=house.now,
    )
    do(delivery.refuse, fo, reason="changed_mind")
    assert ProvisioningJob.objects.filter(fulfillment=fo, kind="close_account", state="waiting").count() == 1


def test_the_last_parcel_of_an_order_says_so(at_door, do, published):
    first = at_door(order_number="HT-TWO")
    second = at_door(order_number="HT-TWO")
    do(delivery.sign, first, signature=drawn())
    do(delivery.sign, second, signature=drawn())
    assert [fact.all_done for fact in published if isinstance(fact, Delivered)] == [False, True]
    first.demand.refresh_from_db()
    assert first.demand.state == "done"
    assert FulfillmentState.DELIVERED in ARRIVED


def test_collected_cash_is_paid_in_once(house, at_door, do, swift_courier, published):
    for amount in (10000, 25050):
        fo = at_door(cod_fen=amount)
        do(delivery.sign, fo, signature=drawn())
        do(delivery.collect, fo, amount_fen=amount, means="cash")
    with pytest.raises(NotAllowed):
        cod.remit(courier_id=house.swift.pk, actor=house.staff("courier", house.star), now=house.now)
    remittance = cod.remit(courier_id=house.swift.pk, actor=swift_courier, now=house.now)
    assert remittance.amount_fen == 35050
    news = next(fact for fact in published if isinstance(fact, CodRemitted))
    assert (news.amount_fen, len(news.order_numbers)) == (35050, 2)
    with pytest.raises(cod.NothingToRemit):
        cod.remit(courier_id=house.swift.pk, actor=swift_courier, now=house.now)
    assert Delivery.objects.filter(remittance=remittance).count() == 2


def test_a_whole_round_is_delivered_together(
    house, swift_courier, on_the_way, published, django_assert_max_num_queries
):
    plain = [on_the_way(cod_fen=100 * number) for number in range(10)]
    number = on_the_way((SIM, 1))
    two = [on_the_way(order_number="HT-TWO"), on_the_way(order_number="HT-TWO")]
    round_of = {
        "actor": swift_courier,
        "courier_id": house.swift.pk,
        "signature": drawn(),
        "now": house.now,
    }
    with pytest.raises(IdentityDiffers):
        round_trip.deliver_all(identities={}, **round_of)
    assert not Evidence.objects.exists()
    identities = {number.code: (ID_NAME, id_number()[-4:])}
    with django_assert_max_num_queries(40):
        assert len(round_trip.deliver_all(identities=identities, **round_of)) == 13
    news = {fact.fulfillment_id: fact for fact in published if isinstance(fact, Delivered)}
    assert sum(fact.cod_fen for fact in news.values()) == 4500
    assert [news[fo.pk].all_done for fo in two] == [False, True]
    assert evidence_check.verify(fulfillment_id=plain[3].pk)
    assert DoorVisit.objects.filter(end="delivered").count() == 13
    assert round_trip.deliver_all(identities={}, **round_of) == []
