"""Every component of the design system on one page; routed in development only."""

from datetime import timedelta

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel import clock
from omnichannel.templatetags.marks import ICONS

EMPTY_ART = ("basket", "search", "orders", "parcel", "points", "report", "numbers", "offline", "queue")
COLOURS = (
    "paper surface sunken line edge ink ink-2 ink-3 accent accent-strong accent-soft ok ok-soft "
    "warn warn-soft warn-fill danger danger-soft season season-glow chart-1 chart-2 chart-3 chart-4 chart-5"
)
ROWS = [
    (_("Huaihai Road store"), _("Counter"), 212, 48_211_300, 4_339_017),
    (_("East warehouse"), _("Web"), 644, 131_880_050, 2_637_601),
    (_("Lantian dealer"), _("API"), 348, 51_056_670, 5_105_667),
]


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


def sample_cards() -> list[dict]:
    """Four product cards that show each state; pictures of the demo goods."""
    return [
        {
            "url": "#",
            "title": _("Lark X5 phone, 12 + 256 GB, frost white"),
            "note": _("The light one with the big night"),
            "picture": "/media/products/lark-x5-white",
            "fen": 519900,
            "was_fen": 549900,
            "promise": _("In stock 1.2 km away, today until 20:00"),
            "badge": _("New Year"),
        },
        {
            "url": "#",
            "title": _("Youth plan 59"),
            "note": _("60 GB, 300 minutes"),
            "picture": "/media/products/plan-youth-59",
            "fen": 5900,
            "promise": _("Works at once"),
        },
        {
            "url": "#",
            "title": _("Winter tea gift box"),
            "picture": "/media/products/tea-winter",
            "fen": 26800,
            "reason": _("Member price"),
            "promise": _("At your door on Tuesday"),
        },
        {
            "url": "#",
            "title": _("Stellar Buds 2"),
            "picture": "/media/products/stellar-buds-2",
            "fen": 39900,
            "promise": _("Sold out; back on 2026-11-28"),
            "in_stock": False,
        },
    ]


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
            {"label": _("Clear the trades"), "state": "done", "hint": "1,204 · 3,100/s"},
            {"label": _("Net the positions"), "state": "now", "hint": "38 / 61"},
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
        "colours": COLOURS.split(),
        "empties": EMPTY_ART,
        "icons": sorted(path.stem for path in ICONS.glob("*.svg")),
        "rows": ROWS,
        "total": [sum(row[place] for row in ROWS) for place in (2, 3, 4)],
        "cards": sample_cards(),
        "numbers": [
            {"number": "13900008000", "grade": _("Gold"), "fee": 20000},
            {"number": "13912341234", "grade": _("Silver"), "fee": 10000},
            {"number": "13955660718", "grade": _("Plain"), "fee": 0},
            {"number": "13987652580", "grade": _("Plain"), "fee": 0},
        ],
    }
    return render(request, "omnichannel/styleguide.html", context)
