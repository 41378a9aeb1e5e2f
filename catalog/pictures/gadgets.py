"""Small electronics: watch, earbuds, charger, power bank, case, cable, router."""

from .colours import Gradient, brightness, cylinder, darker, ink_on, lighter, lit, metal, mix
from .layer import Layer, curve
from .phones import back
from .studio import Studio


def watch(studio: Studio, rng, *, colour="#1d2326", strap="#2d6a63", round_face=True):
    """A smart watch standing, strap up and down behind its face."""
    studio.setting()
    body = Layer(620, 1000)
    for top, bottom, end in ((20, 360, 20), (640, 980, 980)):
        inner = top if end == bottom else bottom
        body.polygon([(190, inner), (430, inner), (400, end), (220, end)], lit(strap, 0.35))
    for i in range(5):
        body.rounded((300, 700 + i * 48, 320, 716 + i * 48), 8, darker(strap, 0.55))
    body.rounded((528, 460, 566, 530), 12, metal(colour))
    if round_face:
        body.circle(310, 500, 232, metal(colour))
        body.circle(310, 500, 208, "#07090a")
    else:
        body.rounded((96, 250, 524, 750), 120, metal(colour))
        body.rounded((116, 270, 504, 730), 104, "#07090a")
    _dial(body, rng, round_face)
    studio.put(body.turned(rng.choice((-14, -8, 9, 14))), 600, 600, strength=90, blur=26)


def _dial(body, rng, round_face):
    glow = rng.choice(("#6fe0c8", "#ffb65c", "#8cc9ff", "#ff9cae", "#e7e27a"))
    if round_face:
        for i, share in enumerate((300, 230, 120)):
            body.ring(310, 500, 178 - i * 30, 16, mix(glow, "#0a0d0e", 0.72))
            arc = [_on_ring(310, 500, 170 - i * 30, a - 90) for a in range(0, share, 6)]
            body.line(arc, 16, mix(glow, ("#ffffff", glow, "#4a7fd0")[i], 0.5))
        body.text(310, 500, "14:05", 76, "#ffffff", anchor="mm")
    else:
        body.text(310, 420, "14:05", 128, "#ffffff", anchor="mm")
        for i in range(9):
            tall = rng.randint(30, 130)
            body.rounded((166 + i * 34, 660 - tall, 186 + i * 34, 660), 10, glow if i != 6 else "#ffffff")


def _on_ring(x, y, radius, degrees):
    from_x, from_y = _UNIT[degrees % 360]
    return x + radius * from_x, y + radius * from_y


def _unit_circle():
    full = []
    for quarter in ((1, 0, 0, 1), (0, -1, 1, 0), (-1, 0, 0, -1), (0, 1, -1, 0)):
        a, b, c, d = quarter
        arc = curve((1, 0), (1, 0.5523), (0.5523, 1), (0, 1), steps=90)[:90]
        full += [(a * x + b * y, c * x + d * y) for x, y in arc]
    return full


_UNIT = _unit_circle()


def earbuds(studio: Studio, rng, *, colour="#f2f4f3"):
    """An open case with one bud in it and one beside it."""
    studio.setting()
    case = Layer(560, 620)
    case.rounded((40, 30, 520, 330), 130, lit(darker(colour, 0.07), 0.16))
    case.rounded((64, 54, 496, 316), 112, lit(darker(colour, 0.3), 0.1))
    case.rounded((20, 280, 540, 600), 150, cylinder(colour))
    case.ellipse((60, 286, 500, 380), darker(colour, 0.35))
    case.circle(280, 500, 8, "#56d39b")
    for x in (190, 370):
        case.ellipse((x - 62, 218, x + 62, 350), lit(lighter(colour, 0.1), 0.2))
        case.ellipse((x - 24, 246, x + 20, 300), darker(colour, 0.78))
    studio.stand(case, 520, bottom=960)
    bud = Layer(240, 360)
    bud.rounded((104, 110, 168, 340), 32, cylinder(colour))
    bud.ellipse((40, 20, 200, 190), cylinder(lighter(colour, 0.05)))
    bud.ellipse((20, 70, 100, 160), lit(darker(colour, 0.74), 0.2))
    bud.rounded((118, 300, 154, 332), 10, metal("#b9c0c2"))
    studio.put(bud.turned(-22), 920, 850, strength=110, blur=14)


def charger(studio: Studio, rng, *, colour="#f4f5f4", watts="66W", plugs=1):
    """A plug-in charger, corner to the viewer."""
    studio.setting()
    box = Layer(620, 640)
    for x in (210, 350):
        box.rounded((x, 10, x + 40, 130), 8, metal("#c6ccce"))
    box.polygon([(60, 140), (400, 100), (400, 560), (60, 620)], lit(colour, 0.1))
    box.polygon([(400, 100), (560, 160), (560, 600), (400, 560)], lit(darker(colour, 0.2), 0.16))
    box.line([(60, 140), (400, 100), (560, 160)], 5, lighter(colour, 0.6))
    box.line([(400, 100), (400, 560)], 4, lighter(colour, 0.7), 180)
    for i in range(plugs):
        y = 300 + i * 120
        box.polygon([(448, y), (512, y + 18), (512, y + 62), (448, y + 46)], darker(colour, 0.88))
    box.text(220, 380, watts, 96, mix(ink_on(colour), "#1d8288", 0.3), anchor="mm")
    studio.stand(box, 600, bottom=980, width=520)


def power_bank(studio: Studio, rng, *, colour="#24323a", capacity="10000"):
    """A power bank upright, four lights lit, a short cable from its top."""
    studio.setting()
    wire = Layer(700, 500)
    wire.line(
        curve((60, 470), (80, -120), (640, -60), (620, 380), steps=40),
        20,
        cylinder(mix(colour, "#ffffff", 0.25)),
    )
    studio.put(wire, 700, 330, strength=40, blur=16)
    bank = Layer(460, 780)
    bank.rounded((10, 10, 450, 770), 70, metal(colour))
    bank.rounded((20, 20, 440, 760), 62, lit(colour, 0.34, axis="xy"))
    bank.polygon([(20, 480), (440, 90), (440, 190), (20, 600)], "#ffffff", 20)
    for i in range(4):
        bank.circle(90 + i * 40, 110, 9, "#7fe3c3" if i < 3 else mix(colour, "#ffffff", 0.3))
    bank.text(230, 560, capacity, 112, ink_on(colour), anchor="mm")
    bank.text(230, 650, "mAh", 56, ink_on(colour), anchor="mm", bold=False)
    studio.stand(bank, 540, bottom=980)


def case(studio: Studio, rng, *, colour="#c9654b", pattern="plain"):
    """A phone case, alone and on a phone. pattern: plain, stripes, dots, waves."""
    studio.setting()
    cover = back(420, 880, colour=colour, camera="square", lenses=3, finish="matt", radius=0.18)
    art = Layer(420, 880)
    ink = mix(colour, rng.choice(("#ffffff", "#10262b", "#ffd98c")), 0.5)
    for i in range(9):
        if pattern == "stripes":
            art.polygon(
                [(0, 330 + i * 90), (420, 210 + i * 90), (420, 244 + i * 90), (0, 364 + i * 90)], ink, 210
            )
        elif pattern == "dots":
            for j in range(5):
                art.circle(50 + j * 82 + (i % 2) * 40, 330 + i * 62, 16, ink, 220)
        elif pattern == "waves":
            y = 340 + i * 64
            art.line(curve((0, y), (140, y - 90), (280, y + 90), (420, y), steps=30), 12, ink, 220)
    keep = Layer(420, 880)
    keep.image.paste(art.image.crop((0, 300, 420, 880)), (0, 300))
    cover.put(keep.clip_rounded(74), 0, 0)
    bare = back(
        400,
        850,
        colour="#d9dedb" if brightness(colour) < 0.3 else "#23292d",
        camera="square",
        lenses=3,
        radius=0.17,
    )
    studio.put(bare.turned(9), 760, 600)
    studio.put(cover.turned(-7), 460, 620)


def cable(studio: Studio, rng, *, colour="#e8eceb"):
    """A coiled charging cable."""
    studio.setting()
    coil = Layer(900, 820)
    for i, radius in enumerate((300, 268, 236)):
        coil.ring(450 + i * 6, 400 - i * 4, radius + 14, 27, darker(colour, 0.26))
        coil.ring(448 + i * 6, 396 - i * 4, radius + 12, 20, lit(colour, 0.16))
    for tail, plug in (
        (curve((190, 540), (140, 700), (330, 760), (420, 690), steps=30), (420, 664)),
        (curve((716, 300), (820, 200), (850, 420), (800, 520), steps=30), (776, 500)),
    ):
        coil.line(tail, 24, darker(colour, 0.12))
        coil.rounded((plug[0], plug[1], plug[0] + 96, plug[1] + 50), 14, cylinder(colour))
        coil.rounded((plug[0] + 92, plug[1] + 11, plug[0] + 132, plug[1] + 39), 10, metal("#b7bfc2"))
    coil.rounded((395, 640, 505, 760), 22, lit(mix(colour, "#00636b", 0.85), 0.2))
    studio.put(coil.turned(rng.choice((-10, 0, 12))), 600, 610, strength=90, blur=18)


def router(studio: Studio, rng, *, colour="#f3f4f2", antennas=4):
    """A home router with its antennas up; without antennas the small one for the pocket."""
    studio.setting()
    if antennas == 0:
        studio.stand(_pocket_router(colour), 600, bottom=940)
        return
    box = Layer(940, 760)
    for i in range(antennas):
        x = 120 + i * (700 / max(antennas - 1, 1))
        lean = (i - (antennas - 1) / 2) * 26
        box.polygon(
            [(x - 17, 560), (x + 17, 560), (x + 14 + lean, 40), (x - 14 + lean, 40)],
            cylinder(darker(colour, 0.12)),
        )
    box.polygon(
        [(60, 520), (880, 520), (930, 660), (10, 660)],
        Gradient(lighter(colour, 0.4), darker(colour, 0.1), axis="x"),
    )
    box.rounded((10, 648, 930, 730), 26, lit(darker(colour, 0.14), 0.2))
    for i in range(5):
        box.circle(380 + i * 46, 690, 9, "#4fd39b" if i != 3 else "#f2b632")
    for i in range(9):
        box.line([(330 + i * 34, 560), (318 + i * 36, 620)], 8, darker(colour, 0.3), 150)
    studio.stand(box, 600, bottom=960, width=900)


def _pocket_router(colour) -> Layer:
    """A pebble with a small screen: signal, battery, data left."""
    box = Layer(560, 700)
    box.rounded((10, 10, 550, 690), 110, metal(colour))
    box.rounded((22, 22, 538, 678), 100, lit(colour, 0.3, axis="xy"))
    box.rounded((110, 110, 450, 330), 34, "#0a1012")
    for i in range(4):
        box.rounded((150 + i * 30, 210 - i * 18, 170 + i * 30, 230), 5, "#7fe3c3")
    box.rounded((330, 180, 410, 226), 10, "#e8efee")
    box.rounded((338, 188, 384, 218), 6, "#4fd39b")
    box.text(280, 286, "5G", 56, "#ffffff", anchor="mm")
    for radius in (120, 84, 48):
        arc = [_on_ring(280, 560, radius, angle) for angle in range(225, 316, 5)]
        box.line(arc, 15, mix(colour, ink_on(colour), 0.6))
    box.circle(280, 560, 15, mix(colour, ink_on(colour), 0.6))
    return box
