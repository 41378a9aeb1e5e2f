"""Every component of the design system on one page; routed in development only."""

from datetime import timedelta

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel import clock


class SampleForm(forms.Form):
    phone = forms.CharField(label=_("Mobile number"), help_text=_("11 digits, we send a code to it."))
    city = forms.ChoiceField(label=_("City"), choices=[("sh", _("Shanghai")), ("gz", _("Guangzhou"))])
    note = forms.CharField(label=_("Note to the courier"), required=False, widget=forms.Textarea)
    agree = forms.BooleanField(label=_("I have read the agreement"))
    way = forms.ChoiceField(
        label=_("How do you want it?"),
        choices=[("ship", _("To my address")), ("pickup", _("Collect in a store"))],
        widget=forms.RadioSelect,
    )


def styleguide(request):
    now = clock.now()
    wrong = SampleForm({"phone": "138"})
    wrong.is_valid()
    wrong.add_error("phone", _("A mobile number has 11 digits; this one has 3."))
    context = {
        "now": now,
        "soon": now + timedelta(minutes=29, seconds=41),
        "form": SampleForm(auto_id="fine_%s"),
        "wrong": wrong,
        "page": Paginator(range(480), 24).page(5),
        "steps": [
            {"label": _("Who"), "state": "done"},
            {"label": _("How"), "state": "now"},
            {"label": _("Pay"), "state": "next"},
        ],
        "batch": [
            {"label": _("Close the day"), "state": "done", "hint": "1,204 · 0.4 s"},
            {"label": _("Clear"), "state": "done", "hint": "1,204 · 3,100/s"},
            {"label": _("Net"), "state": "now", "hint": "38 / 61"},
            {"label": _("Fund transfers"), "state": "next"},
        ],
        "story": [
            {"title": _("Ordered on the web"), "at": now - timedelta(hours=5), "state": "done"},
            {"title": _("Paid"), "at": now - timedelta(hours=5), "state": "done", "who": "UniPay"},
            {"title": _("On its way to you"), "at": now - timedelta(hours=1), "state": "now"},
            {"title": _("Delivered"), "state": "next"},
        ],
        "crumbs": [
            {"label": _("Home"), "url": "/"},
            {"label": _("Phones"), "url": "#"},
            {"label": "Lark X5"},
        ],
        "tabs": [
            {"label": _("All"), "url": "#", "active": True, "count": 12},
            {"label": _("To be paid"), "url": "#", "count": 2},
            {"label": _("On the way"), "url": "#", "count": 1},
        ],
        "facet": [
            {"label": _("Lark"), "url": "#", "count": 12, "chosen": True},
            {"label": _("Stellar"), "url": "#", "count": 7},
        ],
        "numbers": [
            {"number": "13900008000", "grade": _("Gold"), "fee": 20000},
            {"number": "13912341234", "grade": _("Silver"), "fee": 10000},
            {"number": "13955660718", "grade": _("Plain"), "fee": 0},
            {"number": "13987652580", "grade": _("Plain"), "fee": 0},
        ],
    }
    return render(request, "omnichannel/styleguide.html", context)
