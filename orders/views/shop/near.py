"""Where an article can be had, in words: at stores nearby, and at the customer's door."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from fulfillment.queries.promised import Promised
from fulfillment.queries.stock import LocationStock
from omnichannel.kernel.clock import SHANGHAI
from orders.views.shop.promises import open_now

FEW = 3  # units, below which their number is said


@dataclass(frozen=True)
class NearStore:
    """`about`: how far, until when, ready when."""

    label: str
    about: str
    left: str
    is_low: bool


def near_store(stock: LocationStock, terms: Promised, *, now: datetime) -> NearStore:
    about = [_("%(km)s km away") % {"km": f"{stock.distance_km:.1f}"}, _hours(stock, now)]
    if terms.ready_at:
        ready = terms.ready_at.astimezone(SHANGHAI)
        about.append(_("ready to collect from %(time)s") % {"time": f"{ready:%Y-%m-%d %H:%M}"})
    is_low = stock.salable < FEW
    left = _("only %(left)s left") % {"left": stock.salable} if is_low else _("in stock")
    return NearStore(label=stock.label, about=" · ".join(about), left=left, is_low=is_low)


def _hours(stock: LocationStock, now: datetime) -> str:
    if open_now(stock, now=now):
        return _("today until %(time)s") % {"time": f"{stock.closes_at:%H:%M}"}
    return _("closed now, open tomorrow")


def to_door(stock: LocationStock, terms: Promised) -> str:
    """From where it is sent, and when it arrives if that is known."""
    about = [_("sent from %(place)s") % {"place": stock.label}]
    if terms.arrives_on:
        about.append(_("with you on %(day)s if ordered now") % {"day": f"{terms.arrives_on:%Y-%m-%d}"})
    return " · ".join(about)
