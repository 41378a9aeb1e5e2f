"""Cards are written by code: what a merchant typed stays text."""

from omnichannel.templatetags.product_cards import product_cards

CARD = {
    "url": '/p/1/?a=1&b="2"',
    "title": "<script>alert(1)</script>",
    "picture": "/media/x",
    "fen": 129900,
    "promise": "<b>Tomorrow</b>",
    "note": "5 < 6 & 7",
    "badge": "<i>new</i>",
    "unit": "<u>a month</u>",
    "reason": "<s>sale</s>",
    "was_fen": 149900,
}


def test_every_text_of_a_card_is_escaped():
    html = product_cards([CARD])
    for tag in ("<script>", "<b>", "<i>", "<u>", "<s>sale"):
        assert tag not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert 'href="/p/1/?a=1&amp;b=&quot;2&quot;"' in html
    assert "5 &lt; 6 &amp; 7" in html


def test_a_card_shows_the_price_the_price_before_and_that_nothing_is_left():
    html = product_cards([CARD | {"in_stock": False}])
    assert '</span>1,299<span class="price__fen">.00</span>' in html
    assert "<s>¥1,499.00</s>" in html
    assert "product-card__promise--out" in html


def test_what_is_not_there_leaves_no_empty_mark():
    html = product_cards([{"url": "/p/1/", "title": "T", "picture": "/m/x", "fen": 0, "promise": "P"}])
    for mark in ("badge", "note", "price__was"):
        assert mark not in html
