"""Components written by code: what is given stays text, and nothing is shown that is not there."""

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import override

from omnichannel.templatetags.written import WRITTEN

SHARP = "<b>\"&'"
GIVEN = {
    "badge": {"label": SHARP, "tone": SHARP},
    "button": {"label": SHARP, "name": SHARP, "value": SHARP, "css": SHARP, "open_dialog": SHARP},
    "breadcrumbs": {"crumbs": [{"label": SHARP, "url": SHARP}, {"label": SHARP, "url": ""}]},
    "tabs": {"tabs": [{"label": SHARP, "url": SHARP, "count": SHARP}], "label": SHARP},
    "facet": {"title": SHARP, "options": [{"label": SHARP, "url": SHARP, "count": 1}]},
    "price": {"fen": 100, "reason": SHARP, "unit": SHARP, "size": SHARP},
    "quantity": {"name": SHARP, "label": SHARP, "id": SHARP},
    "swatch": {"label": SHARP, "colour": SHARP, "name": SHARP, "value": SHARP},
}


def test_each_is_tried_here():
    assert GIVEN.keys() == WRITTEN.keys()


@pytest.mark.parametrize("name", GIVEN)
def test_what_people_typed_stays_text(name):
    assert "<b>" not in WRITTEN[name](**GIVEN[name])
    assert "&lt;b&gt;&quot;&amp;&#x27;" in WRITTEN[name](**GIVEN[name])


def test_markup_that_is_given_as_such_stays_markup():
    assert "<i>7</i>" in WRITTEN["badge"](label=mark_safe("<i>7</i>"))


def test_a_button_is_a_link_where_there_is_an_address_and_it_may_be_pressed():
    assert WRITTEN["button"](label="Go", href="/a/").startswith('<a class="button" href="/a/">')
    assert "disabled" in WRITTEN["button"](label="Go", href="/a/", disabled=True)
    assert 'type="submit" name="act" value="1">' in WRITTEN["button"](label="Go", name="act")
    assert 'type="button" data-close-dialog>' in WRITTEN["button"](label="Go", close_dialog=True)


def test_the_last_crumb_is_this_page():
    path = WRITTEN["breadcrumbs"](crumbs=[{"label": "a", "url": "/"}, {"label": "b", "url": "/b/"}])
    assert '<li><a href="/">a</a></li><li><span aria-current="page">b</span></li>' in path
    assert "<li>" not in WRITTEN["breadcrumbs"](crumbs=[])


def test_a_price_says_what_it_was_only_where_it_was_another():
    with override("en"):
        assert "price__was" not in WRITTEN["price"](fen=100, was_fen=100)
        assert "<s>¥2.00</s>" in WRITTEN["price"](fen=100, was_fen=200)
        assert "Not on sale here" in WRITTEN["price"](fen=None, was_fen=200)


@pytest.mark.parametrize(("count", "shown"), [(0, True), (3, True), (None, False), ("", False)])
def test_a_tab_counts_where_there_is_a_count(count, shown):
    row = WRITTEN["tabs"](tabs=[{"label": "a", "url": "/", "count": count}])
    assert ("badge--count" in row) is shown
