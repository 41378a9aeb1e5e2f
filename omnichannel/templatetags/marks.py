"""What templates and components written by code draw alike: amounts and icons."""

import re
from functools import lru_cache
from pathlib import Path

from django.template import TemplateSyntaxError
from django.utils.html import format_html
from django.utils.safestring import mark_safe

ICONS = Path(__file__).resolve().parents[2] / "static" / "icons" / "lucide"


def money(fen: int) -> str:
    """¥1,234.00 of an amount in fen; a minus stands before the sign."""
    sign = "-" if fen < 0 else ""
    yuan, cents = divmod(abs(fen), 100)
    return f"{sign}¥{yuan:,}.{cents:02d}"


@lru_cache(maxsize=512)
def icon_body(name: str) -> str:
    """The drawing inside a vendored icon file."""
    if not re.fullmatch(r"[a-z0-9-]+", name) or not (ICONS / f"{name}.svg").is_file():
        raise TemplateSyntaxError(f"no icon {name!r} in static/icons/lucide")
    svg = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    return re.sub(r"\s*\n\s*", "", svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")])


def icon(name: str, label: str = "", css: str = "") -> str:
    """{% icon "truck" %}: inline, decorative unless a label is given; sized by --icon or the font size."""
    return _icon(str(name), str(label), str(css))


@lru_cache(maxsize=2048)
def _icon(name: str, label: str, css: str) -> str:
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon {}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
        'stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>',
        css,
        spoken,
        mark_safe(icon_body(name)),
    )
