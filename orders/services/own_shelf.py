"""Goods that a dealer hands over from its own shelf: it bought them, so it sells them."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from members import queries as members
from members.channels import Channel
from omnichannel.kernel.errors import Invalid
from orders.models.intake import Way
from orders.services.counters import DEALER
from orders.values import Delivery, Quote, Source


class AnotherDealersShelf(Invalid):
    code = "another_dealers_shelf"
    message = _("%(place)s is another dealer's shop. Choose your own, a store of ours, or home delivery.")


def sold_by_owner(quoted: Quote, *, delivery: Delivery, source: Source) -> Quote:
    """The quote with the dealer as seller of the goods that are collected at its own place.

    The owner of goods follows from where they lie (decision 28). What is sent, what a store of ours gives
    out and what is no goods stays with its seller. Raises AnotherDealersShelf.
    """
    here = delivery.pickup_location_id
    if source.channel != Channel.DEALER or delivery.way != Way.PICKUP or here is None:
        return quoted
    place = members.institution(here)
    if place.kind != DEALER:
        return quoted
    if place.id != source.institution_id:
        raise AnotherDealersShelf(field="way", place=place.label)
    lines = (replace(line, seller_id=here) if line.is_goods else line for line in quoted.lines)
    return replace(quoted, lines=tuple(lines))
