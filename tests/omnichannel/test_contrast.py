"""The promise written at the head of tokens.css: text is at least 4.5:1, edges of controls at least 3:1."""

import re

import pytest
from django.conf import settings

TOKENS = (settings.ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
GROUNDS = ("paper", "surface", "sunken")
TEXTS = [
    *[(ink, ground) for ink in ("ink", "ink-2", "ink-3", "accent", "ok", "danger") for ground in GROUNDS],
    ("warn", "warn-soft"),
    ("ok", "ok-soft"),
    ("danger", "danger-soft"),
    ("accent-strong", "accent-soft"),
    ("ink", "accent-soft"),
    ("ink", "danger-soft"),
    ("ink-2", "accent-soft"),
    ("on-accent", "accent"),
    ("on-danger", "danger"),
    ("on-season", "season"),
    ("season-glow", "season"),
]


def theme(dark: bool) -> dict[str, str]:
    blocks = re.findall(r"(:root[^{]*){([^}]*)}", TOKENS)
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[0][1]))
    chosen = next(body for selector, body in blocks if selector.strip() == ':root[data-theme="dark"]')
    return light | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", chosen)) if dark else light


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXTS, ids="-on-".join)
def test_text_can_be_read(ink, ground, dark):
    colours = theme(dark)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_edges_of_controls_can_be_seen(ground, dark):
    colours = theme(dark)
    assert contrast(colours["edge"], colours[ground]) >= 3


def test_both_places_of_the_dark_theme_say_the_same():
    wished = re.search(r':root:not\(\[data-theme="light"\]\) {([^}]*)}', TOKENS)[1]
    chosen = re.search(r':root\[data-theme="dark"\] {([^}]*)}', TOKENS)[1]
    assert re.findall(r"--.*;", wished) == re.findall(r"--.*;", chosen)
