"""Template tags of the design system: money, times, icons, form fields and components."""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from omnichannel.templatetags.marks import icon, money
from omnichannel.templatetags.written import WRITTEN

register = template.Library()
register.simple_tag(icon)

SHANGHAI = ZoneInfo("Asia/Shanghai")
PICTURE_WIDTHS = (160, 320, 640, 1200)
INHERITED = ("request", "csrf_token", "LANGUAGE_CODE")
MISSING = "—"


@register.filter("fen")
def fen_filter(amount: int | None) -> str:
    """{{ order.total|fen }} -> ¥1,234.00; a dash where there is no amount."""
    return MISSING if amount in (None, "") else money(int(amount))


@register.simple_tag(name="fen")
def fen_tag(amount: int | None) -> str:
    """{% fen 123400 %} -> ¥1,234.00"""
    return fen_filter(amount)


@register.filter
def yuan(amount: Decimal | None) -> str:
    """Oscar's two-place decimals, shown as fen are."""
    return MISSING if amount in (None, "") else money(round(Decimal(amount) * 100))


@register.filter
def fen_plain(amount: int | None) -> str:
    """1,234.00 without the sign, for columns whose head names the currency."""
    return MISSING if amount in (None, "") else money(int(amount)).replace("¥", "")


@register.filter
def shanghai(moment: datetime | None) -> str:
    """2026-11-21 14:05 in Asia/Shanghai."""
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if moment else MISSING


@register.filter
def shanghai_date(moment: datetime | date | None) -> str:
    """2026-11-21, of a time or of a day."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(SHANGHAI)
    return moment.strftime("%Y-%m-%d") if moment else MISSING


@register.filter
def shanghai_time(moment: datetime | None) -> str:
    """14:05 in Asia/Shanghai."""
    return moment.astimezone(SHANGHAI).strftime("%H:%M") if moment else MISSING


@register.filter
def phone_digits(number: str) -> str:
    """138 0013 8000: a mobile number in the groups in which people read it."""
    return re.sub(r"^(?:86)?(\d{3})(\d{4})(\d{4})$", r"\1 \2 \3", str(number))


@register.filter
def emphasise(number: str, pattern: str = "") -> str:
    """The number in groups with the pattern's digits in <b>; the last four where no digits are sought."""
    number, wanted = str(number), re.sub(r"\D", "", str(pattern or ""))
    start = number.rfind(wanted) if wanted else -1
    end = start + len(wanted)
    if start < 0:
        start, end = max(len(number) - 4, 0), len(number)
    cells = [
        format_html("<b>{}</b>" if start <= place < end else "{}", digit)
        for place, digit in enumerate(number)
    ]
    if len(number) == 11:
        cells = [*cells[:3], " ", *cells[3:7], " ", *cells[7:]]
    return mark_safe("".join(cells).replace("</b><b>", ""))


@register.simple_tag
def picture(
    src: str, alt: str = "", sizes: str = "(min-width: 40rem) 20rem, 50vw", eager=False, css: str = ""
) -> str:
    """A square picture in all its sizes: src is the address without "-640.webp"."""
    return _picture(str(src), str(alt), sizes, bool(eager), css)


@lru_cache(maxsize=2048)
def _picture(src: str, alt: str, sizes: str, eager: bool, css: str) -> str:
    src = escape(src)
    widths = ", ".join(f"{src}-{width}.webp {width}w" for width in PICTURE_WIDTHS)
    loading = 'fetchpriority="high"' if eager else 'loading="lazy" decoding="async"'
    return mark_safe(
        f'<img class="{escape(css)}" src="{src}-320.webp" srcset="{widths}"'
        f' sizes="{escape(sizes)}" width="640" height="640" alt="{escape(alt)}" {loading}>'
    )


def rendered(context: template.Context, name: str, values: dict) -> str:
    """components/<name>.html with these values only, so that nothing of the page leaks in by its name."""
    inherited = {key: context[key] for key in INHERITED if key in context}
    partial = context.template.engine.get_template(f"components/{name}.html")
    return partial.render(context.new({**inherited, **values}))


@register.simple_tag(takes_context=True)
def ui(context, name: str, /, **values) -> str:
    """{% ui "badge" label=_("Paid") tone="ok" %}"""
    write = WRITTEN.get(name)
    return write(**values) if write else rendered(context, name, values)


@register.simple_block_tag(takes_context=True, end_name="endcomponent")
def component(context, content, name: str, /, **values) -> str:
    """{% component "card" title=_("Delivery") %} … {% endcomponent %}: the content becomes {{ slot }}."""
    return rendered(context, name, {**values, "slot": content})


@register.filter
def fen_parts(amount: int) -> dict:
    """The pieces of a price set large: sign, yuan, fen."""
    whole, cents = money(int(amount)).split(".")
    sign, yuan_text = whole.split("¥")
    return {"minus": sign, "yuan": yuan_text, "fen": cents}


@register.filter
def grouped(number: int) -> str:
    """A count with a comma between thousands."""
    return f"{number or 0:,}"


@register.filter
def share_of(part: int, whole: int) -> int:
    """Whole percent of part in whole, 0 where there is no whole; for progress bars."""
    return max(0, min(100, int(part) * 100 // int(whole))) if whole else 0


@register.filter
def page_numbers(page) -> list:
    """The page numbers worth showing, with gaps, of a paginator's page."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


_still: dict[tuple[str, str], str] = {}


class Still(template.Node):
    """What depends on nothing but the language is rendered once per process."""

    def __init__(self, name: str, path: template.base.FilterExpression | None, nodelist: template.NodeList):
        self.name, self.path, self.nodelist = name, path, nodelist

    def render(self, context) -> str:
        key = (self.name, get_language() or "")
        if key not in _still or settings.DEBUG:
            _still[key] = self.nodelist.render(context)
        if self.path is None:
            return _still[key]
        here = f'href="{self.path.resolve(context)}"'
        return mark_safe(_still[key].replace(here, f'{here} aria-current="page"'))


@register.tag
def still(parser, token) -> Still:
    """{% still "footer" %}…{% endstill %}; with request.path after the name its link becomes the current."""
    _tag, name, *path = token.split_contents()
    nodelist = parser.parse(["endstill"])
    parser.delete_first_token()
    return Still(name.strip("\"'"), parser.compile_filter(path[0]) if path else None, nodelist)
