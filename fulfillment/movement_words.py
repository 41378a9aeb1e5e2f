"""Reasons of movements in words, for pages. What is not listed is shown as it was booked."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "received": _("received from the supplier"),
    "shipped": _("left with a parcel"),
    "handover_undone": _("taken off the courier's manifest"),
    "dealer_surplus": _("more than was sent to a dealer"),
    "surplus_kept": _("a surplus that the dealer keeps"),
    "surplus_back": _("a surplus came back from the dealer"),
    "delivered": _("reached the customer"),
    "returned": _("came back"),
    "parcel_lost": _("lost with a parcel"),
    "missing": _("missing at the shelf"),
    "damaged": _("damaged in the house"),
    "found_again": _("reported as lacking, found after all"),
    "quarantine": _("put into quarantine"),
    "released": _("released from quarantine"),
    "scrapped": _("scrapped"),
    "activated": _("sold: the network saw it"),
    "dealer_received": _("received by the dealer"),
    "dealer_missing": _("missing at the dealer's receipt"),
    "till": _("sold at a till"),
    "transfer_out": _("left for another location"),
    "transfer_in": _("came from another location"),
    "transfer_lost": _("lost on the way"),
    "transfer_damaged": _("damaged on the way"),
    "transfer_surplus": _("arrived beyond what was sent"),
    "count_found": _("found by a count"),
    "count_missing": _("missing in a count"),
    "sync_up": _("raised by the store's system"),
    "sync_down": _("lowered by the store's system"),
}


def words(reason: str) -> str:
    return str(WORDS.get(reason, reason))
