"""Drawn pictures: every kind draws, the same wish gives the same picture, all sizes come out."""

import io

import pytest
from PIL import Image, ImageChops

from catalog.pictures import KINDS, WIDTHS, Spec, draw, render_many, render_sizes
from catalog.pictures.studio import SIZE


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_draws_a_picture_with_something_on_it(kind):
    picture = draw(kind, seed=1)
    assert picture.size == (SIZE, SIZE)
    assert len(picture.reduce(8).getcolors(40_000)) > 500


def test_the_same_wish_gives_the_same_picture_and_another_seed_another():
    first, again, other = (draw("tea", seed=seed, colour="#29543f") for seed in (4, 4, 5))
    assert ImageChops.difference(first, again).getbbox() is None
    assert ImageChops.difference(first, other).getbbox() is not None


def test_sizes_are_webp_of_the_promised_width():
    for width, data in render_sizes(draw("mug", seed=2)).items():
        picture = Image.open(io.BytesIO(data))
        assert (picture.format, picture.size) == ("WEBP", (width, width))


def test_files_are_named_by_slug_and_width(tmp_path):
    assert render_many([Spec("sim-gold", "sim", 3, {"grade": "gold"})], tmp_path) == len(WIDTHS)
    assert {path.name for path in tmp_path.iterdir()} == {f"sim-gold-{width}.webp" for width in WIDTHS}


def test_a_poster_refuses_a_character_that_its_font_cannot_write():
    with pytest.raises(ValueError, match="龘"):
        draw("plan", seed=1, title="龘")
