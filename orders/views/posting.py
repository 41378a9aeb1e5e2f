"""/clerk/post/: a customer's own parcel is taken in; /clerk/parcels/: what a store has taken in."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fulfillment.queries import postings, tracking
from fulfillment.services import posting as parcels
from fulfillment.services.identity_proof import SEEN_BY_EYE
from members.services import addresses
from members.values import Destination
from omnichannel.kernel import clock, idempotency
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.filters import date_of
from orders.forms_posting import OF_RECEIVER, PostingForm, Weighed
from orders.models.intake import State
from orders.queries import orders
from orders.queries.payments import cash_refunds_due
from orders.services import posting
from orders.values import CardPart

PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def post(request):
    """The page; posted, the parcel is ours to carry once it is paid."""
    store = posting.store_of(request.actor)
    if request.method != "POST":
        first = {"province": store.province, "city": store.city, "means": "cash", "posting": uuid4().hex}
        return _page(request, store, PostingForm(initial=first))
    form, error, names = PostingForm(request.POST), None, OF_RECEIVER
    if form.is_valid():
        try:
            receiver, names = addresses.destination(**form.receiver), None
            return redirect("orders:clerk-parcel", number=_post_once(request, store, form, receiver))
        except DomainError as refusal:
            error = refusal if not form.refuse(refusal, names=names) else None
    return _page(request, store, form, error=error)


def _page(request, store, form: PostingForm, *, error: DomainError | None = None):
    context = {"institution": store, "store": store, "form": form, "error": error, "where": "post"}
    status = 200
    if form.is_bound:
        status = error.status if error else 422
    return render(request, "orders/posting/post.html", context | _sum(request, store), status=status)


@require_POST
def sum_up(request):
    """The postage for what was typed so far."""
    return render(request, "orders/posting/_sum.html", _sum(request, posting.store_of(request.actor)))


@require_GET
def cities(request):
    """The cities of the chosen province."""
    posting.store_of(request.actor)
    form = PostingForm(initial={"province": request.GET.get("province", "")})
    return render(request, "orders/_cities.html", {"form": form})


def _sum(request, store) -> dict:
    weighed = Weighed.of(request.POST)
    if weighed.measures is None:
        return {"postage": None}
    try:
        found = posting.price(weighed.measures, store=store, province=weighed.province, now=clock.now())
    except DomainError as refusal:
        return {"postage": None, "no_postage": refusal}
    return {"postage": found, "by_volume": found.billed_g > weighed.measures.weight_g}


def _post_once(request, store, form: PostingForm, receiver: Destination) -> str:
    """The order number; the same form sent twice is one parcel."""
    body = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    _status, answer, _replayed = idempotency.once(
        caller=f"clerk:{request.actor.user_id}",
        route="clerk-post",
        key=form.cleaned_data["posting"],
        body=body,
        effect=lambda: (201, {"number": _post(request, store, form, receiver)}),
    )
    return answer["number"]


def _post(request, store, form: PostingForm, receiver: Destination) -> str:
    asked = form.cleaned_data
    card = CardPart(number=asked["card_number"], pin=asked["card_pin"]) if asked["card_number"] else None
    placed = posting.post(
        actor=request.actor,
        store=store,
        sender=form.sender,
        receiver=receiver,
        parcel=form.parcel,
        means=asked["means"],
        shown_total=asked["shown_total"] if asked["shown_total"] is not None else -1,
        card=card,
        now=clock.now(),
    )
    return placed.order_number


@require_GET
def history(request):
    """What this store has taken in, found by number, phone or name."""
    store = posting.store_of(request.actor)
    asked = {name: request.GET.get(name, "").strip()[:40] for name in ("q", "standing", "day")}
    day = date_of(request, "day")
    found = postings.at(store.id, text=asked["q"], standing=asked["standing"], day=day)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "institution": store,
        "page": page,
        "rows": [postings.row(each) for each in page],
        "asked": asked,
        "is_asked": any(asked.values()),
        "standings": postings.standing_labels(),
        "counts": postings.counts(store.id),
        "where": "parcels",
    }
    return render(request, "orders/posting/history.html", context)


@require_GET
def parcel(request, number: str):
    return _parcel_page(request, number)


def _parcel_page(request, number: str, *, refusal: DomainError | None = None):
    store = posting.store_of(request.actor)
    found = postings.one(store.id, number)
    intake = orders.head(request.actor, number)
    context = {
        "institution": store,
        "parcel": found,
        "order": intake,
        "track_path": f"/track/{found.code}/{tracking.seal_of(found.code)}/" if found.code else "",
        "can_cancel": intake.may_become(State.CANCELLED),
        "to_pay_out": sum(refund.amount_fen for refund in cash_refunds_due(number)),
        "seen_choices": [(each, each.label) for each in SEEN_BY_EYE],
        "refusal": refusal,
        "entered": request.POST,
        "where": "parcels",
    }
    status = refusal.status if refusal else 200
    return render(request, "orders/posting/parcel.html", context, status=status)


@require_POST
def give_back(request, number: str):
    """It came back, or was called off: the sender takes it home."""
    store = posting.store_of(request.actor)
    found = postings.one(store.id, number)
    try:
        parcels.give_back(
            actor=request.actor,
            location_id=store.id,
            code=found.code,
            name=request.POST.get("name", ""),
            id_tail=request.POST.get("id_tail", ""),
            seen=request.POST.get("seen", ""),
            now=clock.now(),
        )
    except DomainError as refusal:
        return _parcel_page(request, number, refusal=refusal)
    messages.success(request, _("Given back to its sender."))
    return redirect("orders:clerk-parcel", number=number)
