"""Suppliers list what they deliver; we review it: a cost holds from then on, a new terminal is a product."""

import io
from dataclasses import replace

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from PIL import Image

from catalog.models import Offering, Product
from catalog.services.proposed_products import SkuTaken
from fulfillment.models import SupplierItem, SupplierListing
from fulfillment.services import (
    dealer_quotes,
    listing_review,
    photos,
    supplier_articles,
    supplier_listings,
)
from fulfillment.services.supplier_listings import Offered
from fulfillment.services.wrong_input import ReasonMissing
from omnichannel.kernel.errors import NotAllowed
from tests.support.dealing import CASE, NOW, PHONE
from tests.support.supplying import Supplying

NOVA = Offered(
    sku="ph-nova-3",
    cost_fen=900_00,
    lead_days=6,
    lot=10,
    is_new=True,
    title="新星 3",
    title_en="Nova 3",
    brand="新星",
    model="NX-3",
    description="大屏",
    description_en="A large screen",
)


@pytest.fixture
def supplying(db, freeze_at, settings, tmp_path) -> Supplying:
    freeze_at(NOW)
    settings.MEDIA_ROOT = tmp_path
    return Supplying()


def listed(supplying: Supplying, offered: Offered, *, key: str = "k", **more) -> SupplierListing:
    values = {"actor": supplying.mary, "supplier_id": supplying.maker.pk, "key": key, "now": NOW}
    return supplier_listings.propose(offered=offered, **values | more)


def accept(supplying: Supplying, row: SupplierListing, **more) -> SupplierListing:
    values = {"actor": supplying.operator, "listing_id": row.pk, "now": NOW}
    return listing_review.accept(**values | more)


def png(size=(40, 60)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "PNG")
    return out.getvalue()


def test_a_new_cost_holds_from_the_decision_and_the_old_one_is_kept(supplying):
    row = listed(supplying, Offered(sku=CASE, cost_fen=9_50, lead_days=4, lot=20))
    assert SupplierItem.objects.get(supplier=supplying.maker, sku=CASE).cost_fen == 10_00
    row = accept(supplying, row)
    item = SupplierItem.objects.get(supplier=supplying.maker, sku=CASE)
    assert (item.cost_fen, item.lead_days, item.lot) == (9_50, 4, 20)
    assert (row.state, row.old_cost_fen, row.decided_by_name) == ("accepted", 10_00, "operator51")
    assert list(item.events.order_by("pgh_id").values_list("cost_fen", flat=True)) == [10_00, 9_50]
    again = accept(supplying, listed(supplying, Offered(CASE, 9_00, 4, 20), key="next"))
    assert again.old_cost_fen == 9_50


def test_a_new_terminal_becomes_a_device_that_nobody_sees_yet(
    supplying, tmp_path, django_capture_on_commit_callbacks
):
    row = listed(supplying, replace(NOVA, picture=png()))
    assert (row.sku, supplier_listings.picture_of(row)[:2]) == ("PH-NOVA-3", b"\xff\xd8")
    with django_capture_on_commit_callbacks(execute=True):
        row = accept(supplying, row)
    offering = Offering.objects.select_related("product").get(sku="PH-NOVA-3")
    assert row.product_id == offering.product_id
    assert (offering.kind, offering.serial_kind, offering.seller) == ("device", "imei", supplying.carrier)
    assert (offering.product.title, offering.title_en, offering.product.is_public) == (
        "新星 3",
        "Nova 3",
        False,
    )
    with Image.open(tmp_path / "pictures" / f"{offering.picture}-320.webp") as picture:
        assert picture.size == (320, 320)
    assert SupplierItem.objects.get(sku="PH-NOVA-3").cost_fen == 900_00
    assert "PH-NOVA-3" not in {facts.sku for facts in dealer_quotes.orderable()}
    changed = listed(supplying, Offered("PH-NOVA-3", 880_00, 6, 10), key="cheaper")
    assert not changed.is_new


def test_a_family_of_ours_keeps_its_code(supplying):
    """A family has a code and no SKU of its own; a device takes its SKU's small letters for its code."""
    goods = Product.objects.first().product_class
    Product.objects.create(
        structure=Product.PARENT, title="Sail S2", product_class=goods, slug="s2", code="sail-s2"
    )
    row = listed(supplying, replace(NOVA, sku="SAIL-S2"))
    with pytest.raises(SkuTaken):
        accept(supplying, row)
    assert accept(supplying, row, sku="SAIL-S2-NEW").state == "accepted"


def test_operators_may_choose_another_sku_for_it(supplying):
    row = listed(supplying, NOVA)
    for sku, refusal in ((PHONE, SkuTaken), ("no way", supplier_listings.SkuUnfit)):
        with pytest.raises(refusal):
            accept(supplying, row, sku=sku)
    assert accept(supplying, row, sku="NV-3").sku == "NV-3"
    assert Offering.objects.filter(sku="NV-3").exists()


@pytest.mark.parametrize(
    ("offered", "refusal"),
    [
        (Offered("NOPE", 1_00, 1, 1), supplier_listings.ArticleUnknown),
        (Offered(CASE, 0, 1, 1), supplier_listings.OfferWrong),
        (Offered(CASE, 1_00, 366, 1), supplier_listings.OfferWrong),
        (Offered(CASE, 1_00, 1, 0), supplier_listings.OfferWrong),
        (Offered(CASE, 10_00, 3, 1), supplier_listings.NothingNew),
        (replace(NOVA, sku=PHONE), supplier_listings.SkuKnown),
        (replace(NOVA, sku="x"), supplier_listings.SkuUnfit),
        (replace(NOVA, title_en=" "), supplier_listings.WordsMissing),
        (replace(NOVA, picture=b"no picture"), photos.PhotoInvalid),
    ],
)
def test_what_is_wrong_with_a_listing_is_named(supplying, offered, refusal):
    with pytest.raises(refusal):
        listed(supplying, offered)
    assert not SupplierListing.objects.exists()


def test_the_form_sent_twice_is_one_listing_and_an_article_waits_once(supplying):
    row = listed(supplying, Offered(CASE, 9_50, 4, 20))
    assert listed(supplying, Offered(CASE, 9_50, 4, 20)) == row
    with pytest.raises(supplier_listings.WaitsAlready):
        listed(supplying, Offered(CASE, 9_00, 4, 20), key="other")
    with pytest.raises(IntegrityError), transaction.atomic():
        SupplierListing.objects.create(
            supplier=supplying.maker, state="proposed", sku=CASE, cost_fen=1, lead_days=1, key="x",
            proposed_by_name="x", proposed_at=NOW,
        )  # fmt: skip
    supplier_listings.withdraw(actor=supplying.mary, listing_id=row.pk, now=NOW)
    assert listed(supplying, Offered(CASE, 9_00, 4, 20), key="other").state == "proposed"


def test_another_supplier_s_listing_does_not_exist(supplying):
    row = listed(supplying, NOVA)
    with pytest.raises(supplier_listings.ListingUnknown):
        supplier_listings.withdraw(actor=supplying.dora, listing_id=row.pk, now=NOW)
    with pytest.raises(supplier_listings.SupplierUnknown):
        listed(supplying, NOVA, actor=supplying.dora, key="hers")


def test_who_decides_is_an_operator_and_nobody_who_proposed_it(supplying):
    row = listed(supplying, NOVA)
    for actor in (supplying.mary, supplying.dealer, supplying.branch, supplying.worker):
        with pytest.raises(NotAllowed):
            accept(supplying, row, actor=actor)
    same = replace(supplying.operator, user_id=supplying.mary.user_id)
    with pytest.raises(listing_review.OwnListing):
        accept(supplying, row, actor=same)
    with pytest.raises(IntegrityError), transaction.atomic():
        SupplierListing.objects.filter(pk=row.pk).update(
            state="accepted", decided_by=supplying.mary.user_id, decided_at=NOW
        )


def test_a_decision_has_a_reason_and_stays(supplying):
    row = listed(supplying, NOVA)
    values = {"actor": supplying.operator, "listing_id": row.pk, "now": NOW}
    with pytest.raises(ReasonMissing):
        listing_review.decline(reason=" ", **values)
    row = listing_review.decline(reason="we have such a phone", **values)
    assert (row.state, row.product_id, Offering.objects.filter(sku="PH-NOVA-3").exists()) == (
        "declined",
        None,
        False,
    )
    with pytest.raises(supplier_listings.ListingOver):
        accept(supplying, row)
    with pytest.raises(supplier_listings.ListingOver):
        supplier_listings.withdraw(actor=supplying.mary, listing_id=row.pk, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        SupplierListing.objects.filter(pk=row.pk).update(reason="another")


def take_off(supplying: Supplying, sku: str = CASE, **more) -> SupplierListing:
    values = {"actor": supplying.mary, "supplier_id": supplying.maker.pk, "reason": "no longer made"}
    return supplier_articles.take_off(sku=sku, now=NOW, **values | more)


def test_an_article_taken_off_is_bought_elsewhere_and_the_list_says_who_and_why(supplying):
    row = take_off(supplying)
    assert (row.state, row.reason, row.decided_by_name, row.cost_fen) == (
        "taken_off",
        "no longer made",
        supplying.mary.label,
        10_00,
    )
    assert supplying.bought({CASE: 3}).supplier == supplying.dear
    back = accept(supplying, listed(supplying, Offered(CASE, 9_00, 3, 1)))
    assert back.old_cost_fen is None
    assert supplying.bought({CASE: 3}).supplier == supplying.maker


def test_an_operator_takes_off_what_no_supplier_should_deliver(supplying):
    take_off(supplying, actor=supplying.operator)
    assert not SupplierItem.objects.filter(supplier=supplying.maker, sku=CASE).exists()
    assert SupplierItem.objects.filter(supplier=supplying.dear, sku=CASE).exists()


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"reason": " "}, ReasonMissing),
        ({"sku": "NOT-LISTED"}, supplier_articles.NotListed),
        ({"supplier_id": "dear"}, supplier_listings.SupplierUnknown),
    ],
)
def test_what_is_taken_off_has_a_reason_is_listed_and_ones_own(supplying, change, refusal):
    if "supplier_id" in change:
        change = {"supplier_id": supplying.dear.pk}
    with pytest.raises(refusal):
        take_off(supplying, **change)
    assert SupplierItem.objects.filter(sku=CASE).count() == 2
