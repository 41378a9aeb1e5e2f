"""A store's posted parcels: found by number, phone or name, and one with what a counter has to know."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.values import worded
from fulfillment.models import Delivery, FulfillmentOrder, FulfillmentState, Posting
from fulfillment.models.demands import DemandState
from fulfillment.models.postings import BACK
from members.place_names import place_name
from omnichannel.kernel import clock
from omnichannel.kernel.errors import NotFound
from omnichannel.kernel.secrets import mask_name, mask_tail

_S = FulfillmentState
STANDINGS = {
    "unpaid": Q(state=None, demand__state=DemandState.HELD),
    "here": Q(state=_S.PACKED),
    "under_way": Q(state__in=(_S.HANDED_OVER, _S.OUT_FOR_DELIVERY, _S.REFUSED)),
    "delivered": Q(state=_S.DELIVERED),
    "back": Q(state__in=BACK, collected_at=None),
    "over": Q(state=_S.LOST)
    | Q(collected_at__isnull=False)
    | Q(state=None, demand__state=DemandState.RELEASED),
}
TONES = {"unpaid": "warn", "here": "accent", "under_way": "accent", "delivered": "ok", "back": "danger"}


class PostingUnknown(NotFound):
    code = "posting_unknown"
    message = gettext_lazy("There is no such posted parcel in this store.")


@dataclass(frozen=True)
class PostedParcel:
    """Grams, centimetres, fen. code, state and courier are empty until it is paid, or handed over."""

    order_number: str
    standing: str
    code: str
    state: str
    state_label: str
    courier: str
    sender: str
    sender_phone: str
    receiver: str
    receiver_phone: str
    place: str
    contents: str
    weight_g: int
    sides: tuple[int, int, int]
    billed_g: int
    postage_fen: int
    declared_fen: int
    posted_at: datetime
    promised_on: date | None
    inspected_by: str
    collected_at: datetime | None
    given_back_by: str

    @property
    def tone(self) -> str:
        return TONES.get(self.standing, "")

    @property
    def standing_label(self) -> str:
        return standing_labels()[self.standing]


def standing_labels() -> dict[str, str]:
    return {
        "unpaid": _("not paid yet"),
        "here": _("waits for the courier"),
        "under_way": _("under way"),
        "delivered": _("delivered"),
        "back": _("to be given back"),
        "over": _("over"),
    }


def at(store_id: int, *, text: str = "", standing: str = "", day: date | None = None) -> QuerySet[Posting]:
    """The store's posted parcels, newest first, for a paginator.

    text: a parcel's or order's number, a waybill, the last digits of a phone, or a name. day: in Shanghai.
    """
    found = _with_parcel().filter(store=store_id)
    if text := text.strip()[:40]:
        found = found.filter(_named(text))
    if standing in STANDINGS:
        found = found.filter(STANDINGS[standing])
    if day:
        begin, end = clock.day_bounds(day)
        found = found.filter(posted_at__gte=begin, posted_at__lt=end)
    return found.order_by("-posted_at", "-pk")


def one(store_id: int, order_number: str) -> PostedParcel:
    """Raises PostingUnknown, for another store's too."""
    found = _with_parcel().filter(store=store_id, demand__order_number=order_number).first()
    if found is None:
        raise PostingUnknown()
    return row(found)


def counts(store_id: int) -> dict[str, int]:
    """How many parcels there are to do something about, by standing; one query each."""
    rows = _with_parcel().filter(store=store_id)
    return {name: rows.filter(STANDINGS[name]).count() for name in ("here", "back")}


def _with_parcel() -> QuerySet[Posting]:
    parcels = FulfillmentOrder.objects.filter(demand=OuterRef("pk")).order_by("pk")
    rows = Delivery.objects.filter(fulfillment__demand=OuterRef("pk")).order_by("pk")
    return Posting.objects.select_related("demand").annotate(
        state=Subquery(parcels.values("state")[:1]),
        code=Subquery(parcels.values("code")[:1]),
        courier=Subquery(rows.values("courier__name")[:1]),
        courier_en=Subquery(rows.values("courier__name_en")[:1]),
        waybill=Subquery(rows.values("waybill")[:1]),
    )


def _named(text: str) -> Q:
    code = text.upper()
    named = Q(code=code) | Q(demand__order_number=code) | Q(waybill=code)
    if text.isascii() and text.isdigit():
        phones = Q(demand__wish__contact_phone__endswith=text[-11:])
        return named | phones | Q(demand__wish__destination__phone__endswith=text[-11:])
    people = Q(demand__wish__contact_name__icontains=text)
    return named | people | Q(demand__wish__destination__name__icontains=text)


def row(posting: Posting) -> PostedParcel:
    """One of at(), people masked as on every list of parcels."""
    wish = posting.demand.wish
    goal = wish["destination"]
    state = posting.state or ""
    return PostedParcel(
        order_number=posting.demand.order_number,
        standing=_standing(posting),
        code=posting.code or "",
        state=state,
        state_label=capfirst(_S(state).label) if state else "",
        courier=_courier(posting),
        sender=mask_name(wish["contact_name"]),
        sender_phone=mask_tail(wish["contact_phone"]),
        receiver=mask_name(goal["name"]),
        receiver_phone=mask_tail(goal["phone"]),
        place=" ".join(dict.fromkeys(place_name(part) for part in (goal["province"], goal["city"]) if part)),
        contents=posting.contents,
        weight_g=posting.weight_g,
        sides=(posting.length_cm, posting.width_cm, posting.height_cm),
        billed_g=posting.billed_g,
        postage_fen=posting.postage_fen,
        declared_fen=posting.declared_fen,
        posted_at=posting.posted_at,
        promised_on=posting.demand.promised_on,
        inspected_by=posting.inspected_by,
        collected_at=posting.collected_at,
        given_back_by=posting.given_back_by,
    )


def _courier(posting: Posting) -> str:
    return worded(posting.courier or "", posting.courier_en or "")


def _standing(posting: Posting) -> str:
    """As STANDINGS says it of many."""
    state = posting.state
    if state is None:
        return "unpaid" if posting.demand.state == DemandState.HELD else "over"
    if state in BACK:
        return "over" if posting.collected_at else "back"
    if state == _S.LOST:
        return "over"
    return {_S.PACKED: "here", _S.DELIVERED: "delivered"}.get(state, "under_way")
