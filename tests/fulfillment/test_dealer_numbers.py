"""A dealer orders telephone numbers: limit, approval, electronic receipt, and every way they end."""

from datetime import timedelta

import pytest
from django.utils import translation

from catalog.demo_goods.numbers import load_grades
from catalog.models import Number, NumberAllotment
from catalog.queries import number_stock
from catalog.services import number_dealers, numbers
from catalog.services.number_pool import stock_block
from fulfillment.events import DealerCreditEased
from fulfillment.models import DealerOrder, FulfillmentDemand, FulfillmentOrder, SupplierItem
from fulfillment.queries import number_story
from fulfillment.queries.dealers import standings
from fulfillment.queries.invariants import findings
from fulfillment.services import (
    dealer_approval,
    dealer_credit,
    dealer_holds,
    dealer_invoices,
    dealer_number_limit,
    dealer_number_quotes,
    dealer_number_returns,
    dealer_numbers,
    dealer_order_steps,
    dealer_orders,
    dealer_receipts,
    dealer_waiting,
)
from fulfillment.services.dealer_number_quotes import NumberWish
from fulfillment.services.wrong_input import ReasonMissing
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.models import OutboxMessage
from tests.support.dealing import CASE, NOW, PHONE, Dealing, follow_up, picked_and_gone

WUXI = NumberWish("江苏", "无锡", "plain")
PAIRS = NumberWish("江苏", "无锡", "aa")
# Fifteen ordinary numbers, three that end in a pair.
LINES = (*(int(f"{head}1{tail}") for head in (90, 92, 93, 95, 97) for tail in (3, 5, 7)), 9511, 9522, 9533)
LATER = NOW + timedelta(days=91)


@pytest.fixture
def dealing(db, freeze_at) -> Dealing:
    """A dealer of Jiangsu with whom at most ten unsold numbers are agreed."""
    freeze_at(NOW)
    load_grades()
    stock_block(prefix="1381265", province="江苏", city="无锡", lines=LINES)
    stock_block(prefix="1381613", province="上海", city="上海", lines=[9071])
    made = Dealing(limit=100_000_00)
    type(made.shop).objects.filter(pk=made.shop.pk).update(province="江苏")
    made.terms.number_limit = 10
    made.terms.save()
    return made


def approve(dealing, order, **more) -> DealerOrder:
    return dealer_approval.approve(actor=dealing.branch, number=order.number, now=NOW, **more)


def got(dealing, units: int = 4) -> list[str]:
    """Ordered and approved; the numbers."""
    order = approve(dealing, dealing.order({}, numbers={WUXI: units}))
    rows = NumberAllotment.objects.filter(reference=order.number).order_by("number")
    return list(rows.values_list("number_id", flat=True))


def sell(dealing, msisdn: str, reference: str = "S1") -> None:
    numbers.allocate(msisdn=msisdn, holder="o", reference=reference, dealer_id=dealing.shop.pk, now=NOW)


def used(dealing) -> tuple[int, int]:
    dealing.terms.refresh_from_db()
    found = dealer_number_limit.standing_of(dealing.terms)
    return found.unsold, found.on_order


def line_of(order) -> tuple[int, int, int]:
    line = order.number_lines.get()
    return line.quantity, line.allotted, line.dropped


def test_numbers_alone_cost_nothing_and_wait_for_the_branch(dealing):
    order = dealing.order({}, numbers={WUXI: 4, PAIRS: 2})
    assert (order.state, order.amount_fen, order.lines.count()) == ("submitted", 0, 0)
    assert used(dealing) == (0, 6)
    assert standings([dealing.shop.pk], today=clock.local_day(NOW))[dealing.shop.pk].exposure == 0
    assert not Number.objects.filter(dealer=dealing.shop.pk).exists()


def test_the_approval_is_the_receipt(dealing):
    order = approve(dealing, dealing.order({}, numbers={WUXI: 4}))
    order.refresh_from_db()
    assert (order.state, line_of(order)) == ("done", (4, 4, 0))
    assert [(each.state, each.note) for each in order.events.all()] == [
        ("submitted", ""),
        ("approved", ""),
        ("approved", "numbers_came 4"),
        ("done", ""),
    ]
    kept = NumberAllotment.objects.filter(dealer=dealing.shop.pk, reference=order.number)
    assert {(each.since, each.until) for each in kept} == {(NOW, NOW + timedelta(days=90))}
    assert used(dealing) == (4, 0)
    assert not FulfillmentDemand.objects.exists()
    assert not order.invoices.exists()
    assert findings(now=NOW) == []


@pytest.mark.parametrize(
    ("wished", "units", "code"),
    [
        (NumberWish("江苏", "无锡", "aaaaa"), 1, "numbers_not_for_dealers"),
        (NumberWish("江苏", "无锡", "x"), 1, "numbers_not_for_dealers"),
        (NumberWish("江苏", "上海", "plain"), 1, "numbers_not_for_dealers"),
        (NumberWish("上海", "上海", "plain"), 1, "numbers_other_province"),
        (WUXI, 0, "number_quantity_invalid"),
        (WUXI, 10_001, "number_quantity_invalid"),
        (WUXI, 11, "number_limit_exceeded"),
    ],
)
def test_what_cannot_be_ordered_is_refused_and_leaves_nothing(dealing, wished, units, code):
    with pytest.raises(DomainError) as refusal:
        dealing.order({}, numbers={wished: units})
    assert refusal.value.code == code
    assert not DealerOrder.objects.exists()


@pytest.mark.parametrize(
    ("wished", "language", "words"),
    [
        (NumberWish("江苏", "无锡", "aaaaa"), "en", "Five of a kind” of Wuxi"),
        (NumberWish("上海", "上海", "plain"), "en", "Shanghai is not in Jiangsu"),
        (NumberWish("上海", "上海", "plain"), "zh-hans", "上海"),
    ],
)
def test_a_refusal_names_place_and_grade_in_the_reader_s_language(dealing, wished, language, words):
    with translation.override(language):
        with pytest.raises(DomainError) as refusal:
            dealing.order({}, numbers={wished: 1})
        assert words in str(refusal.value)


def test_nothing_at_all_is_no_order(dealing):
    with pytest.raises(DomainError) as refusal:
        dealing.order({}, numbers={})
    assert refusal.value.code == "dealer_order_empty"


def test_the_same_form_is_one_order(dealing):
    first = dealing.order({}, numbers={WUXI: 4}, key="k")
    assert dealing.order({}, numbers={WUXI: 4}, key="k") == first
    assert first.number_lines.count() == 1


def test_beyond_what_was_agreed_an_order_waits_and_goes_on_when_numbers_are_sold(dealing):
    mine = got(dealing, 6)
    order = dealing.order({}, numbers={WUXI: 5})
    assert (order.state, order.hold_reason) == ("on_hold", "numbers")
    assert dealer_holds.release_number_holds(now=NOW) == 0
    sell(dealing, mine[0])
    assert dealer_holds.release_number_holds(now=NOW) == 1
    order.refresh_from_db()
    assert (order.state, order.hold_reason) == ("submitted", "")


def test_numbers_given_back_let_an_order_go_on(dealing):
    mine = got(dealing, 6)
    order = dealing.order({}, numbers={WUXI: 5})
    dealer_number_returns.give_back(
        actor=dealing.dealer, dealer_id=dealing.shop.pk, msisdns=mine[:2], now=NOW
    )
    follow_up()
    order.refresh_from_db()
    assert order.state == "submitted"


def test_a_higher_limit_lets_an_order_go_on_and_a_lower_one_holds(dealing):
    got(dealing, 6)
    order = dealing.order({}, numbers={WUXI: 5})
    agree = {"actor": dealing.branch, "dealer_id": dealing.shop.pk, "number_days": 30, "now": NOW}
    dealer_number_limit.agree(number_limit=11, **agree)
    follow_up()
    order.refresh_from_db()
    assert order.state == "submitted"
    dealer_number_limit.agree(number_limit=3, **agree)
    late = dealing.order({}, numbers={WUXI: 1})
    assert late.hold_reason == "numbers"


def test_open_number_lines_count_against_the_limit(dealing):
    dealing.order({}, numbers={WUXI: 6})
    assert dealing.order({}, numbers={WUXI: 5}).hold_reason == "numbers"
    assert dealing.order({}, numbers={PAIRS: 3}).state == "submitted"


def test_a_blocked_dealer_gets_no_numbers(dealing):
    order = dealing.order({}, numbers={WUXI: 4})
    dealing.terms.is_blocked = True
    dealing.terms.save()
    assert dealing.order({}, numbers={WUXI: 1}).hold_reason == "blocked"
    with pytest.raises(dealer_waiting.DealerHeld):
        approve(dealing, order)
    assert not NumberAllotment.objects.exists()


def test_an_overdue_dealer_gets_no_numbers(dealing):
    dealing.stock(PHONE, 2)
    _order, fo = dealing.arrived({PHONE: 2})
    dealer_receipts.receive(actor=dealing.dealer, code=fo.code, by_note=True, now=NOW)
    late = NOW + timedelta(days=40)
    order = dealing.order({}, numbers={WUXI: 1}, at=late)
    assert order.hold_reason == "overdue"
    dealer_invoices.record_payment(
        actor=dealing.money,
        dealer_id=dealing.shop.pk,
        kind="receipt",
        amount_fen=4000_00,
        reference="B1",
        received_on=clock.local_day(NOW),
        now=late,
    )
    order.refresh_from_db()
    assert order.state == "submitted"


def test_who_ordered_does_not_approve_and_strangers_see_nothing(dealing):
    order = dealing.order({}, numbers={WUXI: 1}, actor=dealing.branch)
    for actor, code in (
        (dealing.branch, "own_order"),
        (dealing.dealer, "dealer_order_unknown"),
        (dealing.stranger, "dealer_order_unknown"),
    ):
        with pytest.raises(DomainError) as refusal:
            dealer_approval.approve(actor=actor, number=order.number, now=NOW)
        assert refusal.value.code == code
    assert not NumberAllotment.objects.exists()


def test_fewer_free_than_ordered_is_said_and_nothing_is_taken(dealing):
    order = dealing.order({}, numbers={PAIRS: 5, WUXI: 2})
    with translation.override("en"), pytest.raises(dealer_numbers.NumbersShort) as refusal:
        approve(dealing, order)
    with translation.override("en"):
        assert "Only 3 of 5 numbers of Wuxi" in str(refusal.value)
    assert not NumberAllotment.objects.exists()
    order.refresh_from_db()
    assert order.state == "submitted"


def test_the_branch_may_approve_what_there_is(dealing):
    order = approve(dealing, dealing.order({}, numbers={PAIRS: 5}), fewer_numbers=True)
    order.refresh_from_db()
    assert (order.state, line_of(order)) == ("done", (5, 3, 2))
    assert order.events.filter(note="numbers_dropped 2").exists()
    assert used(dealing) == (3, 0)


def test_numbers_alone_and_none_free_is_a_refusal(dealing):
    Number.objects.filter(grade__code="aa").update(state="withheld")
    order = dealing.order({}, numbers={PAIRS: 2})
    with pytest.raises(dealer_numbers.NoNumbers):
        approve(dealing, order, fewer_numbers=True)
    order.refresh_from_db()
    assert (order.state, line_of(order)) == ("submitted", (2, 0, 0))


def test_goods_and_numbers_in_one_order_end_when_the_goods_are_counted(dealing):
    dealing.stock(CASE, 10)
    order = dealing.order({CASE: 4}, numbers={WUXI: 3})
    assert order.amount_fen == 120_00
    approve(dealing, order)
    follow_up()
    order.refresh_from_db()
    assert (order.state, line_of(order)) == ("approved", (3, 3, 0))
    fo = FulfillmentOrder.objects.get()
    assert [line.sku for line in fo.lines.all()] == [CASE]
    dealer_receipts.receive(
        actor=dealing.dealer, code=picked_and_gone(dealing, fo).code, by_note=True, now=NOW
    )
    order.refresh_from_db()
    assert (order.state, order.invoices.get().amount_fen) == ("done", 120_00)
    assert findings(now=NOW) == []


def test_goods_that_wait_do_not_hold_the_numbers(dealing):
    SupplierItem.objects.create(supplier=dealing.swift, sku=CASE, cost_fen=1000, lead_days=3)
    order = approve(dealing, dealing.order({CASE: 4}, numbers={WUXI: 3}))
    assert (order.state, used(dealing)) == ("waiting_goods", (3, 0))
    assert [line.sku for line in order.supplier_orders.get().lines.all()] == [CASE]
    dealer_orders.cancel(actor=dealing.dealer, number=order.number, reason="too late", now=NOW)
    order.refresh_from_db()
    assert (order.state, order.lines.get().dropped) == ("done", 4)
    assert used(dealing) == (3, 0)


def test_goods_that_nobody_delivers_take_no_numbers(dealing):
    order = dealing.order({CASE: 4}, numbers={WUXI: 3})
    with pytest.raises(DomainError) as refusal:
        approve(dealing, order)
    assert refusal.value.code == "no_supplier"
    assert not NumberAllotment.objects.exists()


def test_cancelled_and_rejected_orders_count_no_more(dealing):
    first, second = dealing.order({}, numbers={WUXI: 4}), dealing.order({}, numbers={WUXI: 4})
    dealer_orders.cancel(actor=dealing.dealer, number=first.number, reason="x", now=NOW)
    dealer_approval.reject(actor=dealing.branch, number=second.number, reason="x", now=NOW)
    assert sorted(DealerOrder.objects.values_list("state", flat=True)) == ["cancelled", "rejected"]
    assert used(dealing) == (0, 0)
    with pytest.raises(dealer_order_steps.OrderWrongState):
        approve(dealing, first)


def test_a_dealer_gives_back_its_own_alone(dealing):
    mine = got(dealing)
    for actor in (dealing.stranger, dealing.worker):
        with pytest.raises(dealer_credit.DealerUnknown):
            dealer_number_returns.give_back(actor=actor, dealer_id=dealing.shop.pk, msisdns=mine, now=NOW)
    dealing.agree(dealing.other, 0)
    with pytest.raises(number_dealers.NumbersNotFree):
        dealer_number_returns.give_back(
            actor=dealing.stranger, dealer_id=dealing.other.pk, msisdns=mine, now=NOW
        )
    assert used(dealing) == (4, 0)


def test_only_the_branch_recalls_and_says_why(dealing):
    mine = got(dealing)
    wanted = {"dealer_id": dealing.shop.pk, "msisdns": mine[:3], "now": NOW}
    with pytest.raises(dealer_credit.DealerUnknown):
        dealer_number_returns.recall(actor=dealing.dealer, reason="mine", **wanted)
    with pytest.raises(ReasonMissing):
        dealer_number_returns.recall(actor=dealing.branch, reason=" ", **wanted)
    sell(dealing, mine[0])
    assert (
        dealer_number_returns.recall(actor=dealing.branch, reason="wanted elsewhere", **wanted) == mine[1:3]
    )
    assert used(dealing) == (1, 0)
    assert findings(now=NOW) == []


def test_unsold_numbers_go_back_at_night(dealing):
    mine = got(dealing)
    sell(dealing, mine[0])
    assert dealer_number_returns.reclaim(now=LATER - timedelta(days=2)) == 0
    assert dealer_number_returns.reclaim(now=LATER) == 3
    counted = number_stock.stocks([dealing.shop.pk])[dealing.shop.pk]
    assert (counted.came, counted.in_stock, counted.sold, counted.gone) == (4, 0, 1, 3)
    assert findings(now=NOW) == []


@pytest.mark.parametrize("limit", [1, 2, 4, 5])
def test_at_night_all_go_back_in_portions(dealing, limit):
    """None is left for another night, however many there are, and each portion lets orders go on."""
    got(dealing, 4)
    OutboxMessage.objects.all().delete()
    assert dealer_number_returns.reclaim(now=LATER, limit=limit) == 4
    assert not NumberAllotment.objects.live().exists()
    assert OutboxMessage.objects.filter(topic=DealerCreditEased.topic).count() == -(-4 // limit)


@pytest.mark.parametrize(("limit", "days"), [(-1, 30), (100_001, 30), (5, 0), (5, 181)])
def test_terms_out_of_range_are_refused(dealing, limit, days):
    with pytest.raises(dealer_number_limit.NumberTermsInvalid):
        dealer_number_limit.agree(
            actor=dealing.branch, dealer_id=dealing.shop.pk, number_limit=limit, number_days=days, now=NOW
        )


def test_the_dealer_does_not_agree_with_itself(dealing):
    with pytest.raises(dealer_credit.DealerUnknown):
        dealer_number_limit.agree(
            actor=dealing.dealer, dealer_id=dealing.shop.pk, number_limit=99, number_days=9, now=NOW
        )


def test_a_number_tells_its_dealer_and_the_dealer_may_read_its_story(dealing):
    mine = got(dealing)[0]
    assert number_story.find(dealing.stranger, mine) is None
    found = number_story.find(dealing.dealer, mine)
    assert number_story.story(dealing.dealer, found).dealer.id == dealing.shop.pk
    dealer_number_returns.give_back(actor=dealing.dealer, dealer_id=dealing.shop.pk, msisdns=[mine], now=NOW)
    story = number_story.story(dealing.operator, number_story.find(dealing.operator, mine))
    assert (len(story.steps), story.dealer) == (2, None)


def test_another_dealer_s_time_with_a_number_is_not_told(dealing):
    """Who has the number now reads of its own time; who oversees all reads everything."""
    mine = got(dealing, 1)[0]
    hold = {"msisdn": mine, "holder": "order:S1", "dealer_id": dealing.shop.pk}
    numbers.hold(**hold, now=NOW)
    numbers.allocate(**hold, reference="S1", now=NOW)
    numbers.release(reference="S1", now=NOW)
    recall = {"actor": dealing.branch, "dealer_id": dealing.shop.pk, "msisdns": [mine]}
    dealer_number_returns.recall(**recall, reason="a secret", now=NOW + timedelta(hours=1))
    dealing.agree(dealing.other, 0)
    place = {"province": "江苏", "city": "无锡", "grade": "plain", "count": 1, "reference": "DP2"}
    days = {"until": NOW + timedelta(days=9), "now": NOW + timedelta(hours=2)}
    assert number_dealers.allot(dealer_id=dealing.other.pk, **place, **days) == [mine]
    hold_again = {"msisdn": mine, "holder": "order:S2", "dealer_id": dealing.other.pk}
    numbers.hold(**hold_again, now=NOW + timedelta(hours=3))
    numbers.allocate(**hold_again, reference="S2", now=NOW + timedelta(hours=3))
    everything = told(dealing.operator, mine)
    assert {"a secret", "dl", "dl2", "Order S1", "Order DP2", "Sold by the dealer"} <= everything
    theirs = told(dealing.stranger, mine)
    assert {"dl2", "Order DP2", "Sold by the dealer"} <= theirs
    assert not {"a secret", "dl", "Order S1"} & theirs
    numbers.release(reference="S2", now=NOW + timedelta(hours=4))
    number_dealers.give_back(
        dealer_id=dealing.other.pk, msisdns=[mine], who="x", now=NOW + timedelta(hours=5)
    )
    again = place | {"reference": "DP3", "until": NOW + timedelta(days=9), "now": NOW + timedelta(hours=6)}
    assert number_dealers.allot(dealer_id=dealing.shop.pk, **again) == [mine]
    ours = told(dealing.dealer, mine)
    assert {"a secret", "dl", "Order S1", "Order DP3"} <= ours
    assert not {"dl2", "Order DP2", "Order S2"} & ours


def told(actor, msisdn: str) -> set[str]:
    """Titles, places and texts of the story."""
    with translation.override("en"):
        story = number_story.story(actor, number_story.find(actor, msisdn))
    return {part for step in story.steps for part in (step.title, step.where, step.text, step.who)}


def test_the_promises_notice_what_does_not_agree(dealing):
    mine = got(dealing)
    Number.objects.filter(pk=mine[0]).update(dealer=dealing.other.pk)
    assert {each.check for each in findings(now=NOW)} == {"dealer_numbers_agree"}
    DealerOrder.objects.get().number_lines.update(allotted=3)
    assert {each.check for each in findings(now=NOW)} == {"dealer_numbers_agree", "numbers_allotted_counted"}


def test_wishes_are_checked_before_anything_is_asked_of_the_pool(dealing, django_assert_num_queries):
    with django_assert_num_queries(0):
        dealer_number_quotes.check({}, province="江苏")
