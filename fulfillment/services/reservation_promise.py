"""One promise asked of the database: an allocation, whose it is, by which admission. Held, known or short."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel import prepared
from omnichannel.kernel.errors import DomainError

from ..values import Admission, Demand
from . import hot
from .allocation import Allocation
from .reservation_sql import RESERVE

HELD, KNOWN, SHORT = "held", "known", "short"


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


@dataclass(frozen=True)
class Answer:
    """parts: into how many buckets the fullest level is divided. waited_ms: what the database took."""

    outcome: str
    demand_id: int | None
    waited_ms: int
    parts: int


def promise(
    demand: Demand, allocation: Allocation, *, holder: Holder, expires_at: datetime | None, now: datetime
) -> Answer:
    """Hold the whole order at these levels, or nothing. One statement.

    Raises TooManyHolds, TooManyHeld, AdmissionMissing, AdmissionUsed, CampaignCap, CampaignSoldOut.
    """
    values = allocation.columns() | {
        "order_number": demand.order_number,
        "channel": demand.channel,
        "way": demand.way,
        "wish": json.dumps(demand.as_dict(), ensure_ascii=False),
        "customer": holder.customer,
        "expires_at": expires_at,
        "placed_at": demand.placed_at,
        "now": now,
        "campaigns": [each.campaign_id for each in holder.admissions],
        "tickets": [each.ticket for each in holder.admissions],
        "most_orders": settings.HOLD_MOST_ORDERS,
        "most_units": settings.HOLD_MOST_UNITS,
        "least": settings.HOT_BUCKET_LEAST,
        "slots": hot.slots(demand),
    }
    with connection.cursor() as cursor:
        prepared.execute(cursor, RESERVE, values)
        outcome, demand_id, facts, waited_ms, parts = cursor.fetchone()
    if outcome in REFUSALS:
        raise REFUSALS[outcome](**json.loads(facts or "{}"))
    return Answer(outcome, demand_id, waited_ms or 0, parts or 0)
