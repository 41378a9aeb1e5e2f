"""The price of a channel and the reason for it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from catalog.models import ChannelPrice
from catalog.queries.prices import price_tags
from catalog.services import pricing
from members.actors import VISITOR
from omnichannel.kernel.errors import NotAllowed
from tests.support.range import NOW

SKU = "CASE"


def tag(shop, *, channel="web", institution_id=None, now=NOW):
    pk = shop.product_id(SKU)
    return price_tags(product_ids=[pk], channel=channel, institution_id=institution_id, now=now)[pk]


def test_without_a_channel_price_the_base_price_holds(shop):
    assert (tag(shop).amount, tag(shop).base, tag(shop).reason) == (7_900, 7_900, "")


def test_a_channel_price_stands_with_its_reason_in_both_languages(shop):
    shop.price(SKU, 6_900, channel="app", reason="App 专享")
    with translation.override("zh-hans"):
        assert (tag(shop, channel="app").amount, tag(shop, channel="app").reason) == (6_900, "App 专享")
    with translation.override("en"):
        assert tag(shop, channel="app").reason == "App 专享 in English"
    assert tag(shop, channel="app").saved == 1_000
    assert tag(shop).amount == 7_900


def test_the_nearer_price_wins(shop):
    shop.price(SKU, 7_000)
    shop.price(SKU, 6_500, channel="store")
    shop.price(SKU, 6_000, institution=shop.merchant)
    assert tag(shop).amount == 7_000
    assert tag(shop, channel="store").amount == 6_500
    assert tag(shop, channel="store", institution_id=shop.merchant.pk).amount == 6_000
    assert tag(shop, channel="store", institution_id=shop.carrier.pk).amount == 6_500


def test_what_dealers_pay_us_is_a_price_of_its_own(shop):
    """Customers' promotions for all channels are none for dealers, nor beat their supply price."""
    shop.price(SKU, 5_000)
    shop.price(SKU, 5_100, institution=shop.merchant)
    assert tag(shop, channel="dealer").amount == 5_000
    assert tag(shop, channel="supply").amount == 7_900
    shop.price(SKU, 7_000, channel="supply")
    assert tag(shop, channel="supply", institution_id=shop.merchant.pk).amount == 7_000
    shop.price(SKU, 6_800, channel="supply", institution=shop.merchant)
    assert tag(shop, channel="supply", institution_id=shop.merchant.pk).amount == 6_800
    assert tag(shop, channel="supply").amount == 7_000


def test_a_price_ends_on_time(shop):
    row = shop.price(SKU, 6_900)
    assert tag(shop, now=row.ends - timedelta(microseconds=1)).amount == 6_900
    assert tag(shop, now=row.ends).amount == 7_900
    assert tag(shop, now=row.starts).amount == 6_900


def test_all_tags_in_two_queries(shop, django_assert_num_queries):
    ids = [shop.product_id(sku) for sku in ("CASE", "LAMP", "SAIL-INK-128GB", "TOP-UP-50")]
    with django_assert_num_queries(2):
        assert len(price_tags(product_ids=ids, channel="web", now=NOW)) == 4


def test_the_database_refuses_two_prices_at_once(shop):
    shop.price(SKU, 6_900, channel="web")
    with pytest.raises(IntegrityError), transaction.atomic():
        shop.price(SKU, 6_800, channel="web", begins=3)
    shop.price(SKU, 6_800, channel="web", begins=7, days=9)


def set_price(shop, actor, **more):
    wish = {"amount": 6_000, "starts": NOW, "reason_code": "sale", "reason": "促销", "reason_en": "Sale"}
    return pricing.set_channel_price(actor=actor, product_id=shop.product_id(SKU), **wish | more)


def test_the_service_says_what_is_wrong(shop):
    set_price(shop, shop.operator())
    with pytest.raises(pricing.PriceOverlaps):
        set_price(shop, shop.operator(), amount=5_000)
    with pytest.raises(pricing.PriceInvalid):
        set_price(shop, shop.operator(), amount=-1)
    with pytest.raises(pricing.PriceInvalid):
        set_price(shop, shop.operator(), ends=NOW - timedelta(days=1))
    with pytest.raises(NotAllowed):
        set_price(shop, VISITOR)


def test_ending_prices_keeps_what_was_and_removes_what_never_came(shop):
    was, comes = shop.price(SKU, 6_900), shop.price("LAMP", 20_000, begins=2)
    assert pricing.end_channel_prices(actor=shop.operator(), ids=[was.pk, comes.pk], now=NOW) == 2
    assert ChannelPrice.objects.get(pk=was.pk).ends == NOW
    assert not ChannelPrice.objects.filter(pk=comes.pk).exists()
    assert tag(shop).amount == 7_900


def test_every_change_of_a_price_is_kept(shop):
    row = shop.price(SKU, 6_900)
    ChannelPrice.objects.filter(pk=row.pk).update(amount=6_800)
    history = ChannelPrice.pgh_event_model.objects.filter(pgh_obj_id=row.pk).order_by("pgh_id")
    assert list(history.values_list("pgh_label", "amount")) == [("insert", 6_900), ("update", 6_800)]


def test_the_base_price_is_set_in_fen(shop):
    pricing.set_base_price(actor=shop.operator(), product_id=shop.product_id(SKU), amount=8_050)
    assert tag(shop).base == 8_050
