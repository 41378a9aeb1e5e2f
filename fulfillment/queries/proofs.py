"""Proofs of delivery for those who may look at them: operators, auditors, and the house they came from."""

from django.db.models import Q

from fulfillment.models import Evidence
from fulfillment.queries.carriers import hubs_of
from members.actors import Actor, NotYours
from omnichannel.kernel.errors import NotAllowed

EVERYWHERE = ("operator", "auditor")
AT_THEIR_PLACE = ("store_manager", "warehouse_lead", "warehouse", "courier")


def visible(actor: Actor, *, query: str = ""):
    """The newest first; by parcel, order or beginning of the hash. Raises NotAllowed for who sees none."""
    rows = Evidence.objects.select_related("fulfillment__demand", "fulfillment__location").order_by("-pk")
    if not actor.has(*EVERYWHERE):
        rows = rows.filter(_reach(actor))
    if query:
        text = query.upper()
        rows = rows.filter(
            Q(fulfillment__code=text)
            | Q(fulfillment__demand__order_number=text)
            | Q(sha256__startswith=query.lower())
        )
    return rows


def _reach(actor: Actor) -> Q:
    paths = actor.paths(*AT_THEIR_PLACE)
    hubs = [card.id for card in hubs_of(actor)]
    if not paths and not hubs:
        raise NotAllowed()
    reach = Q(fulfillment__delivery__courier__in=hubs)
    for path in paths:
        reach |= Q(fulfillment__location__path__startswith=path)
        reach |= Q(fulfillment__delivery__courier__path__startswith=path)
    return reach


def one(actor: Actor, code: str) -> Evidence:
    """Raises NotYours, NotAllowed."""
    found = visible(actor).filter(fulfillment__code=code.strip().upper()).first()
    if found is None:
        raise NotYours()
    return found
