"""Printed goods: stamp albums, newspapers, magazines."""

from .boxes import crab_figure, petals
from .colours import Gradient, darker, ink_on, lighter, lit, mix
from .layer import Layer, curve
from .screens import SCREENS, wallpaper
from .studio import Studio


def stamp(rng, width=190, height=240, value="1.20", motif=0) -> Layer:
    """A perforated stamp."""
    sheet = Layer(width + 24, height + 24)
    sheet.rounded((10, 10, width + 14, height + 14), 0, "#fbf8f0")
    for i in range(int(width / 20) + 1):
        for y in (10, height + 14):
            sheet.circle(12 + i * width / int(width / 20), y, 6.5, "#e9e4d6")
    for i in range(int(height / 20) + 1):
        for x in (10, width + 14):
            sheet.circle(x, 12 + i * height / int(height / 20), 6.5, "#e9e4d6")
    deep, middle, pale, glow = rng.choice(SCREENS)
    art = Layer(width - 28, height - 28)
    art.rounded((0, 0, width, height), 0, Gradient(pale, glow, axis="y"))
    x, y = art.size[0] / 2, art.size[1] * 0.46
    if motif % 4 == 0:
        for i in range(3):
            art.polygon(
                [(0, height), (x * (0.4 + i * 0.7), y * (0.7 + 0.2 * i)), (width, height)],
                mix(deep, middle, i / 2),
                220,
            )
    elif motif % 4 == 1:
        art.line(curve((10, height - 40), (40, 60), (120, 120), (width - 40, 20)), 7, deep)
        for i in range(5):
            petals(art, 26 + i * 28, height - 90 - i * 26, 12, 5, middle)
    elif motif % 4 == 2:
        crab_figure(art, x, y, 46, middle)
    else:
        art.circle(x, y, 52, middle)
        art.circle(x + 22, y - 14, 44, glow)
    art.text(8, art.size[1] - 10, value, 30, ink_on(pale), anchor="ls")
    sheet.put(art, 26, 26)
    return sheet


def stamps(studio: Studio, rng, *, colour="#6b1f2c", title="邮票"):
    """An open album with stamps in its rows."""
    studio.setting()
    album = Layer(1000, 720)
    album.rounded((0, 0, 1000, 720), 26, lit(colour, 0.2))
    for x0, x1, shade in ((24, 498, 0.03), (502, 976, 0.0)):
        album.rounded((x0, 22, x1, 698), 8, lit(darker("#f2ede0", shade), 0.1))
    album.rounded(
        (470, 22, 530, 698), 0, Gradient((0, "#000000", 0), (0.5, "#000000", 70), (1, "#000000", 0))
    )
    for page in (0, 1):
        for row in range(2):
            for column in range(2):
                mark = stamp(rng, motif=rng.randrange(4), value=rng.choice(("0.80", "1.20", "1.50", "3.00")))
                album.put(mark, 44 + page * 484 + column * 218, 60 + row * 312)
                album.rounded(
                    (
                        44 + page * 484 + column * 218,
                        258 + row * 312,
                        258 + page * 484 + column * 218,
                        330 + row * 312,
                    ),
                    0,
                    "#ffffff",
                    70,
                )
    studio.put(album.turned(rng.choice((-8, -5, 6))), 590, 600, strength=100, blur=26)


def _columns(sheet, rng, x, y, width, bottom, ink):
    while y < bottom:
        wide = width * rng.choice((1, 1, 1, 0.94, 0.6))
        sheet.rounded((x, y, x + wide, y + 7), 3, ink, 130)
        y += 19


def newspaper(studio: Studio, rng, *, title="晨报", colour="#8e1f1f"):
    """A folded newspaper, the lower half of a second one beneath it."""
    studio.setting()
    sheets = []
    for _ in range(2):
        page = Layer(760, 900)
        page.rounded((0, 0, 760, 900), 6, lit("#f6f3ea", 0.1))
        page.rounded((40, 36, 720, 44), 0, "#2b2b2a")
        page.text(380, 116, title, 124, colour, anchor="mm")
        page.rounded((40, 190, 720, 194), 0, "#2b2b2a")
        photo = wallpaper(rng, 440, 290)
        page.put(photo, 40, 220)
        for i, wide in enumerate((190, 150)):
            page.rounded((506, 226 + i * 44, 506 + wide, 256 + i * 44), 3, "#2b2b2a")
        _columns(page, rng, 506, 322, 212, 510, "#4a4a48")
        page.rounded((40, 540, 560, 584), 3, "#2b2b2a")
        for column in range(4):
            _columns(page, rng, 40 + column * 174, 612, 154, 860, "#4a4a48")
        page.rounded(
            (0, 0, 760, 900),
            6,
            Gradient(
                (0, "#ffffff", 0),
                (0.47, "#000000", 0),
                (0.5, "#000000", 26),
                (0.53, "#ffffff", 40),
                (1, "#ffffff", 0),
                axis="y",
            ),
        )
        sheets.append(page)
    turn = rng.choice((-10, 7, 11))
    studio.put(sheets[0].turned(turn + 12), 640, 600, blur=16)
    studio.put(sheets[1].turned(turn), 580, 610, strength=85, blur=18)


def magazine(studio: Studio, rng, *, title="远行", colour="#1f5f6b", issue="12"):
    """A magazine upright, its next issue behind it."""
    studio.setting()
    for i, (x, bottom) in enumerate(((720, 900), (530, 965))):
        cover = Layer(580, 780)
        cover.rounded(
            (0, 0, 580, 780),
            4,
            lit(mix(colour, rng.choice(SCREENS)[2], 0.6 if i == 0 else 0.12), 0.14, axis="xy"),
        )
        art = wallpaper(rng, 580, 520)
        cover.put(art, 0, 180)
        cover.text(34, 108, title, 132, ink_on(colour) if i else "#ffffff", anchor="lm")
        cover.text(546, 46, issue, 40, "#ffffff", anchor="rm", alpha=230)
        for j, wide in enumerate((300, 220, 260)):
            cover.rounded((34, 726 - j * 40, 34 + wide, 742 - j * 40), 6, "#ffffff", 220)
        cover.rounded(
            (0, 0, 26, 780), 0, Gradient((0, "#000000", 60), (0.5, "#ffffff", 60), (1, "#000000", 0))
        )
        edge = Layer(600, 790)
        edge.rounded((12, 8, 596, 788), 4, lighter("#e9e4d8", 0.2))
        edge.put(cover, 0, 0)
        studio.stand(edge, x, bottom=bottom)
