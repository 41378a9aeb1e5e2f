"""A supplier announces what it sent; our receiving is checked against it, and what differs is asked about."""

import pytest
from django.db import IntegrityError, transaction

from fulfillment.models import (
    DealerOrder,
    NoticeSerial,
    StockLevel,
    SupplierNotice,
    SupplierOrder,
    SupplierOrderLine,
)
from fulfillment.queries import dealers, supplier_pages
from fulfillment.queries.invariants import findings
from fulfillment.services import (
    dealer_purchase_end,
    dealer_sourcing,
    notice_checks,
    notice_counts,
    serial_import,
    serial_reversal,
    supplier_answers,
    supplier_notices,
)
from fulfillment.services.notice_serials import SerialsDiffer, SerialsMissing, SerialsRefused
from fulfillment.services.wrong_input import ReasonMissing
from tests.support.dealing import CASE, NOW, PHONE, follow_up
from tests.support.supplying import DAY, TODAY, Supplying


@pytest.fixture
def supplying(db, freeze_at) -> Supplying:
    freeze_at(NOW)
    return Supplying()


def file_of(serials: list[str], head: str = "imei") -> bytes:
    return "\n".join([head, *serials]).encode()


def take_in(supplying: Supplying, order: SupplierOrder, serials: list[str]):
    batch = serial_import.submit(
        actor=supplying.worker, location_id=supplying.house.pk, kind="imei", sku=PHONE,
        delivery_note=order.number, file_name="a.csv", content=file_of(serials), now=NOW,
    )  # fmt: skip
    follow_up()
    return batch


def check_in(supplying: Supplying, order: SupplierOrder, notice: SupplierNotice, **more) -> SupplierNotice:
    values = {"actor": supplying.worker, "counts": {}, "now": NOW}
    return notice_checks.check_in(number=order.number, notice=notice.number, **values | more)


def test_several_notices_make_up_an_order_and_never_more(supplying):
    order = supplying.confirmed({CASE: 5})
    first = supplying.sent(order, {CASE: 2})
    assert supplying.sent(order, {CASE: 2}) == first
    second = supplying.sent(order, {CASE: 3}, key="other", waybill="SF2")
    assert [first.number, second.number] == [f"{order.number}-1", f"{order.number}-2"]
    with pytest.raises(supplier_notices.MoreAnnounced):
        supplying.sent(order, {CASE: 1}, key="third")
    assert SupplierOrderLine.objects.get().announced == 5
    with pytest.raises(IntegrityError), transaction.atomic():
        SupplierOrderLine.objects.update(announced=6)
    assert findings(now=NOW) == []


def test_what_is_wrong_with_a_notice_is_named(supplying):
    order = supplying.bought({CASE: 5})
    with pytest.raises(supplier_answers.AnswerNotNow):
        supplying.sent(order, {CASE: 1})
    supplier_answers.confirm(actor=supplying.mary, number=order.number, promised_on=TODAY, now=NOW)
    with pytest.raises(supplier_notices.NothingAnnounced):
        supplying.sent(order, {CASE: 0})
    with pytest.raises(supplier_notices.WaybillMissing):
        supplying.sent(order, {CASE: 1}, waybill=" ")
    with pytest.raises(supplier_answers.DayWrong):
        supplying.sent(order, {CASE: 1}, arrives_on=TODAY - DAY)
    assert not SupplierNotice.objects.exists()


def test_what_is_made_leaves_when_production_began(supplying):
    order = supplying.to_make({CASE: 6})
    values = {"actor": supplying.mary, "number": order.number, "now": NOW}
    supplier_answers.confirm(promised_on=TODAY, **values)
    with pytest.raises(supplier_answers.AnswerNotNow):
        supplying.sent(order, {CASE: 1})
    supplier_answers.start_production(**values)
    assert supplying.sent(order, {CASE: 1}).state == "announced"


def test_serial_numbers_are_judged_row_by_row(supplying):
    known = supplying.stock(PHONE, 1)[0]
    order = supplying.confirmed({PHONE: 6})
    good, other = supplying.serials(PHONE, 2)
    with pytest.raises(SerialsMissing):
        supplying.sent(order, {PHONE: 2})
    bad = file_of([good, good, known, other[:-1], other[:-1] + str((int(other[-1]) + 1) % 10)])
    with pytest.raises(SerialsRefused) as refused:
        supplying.sent(order, {PHONE: 5}, content=bad)
    assert [(row.line, row.code) for row in refused.value.rows] == [
        (3, "twice_in_file"),
        (4, "known_already"),
        (5, "wrong_length"),
        (6, "wrong_check_digit"),
    ]
    with pytest.raises(SerialsRefused) as refused:
        supplying.sent(order, {PHONE: 2}, content=file_of([f"{good},{CASE}"], "imei,sku"))
    assert [row.code for row in refused.value.rows] == ["sku_not_announced"]
    with pytest.raises(SerialsDiffer):
        supplying.sent(order, {PHONE: 2}, content=file_of([good]))
    supplying.sent(order, {PHONE: 2}, content=file_of([good, other]))
    with pytest.raises(SerialsRefused) as refused:
        supplying.sent(order, {PHONE: 1}, key="again", content=file_of([good]))
    assert [row.code for row in refused.value.rows] == ["announced_before"]
    assert NoticeSerial.objects.count() == 2


def test_what_comes_exactly_as_announced_is_checked_in_by_itself(supplying):
    order = supplying.confirmed({PHONE: 2})
    serials = supplying.serials(PHONE, 2)
    notice = supplying.sent(order, {PHONE: 2}, content=file_of(serials))
    take_in(supplying, order, serials)
    notice.refresh_from_db()
    order.refresh_from_db()
    assert (notice.state, notice.checked_by, notice.lines.get().came) == ("checked", "system", 2)
    assert order.state == "received"
    assert DealerOrder.objects.get().state == "approved"
    assert order.events.latest("pk").kind == "checked"
    assert findings(now=NOW) == []


def test_serial_numbers_that_differ_are_asked_about(supplying):
    order = supplying.confirmed({PHONE: 3})
    one, two, three, stray = supplying.serials(PHONE, 4)
    notice = supplying.sent(order, {PHONE: 3}, content=file_of([one, two, three]))
    take_in(supplying, order, [one, two, stray])
    notice.refresh_from_db()
    assert notice.state == "announced"
    assert list(notice_counts.unannounced(order).values_list("serial", flat=True)) == [stray]
    rows = dealers.supplier_orders(supplying.operator)
    assert [row.pk for row in supplier_pages.differing(rows)] == [order.pk]
    with pytest.raises(notice_checks.NoticeDiffers) as differs:
        check_in(supplying, order, notice)
    assert differs.value.differences == [notice_checks.Difference(PHONE, 3, 2, (three,))]
    with pytest.raises(ReasonMissing):
        check_in(supplying, order, notice, sure=True)
    check_in(supplying, order, notice, sure=True, note="one box holds another phone")
    assert (order.events.latest("pk").kind, notice.lines.get().came) == ("differed", 2)
    assert not supplier_pages.differing(rows).exists()
    with pytest.raises(supplier_notices.NoticeOver):
        check_in(supplying, order, notice)
    assert findings(now=NOW) == []


def test_counted_goods_go_on_the_shelf_with_their_notice(supplying):
    order = supplying.confirmed({CASE: 5})
    notice = supplying.sent(order, {CASE: 3})
    with pytest.raises(dealer_sourcing.ByNotice):
        dealer_sourcing.receive(actor=supplying.worker, number=order.number, counts={CASE: 3}, now=NOW)
    with pytest.raises(notice_checks.NoticeDiffers):
        check_in(supplying, order, notice, counts={CASE: 2})
    assert not StockLevel.objects.filter(sku=CASE, on_hand__gt=0).exists()
    check_in(supplying, order, notice, counts={CASE: 2}, sure=True, note="a box is torn")
    assert StockLevel.objects.get(sku=CASE, location=supplying.house).on_hand == 2
    order.refresh_from_db()
    assert order.state == "open"
    rest = supplying.sent(order, {CASE: 2}, key="rest")
    with pytest.raises(notice_checks.NoticeDiffers):
        check_in(supplying, order, rest, counts={CASE: 3})
    check_in(supplying, order, rest, counts={CASE: 3}, sure=True, note="the torn box came after all")
    order.refresh_from_db()
    assert (order.state, rest.lines.get().came) == ("received", 2)
    assert findings(now=NOW) == []


def test_only_the_warehouse_of_the_order_checks_in(supplying):
    order = supplying.confirmed({CASE: 5})
    notice = supplying.sent(order, {CASE: 3})
    for actor in (supplying.mary, supplying.dealer, supplying.actor(99, "warehouse", supplying.shop)):
        with pytest.raises(dealer_sourcing.PurchaseUnknown):
            check_in(supplying, order, notice, actor=actor, counts={CASE: 3})


def test_a_receipt_taken_back_is_taken_off_the_notice(supplying):
    order = supplying.confirmed({PHONE: 2, CASE: 1})
    serials = supplying.serials(PHONE, 2)
    notice = supplying.sent(order, {PHONE: 2}, content=file_of(serials))
    batch = take_in(supplying, order, serials)
    serial_reversal.reverse(
        actor=supplying.operator_of("wh"), import_id=batch.pk, reason="wrong file", now=NOW
    )
    assert notice.lines.get().came == 0
    assert findings(now=NOW) == []
    take_in(supplying, order, serials)
    assert notice.lines.get().came == 2


def test_a_withdrawn_notice_frees_its_units_and_serial_numbers(supplying):
    order = supplying.confirmed({PHONE: 1})
    serials = supplying.serials(PHONE, 1)
    notice = supplying.sent(order, {PHONE: 1}, content=file_of(serials))
    values = {"number": order.number, "notice": notice.number, "now": NOW}
    with pytest.raises(supplier_answers.SupplierOrderUnknown):
        supplier_notices.withdraw(actor=supplying.dora, reason="mine", **values)
    with pytest.raises(ReasonMissing):
        supplier_notices.withdraw(actor=supplying.mary, reason="", **values)
    supplier_notices.withdraw(actor=supplying.mary, reason="wrong pallet", **values)
    with pytest.raises(supplier_notices.NoticeOver):
        supplier_notices.withdraw(actor=supplying.mary, reason="wrong pallet", **values)
    again = supplying.sent(order, {PHONE: 1}, key="again", content=file_of(serials))
    assert again.number == f"{order.number}-2"
    assert findings(now=NOW) == []


def test_our_order_does_not_end_while_goods_are_under_way(supplying):
    order = supplying.confirmed({CASE: 2})
    notice = supplying.sent(order, {CASE: 1})
    boss = supplying.operator_of("wh")
    values = {"actor": boss, "number": order.number, "reason": "late", "now": NOW}
    with pytest.raises(dealer_purchase_end.GoodsUnderWay):
        dealer_purchase_end.cancel(**values)
    with pytest.raises(supplier_answers.SentAlready):
        supplier_answers.decline(**values | {"actor": supplying.mary})
    supplier_notices.withdraw(**values, notice=notice.number)
    dealer_purchase_end.cancel(**values)
    order.refresh_from_db()
    assert order.state == "cancelled"


def test_a_wrong_count_of_what_is_announced_is_found(supplying):
    order = supplying.confirmed({CASE: 2})
    supplying.sent(order, {CASE: 1})
    SupplierOrderLine.objects.update(announced=2)
    assert [each.check for each in findings(now=NOW)] == ["notices_counted"]


def test_more_checked_in_than_received_is_found(supplying):
    order = supplying.confirmed({CASE: 2})
    check_in(supplying, order, supplying.sent(order, {CASE: 1}), counts={CASE: 1})
    SupplierOrderLine.objects.update(received=0)
    assert [each.check for each in findings(now=NOW)] == ["checked_in_was_received"]


def test_what_did_not_come_may_be_sent_again(supplying):
    order = supplying.confirmed({PHONE: 3})
    one, two, three, four = supplying.serials(PHONE, 4)
    first = supplying.sent(order, {PHONE: 3}, content=file_of([one, two, three]))
    take_in(supplying, order, [one])
    check_in(supplying, order, first, sure=True, note="two are missing")
    line = SupplierOrderLine.objects.get()
    assert (line.announced, line.received) == (1, 1)
    second = supplying.sent(order, {PHONE: 2}, key="again", content=file_of([two, four]))
    assert findings(now=NOW) == []
    take_in(supplying, order, [two, three])
    line.refresh_from_db()
    assert (line.announced, line.received, first.lines.get().came) == (3, 3, 1)
    order.refresh_from_db()
    second.refresh_from_db()
    assert (order.state, second.state) == ("received", "announced")
    rows = dealers.supplier_orders(supplying.operator)
    assert [row.pk for row in supplier_pages.differing(rows)] == [order.pk]
    check_in(supplying, order, second, sure=True, note="one that was missing came instead")
    assert not supplier_pages.differing(rows).exists()
    assert findings(now=NOW) == []
