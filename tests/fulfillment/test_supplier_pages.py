"""The supplier's pages, our review and our receiving, used as their people use them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from fulfillment.models import SupplierItem, SupplierListing, SupplierNotice, SupplierOrder
from tests.support.dealing import CASE, NOW, PHONE
from tests.support.signed_in import door, text
from tests.support.supplying import DAY, TODAY, Supplying


@pytest.fixture
def supplying(db, freeze_at, settings, tmp_path) -> Supplying:
    freeze_at(NOW)
    settings.MEDIA_ROOT = tmp_path
    return Supplying()


@pytest.fixture
def mary(supplying) -> Client:
    return door("mary", "partner", supplying.maker)


@pytest.fixture
def operator(supplying) -> Client:
    return door("olga", "operator", supplying.carrier)


@pytest.fixture
def house(supplying) -> Client:
    return door("will", "warehouse", supplying.house)


def test_a_supplier_lands_on_our_orders(supplying, mary):
    assert mary.get("/staff/").url == "/suppliers/"
    assert mary.get("/suppliers/").url == "/suppliers/orders/"
    assert "No order yet" in text(mary.get("/suppliers/orders/"))
    for address in ("/suppliers/listings/", "/suppliers/contracts/", "/suppliers/listings/new/?what=new"):
        assert mary.get(address).status_code == 200


def test_who_works_for_no_supplier_is_told_so(supplying, operator):
    dealer = door("dan", "partner", supplying.shop)
    assert operator.get("/suppliers/").url == "/suppliers/review/"
    for address in ("/suppliers/orders/", "/suppliers/listings/", "/suppliers/contracts/"):
        assert dealer.get(address).status_code == 403
        assert operator.get(address).status_code == 403
    assert dealer.get("/suppliers/review/").status_code == 403


def test_another_supplier_s_things_are_not_found(supplying, mary, operator):
    order = supplying.confirmed({CASE: 3})
    supplying.sent(order, {CASE: 1})
    dora = door("dora", "partner", supplying.dear)
    assert order.number not in text(dora.get("/suppliers/orders/"))
    for address in (f"/suppliers/orders/{order.number}/", f"/suppliers/orders/{order.number}/send/"):
        assert mary.get(address).status_code == 200
        assert dora.get(address).status_code == 404
    assert dora.post(f"/suppliers/orders/{order.number}/decline/", {"reason": "mine"}).status_code == 404
    mary.post(
        "/suppliers/listings/new/", {"what": "ours", "sku": CASE, "cost": "9.50", "lead": "4", "lot": "5"}
    )
    listing = SupplierListing.objects.get()
    assert mary.get(f"/suppliers/listings/{listing.pk}/").status_code == 200
    assert dora.get(f"/suppliers/listings/{listing.pk}/").status_code == 404
    assert dora.post(f"/suppliers/listings/{listing.pk}/withdraw/").status_code == 404


def test_a_supplier_sees_nothing_of_the_dealer(supplying, mary):
    order = supplying.bought({CASE: 4})
    page = text(mary.get(f"/suppliers/orders/{order.number}/"))
    dealer_order = order.dealer_order
    assert dealer_order.number not in page
    assert order.created_by not in page
    assert "30.00" not in page  # what the dealer pays
    assert "¥10.00" in page


def test_from_the_confirmation_to_the_receipt(supplying, mary, operator, house):
    order = supplying.bought({CASE: 5})
    address = f"/suppliers/orders/{order.number}/"
    assert "1 order waits for your answer" in text(mary.get("/suppliers/orders/"))
    wrong = mary.post(f"{address}confirm/", {"day": "tomorrow"})
    assert (wrong.status_code, "day_invalid" in text(wrong)) == (422, True)
    day = (TODAY + 6 * DAY).isoformat()
    assert mary.post(f"{address}confirm/", {"day": day}).status_code == 302
    assert "promised 3 days later" in text(operator.get("/dealers/purchases/"))
    dealer_page = f"/dealers/orders/{order.dealer_order.number}/"
    assert f"They are expected on {day}" in text(door("dan", "partner", supplying.shop).get(dealer_page))
    form = mary.get(f"{address}send/")
    sent = {"key": form.context["key"], f"units-{CASE}": "5", "waybill": "SF77", "day": day}
    refused = mary.post(f"{address}send/", sent | {"waybill": ""})
    assert (refused.status_code, "notice_waybill_missing" in text(refused)) == (422, True)
    assert mary.post(f"{address}send/", sent).status_code == 302
    assert mary.post(f"{address}send/", sent).status_code == 302
    notice = SupplierNotice.objects.get()
    purchase = f"/dealers/purchases/{order.number}/"
    assert "SF77" in text(house.get(purchase))
    short = {"notice": notice.number, f"count-{CASE}": "4"}
    asked = house.post(f"{purchase}check-in/", short)
    assert (asked.status_code, "5 announced, 4 found" in text(asked)) == (422, True)
    assert house.post(f"{purchase}check-in/", short | {"sure": "yes"}).status_code == 422
    done = house.post(f"{purchase}check-in/", short | {"sure": "yes", "note": "one is broken"})
    assert done.status_code == 302
    assert "1 purchase came otherwise than announced" in text(operator.get("/dealers/purchases/"))
    assert "one is broken" in text(mary.get(address))
    thread = text(operator.get(dealer_page))
    for piece in (order.number, notice.number, "4 came"):
        assert piece in thread


def test_refused_rows_of_the_file_are_listed(supplying, mary):
    order = supplying.confirmed({PHONE: 2})
    good = supplying.serials(PHONE, 1)[0]
    file = SimpleUploadedFile("imei.csv", f"imei\n{good}\n123\n".encode())
    sent = {"key": "k", f"units-{PHONE}": "2", "waybill": "SF1", "day": TODAY.isoformat(), "file": file}
    page = mary.post(f"/suppliers/orders/{order.number}/send/", sent)
    assert page.status_code == 422
    assert [(row.line, row.serial) for row, _words in page.context["refused"]] == [(3, "123")]
    assert "wrong number of digits" in text(page)
    assert not SupplierNotice.objects.exists()


def test_production_and_decline_by_page(supplying, mary):
    order = supplying.to_make({CASE: 5})
    address = f"/suppliers/orders/{order.number}/"
    mary.post(f"{address}confirm/", {"day": TODAY.isoformat()})
    assert mary.post(f"{address}start/").status_code == 302
    assert mary.post(f"{address}finish/").status_code == 302
    assert mary.post(f"{address}dance/").status_code == 404
    assert mary.post(f"{address}decline/", {"reason": ""}).status_code == 422
    assert mary.post(f"{address}decline/", {"reason": "the mould broke"}).status_code == 302
    assert SupplierOrder.objects.get(pk=order.pk).progress == "declined"
    assert "the mould broke" in text(mary.get(address))


def test_lists_are_searched_filtered_and_taken_along(supplying, mary):
    order = supplying.bought({CASE: 5})
    for query, found in (
        ("q=case-1", True),
        ("answer=confirmed", False),
        ("kind=purchase", True),
        ("q=zzz", False),
    ):
        assert (order.number in text(mary.get(f"/suppliers/orders/?{query}"))) is found
    file = b"".join(mary.get("/suppliers/orders/?format=csv")).decode()
    assert order.number in file
    assert order.dealer_order.number not in file


def test_a_terminal_from_the_form_to_the_catalogue(supplying, mary, operator):
    picture = io.BytesIO()
    Image.new("RGB", (30, 30), "teal").save(picture, "PNG")
    typed = {
        "what": "new", "key": "k", "title": "新星", "title_en": "Nova", "brand": "新星", "model": "N1",
        "sku": "nova-1", "cost": "900", "lead": "6", "lot": "10",
    }  # fmt: skip
    wrong = mary.post("/suppliers/listings/new/", typed | {"cost": "dear"})
    assert (wrong.status_code, "amount_invalid" in text(wrong)) == (422, True)
    assert 'value="Nova"' in text(wrong)
    file = SimpleUploadedFile("nova.png", picture.getvalue())
    made = mary.post("/suppliers/listings/new/", typed | {"picture": file})
    listing = SupplierListing.objects.get()
    assert made.url == f"/suppliers/listings/{listing.pk}/"
    assert mary.get(f"/suppliers/listings/{listing.pk}/picture/")["Content-Type"] == "image/jpeg"
    review = f"/suppliers/review/{listing.pk}/"
    assert "Nova" in text(operator.get("/suppliers/review/"))
    assert operator.get(f"{review}picture/").status_code == 200
    auditor = door("ann", "auditor", supplying.carrier)
    assert auditor.get(review).context["may_decide"] is False
    assert auditor.post(f"{review}accept/").status_code == 403
    assert operator.post(f"{review}accept/", {"sku": PHONE}).status_code == 422
    assert operator.post(f"{review}accept/", {"sku": "NOVA-1"}).status_code == 302
    listing.refresh_from_db()
    assert f"/admin/catalogue/product/{listing.product_id}/change/" in text(operator.get(review))
    assert SupplierItem.objects.filter(sku="NOVA-1").exists()
    assert operator.post(f"{review}decline/", {"reason": "late"}).status_code == 422


def test_a_terminal_wears_its_own_name_until_it_is_accepted(supplying, mary, operator):
    typed = {
        "what": "new", "title": "新星", "title_en": "Nova", "brand": "新星", "model": "N1", "sku": "nova-1",
        "cost": "900", "lead": "6", "lot": "10",
    }  # fmt: skip
    mary.post("/suppliers/listings/new/", typed)
    listing = SupplierListing.objects.get()
    supplying.company.goods("NOVA-1")
    pages = (
        (mary, f"/suppliers/listings/{listing.pk}/"),
        (operator, f"/suppliers/review/{listing.pk}/"),
        (mary, "/suppliers/listings/"),
        (operator, "/suppliers/review/"),
    )
    for client, address in pages:
        context = client.get(address).context
        assert (context["name"] if "name" in context else context["rows"][0][1]) == "Nova"


@pytest.mark.parametrize("supplier", ["²", "x", "99999999999999999999"])
def test_a_supplier_that_nobody_works_for_is_refused(supplying, mary, supplier):
    typed = {"what": "ours", "sku": CASE, "cost": "9.50", "lead": "4", "lot": "5", "supplier": supplier}
    page = mary.post("/suppliers/listings/new/", typed)
    assert (page.status_code, "supplier_unknown" in text(page)) == (422, True)


def test_a_cost_is_not_typed_into_the_admin(supplying, admin_client):
    item = SupplierItem.objects.first()
    address = f"/admin/fulfillment/supplieritem/{item.pk}/"
    assert admin_client.get(f"{address}change/").status_code == 200
    for way in ("change/", "delete/"):
        assert admin_client.post(f"{address}{way}", {"cost_fen": "1", "post": "yes"}).status_code == 403
    assert admin_client.get("/admin/fulfillment/supplieritem/add/").status_code == 403
    assert SupplierItem.objects.get(pk=item.pk).cost_fen == item.cost_fen


def test_contracts_show_what_is_called_off(supplying, mary):
    supplying.to_make({CASE: 5})
    page = mary.get("/suppliers/contracts/?state=running")
    assert [row.left for row, _name, _standing in page.context["rows"]] == [495]
    assert not mary.get("/suppliers/contracts/?state=ended").context["rows"]


def test_pages_ask_as_much_for_one_order_as_for_many(
    supplying, mary, operator, django_assert_max_num_queries
):
    for _turn in range(4):
        order = supplying.approved({CASE: 2}).supplier_orders.get()
    with django_assert_max_num_queries(14):
        mary.get("/suppliers/orders/")
    with django_assert_max_num_queries(32):
        operator.get(f"/dealers/purchases/{order.number}/")
    with django_assert_max_num_queries(20):
        operator.get("/dealers/purchases/")


def test_articles_are_listed_and_taken_off_by_their_supplier_and_by_operators(supplying, mary, operator):
    own = text(mary.get("/suppliers/articles/"))
    assert (CASE in own, "¥10.00" in own, "¥11.00" in own) == (True, True, False)
    sent = {"supplier": supplying.maker.pk, "sku": CASE, "reason": "no longer made"}
    assert mary.post("/suppliers/articles/take-off/", sent).url == "/suppliers/articles/"
    assert CASE not in {item.sku for item in SupplierItem.objects.filter(supplier=supplying.maker)}
    assert mary.post("/suppliers/articles/take-off/", sent).status_code == 404
    every = "/suppliers/review/articles/"
    assert "¥11.00" in text(operator.get(every, {"q": CASE, "supplier": "sp-dear"}))
    sent |= {"supplier": supplying.dear.pk, "reason": ""}
    assert operator.post(f"{every}take-off/", sent).status_code == 422
    sent |= {"reason": "too often late"}
    assert operator.post(f"{every}take-off/", sent).url == every
    assert "too often late" in text(operator.get("/suppliers/review/", {"state": "taken_off"}))
    assert "sp-dear" in b"".join(operator.get(every, {"format": "csv"}).streaming_content).decode()


def test_another_s_article_stays_where_it_is(supplying, mary):
    sent = {"supplier": supplying.dear.pk, "sku": CASE, "reason": "cheaper here"}
    assert mary.post("/suppliers/articles/take-off/", sent).status_code == 404
    assert mary.post("/suppliers/review/articles/take-off/", sent).status_code == 403
    assert mary.post("/suppliers/articles/take-off/", sent | {"supplier": "²"}).status_code == 404
    auditor = door("ada", "auditor", supplying.carrier)
    assert auditor.get("/suppliers/review/articles/").status_code == 200
    assert auditor.post("/suppliers/review/articles/take-off/", sent).status_code == 404
    assert SupplierItem.objects.filter(supplier=supplying.dear, sku=CASE).exists()
