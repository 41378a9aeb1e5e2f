"""What of a supplier's goods is here: counted before somebody judges by it, and never announced away."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Offering, Product
from fulfillment.models import ImportState, NoticeSerial, SerialImport, SupplierOrder, SupplierOrderLine
from fulfillment.queries.invariants import findings
from fulfillment.services import (
    dealer_purchase_end,
    dealer_sourcing,
    notice_checks,
    notice_counts,
    notice_serials,
    serial_import,
    supplier_answers,
    supplier_notices,
)
from fulfillment.views.supplier_timeline import timeline
from members.models import StaffRole, User
from tests.support.dealing import CARD, CASE, NOW, PHONE, follow_up
from tests.support.signed_in import door, text
from tests.support.supplying import DAY, TODAY, Supplying


@pytest.fixture
def supplying(db, freeze_at) -> Supplying:
    freeze_at(NOW)
    return Supplying()


def file_of(serials: list[str]) -> bytes:
    return "\n".join(["imei", *serials]).encode()


def uploaded(supplying: Supplying, order: SupplierOrder, serials: list[str]) -> SerialImport:
    """Accepted and not read yet."""
    return serial_import.submit(
        actor=supplying.worker, location_id=supplying.house.pk, kind="imei", sku=PHONE,
        delivery_note=order.number, file_name="a.csv", content=file_of(serials), now=NOW,
    )  # fmt: skip


def loaded(supplying: Supplying, order: SupplierOrder, serials: list[str]) -> None:
    """Read to its end; nobody has heard of it yet."""
    serial_import.run(import_id=uploaded(supplying, order, serials).pk, done=lambda: None, now=NOW)


def leave_the_shop(sku: str) -> None:
    Product.objects.filter(offering__sku=sku).update(is_public=False)


def check_in(supplying: Supplying, order: SupplierOrder, notice, **more):
    values = {"actor": supplying.worker, "counts": {}, "now": NOW}
    return notice_checks.check_in(number=order.number, notice=notice.number, **values | more)


def withdraw(supplying: Supplying, order: SupplierOrder, notice, **more):
    values = {"actor": supplying.mary, "reason": "wrong pallet", "now": NOW}
    return supplier_notices.withdraw(number=order.number, notice=notice.number, **values | more)


def test_phones_that_left_the_shop_still_come_with_their_serial_numbers(supplying):
    order = supplying.confirmed({PHONE: 2})
    leave_the_shop(PHONE)
    with pytest.raises(notice_serials.SerialsMissing):
        supplying.sent(order, {PHONE: 2})
    with pytest.raises(dealer_sourcing.ByFile):
        dealer_sourcing.receive(actor=supplying.worker, number=order.number, counts={PHONE: 2}, now=NOW)
    serials = supplying.serials(PHONE, 2)
    notice = supplying.sent(order, {PHONE: 2}, content=file_of(serials))
    batch = uploaded(supplying, order, serials)
    follow_up()
    batch.refresh_from_db()
    assert (batch.rows_good, batch.rows_rejected) == (2, 0)
    notice.refresh_from_db()
    order.refresh_from_db()
    assert (notice.state, order.state) == ("checked", "received")
    assert findings(now=NOW) == []


def test_pages_of_what_left_the_shop_ask_for_the_file(supplying):
    order = supplying.confirmed({PHONE: 2})
    leave_the_shop(PHONE)
    Offering.objects.filter(sku=PHONE).update(colour_en="Ink", storage="256GB")
    form = text(door("mary", "partner", supplying.maker).get(f"/suppliers/orders/{order.number}/send/"))
    assert "with IMEI" in form
    assert f"{PHONE} Ink 256GB" in form
    house = door("will", "warehouse", supplying.house)
    purchase = f"/dealers/purchases/{order.number}/"
    page = house.get(purchase)
    assert (page.context["may_count"], f'name="count-{PHONE}"' in text(page)) == (False, False)
    supplying.sent(order, {PHONE: 2}, content=file_of(supplying.serials(PHONE, 2)))
    page = text(house.get(purchase))
    assert "0 of 2 announced serial numbers are here" in page
    assert (PHONE, f"{PHONE} Ink 256GB") in house.get("/serials/imports/").context["articles"]
    assert f'name="count-{PHONE}"' not in page


def test_a_notice_whose_goods_are_partly_here_is_not_withdrawn(supplying):
    order = supplying.confirmed({PHONE: 3})
    serials = supplying.serials(PHONE, 3)
    notice = supplying.sent(order, {PHONE: 3}, content=file_of(serials))
    mary, olga = door("mary", "partner", supplying.maker), door("olga", "operator", supplying.carrier)
    StaffRole.objects.create(
        user=User.objects.get(username="olga"), role="operator", institution=supplying.house
    )
    pages = (mary, f"/suppliers/orders/{order.number}/"), (olga, f"/dealers/purchases/{order.number}/")
    assert ["Withdraw the notice" in text(who.get(page)) for who, page in pages] == [True, True]
    loaded(supplying, order, serials[:2])
    for actor in (supplying.mary, supplying.operator_of("wh")):
        with pytest.raises(supplier_notices.NoticePartlyHere):
            withdraw(supplying, order, notice, actor=actor)
    assert NoticeSerial.objects.count() == 3
    assert ["Withdraw the notice" in text(who.get(page)) for who, page in pages] == [False, False]
    check_in(supplying, order, notice, sure=True, note="one is missing")
    assert findings(now=NOW) == []


def test_what_lies_here_is_counted_when_its_notice_is_checked_in(supplying):
    """The file was read to its end; the fact that it was is still on its way."""
    order = supplying.confirmed({PHONE: 3})
    serials = supplying.serials(PHONE, 3)
    notice = supplying.sent(order, {PHONE: 3}, content=file_of(serials))
    loaded(supplying, order, serials[:2])
    assert SupplierOrderLine.objects.get().received == 0
    check_in(supplying, order, notice, sure=True, note="one is missing")
    line = SupplierOrderLine.objects.get()
    assert (line.received, line.announced, notice.lines.get().came) == (2, 2, 2)
    assert findings(now=NOW) == []
    values = {"actor": supplying.operator_of("wh"), "number": order.number, "reason": "late", "now": NOW}
    with pytest.raises(dealer_purchase_end.SomethingCame):
        dealer_purchase_end.cancel(**values)
    follow_up()
    assert SupplierOrderLine.objects.get().received == 2


@pytest.mark.parametrize("state", [ImportState.WAITING, ImportState.RUNNING])
def test_while_a_file_is_read_nobody_says_what_came(supplying, state):
    order = supplying.confirmed({PHONE: 3})
    serials = supplying.serials(PHONE, 3)
    notice = supplying.sent(order, {PHONE: 2}, content=file_of(serials[:2]))
    SerialImport.objects.filter(pk=uploaded(supplying, order, serials).pk).update(state=state)
    with pytest.raises(notice_counts.FileBeingRead):
        check_in(supplying, order, notice)
    with pytest.raises(notice_counts.FileBeingRead):
        withdraw(supplying, order, notice)


def test_nobody_ends_an_order_of_which_goods_came_unheard_of(supplying):
    order = supplying.confirmed({PHONE: 3})
    first, second = supplying.serials(PHONE, 2)
    values = {"actor": supplying.operator_of("wh"), "number": order.number, "reason": "late", "now": NOW}
    batch = uploaded(supplying, order, [first])
    with pytest.raises(notice_counts.FileBeingRead):
        dealer_purchase_end.cancel(**values)
    serial_import.run(import_id=batch.pk, done=lambda: None, now=NOW)
    with pytest.raises(dealer_purchase_end.SomethingCame):
        dealer_purchase_end.cancel(**values)
    with pytest.raises(supplier_answers.SentAlready):
        supplier_answers.decline(**values | {"actor": supplying.mary})
    loaded(supplying, order, [second])
    dealer_purchase_end.close_short(**values)
    assert SupplierOrderLine.objects.get().received == 2


def test_what_came_without_a_notice_is_not_announced_again(supplying):
    order = supplying.confirmed({PHONE: 3, CASE: 5})
    dealer_sourcing.receive(actor=supplying.worker, number=order.number, counts={CASE: 2}, now=NOW)
    first, *rest = supplying.serials(PHONE, 3)
    loaded(supplying, order, [first])
    with pytest.raises(supplier_notices.MoreAnnounced):
        supplying.sent(order, {CASE: 4})
    with pytest.raises(supplier_notices.MoreAnnounced):
        supplying.sent(order, {PHONE: 3}, content=file_of(supplying.serials(PHONE, 3)))
    dealer_sourcing.count_units(order)
    mary = door("mary", "partner", supplying.maker)
    address = f"/suppliers/orders/{order.number}/"
    form = mary.get(f"{address}send/")
    assert {each["line"].sku: each["most"] for each in form.context["lines"]} == {PHONE: 2, CASE: 3}
    notice = supplying.sent(order, {PHONE: 2, CASE: 3}, content=file_of(rest))
    assert mary.get(address).context["steps"]["send"] is False
    loaded(supplying, order, rest)
    check_in(supplying, order, notice, counts={CASE: 3})
    order.refresh_from_db()
    assert order.state == "received"
    assert findings(now=NOW) == []


def test_what_is_under_way_and_partly_here_is_counted_once(supplying):
    order = supplying.confirmed({PHONE: 5})
    serials = supplying.serials(PHONE, 5)
    supplying.sent(order, {PHONE: 3}, content=file_of(serials[:3]))
    loaded(supplying, order, serials[:2])
    dealer_sourcing.count_units(order)
    assert list(notice_counts.to_announce(order, order.lines.all()).values()) == [2]
    supplying.sent(order, {PHONE: 2}, key="rest", content=file_of(serials[3:]))
    assert findings(now=NOW) == []


def test_the_supplier_reads_no_name_of_ours_in_the_history(supplying):
    order = supplying.confirmed({CASE: 5})
    boss = supplying.operator_of("wh")
    withdraw(supplying, order, supplying.sent(order, {CASE: 1}), actor=boss)
    withdraw(supplying, order, supplying.sent(order, {CASE: 1}, key="two"))
    check_in(supplying, order, supplying.sent(order, {CASE: 1}, key="three"), counts={CASE: 1})
    dealer_purchase_end.close_short(actor=boss, number=order.number, reason="enough", now=NOW)
    order.refresh_from_db()
    theirs = {item["who"] for item in timeline(order, for_supplier=True)}
    assert theirs == {"", supplying.mary.label}
    ours = {item["who"] for item in timeline(order, for_supplier=False)}
    assert {boss.label, supplying.mary.label, supplying.worker.label} <= ours
    assert [event.kind for event in order.events.all()][2:5:2] == ["recalled", "withdrawn"]


def test_a_file_with_more_rows_than_units_is_refused_before_the_order_is_locked(supplying):
    order = supplying.confirmed({PHONE: 3, CARD: 2})
    content = file_of(supplying.serials(PHONE, 3))
    with (
        CaptureQueriesContext(
            connection,
        ) as asked,
        pytest.raises(notice_serials.TooManySerials),
    ):
        supplying.sent(order, {PHONE: 2, CARD: 0}, content=content)
    assert not any("FOR UPDATE" in query["sql"] for query in asked.captured_queries)


@pytest.mark.parametrize("by_notice", [True, False])
def test_levels_are_locked_together_before_the_first_is_booked(supplying, by_notice):
    supplying.stock(CASE, 1)
    order = supplying.confirmed({CASE: 3})
    notice = supplying.sent(order, {CASE: 2}) if by_notice else None
    with CaptureQueriesContext(connection) as asked:
        if notice:
            check_in(supplying, order, notice, counts={CASE: 2})
        else:
            dealer_sourcing.receive(actor=supplying.worker, number=order.number, counts={CASE: 2}, now=NOW)
    of_levels = [query["sql"] for query in asked.captured_queries if "fulfillment_stocklevel" in query["sql"]]
    assert of_levels[0].startswith('SELECT "fulfillment_stocklevel"."id"')
    assert of_levels[0].endswith("ORDER BY 1 ASC FOR NO KEY UPDATE")


def test_a_refused_step_keeps_what_was_typed_in_its_dialog(supplying):
    order = supplying.bought({CASE: 4})
    mary = door("mary", "partner", supplying.maker)
    address = f"/suppliers/orders/{order.number}/"
    late = (TODAY + 999 * DAY).isoformat()
    page = mary.post(f"{address}confirm/", {"day": late, "note": "by ship"})
    assert page.context["again"] == {"confirm": True}
    for piece in (f'value="{late}"', 'value="by ship"', "data-auto-open"):
        assert text(page).count(piece) == 1
    assert text(page).count("data-error-message") == 1
    supplier_answers.confirm(actor=supplying.mary, number=order.number, promised_on=TODAY, now=NOW)
    notice = supplying.sent(order, {CASE: 1})
    page = mary.post(f"{address}withdraw/", {"notice": notice.number, "reason": " "})
    assert (page.context["again"], text(page).count("data-auto-open")) == ({"withdraw": True}, 1)
    page = mary.post(f"{address}decline/", {"reason": "the mould broke"})
    assert (page.context["again"], text(page).count("data-error-message")) == ({}, 1)
