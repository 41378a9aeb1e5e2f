"""One promise asked of the database: an allocation, whose it is, by which admission. Held, known or short."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel import prepared
from omnichannel.kernel.errors import DomainError

from ..values import Admission, Demand
from . import hot
from .allocation import Allocation, Share
from .reservation_sql import RESERVE, RESERVE_ONE

HELD, KNOWN, SHORT = "held", "known", "short"
_json = json.JSONEncoder(ensure_ascii=False).encode


class TooManyHolds(DomainError):
    """Nobody empties the shop by not paying."""

    code = "too_many_holds"
    message = _("You have %(most)s unpaid orders. Pay or cancel one of them first.")


class TooManyHeld(DomainError):
    code = "too_many_held"
    message = _("At most %(most)s of %(sku)s are kept for one customer. Pay your open orders first.")


class AdmissionMissing(DomainError):
    code = "admission_missing"
    message = _("This article is in a flash sale. Please queue on its page first.")


class AdmissionUsed(DomainError):
    code = "admission_used"
    message = _("You have ordered with this turn already.")


class CampaignCap(DomainError):
    code = "campaign_cap"
    message = _("In this flash sale everybody gets at most %(most)s.")


class CampaignSoldOut(DomainError):
    code = "campaign_sold_out"
    message = _("The flash sale is sold out. Unpaid units come back within half an hour.")


REFUSALS = {
    refusal.code: refusal
    for refusal in (TooManyHolds, TooManyHeld, AdmissionMissing, AdmissionUsed, CampaignCap, CampaignSoldOut)
}


@dataclass(frozen=True)
class Holder:
    """Whose the order is ("" is not counted) and which flash sales' gates let it through."""

    customer: str = ""
    admissions: Sequence[Admission] = ()


class Answer(NamedTuple):
    """parts: into how many buckets the fullest level is divided. waited_ms: what the database took."""

    outcome: str
    demand_id: int | None
    waited_ms: int
    parts: int


def promise(
    demand: Demand,
    allocation: Allocation,
    *,
    promised_on: str = "",
    holder: Holder,
    expires_at: datetime | None,
    now: datetime,
) -> Answer:
    """Hold the whole order at these levels, or nothing. One statement; a refused short way makes two.

    promised_on: the day that is told, ISO 8601; blank: the demand's own. Raises TooManyHolds, TooManyHeld,
    AdmissionMissing, AdmissionUsed, CampaignCap, CampaignSoldOut.
    """
    wish = demand.as_dict()
    if promised_on:
        wish["promised_on"] = promised_on
    values = {
        "wish": _json(wish),
        "customer": holder.customer,
        "expires_at": expires_at.isoformat() if expires_at else None,
        "now": now.isoformat(),
        "most_orders": settings.HOLD_MOST_ORDERS,
        "most_units": settings.HOLD_MOST_UNITS,
    }
    single = len(allocation.shares) == 1 and len(demand.lines) == 1 and not holder.admissions
    if single and hot.short_way(demand.lines[0].sku):
        return _short_first(demand, allocation, values, holder)
    return _all(demand, allocation, values, holder)


def _short_first(demand: Demand, allocation: Allocation, values: dict, holder: Holder) -> Answer:
    share = allocation.shares[0]
    parts = hot.parts_of(share.level_id)
    if held := _one(demand, share, values, parts):
        return held
    answer = _all(demand, allocation, values, holder)
    if answer.outcome == HELD and answer.parts == parts == 0:
        hot.go_the_long_way(share.sku)
    return answer


def _one(demand: Demand, share: Share, values: dict, parts: int) -> Answer | None:
    """One line from one level, no flash sale; None when that was not to be had this way."""
    begun = time.monotonic()
    asked = values | {
        "level": share.level_id,
        "units": share.units,
        "safety": share.safety,
        "parts": parts,
        "slots": 0 if parts else hot.slots(demand),
    }
    demand_id = prepared.tuples(RESERVE_ONE, asked)[0][0]
    if demand_id is None:
        return None
    return Answer(HELD, demand_id, int((time.monotonic() - begun) * 1000), parts)


def _all(demand: Demand, allocation: Allocation, values: dict, holder: Holder) -> Answer:
    asked = values | allocation.columns()
    asked |= {
        "order_number": demand.order_number,
        "channel": demand.channel,
        "way": demand.way,
        "placed_at": demand.placed_at,
        "campaigns": [each.campaign_id for each in holder.admissions],
        "tickets": [each.ticket for each in holder.admissions],
        "least": settings.HOT_BUCKET_LEAST,
        "slots": hot.slots(demand),
    }
    outcome, demand_id, facts, waited_ms, parts = prepared.tuples(RESERVE, asked)[0]
    if outcome in REFUSALS:
        raise REFUSALS[outcome](**json.loads(facts or "{}"))
    return Answer(outcome, demand_id, waited_ms or 0, parts or 0)
