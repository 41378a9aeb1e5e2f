"""A store's posted parcels: found by number, phone or name, and one with what a counter has to know."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.values import worded
from fulfillment.models import FulfillmentOrder, FulfillmentState, Posting
from fulfillment.models.demands import DemandState
from fulfillment.models.postings import BACK
from members.place_names import place_name
from omnichannel.kernel import clock
from omnichannel.kernel.errors import NotFound
from omnichannel.kernel.secrets import mask_name, mask_tail

_S = FulfillmentState
HERE, BACK_HERE = Q(state=_S.PACKED), Q(state__in=BACK)
# Of an annotated posting: the first that is true.
STANDING = Case(
    When(state=None, demand__state=DemandState.HELD, then=Value("unpaid")),
    When(Q(state=None) | Q(state=_S.LOST) | Q(collected_at__isnull=False), then=Value("over")),
    When(HERE, then=Value("here")),
    When(BACK_HERE, then=Value("back")),
    When(state=_S.DELIVERED, then=Value("delivered")),
    default=Value("under_way"),
    output_field=CharField(),
)
TONES = {"unpaid": "warn", "here": "accent", "under_way": "accent", "delivered": "ok", "back": "danger"}


class Ending(StrEnum):
    """NEVER: it was not paid in time."""

    NEVER = "never"
    LOST = "lost"
    BACK = "back"
    COLLECTED = "collected"


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
    if standing in standing_labels():
        found = found.filter(standing=standing)
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
    """How many parcels there are to do something about, by standing; one query over what lies there."""
    lying = FulfillmentOrder.objects.filter(HERE | BACK_HERE, location=store_id)
    posted = lying.filter(demand__posting__isnull=False, demand__posting__collected_at=None)
    return posted.aggregate(here=Count("pk", filter=HERE), back=Count("pk", filter=BACK_HERE))


def ending(order_number: str) -> Ending | None:
    """Where a posted parcel's way ended for its sender; None while it is under way, and when it arrived."""
    found = _with_parcel().filter(demand__order_number=order_number).first()
    if found is None or found.standing == "unpaid":
        return None
    if found.collected_at:
        return Ending.COLLECTED
    if found.standing == "over":
        return Ending.LOST if found.state == _S.LOST else Ending.NEVER
    return Ending.BACK if found.standing == "back" else None


def _with_parcel() -> QuerySet[Posting]:
    """Each with its standing and with its one parcel's state and courier, if it was accepted."""
    parcel = "demand__fulfillments__"
    return (
        Posting.objects.select_related("demand")
        .annotate(
            state=F(f"{parcel}state"),
            code=F(f"{parcel}code"),
            courier=F(f"{parcel}delivery__courier__name"),
            courier_en=F(f"{parcel}delivery__courier__name_en"),
            waybill=F(f"{parcel}delivery__waybill"),
        )
        .annotate(standing=STANDING)
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
        standing=posting.standing,
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
