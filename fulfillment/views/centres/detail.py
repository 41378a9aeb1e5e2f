"""/ops/centres/proposals/<key>/: the whole reckoning of one proposal, and the decision about it."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_GET, require_POST

from fulfillment.queries import centres
from fulfillment.queries.centre_map import centre_map
from fulfillment.services.centres import proposals
from fulfillment.views.centres.words import centre_row
from members.place_names import place_name
from members.queries.institutions import institutions_of_kind
from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid, NotAllowed, NotFound

ASIDE_DAYS = 180  # offered in the dialog
TONES = {"open": "ok", "accepted": "accent", "dismissed": "", "lapsed": ""}


class DayWrong(Invalid):
    code = "day_invalid"
    message = gettext_lazy("“%(value)s” is not a day. Write it as 2026-11-21.")


@login_required
@require_GET
def page(request, pk: int):
    return _show(request, pk)


def _show(request, pk: int, *, refusal: DomainError | None = None, asked: str = ""):
    row = centres.proposal(request.actor, pk)
    view = centres.overview(request.actor)
    rows = view.newest.candidates if view.newest else []
    standing = [centre_row(each) for each in view.newest.centres] if view.newest else []
    today = clock.local_day(clock.now())
    context = {
        "where": "centres",
        "row": row,
        "tone": TONES[row.state],
        "name": place_name(row.city),
        "sums": _sums(row.story),
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
        "asked": asked,
    }
    status = refusal.status if refusal else 200
    return render(request, "fulfillment/centres/proposal.html", context, status=status)


def _as_proposed(rows: list[dict], row) -> list[dict]:
    """On its own page only this city stands out."""
    town = (row.province, row.city)
    return [
        each | {"verdict": "proposed" if (each["province"], each["city"]) == town else ""} for each in rows
    ]


def _sums(story: dict) -> dict:
    """The period's sums with what they come to."""
    sums = story["sums"]
    now = sums["freight_now"] + sums["handling_now"]
    then = sums["freight_then"] + sums["handling_then"]
    return sums | {
        "now": now,
        "then": then,
        "parcels_then": sums["parcels"] - sums["merged"],
        "saving": now - sums["spared"] - then - sums["units_fen"],
        "covered_percent": round(100 * story["covered"], 1),
    }


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

    return _decided(request, pk, act, done=_("Accepted. Set the warehouse up now."), asked="accept")


@login_required
@require_POST
def dismiss(request, pk: int):
    def act():
        proposals.dismiss(
            proposal_id=pk,
            actor=request.actor,
            reason=request.POST.get("reason", ""),
            ask_again_on=_day(request.POST.get("ask_again_on", "")),
            now=clock.now(),
        )

    return _decided(
        request, pk, act, done=_("Dismissed; it is not proposed before that day."), asked="dismiss"
    )


def _decided(request, pk: int, act, *, done: str, asked: str):
    """On with what was decided, or the page again, its dialog open with what was entered and why not."""
    try:
        act()
    except (NotAllowed, NotFound):
        raise
    except Invalid as refusal:
        return _show(request, pk, refusal=refusal, asked=asked)
    except DomainError as refusal:
        messages.error(request, f"{refusal} ({refusal.code})")
    else:
        messages.success(request, done)
    return redirect("fulfillment:centre-proposal", pk=pk)


def _day(text: str) -> date:
    """Raises DayWrong."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise DayWrong(field="ask_again_on", value=text[:20]) from None
