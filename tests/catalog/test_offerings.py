"""Facts for the apps above, and the demo range itself."""

from catalog.demo import load
from catalog.demo_goods import ITEMS
from catalog.demo_goods.art import specs_of
from catalog.models import Category, ChannelPrice, Number, Offering, Product
from catalog.pictures import KINDS
from catalog.queries import categories, detail, offerings
from tests.support.range import NOW


def test_facts_by_sku_in_one_query(shop, django_assert_num_queries):
    with django_assert_num_queries(1):
        facts = offerings.by_sku(["SAIL-SEA-256GB", "SIM-YOUTH", "TOP-UP-50", "LAMP", "nothing", ""])
    assert set(facts) == {"SAIL-SEA-256GB", "SIM-YOUTH", "TOP-UP-50", "LAMP"}
    phone, sim, top_up = facts["SAIL-SEA-256GB"], facts["SIM-YOUTH"], facts["TOP-UP-50"]
    assert (phone.title, phone.title_en) == ("云帆手机 海青 256GB", "Sail phone Sea teal 256GB")
    assert (phone.serial_kind, phone.is_goods, phone.needs_number) == ("imei", True, False)
    assert (sim.serial_kind, sim.is_goods, sim.needs_number, sim.needs_identity) == (
        "iccid",
        True,
        True,
        True,
    )
    assert (top_up.is_goods, top_up.is_instant, top_up.needs_number) == (False, True, True)
    assert facts["LAMP"].seller_id == shop.merchant.pk


def test_withdrawn_goods_cannot_be_ordered_but_keep_their_facts(shop):
    Product.objects.filter(code="lamp").update(is_public=False)
    assert offerings.by_sku(["LAMP"]) == {}
    assert offerings.by_product([shop.product_id("LAMP")])


def test_a_parent_has_no_sku_and_its_page_shows_its_variants(shop, django_assert_num_queries):
    pk = shop.card_id("sail")
    with django_assert_num_queries(1):
        found = detail.product_detail(product_id=pk, channel="web", now=NOW)
    assert [variant.sku for variant in found.variants] == [
        "SAIL-INK-128GB",
        "SAIL-INK-256GB",
        "SAIL-SEA-128GB",
        "SAIL-SEA-256GB",
    ]
    assert found.variant("SAIL-SEA-128GB").tag.amount == 300_000
    assert found.variant("unknown").sku == "SAIL-INK-128GB"


def test_the_tree_takes_one_query(shop, django_assert_num_queries):
    with django_assert_num_queries(1):
        tree = categories.tree()
    with django_assert_num_queries(0):
        assert categories.tree() is tree
    phones = tree.by_slug("smartphones")
    assert [node.slug for node in tree.crumbs(phones)] == ["phones", "smartphones"]
    assert phones.id in tree.ids_within(tree.by_slug("phones"))


def test_the_demo_range_is_whole(shop):
    shop.more(ITEMS)
    assert len(ITEMS) == 80
    for item in ITEMS:
        assert all((item.title, item.title_en, item.subtitle, item.subtitle_en, item.text, item.text_en)), (
            item
        )
    assert {spec.kind for item in ITEMS for spec in specs_of(item)} <= set(KINDS)
    assert not Offering.objects.sellable().filter(product__stockrecords=None).exists()


def test_loading_the_demo_twice_changes_nothing(shop, monkeypatch):
    monkeypatch.setattr("catalog.demo.draw_missing", lambda items, folder: 0)
    load(now=NOW)
    before = (Product.objects.count(), Number.objects.count(), ChannelPrice.objects.count())
    load(now=NOW)
    assert before == (Product.objects.count(), Number.objects.count(), ChannelPrice.objects.count())


def test_a_change_of_the_categories_shows_after_a_few_seconds_or_at_once_where_it_was_made(shop, monkeypatch):
    before = categories.tree().by_slug("smartphones")
    Category.objects.filter(pk=before.id).update(name="新手机")
    assert categories.tree().by_slug("smartphones").name == before.name
    with monkeypatch.context() as seconds_later:
        seconds_later.setattr(categories, "KEPT_SECONDS", -1)
        assert categories.tree().by_slug("smartphones").name == "新手机"
    Category.objects.filter(pk=before.id).update(name=before.name)
    assert categories.tree().by_slug("smartphones").name == "新手机"
    categories.forget()
    assert categories.tree().by_slug("smartphones").name == before.name
