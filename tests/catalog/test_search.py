"""Search in Chinese and English, with facets and type-ahead."""

import pytest
from django.utils import translation

from catalog import words
from catalog.models import Product, SearchDocument
from catalog.queries import articles, listing
from catalog.queries.sellable import FACETS
from catalog.services.indexing import reindex
from tests.support.range import NOW


def titles(query="", **more) -> list[str]:
    with translation.override("zh-hans"):
        page = listing.list_page(channel="web", now=NOW, query=query, **more)
    return [card.title for card in page.cards]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("月饼", ["月饼礼盒"]),
        ("礼盒", ["月饼礼盒"]),
        ("饼", ["月饼礼盒"]),
        ("mooncake", ["月饼礼盒"]),
        ("MOONCAKE gift", ["月饼礼盒"]),
        ("moonc", ["月饼礼盒"]),
        ("moncake", ["月饼礼盒"]),  # a typing error
        ("ｍｏｏｎｃａｋｅ", ["月饼礼盒"]),  # full width
        ("台灯", ["护眼台灯"]),
        ("露玛", ["护眼台灯"]),
        ("手机壳", ["云帆手机壳"]),
        ("海青", ["云帆手机"]),  # a variant's colour
        ("🎉", []),
        ("'); DROP TABLE", []),
        ("\x00", []),
    ],
)
def test_words_find_the_product(searchable, query, found):
    assert titles(query) == found


def test_two_characters_find_what_stands_inside_a_longer_word(searchable):
    assert {"云帆手机", "云帆手机壳"} == set(titles("手机"))
    assert titles("手机")[0] == "云帆手机"


def test_a_query_can_be_long_and_strange(searchable):
    assert titles("好" * 5000) == []
    assert titles("% _ \\ & | ! ( ) : * <->") == []


def test_pairs_and_words_of_a_text():
    found, pairs = words.index_words("Sail S2 手机壳")
    assert {"sail", "s2", "手机"} <= set(found)
    assert {"手机", "机壳", "壳"} <= set(pairs)


def test_facets_count_as_if_they_were_not_chosen_themselves(searchable):
    page = listing.list_page(channel="web", now=NOW, facets={"kind": ["device"]})
    kinds = {value.value: (value.count, value.chosen) for value in page.facets["kind"]}
    assert kinds["device"] == (1, True)
    assert kinds["food"] == (1, False)
    assert [value.value for value in page.facets["storage"]] == ["128GB", "256GB"]
    assert page.total == 1


def test_price_bands_follow_the_price_of_the_channel(searchable):
    assert titles(facets={"price": ["0"]}).count("云帆手机壳") == 1
    searchable.price("CASE", 12_000, channel="web")
    assert "云帆手机壳" not in titles(facets={"price": ["0"]})
    assert "云帆手机壳" in titles(facets={"price": ["1"]})


@pytest.mark.parametrize("value", ["x", "²", "9999", "-1", "1;2"])
def test_a_facet_value_that_makes_no_sense_finds_nothing_and_breaks_nothing(searchable, value):
    for name in FACETS:
        assert titles(facets={name: [value]}) == []


def test_an_empty_facet_is_no_filter(searchable):
    assert titles(facets={"brand": [""]}) == titles()


def test_a_price_is_never_stale(searchable):
    searchable.price("CASE", 6_000, channel="web")
    card = next(c for c in listing.list_page(channel="web", now=NOW, query="手机壳").cards)
    assert (card.tag.amount, card.tag.base) == (6_000, 7_900)


def test_sorting_by_price_and_the_cheapest_variant_stands_for_the_card(searchable):
    cards = listing.list_page(channel="web", now=NOW, sort="-price").cards
    amounts = [card.tag.amount for card in cards]
    assert amounts == sorted(amounts, reverse=True)
    phone = next(card for card in cards if card.slug == "sail")
    assert (phone.tag.amount, phone.is_from, phone.variants) == (300_000, True, 4)


def test_a_page_past_the_end_is_empty(searchable):
    page = listing.list_page(channel="web", now=NOW, page=400)
    assert (page.cards, page.pages) == ([], 1)


def test_a_list_with_its_facets_takes_one_query(searchable, django_assert_num_queries):
    with django_assert_num_queries(1):
        listing.list_page(channel="web", now=NOW, query="手机", facets={"brand": ["华通"]})


def test_what_is_not_public_is_not_found(searchable):
    Product.objects.filter(code="mooncake").update(is_public=False)
    assert titles("月饼") == []
    assert listing.suggest("月饼") == []


@pytest.mark.parametrize(("text", "first"), [("云", "云帆手机"), ("moon", "月饼礼盒"), ("台灯", "护眼台灯")])
def test_type_ahead(searchable, text, first):
    with translation.override("zh-hans"):
        assert listing.suggest(text)[0].label == first


@pytest.mark.parametrize("text", ["", "   ", "\x00", "🎉", "%", "_", "\\"])
def test_type_ahead_of_nothing_is_nothing(searchable, text):
    assert listing.suggest(text) == []


def test_a_changed_title_is_found_after_indexing(searchable):
    Product.objects.filter(code="lamp").update(title="阅读灯")
    assert reindex([searchable.card_id("lamp")]) == 1
    assert titles("阅读灯") == ["阅读灯"]
    assert SearchDocument.objects.count() == 7


def test_a_clerk_finds_variants_and_a_whole_sku_alone(searchable):
    assert set(articles.matching("云帆", limit=12)) >= {"SAIL-INK-128GB", "SAIL-SEA-256GB", "CASE"}
    assert list(articles.matching("sail-ink-128gb")) == ["SAIL-INK-128GB"]
    assert set(articles.matching("sail-ink")) == {"SAIL-INK-128GB", "SAIL-INK-256GB"}
    assert articles.matching("") == articles.matching("🎉") == {}
