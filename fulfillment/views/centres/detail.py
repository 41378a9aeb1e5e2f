"""/ops/centres/proposals/<key>/: the whole reckoning of one proposal, and the decisions about it."""

from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_POST

from fulfillment.queries import centres
from fulfillment.queries.centre_map import centre_map
from fulfillment.services.centres import proposals
from fulfillment.views.centres.words import centre_row
from fulfillment.views.routing.versions import day_of
from members.place_names import place_name
from members.queries.institutions import institutions_of_kind
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid, NotAllowed, NotFound

ASIDE_DAYS = 180  # offered in the dialog
TONES = {"open": "ok", "accepted": "accent", "built": "ok"}


@login_required
@require_GET
def page(request, pk: int):
    return _show(request, pk)


def _show(request, pk: int, *, refusal: DomainError | None = None):
    row = centres.proposal(request.actor, pk)
    view = centres.overview(request.actor, now=clock.now())
    rows = view.newest.candidates if view.newest else []
    standing = [centre_row(each) for each in view.newest.centres] if view.newest else []
    today = clock.local_day(clock.now())
    context = {
        "where": "centres",
        "row": row,
        "tone": TONES.get(row.state, ""),
        "name": place_name(row.city),
        "sums": row.story["sums"],
        "covered_percent": round(100 * row.story["covered"], 1),
        "sources": [_source(each) for each in row.story["sources"]],
        "area": [_served(each) for each in row.story["area"]],
        "map": centre_map(
            _as_proposed(rows, row), standing, [((row.latitude, row.longitude), row.story["area"])]
        ),
        "may_decide": request.actor.has("operator"),
        "admin_url": _warehouse_form(row) if row.state == "accepted" else "",
        "tomorrow": (today + timedelta(days=1)).isoformat(),
        "again": request.POST.get("ask_again_on") or (today + timedelta(days=ASIDE_DAYS)).isoformat(),
        "reason": request.POST.get("reason", ""),
        "refused": f"{refusal} ({refusal.code})" if refusal else "",
    }
    status = refusal.status if refusal else 200
    return render(request, "fulfillment/centres/proposal.html", context, status=status)


def _as_proposed(rows: list[dict], row) -> list[dict]:
    """On its own page only this city stands out."""
    town = (row.province, row.city)
    return [
        each | {"verdict": "proposed" if (each["province"], each["city"]) == town else ""} for each in rows
    ]


def _source(row: list) -> dict:
    province, city, parcels, now, then = row
    return {"name": place_name(city), "province": place_name(province), "parcels": parcels, "now": now,
            "then": then, "less": now - then}  # fmt: skip


def _served(row: list) -> dict:
    province, city, orders, saving, km = row
    return {"name": place_name(city), "province": place_name(province), "orders": orders, "saving": saving,
            "km": km}  # fmt: skip


def _warehouse_form(row) -> str:
    """The admin's form for a new institution, filled in as far as the proposal knows."""
    carrier = next(iter(institutions_of_kind("carrier")), None)
    known = {
        "kind": "warehouse",
        "name": f"{row.city}仓",
        "name_en": f"{_english(row.city)} Warehouse".strip(),
        "province": row.province,
        "city": row.city,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "is_active": "1",
    } | ({"parent": carrier.id} if carrier else {})
    return f"{reverse('admin:members_institution_add')}?{urlencode(known)}"


def _english(city: str) -> str:
    with override("en"):
        return place_name(city)


@login_required
@require_POST
def accept(request, pk: int):
    def act():
        proposals.accept(
            proposal_id=pk, actor=request.actor, note=request.POST.get("note", ""), now=clock.now()
        )

    return _decided(request, pk, act, done=_("Accepted. Set the warehouse up now."))


@login_required
@require_POST
def dismiss(request, pk: int):
    done = _("Dismissed; it is not proposed before that day.")
    return _decided(request, pk, _put_aside(request, pk, proposals.dismiss), done=done)


@login_required
@require_POST
def give_up(request, pk: int):
    done = _("Given up; it is not proposed before that day.")
    return _decided(request, pk, _put_aside(request, pk, proposals.give_up), done=done)


def _put_aside(request, pk: int, decide):
    def act():
        decide(
            proposal_id=pk,
            actor=request.actor,
            reason=request.POST.get("reason", ""),
            ask_again_on=day_of(request, "ask_again_on"),
            now=clock.now(),
        )

    return act


def _decided(request, pk: int, act, *, done: str):
    """On with what was decided, or the page again, its dialog open with what was entered and why not."""
    try:
        act()
    except (NotAllowed, NotFound):
        raise
    except Invalid as refusal:
        return _show(request, pk, refusal=refusal)
    except DomainError as refusal:
        messages.error(request, f"{refusal} ({refusal.code})")
    else:
        messages.success(request, done)
    return redirect("fulfillment:centre-proposal", pk=pk)
