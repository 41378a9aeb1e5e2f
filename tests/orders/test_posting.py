"""Parcels that customers post at a counter: from the scale to the receiver, and every way it can end."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from fulfillment.models import (
    Evidence,
    FulfillmentDemand,
    FulfillmentLine,
    FulfillmentOrder,
    LocationLoad,
    PostageRate,
    Posting,
    StandstillDecision,
    StockMovement,
    TariffRate,
    TariffZone,
)
from fulfillment.models.demands import WrongState
from fulfillment.queries import store as inbox
from fulfillment.queries import tracking
from fulfillment.queries.carried import carried
from fulfillment.queries.papers import label_facts
from fulfillment.services import cancellation as goods
from fulfillment.services import (
    delivery,
    evidence_check,
    handover,
    identity_proof,
    next_visit,
    part,
    postage,
    posted_ends,
    reassignment,
    shortage,
    standstill,
    undo,
)
from fulfillment.services import posting as parcels
from fulfillment.services.optimiser import history
from fulfillment.services.returns import receive_back
from members.actors import Actor, Grant
from members.identity_numbers import IdentityChecksum
from members.models import Member, Message
from members.places import PlaceUnknown
from members.queries import institution_by_code
from members.services import messages
from omnichannel import invariants
from omnichannel.kernel.errors import NotAllowed
from orders.models import LineTerms, OrderIntake, Payment, Refund
from orders.services import cancellation, posting, quoting
from orders.services.placement import PriceChanged
from orders.values import Wish
from orders.views.telling import sign_of
from settlement.models import OrderShare, Trade
from settlement.services import night
from tests.support import ordering
from tests.support.demo import DAY, NOON
from tests.support.ordering import LIN, intake, operator, pay, refused, settle, staff
from tests.support.posting import (
    BOX,
    PARCEL,
    PRICE,
    RECEIVER_PHONE,
    bring,
    hand_over,
    on_the_van,
    parcel_of,
    post,
    receiver,
    refuse,
    sender,
)
from tests.support.walking import hand_to_couriers

pytestmark = [pytest.mark.usefixtures("demo_company"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _noon(freeze_at):
    freeze_at(NOON)


def broken() -> list[str]:
    return [each.name for each in invariants.promises(now=NOON) if each.breaches]


def told(phone: str) -> list[str]:
    return [messages.text_of(row) for row in Message.objects.filter(phone=phone).order_by("pk")]


def heard(*words: str) -> bool:
    """Whether the sender had a message with all of these."""
    return any(all(word in text for word in words) for text in told(LIN))


# --- what it costs


def price(**changes) -> int:
    measures = replace(BOX, **changes)
    asked = {"from_province": "上海", "to_province": "江苏", "day": DAY}
    return postage.price(measures, **asked).postage_fen


@pytest.mark.parametrize(
    ("grams", "fen"), [(1, 1300), (1000, 1300), (1001, 1600), (2000, 1600), (2001, 1900), (30_000, 10_000)]
)
def test_the_first_kilogram_and_each_begun_one_after_it(grams, fen):
    assert price(weight_g=grams) == fen


def test_a_light_and_large_parcel_is_billed_by_its_volume():
    # 60 × 50 × 40 cm are 120,000 ml, at 6,000 ml a kilogram 20 kg: 13 + 19 × 3 yuan.
    assert price(weight_g=500, length_cm=60, width_cm=50, height_cm=40) == 7000


def test_begun_grams_of_volume_count():
    # 19 × 19 × 17 cm are 6,137 ml: 1,023 g, a second kilogram.
    assert price(weight_g=500, length_cm=19, width_cm=19, height_cm=17) == 1600


@pytest.mark.parametrize(
    ("province", "fen"), [("上海", 1100), ("江苏", 1300), ("北京", 1800), ("新疆", 2600)]
)
def test_each_zone_has_its_rates(province, fen):
    small = replace(BOX, weight_g=800)
    found = postage.price(small, from_province="上海", to_province=province, day=DAY)
    assert found.postage_fen == fen
    assert found.freight_fen < fen


def test_the_day_decides_which_table_counts():
    measures = replace(BOX, weight_g=800)
    last_year = postage.price(measures, from_province="上海", to_province="江苏", day=DAY.replace(year=2025))
    assert last_year.postage_fen == 1200


@pytest.mark.parametrize("grams", [0, -1, 30_001])
def test_what_no_courier_takes_has_no_price(grams):
    with pytest.raises(postage.WeightInvalid):
        price(weight_g=grams)


@pytest.mark.parametrize("side", ["length_cm", "width_cm", "height_cm"])
@pytest.mark.parametrize("centimetres", [0, 151])
def test_a_side_is_within_what_couriers_take(side, centimetres):
    with pytest.raises(postage.SizeInvalid):
        price(**{side: centimetres})


@pytest.mark.parametrize("table", [PostageRate, TariffRate])
def test_without_a_rate_or_a_courier_s_tariff_a_place_is_not_served(table):
    table.objects.filter(zone="near").delete()
    with pytest.raises(postage.NotServed):
        price()


def test_without_a_zone_a_place_is_not_served():
    TariffZone.objects.all().delete()
    with pytest.raises(postage.NotServed):
        price()


# --- taken in


def test_a_parcel_is_paid_packed_and_ours_to_carry_in_one_click():
    placed = post()
    settle()
    fo, found = parcel_of(placed), intake(placed)
    posted = Posting.objects.get(demand=fo.demand)
    assert (found.state, found.total_fen, found.channel) == ("fulfilling", PRICE, "store")
    assert (fo.state, fo.location.code, fo.way, fo.packed_g) == ("packed", ordering.STORE, "ship", 2300)
    assert (posted.billed_g, posted.postage_fen, posted.contents) == (2300, PRICE, PARCEL.contents)
    # The courier's own tariff: ¥7.60 and twice ¥1.60.
    assert fo.freight_fen == posted.freight_fen == 1080
    assert fo.demand.promised_on == DAY + timedelta(days=2)
    assert broken() == []


def test_it_has_no_goods_and_moves_no_stock():
    movements = StockMovement.objects.count()
    placed = post()
    bring(placed)
    settle()
    assert not FulfillmentLine.objects.filter(fulfillment=parcel_of(placed)).exists()
    assert StockMovement.objects.count() == movements
    assert broken() == []


def test_the_sender_joins_and_is_verified():
    before = Member.objects.count()
    placed = post(sender=sender(phone="13700000001", name="赵新"))
    posted = Posting.objects.get(demand__order_number=placed.order_number)
    assert Member.objects.count() == before + 1
    assert posted.sender_identity_id == LineTerms.objects.get(intake=intake(placed)).identity_id


def test_paid_over_the_provider_it_is_ours_when_the_money_is_there():
    placed = post(means="unipay")
    assert placed.state == "awaiting_payment"
    assert not FulfillmentDemand.objects.get(order_number=placed.order_number).fulfillments.exists()
    pay(placed)
    settle()
    assert parcel_of(placed).state == "packed"
    assert broken() == []


def test_unpaid_in_time_it_was_never_taken_in(freeze_at):
    placed = post(means="unipay")
    cancellation.expire_unpaid(now=freeze_at(NOON + timedelta(hours=1)))
    settle()
    demand = FulfillmentDemand.objects.get(order_number=placed.order_number)
    assert (intake(placed).state, demand.state) == ("cancelled", "released")
    assert not demand.fulfillments.exists()
    assert broken() == []


def test_the_sum_that_was_shown_is_the_sum_that_is_paid():
    with refused(PriceChanged) as refusal:
        post(shown_total=PRICE - 1)
    assert refusal.value.facts["total_fen"] == PRICE
    assert not OrderIntake.objects.exists()


def test_a_new_table_in_the_meantime_is_told():
    rate = PostageRate.objects.get(zone="near", ends=None)
    PostageRate.objects.filter(pk=rate.pk).update(first_fen=1400)
    with refused(PriceChanged):
        post()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"sender": {"id_number": ""}}, posting.SenderUnknown),
        ({"sender": {"id_number": "310101199001011235"}}, IdentityChecksum),
        ({"parcel": {"is_inspected": False}}, posting.NotInspected),
        ({"parcel": {"contents": "  "}}, postage.ContentsMissing),
        ({"parcel": {"declared_fen": 1_000_001}}, postage.ValueInvalid),
        ({"parcel": {"measures": replace(BOX, weight_g=0)}}, postage.WeightInvalid),
        ({"means": "cod"}, posting.MeansUnknown),
    ],
)
def test_what_is_not_taken_in_leaves_nothing(changes, error):
    members = Member.objects.count()
    made = {"sender": sender, "parcel": lambda **more: replace(PARCEL, **more)}
    asked = {name: made[name](**value) if name in made else value for name, value in changes.items()}
    with refused(error):
        post(**asked)
    assert (Member.objects.count(), OrderIntake.objects.count(), Posting.objects.count()) == (members, 0, 0)


def test_an_unknown_place_is_told_at_once():
    with pytest.raises(PlaceUnknown):
        receiver(province="亚特兰蒂斯")


@pytest.mark.parametrize("username", ["wh1", "courier1", "fclerk", "clerk2"])
def test_only_the_store_s_own_people_take_parcels_in(username):
    with refused(NotAllowed):
        post(username=username)


def test_a_dealer_s_counter_takes_no_parcels_in():
    place = institution_by_code("dl-lantian")
    clerk = Actor(user_id=1, name="clerk", grants=frozenset({Grant("clerk", place.id, place.path)}))
    with refused(posting.StoresOnly):
        posting.post(
            actor=clerk, store=place, sender=sender(), receiver=receiver(), parcel=PARCEL, means="cash",
            shown_total=PRICE, now=NOON,
        )  # fmt: skip
    with pytest.raises(posting.StoresOnly):
        posting.store_of(clerk)
    with pytest.raises(NotAllowed):
        posting.store_of(staff("wh1"))
    assert posting.store_of(staff("clerk1")).code == ordering.STORE


def test_a_place_that_nobody_serves_is_named_in_the_language_of_the_page():
    PostageRate.objects.filter(zone="near").delete()
    with override("en"), pytest.raises(postage.NotServed) as refusal:
        price()
    assert "Jiangsu" in str(refusal.value)


def test_postage_is_sold_by_its_parcel_alone():
    for wish in (Wish(sku="POSTAGE", quantity=1), Wish(sku="POSTAGE", quantity=3)):
        with pytest.raises((quoting.UnknownSku, quoting.NotForSale)):
            quoting.quote([wish], channel="store", now=NOON)


def test_made_public_by_mistake_it_is_not_sold_without_a_parcel():
    LineTerms._meta.apps.get_model("catalogue", "Product").objects.filter(code="postage").update(
        is_public=True
    )
    with pytest.raises(quoting.NotForSale):
        quoting.quote([Wish(sku="POSTAGE", quantity=1)], channel="web", now=NOON)


def test_without_an_article_of_that_kind_nothing_is_offered():
    LineTerms._meta.apps.get_model("catalogue", "Offering").objects.filter(sku="POSTAGE").delete()
    with refused(posting.NotOffered):
        post()


# --- to the receiver


def test_it_leaves_by_manifest_and_is_delivered_with_its_proof():
    placed = post()
    fo = bring(placed)
    settle()
    proof = Evidence.objects.get(fulfillment=fo)
    assert (fo.state, intake(placed).state) == ("delivered", "completed")
    assert proof.document["posted"] == [[PARCEL.contents, 2300]]
    assert evidence_check.examine(proof) == []
    assert FulfillmentDemand.objects.get(pk=fo.demand_id).state == "done"
    assert broken() == []


def test_sender_and_receiver_are_told_where_to_follow_it():
    placed = post()
    fo = parcel_of(placed)
    link = f"/track/{fo.code}/{tracking.seal_of(fo.code)}/"
    assert link in told(LIN)[-1]
    hand_over(placed)
    settle()
    assert link in told(LIN)[-1]
    assert link in told(RECEIVER_PHONE)[-1]
    assert len(told(RECEIVER_PHONE)) == 1


@pytest.mark.parametrize("tail", [LIN[-4:], RECEIVER_PHONE[-4:]])
def test_it_is_found_by_the_sender_s_and_by_the_receiver_s_phone(tail):
    fo = parcel_of(post())
    assert tracking.code_for(fo.code, tail) == fo.code


def test_its_receiver_is_asked_about_another_visit_and_not_its_sender():
    fo = parcel_of(post())
    assert tracking.code_for(fo.code, RECEIVER_PHONE[-4:], of_receiver=True) == fo.code
    with pytest.raises(tracking.ParcelUntraceable):
        tracking.code_for(fo.code, LIN[-4:], of_receiver=True)
    with pytest.raises(next_visit.ReceiverUnproven):
        next_visit.choose(code=fo.code, phone_tail=LIN[-4:], day=None, now=NOON)


@pytest.mark.parametrize(("number", "tail"), [("", "0042"), ("HT000-1", "0042"), (None, "9999"), (None, "")])
def test_a_wrong_number_and_a_wrong_phone_are_answered_alike(number, tail):
    fo = parcel_of(post())
    with pytest.raises(tracking.ParcelUntraceable) as refusal:
        tracking.code_for(fo.code if number is None else number, tail)
    assert str(refusal.value) == str(tracking.ParcelUntraceable())


def test_its_way_is_told_in_its_own_words():
    placed = post()
    fo = hand_over(placed)
    with override("en"):
        track = tracking.of_parcel(fo.code, exact=False, now=NOON)
    titles = [event.title for event in track.events]
    assert titles == ["Accepted at the counter", "With the courier", "Out for delivery", "Delivered"]
    assert [event.state for event in track.events] == ["done", "now", "next", "next"]
    assert {point.kind for point in track.waypoints} == {"source", "goal"}


def test_label_and_inbox_name_the_sender_and_the_contents():
    fo = parcel_of(post())
    facts = label_facts(fo, planned_courier=None)
    assert (facts.sender, facts.name, facts.weight_g) == ("林*", "王芳", 2300)
    assert ordering.LIN not in facts.sender_phone
    row = inbox.row(fo.location_id, fo.code)
    assert [line.label for line in row.contents] == [PARCEL.contents]


# --- the money


def test_the_money_is_shared_between_store_and_carrier_and_the_freight_is_the_courier_s():
    placed = post()
    bring(placed)
    settle()
    shares = {share.role: share.amount_fen for share in OrderShare.objects.all()}
    trades = {
        trade.kind: trade.amount_fen for trade in Trade.objects.filter(order_number=placed.order_number)
    }
    assert shares == {"attributed_store": PRICE // 5, "platform": PRICE - PRICE // 5}
    assert trades == {"payment": PRICE, "freight": 1080}


def test_the_night_is_balanced(freeze_at):
    placed = post()
    bring(placed)
    settle()
    tomorrow = freeze_at(NOON + timedelta(days=1))
    night.run_due(now=tomorrow)
    assert broken() == []
    found = carried(placed.order_number)
    assert (len(found.parcels), found.unsent, found.is_over) == (1, {}, True)


# --- every other end


def test_called_off_in_the_store_the_postage_goes_back():
    placed = post()
    settle()
    cancellation.cancel(order_number=placed.order_number, actor=staff("clerk1"), reason="x", now=NOON)
    settle()
    assert (intake(placed).state, parcel_of(placed).state) == ("cancelled", "cancelled")
    assert [(row.amount_fen, row.state) for row in Refund.objects.all()] == [(PRICE, "due")]
    assert broken() == []


def test_on_the_way_it_is_not_called_off_any_more():
    placed = post()
    hand_over(placed)
    settle()
    for moment in ("on its way", "still so"):
        with refused((cancellation.TooLateToCancel, goods.TooLate)):
            cancellation.cancel(
                order_number=placed.order_number, actor=staff("clerk1"), reason=moment, now=NOON
            )
    assert not Refund.objects.exists()


def test_refused_at_the_door_the_postage_stays_earned():
    placed = post()
    refuse(placed)
    settle()
    fo = parcel_of(placed)
    assert (intake(placed).state, fo.state) == ("refused", "returned")
    assert not Refund.objects.exists()
    assert Payment.objects.get().refunded_fen == 0
    assert broken() == []


@pytest.mark.parametrize("state", ["packed", "handed_over"])
def test_nobody_gives_it_back_while_it_is_not_there_to_be_given(state):
    placed = post()
    fo = parcel_of(placed) if state == "packed" else hand_over(placed)
    with pytest.raises(parcels.NotBack):
        give_back(fo)


def give_back(fo, *, name: str = "林晓", id_tail: str = ""):
    return parcels.give_back(
        actor=staff("clerk1"),
        location_id=fo.location_id,
        code=fo.code,
        name=name,
        id_tail=id_tail or ordering.id_number(LIN)[-4:],
        now=NOON,
    )


def test_back_at_the_store_it_is_given_to_its_sender_alone():
    fo = refuse(post())
    with pytest.raises(identity_proof.IdentityDiffers):
        give_back(fo, name="王芳")
    posted = give_back(fo)
    assert (posted.collected_at, posted.given_back_by) == (NOON, staff("clerk1").label)
    with pytest.raises(parcels.GivenBackBefore):
        give_back(fo)


def test_what_was_called_off_is_given_back_in_the_same_way():
    placed = post()
    cancellation.cancel(order_number=placed.order_number, actor=staff("clerk1"), reason="x", now=NOON)
    assert give_back(parcel_of(placed)).collected_at == NOON


def test_goods_of_ours_are_not_given_to_anybody():
    sold = ordering.sell(ordering.TEA)
    settle()
    fo = FulfillmentDemand.objects.get(order_number=sold.order_number).fulfillments.first()
    there = {"location_id": fo.location_id, "code": fo.code, "name": "x", "id_tail": "y", "now": NOON}
    with pytest.raises(parcels.NotPosted):
        parcels.give_back(actor=operator(), **there)


def test_lost_on_the_way_the_postage_goes_back():
    placed = post()
    fo = hand_over(placed)
    settle()
    standstill.give_up_as_lost(code=fo.code, reason="gone", actor=operator(), now=NOON)
    settle()
    assert (parcel_of(placed).state, intake(placed).state) == ("lost", "refused")
    assert [row.amount_fen for row in Refund.objects.all()] == [PRICE]
    assert broken() == []


def refused_and_lost(*, told_first: bool = True):
    """Refused at the door, then lost on its way back; told_first: the order heard of the refusal before."""
    placed = post()
    fo = on_the_van(placed)
    delivery.refuse(actor=staff("courier1"), code=fo.code, reason="changed_mind", now=NOON)
    if told_first:
        settle()
        assert not Refund.objects.exists()
    standstill.give_up_as_lost(code=fo.code, reason="gone", actor=operator(), now=NOON)
    settle()
    return placed


@pytest.mark.parametrize("told_first", [True, False])
def test_refused_and_then_lost_the_postage_goes_back_after_all(told_first):
    placed = refused_and_lost(told_first=told_first)
    assert (parcel_of(placed).state, intake(placed).state) == ("lost", "refused")
    assert [(row.amount_fen, row.reason) for row in Refund.objects.all()] == [(PRICE, "lost")]
    assert heard("丢失")
    assert broken() == []


def test_the_night_after_a_parcel_lost_on_its_way_back_is_balanced(freeze_at):
    refused_and_lost()
    night.run_due(now=freeze_at(NOON + timedelta(days=1)))
    assert broken() == []


def test_goods_of_ours_refused_and_lost_were_settled_at_the_door():
    sold = ordering.sell(ordering.TEA)
    settle()
    hand_to_couriers()
    fo = FulfillmentOrder.objects.get(demand__order_number=sold.order_number)
    courier = fo.delivery.courier
    driver = Actor(name="courier", grants=frozenset({Grant("courier", courier.pk, courier.path)}))
    delivery.load(courier_id=courier.pk, codes=[fo.code], actor=driver, now=NOON)
    delivery.arrive(code=fo.code, actor=driver, now=NOON)
    delivery.refuse(actor=driver, code=fo.code, reason="changed_mind", now=NOON)
    settle()
    refunds = list(Refund.objects.values_list("amount_fen", "reason"))
    standstill.give_up_as_lost(code=fo.code, reason="gone", actor=operator(), now=NOON)
    settle()
    assert list(Refund.objects.values_list("amount_fen", "reason")) == refunds
    with pytest.raises(standstill.NotThisTool):
        posted_ends.found(code=fo.code, reason="x", actor=operator(), now=NOON)
    with pytest.raises(WrongState):
        receive_back(actor=operator(), location_id=fo.location_id, code=fo.code, now=NOON)


def test_lost_and_turned_up_it_waits_for_its_sender_and_the_postage_stays_paid_back():
    placed = refused_and_lost()
    fo = parcel_of(placed)
    posted_ends.found(code=fo.code, reason="behind the shelf", actor=operator(), now=NOON)
    settle()
    assert parcel_of(placed).state == "returned"
    assert heard("身份证", fo.location.name)
    assert Refund.objects.count() == 1
    decision = StandstillDecision.objects.latest("pk")
    assert (decision.tool, decision.state, decision.reason) == ("found", "lost", "behind the shelf")
    with pytest.raises(standstill.NotThisTool):
        posted_ends.found(code=fo.code, reason="again", actor=operator(), now=NOON)
    assert give_back(parcel_of(placed)).collected_at == NOON
    assert broken() == []


def test_only_operators_find_it_and_only_with_a_reason():
    fo = parcel_of(refused_and_lost())
    for username in ("manager1", "clerk1", "auditor", "courier1"):
        for tool in (posted_ends.found, posted_ends.give_back):
            with refused(NotAllowed):
                tool(code=fo.code, reason="x", actor=staff(username), now=NOON)
    with refused(standstill.WhyMissing):
        posted_ends.found(code=fo.code, reason=" ", actor=operator(), now=NOON)
    with refused(WrongState):
        receive_back(actor=staff("manager1"), location_id=fo.location_id, code=fo.code, now=NOON)
    assert parcel_of(fo.demand.order_number).state == "lost"


def test_whose_sender_cannot_prove_it_an_operator_gives_it_back_for_a_reason():
    fo = refuse(post())
    for left in (4, 3, 2, 1):
        with pytest.raises(identity_proof.IdentityDiffers) as refusal:
            give_back(fo, name="王芳")
        assert refusal.value.facts["left"] == left
    for _try in range(2):
        with pytest.raises(parcels.SenderUnproven):
            give_back(fo, name="王芳")
    posted_ends.give_back(code=fo.code, reason="name changed, seen at the office", actor=operator(), now=NOON)
    posted = Posting.objects.get(demand=fo.demand)
    assert (posted.collected_at, posted.given_back_by) == (NOON, operator().label)
    assert StandstillDecision.objects.get(fulfillment=fo).tool == "given_back"
    with pytest.raises(parcels.GivenBackBefore):
        posted_ends.give_back(code=fo.code, reason="x", actor=operator(), now=NOON)


def test_what_is_not_there_is_not_given_out_by_an_operator_either():
    placed = post()
    hand_over(placed)
    with refused(parcels.NotBack):
        posted_ends.give_back(code=parcel_of(placed).code, reason="x", actor=operator(), now=NOON)


def test_the_sender_hears_of_the_refusal_and_that_it_is_back():
    placed = post()
    fo = on_the_van(placed)
    before = len(told(RECEIVER_PHONE))
    delivery.refuse(actor=staff("courier1"), code=fo.code, reason="changed_mind", now=NOON)
    link = f"/track/{fo.code}/{tracking.seal_of(fo.code)}/"
    assert heard("拒收", link)
    receive_back(actor=staff("manager1"), location_id=fo.location_id, code=fo.code, now=NOON)
    assert heard("身份证", fo.location.name)
    assert len(told(RECEIVER_PHONE)) == before


def test_the_sender_hears_that_it_came_back_undelivered():
    placed = post()
    fo = hand_over(placed)
    standstill.take_back(code=fo.code, reason="left at the ramp", actor=operator(), now=NOON)
    settle()
    assert heard("身份证", fo.location.name)
    assert [row.amount_fen for row in Refund.objects.all()] == [PRICE]


def sign(placed) -> str:
    with override("en"):
        return str(sign_of(intake(placed), posted=True)["text"])


def test_its_sender_reads_where_it_ended():
    placed = post()
    fo = on_the_van(placed)
    delivery.refuse(actor=staff("courier1"), code=fo.code, reason="changed_mind", now=NOON)
    settle()
    assert "comes back to the store" in sign(placed)
    standstill.give_up_as_lost(code=fo.code, reason="gone", actor=operator(), now=NOON)
    settle()
    assert "lost on its way" in sign(placed)
    posted_ends.found(code=fo.code, reason="x", actor=operator(), now=NOON)
    assert "did not reach its receiver. It waits for you in the store" in sign(placed)
    give_back(parcel_of(placed))
    assert sign(placed) == "You have your parcel back."


def test_its_sender_reads_that_a_refused_one_waits_in_the_store():
    placed = post()
    refuse(placed)
    settle()
    assert "waits for you in the store" in sign(placed)
    assert "postage was used" in sign(placed)


def test_its_sender_reads_that_no_courier_ever_came_to_the_door():
    placed = post()
    standstill.take_back(code=hand_over(placed).code, reason="x", actor=operator(), now=NOON)
    settle()
    assert "bring your ID card" in sign(placed)
    assert "reach you" not in sign(placed)


def test_its_sender_reads_that_it_was_never_taken_in(freeze_at):
    placed = post(means="unipay")
    cancellation.expire_unpaid(now=freeze_at(NOON + timedelta(hours=1)))
    settle()
    assert "never took the parcel in" in sign(placed)


def test_nothing_else_is_sent_in_its_place():
    placed = post()
    fo = parcel_of(placed)
    with refused(reassignment.PostedStays):
        standstill.re_route(code=fo.code, reason="x", actor=operator(), now=NOON)
    with refused(reassignment.PostedStays):
        shortage.report_short(fulfillment_id=fo.pk, actor=operator(), now=NOON)
    hand_over(placed)
    with refused(reassignment.PostedStays):
        standstill.give_up_as_lost(code=fo.code, reason="x", actor=operator(), now=NOON, send_again=True)
    assert parcel_of(placed).state == "handed_over"


def test_a_part_of_it_cannot_be_taken():
    fo = on_the_van(post())
    with refused(part.NothingTaken):
        part.keep_a_part(actor=staff("courier1"), code=fo.code, taken={}, reason="damaged", now=NOON)


def test_taken_off_the_manifest_it_lies_at_the_counter_again():
    placed = post()
    fo = parcel_of(placed)
    who = {"actor": staff("manager1"), "location_id": fo.location_id, "now": NOON}
    handover.scan(code=fo.code, **who)
    assert parcel_of(placed).state == "handed_over"
    undo.undo_of_parcel(code=fo.code, stations=(handover.STATION,), **who)
    settle()
    assert parcel_of(placed).state == "packed"
    assert broken() == []


def test_it_uses_nothing_of_its_store_s_day():
    placed = post()
    assert parcel_of(placed).leaves_on is None
    cancellation.cancel(order_number=placed.order_number, actor=staff("clerk1"), reason="x", now=NOON)
    assert not LocationLoad.objects.filter(location__code=ordering.STORE).exists()


def test_it_says_nothing_about_the_demand_for_goods():
    before = history.order_kinds(now=NOON + timedelta(hours=1), days=7)
    post()
    assert history.order_kinds(now=NOON + timedelta(hours=1), days=7) == before


# --- kept by the database


def test_what_was_agreed_stays():
    posted = Posting.objects.get(demand__order_number=post().order_number)
    for change in ({"postage_fen": 1}, {"contents": "other"}, {"accepted_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Posting.objects.filter(pk=posted.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.filter(pk=posted.pk).delete()


@pytest.mark.parametrize(
    "change", [{"collected_at": NOON}, {"given_back_by": "x"}], ids=["nobody gave it", "never given"]
)
def test_given_back_says_when_and_by_whom(change):
    posted = Posting.objects.get(demand__order_number=post().order_number)
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.filter(pk=posted.pk).update(**change)
