"""Components that stand on most pages, written by code: a template takes ten times as long.

{% ui "button" label=… %} takes the function of that name here, else components/<name>.html. What is given
is escaped unless it is markup. The line break at the end is the gap between two of them in a row.
"""

from collections.abc import Callable, Iterable, Sequence

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from omnichannel.templatetags.marks import icon, money

WRITTEN: dict[str, Callable[..., SafeString]] = {}


def component(write: Callable[..., str]) -> Callable[..., SafeString]:
    """Make a function the component of its name."""

    def written(**values) -> SafeString:
        return mark_safe(f"{write(**values)}\n")

    WRITTEN[write.__name__] = written
    return written


def text(value: object) -> str:
    return escape(value) if type(value) is str else conditional_escape(value)


def _icon(name: str) -> str:
    return icon(name) if name else ""


def _marks(**given) -> str:
    """Attributes, of what there is."""
    return "".join(f' {name}="{text(value)}"' for name, value in given.items() if value)


def _classes(block: str, *modifiers: str, css: str = "") -> str:
    """block block--modifier … css"""
    names = [block, *(f"{block}--{text(one)}" for one in modifiers if one)]
    return " ".join([*names, text(css)] if css else names)


@component
def badge(*, label="", tone="", icon="") -> str:
    """tone: accent, ok, warn, danger, season, solid"""
    return f'<span class="{_classes("badge", tone)}">{_icon(icon)}{text(label)}</span>'


@component
def button(
    *,
    label="",
    icon="",
    icon_end="",
    href="",
    type="",
    name="",
    value="",
    form="",
    variant="",
    size="",
    block=False,
    css="",
    disabled=False,
    open_dialog="",
    close_dialog=False,
) -> str:
    """A link where there is an address. variant: primary, danger, danger-solid, plain. size: small, large"""
    classes = _classes("button", variant, size, "block" if block else "", css=css)
    inside = f"{_icon(icon)}{text(label)}{_icon(icon_end)}"
    if href and not disabled:
        return f'<a class="{classes}" href="{text(href)}">{inside}</a>'
    marks = [
        f' type="{"button" if open_dialog or close_dialog else text(type or "submit")}"',
        _marks(name=name, value=value or "1") if name else "",
        _marks(form=form),
        f' data-open-dialog="{text(open_dialog)}" aria-haspopup="dialog"' if open_dialog else "",
        " data-close-dialog" if close_dialog else "",
        " disabled" if disabled else "",
    ]
    spinner = '<span class="spinner" aria-hidden="true"></span>'
    return f'<button class="{classes}"{"".join(marks)}>{inside}{spinner}</button>'


@component
def breadcrumbs(*, crumbs: Sequence = ()) -> str:
    """crumbs: {label, url}; the last one is this page"""
    steps = [f"<li>{_step(crumb)}</li>" for crumb in crumbs[:-1]]
    steps += [f'<li><span aria-current="page">{text(here["label"])}</span></li>' for here in crumbs[-1:]]
    path = "".join(steps)
    return f'\n<nav aria-label="{text(_("You are here"))}"><ol class="breadcrumbs">{path}</ol></nav>'


def _step(crumb) -> str:
    label = text(crumb["label"])
    return f'<a href="{text(crumb["url"])}">{label}</a>' if crumb["url"] else f"<span>{label}</span>"


@component
def tabs(*, tabs: Iterable = (), label="") -> str:
    """tabs: {label, url, active, count, icon}"""
    shown = "".join(map(_tab, tabs))
    return f'\n<nav class="tabs" aria-label="{text(label)}">{shown}</nav>'


def _tab(tab) -> str:
    here = ' aria-current="page"' if tab.get("active") else ""
    count = tab.get("count")
    beside = "" if count in (None, "") else f'<span class="badge badge--count">{text(count)}</span>'
    inside = f"{_icon(tab.get('icon'))}{text(tab['label'])}{beside}"
    return f'<a class="tabs__tab" href="{text(tab["url"])}"{here}>{inside}</a>'


@component
def facet(*, title="", options: Iterable = (), closed=False) -> str:
    """options: {label, url, count, chosen}"""
    return (
        f'\n<details class="facet"{"" if closed else " open"}>\n'
        f"  <summary>{text(title)}{icon('chevron-down')}</summary>\n"
        f'  <ul class="facet__list">{"".join(map(_option, options))}</ul>\n</details>'
    )


def _option(option) -> str:
    here, tick = (' aria-current="true"', icon("check")) if option.get("chosen") else ("", "")
    count = option.get("count")
    beside = "" if count is None else f'<span class="facet__count">{text(count)}</span>'
    return (
        f'<li><a class="facet__link" href="{text(option["url"])}" rel="nofollow"{here}>'
        f'<span class="facet__box" aria-hidden="true">{tick}</span>{text(option["label"])}{beside}</a></li>'
    )


@component
def price(*, fen=None, was_fen=None, reason="", unit="", size="", from_price=False) -> str:
    """size: small, large; unit: "a month" """
    parts = [_amount(fen)]
    if fen is not None:
        for words in (_("and up") if from_price else "", unit):
            parts.append(f'<span class="price__unit">{text(words)}</span>' if words else "")
        if was_fen and was_fen != fen:
            before = f'<span class="visually-hidden">{text(_("price before"))} </span>'
            parts.append(f'<span class="price__was">{before}<s>{money(int(was_fen))}</s></span>')
    if reason:
        parts.append(f'<span class="price__reason">{text(reason)}</span>')
    return f'<span class="{_classes("price", size)}">{"".join(parts)}</span>'


def _amount(fen: int | None) -> str:
    if fen is None:
        return f'<span class="price__none">{text(_("Not on sale here"))}</span>'
    whole, cents = money(int(fen)).split(".")
    minus, yuan = whole.split("¥")
    return (
        f'<span class="price__now">{minus}<span class="price__sign">¥</span>{yuan}'
        f'<span class="price__fen">.{cents}</span></span>'
    )


@component
def quantity(*, name="quantity", value=1, min=1, max=None, label="", id="") -> str:
    """A number with less and more beside it."""
    return (
        f'<span class="quantity"><button type="button" data-step="-1" aria-label="{text(_("One less"))}">'
        f'{icon("minus")}</button><input type="number" inputmode="numeric"'
        f"{_marks(name=name or 'quantity', id=id, value=value or 1, min=min or 1, max=max)}"
        f' aria-label="{text(label or _("Quantity"))}"><button type="button" data-step="1"'
        f' aria-label="{text(_("One more"))}">{icon("plus")}</button></span>'
    )


@component
def swatch(*, label="", colour="", href="", name="", value="", chosen=False, out=False) -> str:
    """A link, or a radio button of `name` with `value`; out: nothing of it is there"""
    dot = f'<span class="swatch__colour" style="--colour: {text(colour)}" aria-hidden="true"></span>'
    gone = f'<span class="visually-hidden">({text(_("out of stock"))})</span>' if out else ""
    inside = f'{dot if colour else ""}<span class="swatch__label">{text(label)}</span>{gone}'
    if href:
        here, closed = ' aria-current="true"' if chosen else "", ' aria-disabled="true"' if out else ""
        return f'<a class="swatch" href="{text(href)}"{here}{closed}>{inside}</a>'
    here, closed = " checked" if chosen else "", " disabled" if out else ""
    radio = f'<input type="radio" name="{text(name)}" value="{text(value)}"{here}{closed}>'
    return f'<label class="swatch">{radio}{inside}</label>'
