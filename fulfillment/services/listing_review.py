"""We decide about what a supplier listed: its cost holds from then on; a new terminal joins the catalogue."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalog.services import proposed_products
from members.actors import Actor
from members.queries import institutions_of_kind
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError

from ..events import SupplierListingDecided
from ..models import ListingState, SupplierItem, SupplierListing
from .supplier_listings import SKU, SkuUnfit, locked_listing, must_wait, picture_of
from .wrong_input import ReasonMissing

REVIEWERS = ("operator",)


class OwnListing(DomainError):
    code = "listing_own"
    message = _("You proposed it yourself: somebody else decides.")


@transaction.atomic
def accept(*, actor: Actor, listing_id: int, sku: str = "", now: datetime) -> SupplierListing:
    """The supplier's item is written at the new cost; of a new terminal a device that nobody sees yet.

    sku: ours for a new terminal; blank keeps the suggested one. Operators. Raises ListingUnknown,
    ListingOver, OwnListing, SkuUnfit, proposed_products.SkuTaken.
    """
    row = _to_decide(actor, listing_id)
    if row.is_new:
        row.sku = sku.strip().upper() or row.sku
        if not SKU.fullmatch(row.sku):
            raise SkuUnfit(field="sku")
        row.product_id = _create(row)
    row.old_cost_fen = _list(row)
    _decide(row, ListingState.ACCEPTED, "", actor, now)
    return row


@transaction.atomic
def decline(*, actor: Actor, listing_id: int, reason: str, now: datetime) -> SupplierListing:
    """Operators. Raises ListingUnknown, ListingOver, OwnListing, ReasonMissing."""
    row = _to_decide(actor, listing_id)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    _decide(row, ListingState.DECLINED, reason.strip()[:160], actor, now)
    return row


def _to_decide(actor: Actor, listing_id: int) -> SupplierListing:
    actor.must_have(*REVIEWERS)
    row = locked_listing(listing_id)
    must_wait(row)
    if row.proposed_by is not None and row.proposed_by == actor.user_id:
        raise OwnListing()
    return row


def _create(row: SupplierListing) -> int:
    """The carrier sells it."""
    return proposed_products.create_device(
        proposed_products.Terminal(
            sku=row.sku,
            title=row.title,
            title_en=row.title_en,
            brand=row.brand,
            model=row.model,
            description=row.description,
            description_en=row.description_en,
            picture=picture_of(row) if row.picture else b"",
        ),
        seller_id=institutions_of_kind("carrier")[0].id,
    )


def _list(row: SupplierListing) -> int | None:
    """Write the supplier's item; the cost before in fen, None when it did not list it."""
    items = SupplierItem.objects.select_for_update().filter(supplier=row.supplier_id, sku=row.sku)
    item = items.first() or SupplierItem(supplier_id=row.supplier_id, sku=row.sku)
    old = item.cost_fen
    item.cost_fen, item.lead_days, item.lot = row.cost_fen, row.lead_days, row.lot
    item.save()
    return old


def _decide(row: SupplierListing, state: str, reason: str, actor: Actor, now: datetime) -> None:
    row.state, row.reason, row.decided_at = state, reason, now
    row.decided_by, row.decided_by_name = actor.user_id, actor.label[:80]
    row.save()
    outbox.publish(
        SupplierListingDecided(
            listing_id=row.pk,
            supplier_id=row.supplier_id,
            sku=row.sku,
            accepted=state == ListingState.ACCEPTED,
            cost_fen=row.cost_fen,
            product_id=row.product_id,
            occurred_at=now.isoformat(),
        )
    )
