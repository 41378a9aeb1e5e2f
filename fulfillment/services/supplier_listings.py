"""A supplier lists what it delivers: an article of ours at a cost, or a terminal that we do not have yet."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalog.queries.taken import products_of
from members.actors import Actor, NotYours
from omnichannel.kernel.errors import DomainError, Invalid
from omnichannel.kernel.locks import advisory_lock

from ..models import ListingState, SupplierItem, SupplierListing
from ..queries.supplier_pages import OWN, suppliers_of
from . import photos, pictures
from .dealer_quotes import is_orderable

FOLDER, ENDING = "listings", "jpg"
SKU = re.compile(r"[A-Z0-9][A-Z0-9-]{2,39}")
MOST_FEN, MOST_LEAD_DAYS, MOST_LOT = 1_000_000_00, 365, 100_000


class ListingUnknown(NotYours):
    code = "listing_unknown"
    message = _("There is no such listing of yours.")


class SupplierUnknown(NotYours):
    code = "supplier_unknown"
    message = _("You do not work for this supplier.")


class ArticleUnknown(Invalid):
    code = "listing_article_unknown"
    message = _("We do not sell %(sku)s. List it as a new terminal, or look at the SKU again.")


class SkuUnfit(Invalid):
    code = "listing_sku_unfit"
    message = _("A SKU has 3 to 40 letters, digits and hyphens, as PH-NOVA-3-256.")


class SkuKnown(Invalid):
    code = "listing_sku_known"
    message = _("We have the article %(sku)s already. List it as an article of ours, or choose another SKU.")


class OfferWrong(Invalid):
    code = "listing_offer_wrong"
    message = _("Cost, lead time and lot: more than ¥0 up to ¥1,000,000, 0 to 365 days, 1 to 100,000 units.")


class WordsMissing(Invalid):
    code = "listing_words_missing"
    message = _("Title in both languages, brand and model are needed.")


class WaitsAlready(DomainError):
    code = "listing_waits"
    message = _("Your listing of %(sku)s waits to be reviewed. Withdraw it before you send another.")


class ListingOver(DomainError):
    code = "listing_over"
    message = _("This listing is “%(state)s” already.")


class NothingNew(Invalid):
    code = "listing_nothing_new"
    message = _("%(sku)s is listed at exactly that.")


@dataclass(frozen=True)
class Offered:
    """cost_fen a unit, in lots, after lead_days. The words and the picture are of a new terminal."""

    sku: str
    cost_fen: int
    lead_days: int
    lot: int
    is_new: bool = False
    title: str = ""
    title_en: str = ""
    brand: str = ""
    model: str = ""
    description: str = ""
    description_en: str = ""
    picture: bytes = b""


@transaction.atomic
def propose(*, actor: Actor, supplier_id: int, key: str, offered: Offered, now: datetime) -> SupplierListing:
    """A listing that waits for our decision; another cost of something listed is a listing again.

    The same key is the same listing. Raises SupplierUnknown, OfferWrong, ArticleUnknown, SkuUnfit, SkuKnown,
    WordsMissing, NothingNew, WaitsAlready, photos.PhotoInvalid, photos.PhotoTooLarge.
    """
    _must_work_for(actor, supplier_id)
    advisory_lock(f"supplier listings {supplier_id}")
    if known := SupplierListing.objects.filter(supplier=supplier_id, key=key).first():
        return known
    sku = offered.sku.strip().upper()
    _check_offer(offered)
    if offered.is_new:
        _check_new(sku, offered)
    else:
        _check_ours(supplier_id, sku, offered)
    if SupplierListing.objects.filter(supplier=supplier_id, sku=sku, state=ListingState.PROPOSED).exists():
        raise WaitsAlready(sku=sku)
    return SupplierListing.objects.create(
        supplier_id=supplier_id,
        state=ListingState.PROPOSED,
        is_new=offered.is_new,
        sku=sku,
        cost_fen=offered.cost_fen,
        lead_days=offered.lead_days,
        lot=offered.lot,
        key=key,
        proposed_by=actor.user_id,
        proposed_by_name=actor.label[:80],
        proposed_at=now,
        **(_words(offered) if offered.is_new else {}),
    )


def _must_work_for(actor: Actor, supplier_id: int) -> None:
    if supplier_id not in {card.id for card in suppliers_of(actor)}:
        raise SupplierUnknown()


def _check_offer(offered: Offered) -> None:
    fits = 0 < offered.cost_fen <= MOST_FEN and 0 <= offered.lead_days <= MOST_LEAD_DAYS
    if not fits or not 0 < offered.lot <= MOST_LOT:
        raise OfferWrong(field="cost")


def _check_new(sku: str, offered: Offered) -> None:
    if not SKU.fullmatch(sku):
        raise SkuUnfit(field="sku")
    if products_of([sku]):
        raise SkuKnown(field="sku", sku=sku)
    if not all(text.strip() for text in (offered.title, offered.title_en, offered.brand, offered.model)):
        raise WordsMissing(field="title")


def _check_ours(supplier_id: int, sku: str, offered: Offered) -> None:
    """What dealers can order of us, and what this supplier lists already, shown in the shop or not."""
    item = SupplierItem.objects.filter(supplier=supplier_id, sku=sku).first()
    if item is None and not is_orderable(sku):
        raise ArticleUnknown(field="sku", sku=sku[:40])
    if item and (item.cost_fen, item.lead_days, item.lot) == (
        offered.cost_fen,
        offered.lead_days,
        offered.lot,
    ):
        raise NothingNew(field="cost", sku=sku)


def _words(offered: Offered) -> dict[str, str]:
    kept = ""
    if offered.picture:
        jpeg, _size = photos.cleaned(offered.picture)
        kept = pictures.keep(jpeg, folder=FOLDER, ending=ENDING)
    return {
        "title": offered.title.strip()[:120],
        "title_en": offered.title_en.strip()[:120],
        "brand": offered.brand.strip()[:40],
        "model": offered.model.strip()[:60],
        "description": offered.description.strip()[:600],
        "description_en": offered.description_en.strip()[:600],
        "picture": kept,
    }


@transaction.atomic
def withdraw(*, actor: Actor, listing_id: int, now: datetime) -> SupplierListing:
    """The supplier takes back what is not decided yet. Raises ListingUnknown, ListingOver."""
    row = locked_listing(listing_id)
    if not any(actor.can(role, row.supplier.path) for role in OWN):
        raise ListingUnknown()
    must_wait(row)
    row.state, row.decided_at = ListingState.WITHDRAWN, now
    row.decided_by, row.decided_by_name = actor.user_id, actor.label[:80]
    row.save(update_fields=["state", "decided_at", "decided_by", "decided_by_name"])
    return row


def locked_listing(listing_id: int) -> SupplierListing:
    """Raises ListingUnknown."""
    rows = SupplierListing.objects.select_for_update(of=("self",)).select_related("supplier")
    row = rows.filter(pk=listing_id).first()
    if row is None:
        raise ListingUnknown()
    return row


def must_wait(row: SupplierListing) -> None:
    if row.state != ListingState.PROPOSED:
        raise ListingOver(state=str(row.get_state_display()))


def picture_of(row: SupplierListing) -> bytes:
    """The JPEG of a listing that may be read. Raises ListingUnknown where there is none."""
    raw = pictures.read(row.picture, folder=FOLDER, ending=ENDING) if row.picture else None
    if raw is None:
        raise ListingUnknown()
    return raw
