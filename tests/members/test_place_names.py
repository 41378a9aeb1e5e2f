"""Places in the language of the page: Latin letters on English pages, Chinese on Chinese ones."""

import pytest
from django.utils.translation import override

from members.forms import PlaceForm
from members.place_names import place_name
from members.places import all_places


def test_every_place_of_the_list_has_a_name_in_latin_letters():
    names = {name for place in all_places() for name in (place.province, place.city, place.district) if name}
    with override("en"):
        shown = {name: place_name(name) for name in names}
    assert [name for name, text in shown.items() if any(letter >= "\u4e00" for letter in text)] == []


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("苏州", "Suzhou"), ("苏州市", "Suzhou"), ("江苏省", "Jiangsu"), ("昆山市", "Kunshan"),
        ("陕西", "Shaanxi"), ("重庆", "Chongqing"), ("西安", "Xi'an"), ("漯河", "Luohe"),
        ("长治", "Changzhi"),
        ("呼和浩特", "Hohhot"), ("吕梁", "Lüliang"), ("浦东新区", "Pudong New Area"), ("朝阳区", "Chaoyang"),
        ("延边朝鲜族自治州", "Yanbian"), ("长白朝鲜族自治县", "Changbai"), ("不在名单", "不在名单"), ("", ""),
    ],
)  # fmt: skip
def test_names_by_language(name, english):
    with override("en"):
        assert place_name(name) == english
    with override("zh-hans"):
        assert place_name(name) == name


def test_a_form_shows_the_name_and_keeps_the_place():
    with override("en"):
        fields = PlaceForm(initial={"province": "江苏", "city": "苏州"}).fields
        assert ("江苏", "Jiangsu") in fields["province"].choices
        assert ("苏州", "Suzhou") in fields["city"].choices
        assert ("姑苏区", "Gusu") in fields["district"].choices
