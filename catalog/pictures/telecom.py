"""What the carrier itself makes: SIM cards, plan posters, data packs, recharge cards."""

from .colours import Gradient, darker, ink_on, lighter, lit, mix
from .layer import Layer, curve
from .studio import Studio

GRADES = {
    "plain": ("#0c5960", "#1d8288", "#dff3f1"),
    "silver": ("#8d989f", "#dfe5e8", "#2a3439"),
    "gold": ("#a97a24", "#f2d58c", "#3a2a08"),
    "diamond": ("#20263f", "#5f6fae", "#eef1ff"),
}


def chip(card: Layer, x, y, size):
    """The gold contacts."""
    gold = Gradient("#f6e3ac", "#c99a3f", "#eed28a", axis="xy")
    card.rounded((x, y, x + size, y + size * 0.8), size * 0.14, gold)
    dark = "#8a6520"
    for part in (0.33, 0.66):
        card.line([(x, y + size * 0.8 * part), (x + size * 0.32, y + size * 0.8 * part)], 3, dark, ends=False)
        card.line(
            [(x + size * 0.68, y + size * 0.8 * part), (x + size, y + size * 0.8 * part)], 3, dark, ends=False
        )
    card.rounded((x + size * 0.32, y + size * 0.16, x + size * 0.68, y + size * 0.64), size * 0.08, "#e2c070")
    card.line([(x + size * 0.5, y), (x + size * 0.5, y + size * 0.16)], 3, dark, ends=False)


def huatong_mark(sheet: Layer, x, y, size, ink, dot="#f3c469"):
    """The company's mark: two posts, a bridge between them, a signal above."""
    u = size / 40
    for post in (12, 28):
        sheet.line([(x + post * u, y + 9 * u), (x + post * u, y + 31 * u)], 4.4 * u, ink)
    bridge = curve(
        (x + 12 * u, y + 24.5 * u),
        (x + 14.4 * u, y + 16.9 * u),
        (x + 25.6 * u, y + 16.9 * u),
        (x + 28 * u, y + 24.5 * u),
    )
    sheet.line(bridge, 4.4 * u, ink)
    sheet.circle(x + 20 * u, y + 11.2 * u, 2.9 * u, dot)


def sim(studio: Studio, rng, *, grade="plain", tail=""):
    """A SIM card in its carrier, the number's grade in its colour."""
    studio.setting()
    deep, bright, ink = GRADES[grade]
    card = Layer(860, 540)
    card.rounded((0, 0, 860, 540), 36, Gradient(bright, deep, axis="xy"))
    for i in range(6):
        arc = curve(
            (320 + i * 70, 560), (400 + i * 60, 260), (620 + i * 40, 140), (880, 60 + i * 70), steps=30
        )
        card.line(arc, 5, lighter(bright, 0.4), 70)
    huatong_mark(card, 40, 34, 120, ink)
    card.text(166, 96, "华通", 60, ink, anchor="lm")
    if tail:
        card.text(60, 446, tail, 84 if len(tail) < 9 else 62, ink, anchor="lm")
    card.rounded((536, 190, 766, 430), 26, darker(deep, 0.3), 120)
    card.polygon([(542, 196), (728, 196), (760, 228), (760, 424), (542, 424)], lighter(bright, 0.25))
    chip(card, 585, 246, 132)
    second = Layer(860, 540)
    second.rounded((0, 0, 860, 540), 36, lit(mix(deep, "#ffffff", 0.82), 0.1))
    second.rounded((0, 90, 860, 190), 0, darker(deep, 0.1), 210)
    turn = rng.choice((-14, -9, 8))
    studio.put(second.turned(turn + rng.choice((-12, 16))), 630, 560, blur=16)
    studio.put(card.turned(turn), 580, 640, strength=90, blur=18)


def _ground(rng, width, height, colour) -> Layer:
    """The poster's ground: a figure of the brand in two tones."""
    sheet = Layer(width, height)
    sheet.rounded((0, 0, width, height), 0, Gradient(lighter(colour, 0.1), darker(colour, 0.22), axis="xy"))
    tone, style = mix(colour, "#ffffff", 0.3), rng.randrange(5)
    if style == 0:
        for i in range(5):
            sheet.ring(width * 0.86, height * 0.2, 90 + i * 84, 30, tone, 90)
    elif style == 1:
        for i in range(7):
            y = height * (0.46 + i * 0.09)
            sheet.line(
                curve(
                    (-20, y), (width * 0.35, y - 150), (width * 0.6, y + 140), (width + 20, y - 30), steps=30
                ),
                12,
                tone,
                100,
            )
    elif style == 2:
        sheet.circle(width * 0.92, height * 0.12, 250, mix(colour, "#f3c469", 0.75), 230)
        sheet.circle(width * 0.72, height * 0.3, 130, tone, 120)
    elif style == 3:
        for i in range(6):
            for j in range(9):
                sheet.circle(width * (0.5 + i * 0.1), height * (0.05 + j * 0.07), 6 + 3 * i, tone, 110)
    else:
        for i in range(5):
            sheet.polygon(
                [
                    (width, height * (0.02 + 0.1 * i)),
                    (width, height * (0.07 + 0.1 * i)),
                    (width * (0.3 + 0.13 * i), height),
                    (width * (0.2 + 0.13 * i), height),
                ],
                tone,
                90,
            )
    return sheet


def plan(
    studio: Studio,
    rng,
    *,
    title="青春卡",
    big="60",
    unit="GB",
    lines=("300 min",),
    colour="#00636b",
    price="",
):
    """A plan as a small poster: the allowance very large, what else it holds below."""
    studio.setting()
    width, height = 640, 860
    ink = ink_on(darker(colour, 0.1))
    poster = _ground(rng, width, height, colour)
    huatong_mark(poster, 36, 30, 84, ink)
    poster.text(124, 74, title, 50, ink, anchor="lm")
    size = 300 if len(big) < 3 else 220
    wide = poster.text(48, 470, big, size, ink, anchor="ls")
    poster.text(64 + wide, 470, unit, 84, ink, anchor="ls")
    for i, words in enumerate(lines):
        y = 560 + i * 66
        poster.rounded((52, y - 13, 62, y + 17), 4, "#f3c469")
        poster.text(84, y, words, 42, ink, anchor="lm", bold=False)
    if price:
        poster.rounded((0, height - 128, width, height), 0, lighter(colour, 0.9))
        poster.text(48, height - 64, price, 64, darker(colour, 0.4), anchor="lm")
    poster.clip_rounded(34)
    if rng.random() < 0.5:
        other = _ground(rng, width, height, mix(colour, "#f3c469", 0.25)).clip_rounded(34)
        studio.put(other.turned(rng.choice((9, -10))), 620, 590)
    studio.put(poster.turned(rng.choice((-5, -3, 3, 4))), 600, 610, strength=85, blur=24)


def data_pack(studio: Studio, rng, *, big="10", unit="GB", note="", colour="#2f6fb0"):
    """A pile of small cards, the amount on the uppermost."""
    studio.setting()
    ink = ink_on(darker(colour, 0.1))
    for i, turn in enumerate((-16, 12, -4)):
        tone = mix(colour, ("#f3c469", "#ffffff", colour)[i], (0.55, 0.45, 0)[i])
        card = _ground(rng, 760, 470, tone).clip_rounded(44)
        if i == 2:
            wide = card.text(56, 300, big, 240, ink, anchor="ls")
            card.text(72 + wide, 300, unit, 92, ink, anchor="ls")
            card.text(60, 388, note, 46, ink, anchor="lm", bold=False)
            huatong_mark(card, 636, 24, 92, ink)
        studio.put(card.turned(turn), 600 + (i - 1) * 14, 560 + i * 50, strength=80, blur=18)


def top_up(studio: Studio, rng, *, amount="100", colour="#b3562f"):
    """A recharge card with its scratch strip."""
    studio.setting()
    ink = ink_on(darker(colour, 0.1))
    card = _ground(rng, 820, 520, colour)
    huatong_mark(card, 34, 30, 96, ink)
    card.text(136, 80, "充值卡", 54, ink, anchor="lm")
    card.text(56, 330, f"¥{amount}", 190 if len(amount) < 4 else 160, ink, anchor="ls")
    card.rounded((56, 390, 560, 466), 14, Gradient("#d9dee0", "#9aa4a8", "#c9d0d2"))
    for i in range(14):
        card.line([(84 + i * 33, 402), (70 + i * 33, 454)], 6, "#7f8a8e", 90)
    card.rounded((56, 390, 190, 466), 14, "#fbf8ef")
    card.text(72, 428, "4820", 44, "#27323a", anchor="lm")
    card.clip_rounded(40)
    under = Layer(820, 520)
    under.rounded((0, 0, 820, 520), 40, lit(lighter(colour, 0.72), 0.1))
    turn = rng.choice((-12, -7, 9))
    studio.put(under.turned(turn + rng.choice((15, -13))), 620, 570)
    studio.put(card.turned(turn), 590, 640, strength=90, blur=18)


def prepaid_card(studio: Studio, rng, *, amount="100", colour="#1f4f74"):
    """A stored-value card in front of its sleeve: face value, number in groups of four, a band of light."""
    studio.setting()
    ink = ink_on(darker(colour, 0.1))
    card = _ground(rng, 820, 520, colour)
    for step in range(5):
        card.line([(430 + step * 74, -20), (250 + step * 74, 540)], 26, lighter(colour, 0.5), 34)
    huatong_mark(card, 34, 30, 96, ink)
    card.text(136, 80, "预付卡", 54, ink, anchor="lm")
    card.rounded((56, 176, 176, 262), 16, Gradient("#f0d9a0", "#c79a4a", "#ecd08c"))
    card.line([(56, 219), (176, 219)], 4, "#8f6a2c", 120)
    card.line([(116, 176), (116, 262)], 4, "#8f6a2c", 120)
    card.text(764, 250, f"¥{amount}", 150 if len(amount) < 4 else 128, ink, anchor="rs")
    card.text(56, 408, "8638  ••••  ••••  2049", 50, ink, anchor="lm")
    card.clip_rounded(40)
    sleeve = Layer(860, 560)
    sleeve.rounded((0, 0, 860, 560), 34, lit(lighter(colour, 0.8), 0.08))
    sleeve.line([(40, 120), (820, 120)], 5, colour, 90)
    turn = rng.choice((-10, -6, 8))
    studio.put(sleeve.turned(turn + 12), 622, 552)
    studio.put(card.turned(turn), 588, 648, strength=90, blur=18)
