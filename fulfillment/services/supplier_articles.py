"""An article leaves a supplier's list: it is not bought there until it is listed and accepted again."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from members.queries import institution
from omnichannel.kernel.errors import NotFound

from ..models import ListingState, SupplierItem, SupplierListing
from ..queries.supplier_pages import owns
from .listing_review import REVIEWERS
from .supplier_listings import SupplierUnknown
from .wrong_input import ReasonMissing


class NotListed(NotFound):
    code = "listing_not_listed"
    message = _("%(sku)s is not on this supplier's list.")


@transaction.atomic
def take_off(*, actor: Actor, supplier_id: int, sku: str, reason: str, now: datetime) -> SupplierListing:
    """Its own people stop to deliver it, or operators to buy it. Orders under way and contracts stay.

    One is enough: nothing is paid that was not accepted. The row of listings that is returned tells who, when
    and why. Raises SupplierUnknown, NotListed, ReasonMissing.
    """
    if not actor.has(*REVIEWERS) and not owns(actor, institution(supplier_id).path):
        raise SupplierUnknown()
    items = SupplierItem.objects.select_for_update().filter(supplier=supplier_id, sku=sku)
    item = items.first()
    if item is None:
        raise NotListed(sku=sku[:64])
    if not reason.strip():
        raise ReasonMissing(field="reason")
    item.delete()
    return SupplierListing.objects.create(
        supplier_id=supplier_id,
        state=ListingState.TAKEN_OFF,
        sku=sku,
        cost_fen=item.cost_fen,
        lead_days=item.lead_days,
        lot=item.lot,
        key=uuid4().hex,
        proposed_at=now,
        decided_at=now,
        decided_by=actor.user_id,
        decided_by_name=actor.label[:80],
        reason=reason.strip()[:160],
    )
