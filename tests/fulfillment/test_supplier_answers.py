"""A supplier confirms, moves or declines our order, and makes what was ordered to be made."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from fulfillment.models import DealerOrder, SupplierOrder, SupplierOrderEvent, SupplyContract
from fulfillment.queries import dealers, supplier_pages
from fulfillment.queries.invariants import findings
from fulfillment.services import dealer_purchase_end, dealer_waiting, supplier_answers
from fulfillment.services.dealer_sourcing import PurchaseOver
from fulfillment.services.wrong_input import ReasonMissing
from tests.support.dealing import CASE, NOW, PHONE, follow_up
from tests.support.supplying import DAY, TODAY, Supplying


@pytest.fixture
def supplying(db, freeze_at) -> Supplying:
    freeze_at(NOW)
    return Supplying()


def kinds(order: SupplierOrder) -> list[str]:
    return list(order.events.values_list("kind", flat=True))


def test_a_confirmed_day_is_when_the_dealer_s_order_is_expected(supplying):
    order = supplying.bought({CASE: 4})
    assert (order.progress, order.due_on) == ("asked", TODAY + 3 * DAY)
    assert supplier_pages.expected_for(order.dealer_order_id) == TODAY + 3 * DAY
    values = {"actor": supplying.mary, "number": order.number, "now": NOW}
    order = supplier_answers.confirm(promised_on=TODAY + 6 * DAY, **values)
    assert (order.progress, order.days_later) == ("confirmed", 3)
    assert supplier_pages.expected_for(order.dealer_order_id) == TODAY + 6 * DAY
    supplier_answers.confirm(promised_on=TODAY + 6 * DAY, **values)
    assert kinds(order) == ["confirmed"]
    order = supplier_answers.confirm(promised_on=TODAY + 2 * DAY, **values)
    assert (order.promised_on, order.days_later, kinds(order)) == (
        TODAY + 2 * DAY,
        0,
        ["confirmed", "promised"],
    )
    rows = dealers.supplier_orders(supplying.operator)
    assert [row.pk for row in dealers.late(rows, today=TODAY + 3 * DAY)] == [order.pk]


def test_only_days_ahead_can_be_promised(supplying):
    order = supplying.bought({CASE: 4})
    for day in (TODAY - DAY, TODAY + timedelta(days=366)):
        with pytest.raises(supplier_answers.DayWrong):
            supplier_answers.confirm(actor=supplying.mary, number=order.number, promised_on=day, now=NOW)
    order.refresh_from_db()
    assert order.progress == "asked"


def test_another_supplier_s_order_does_not_exist(supplying):
    order = supplying.bought({CASE: 4})
    for actor in (supplying.dora, supplying.dealer, supplying.operator):
        values = {"actor": actor, "number": order.number, "now": NOW}
        with pytest.raises(supplier_answers.SupplierOrderUnknown):
            supplier_answers.confirm(promised_on=TODAY + DAY, **values)
        with pytest.raises(supplier_answers.SupplierOrderUnknown):
            supplier_answers.decline(reason="no", **values)
        assert not supplier_pages.orders(actor).exists()
    with pytest.raises(supplier_answers.SupplierOrderUnknown):
        supplier_answers.decline(actor=supplying.mary, number="MP0", reason="no", now=NOW)


def test_what_is_declined_is_bought_from_the_next_supplier_by_itself(supplying):
    order = supplying.bought({PHONE: 2})
    values = {"actor": supplying.mary, "number": order.number, "now": NOW}
    with pytest.raises(ReasonMissing):
        supplier_answers.decline(reason=" ", **values)
    supplier_answers.decline(reason="sold out", **values)
    supplier_answers.decline(reason="sold out", **values)
    follow_up()
    order.refresh_from_db()
    assert (order.state, order.progress, order.end_reason) == ("cancelled", "declined", "sold out")
    assert kinds(order) == ["declined"]
    second = SupplierOrder.objects.latest("pk")
    assert (second.supplier, second.progress, second.dealer_order_id) == (
        supplying.dear,
        "asked",
        order.dealer_order_id,
    )
    assert dealers.without_purchase(supplying.operator) == []
    with pytest.raises(PurchaseOver):
        supplier_answers.confirm(promised_on=TODAY + DAY, **values)


def test_when_nobody_is_left_it_stands_on_the_operators_list_and_a_person_may_ask_again(supplying):
    order = supplying.bought({PHONE: 2})
    supplier_answers.decline(actor=supplying.mary, number=order.number, reason="out", now=NOW)
    follow_up()
    second = SupplierOrder.objects.latest("pk")
    supplier_answers.decline(actor=supplying.dora, number=second.number, reason="out too", now=NOW)
    follow_up()
    assert SupplierOrder.objects.count() == 2
    waiting = DealerOrder.objects.get()
    assert waiting.events.latest("pk").note == "no_supplier"
    assert dealers.without_purchase(supplying.operator) == [waiting]
    dealer_waiting.buy_again(actor=supplying.branch, number=waiting.number, now=NOW)
    assert SupplierOrder.objects.latest("pk").supplier == supplying.maker
    assert dealers.without_purchase(supplying.operator) == []


def test_a_declined_part_is_on_the_list_while_another_part_is_coming(supplying):
    SupplyContract.objects.create(
        number="KJ-2", supplier=supplying.dear, sku=CASE, cost_fen=1_00, units=9, lead_days=3,
        starts=TODAY, ends=TODAY + 9 * DAY,
    )  # fmt: skip
    dealer_order = supplying.approved({CASE: 2, PHONE: 1})
    phones = dealer_order.supplier_orders.get(supplier=supplying.maker)
    supplier_answers.decline(actor=supplying.mary, number=phones.number, reason="out", now=NOW)
    assert dealers.without_purchase(supplying.operator) == [dealer_order]
    follow_up()
    assert dealers.without_purchase(supplying.operator) == []


def test_a_declined_contract_may_be_called_off_again(supplying):
    order = supplying.to_make({CASE: 6})
    supplier_answers.decline(actor=supplying.mary, number=order.number, reason="no", now=NOW)
    assert SupplyContract.objects.get().left == 500
    assert findings(now=NOW) == []


def test_production_is_started_and_finished_in_turn(supplying):
    order = supplying.to_make({CASE: 6})
    values = {"actor": supplying.mary, "number": order.number, "now": NOW}
    with pytest.raises(supplier_answers.AnswerNotNow):
        supplier_answers.start_production(**values)
    supplier_answers.confirm(promised_on=TODAY + 20 * DAY, **values)
    with pytest.raises(supplier_answers.AnswerNotNow):
        supplier_answers.finish_production(**values)
    supplier_answers.start_production(**values)
    supplier_answers.start_production(**values)
    supplier_answers.finish_production(**values)
    assert kinds(order) == ["confirmed", "started", "finished"]


def test_what_is_sent_from_stock_is_not_made(supplying):
    order = supplying.confirmed({CASE: 1})
    with pytest.raises(supplier_answers.NotMade):
        supplier_answers.start_production(actor=supplying.mary, number=order.number, now=NOW)


def test_an_answer_that_does_not_come_is_on_the_operators_list(supplying, settings):
    settings.SUPPLIER_ANSWER_HOURS = 24
    order = supplying.bought({CASE: 1})
    rows = dealers.supplier_orders(supplying.operator)
    assert not supplier_pages.answer_overdue(rows, now=NOW + timedelta(hours=24)).exists()
    late = supplier_pages.answer_overdue(rows, now=NOW + timedelta(hours=25))
    assert [row.pk for row in late] == [order.pk]
    supplier_answers.confirm(actor=supplying.mary, number=order.number, promised_on=TODAY + DAY, now=NOW)
    assert not supplier_pages.answer_overdue(rows, now=NOW + timedelta(hours=25)).exists()


def test_the_database_refuses_steps_out_of_turn_and_after_the_end(supplying):
    order = supplying.bought({CASE: 1})
    row = SupplierOrder.objects.filter(pk=order.pk)
    for wrong in (
        {"progress": "made", "promised_on": TODAY},
        {"progress": "confirmed"},
        {"progress": "declined"},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.update(**wrong)
    values = {"actor": supplying.operator_of("wh"), "number": order.number, "reason": "late", "now": NOW}
    dealer_purchase_end.cancel(**values)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.update(progress="confirmed", promised_on=TODAY)


def test_the_history_stays_as_it_was_written(supplying):
    supplying.confirmed({CASE: 1})
    with pytest.raises(DatabaseError), transaction.atomic():
        SupplierOrderEvent.objects.update(who="nobody")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM fulfillment_supplierorderevent")
