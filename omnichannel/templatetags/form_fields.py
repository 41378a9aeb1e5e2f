"""A form field with label, help, control and error, written by code: a template takes ten times as long."""

from collections.abc import Iterable, Mapping

from django import template
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Select,
)
from django.forms.widgets import Input
from django.utils.html import conditional_escape as text
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from omnichannel.templatetags.ui import icon, rendered

register = template.Library()
# Widgets that are one <input> with its attributes and nothing else.
PLAIN = {f"django/forms/widgets/{kind}.html" for kind in ("text", "number", "email", "tel", "url", "search")}


@register.simple_tag(takes_context=True)
def field(context, bound: BoundField, /, **values) -> str:
    """{% field form.phone %}: label, help, control and error, joined for screen readers; label=, help=, css=

    Hidden ones, ticks and choices are laid out by components/field.html.
    """
    kind = _kind(bound)
    if kind == "input":
        return _written(bound, **values)
    return rendered(context, "field", {"field": bound, "kind": kind, **values})


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "check"
    return "hidden" if widget.is_hidden else "input"


def _written(bound: BoundField, *, label: str = "", help: str = "", css: str = "") -> SafeString:
    wrong = bound.errors
    return mark_safe(
        f'<div class="field{" field--error" if wrong else ""}{f" {text(css)}" if css else ""}">'
        f"{_label(bound, label)}{_help(bound, help)}{_errors(bound, wrong)}{_control(bound)}</div>"
    )


def _label(bound: BoundField, label: str) -> str:
    optional = ""
    if not bound.field.required:
        optional = f' <span class="field__optional">{_("(optional)")}</span>'
    shown = text(label or bound.label)
    return f'<label class="field__label" for="{bound.id_for_label}">{shown}{optional}</label>'


def _help(bound: BoundField, words: str) -> str:
    shown = words or bound.help_text
    return f'<p class="field__help" id="{bound.auto_id}_helptext">{text(shown)}</p>' if shown else ""


def _errors(bound: BoundField, wrong: Iterable) -> str:
    if not wrong:
        return ""
    said = "".join(
        f'<p class="field__error">{icon("circle-alert")}<span>{text(error)}</span></p>' for error in wrong
    )
    return f'<div id="{bound.auto_id}_error">{said}</div>'


def _control(bound: BoundField) -> str:
    """The input or select; what is more than that is left to its widget's own template."""
    widget = bound.field.widget
    plain = isinstance(widget, Input) and widget.template_name in PLAIN
    if type(widget) is not Select and not plain:
        return str(bound)
    attributes = _attributes(widget.build_attrs(widget.attrs, _own(bound)))
    if not plain:
        options = _options(widget, bound.value())
        return f'<select name="{text(bound.html_name)}"{attributes}>{options}</select>'
    value = widget.format_value(bound.value())
    shown = "" if value is None else f' value="{text(str(value))}"'
    return f'<input type="{widget.input_type}" name="{text(bound.html_name)}"{shown}{attributes}>'


def _own(bound: BoundField) -> dict:
    """What the field adds to its widget: required, what describes it, its id."""
    widget = bound.field.widget
    own = bound.build_widget_attrs({}, widget)
    if bound.auto_id and "id" not in widget.attrs:
        own.setdefault("id", bound.auto_id)
    return own


def _attributes(given: Mapping) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{text(str(value))}"'
        for name, value in given.items()
        if value is not False
    )


def _options(widget: Select, value) -> str:
    chosen = {str(each) for each in widget.format_value(value)}
    return "".join(_option(*choice, chosen) for choice in widget.choices)


def _option(value, label, chosen: set[str]) -> str:
    if isinstance(label, list | tuple):
        inner = "".join(_option(*choice, chosen) for choice in label)
        return f'<optgroup label="{text(value)}">{inner}</optgroup>'
    value = "" if value is None else str(value)
    return f'<option value="{text(value)}"{" selected" if value in chosen else ""}>{text(label)}</option>'
