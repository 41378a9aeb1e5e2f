"""What a person does with a parcel on a store's page, a function for each step of views.store.act."""

from django.contrib import messages
from django.utils.translation import gettext as _

from fulfillment.models import FulfillmentState
from fulfillment.services import (
    acceptance,
    account_opening,
    account_undo,
    couriers,
    handover,
    packing,
    picking,
    pickup,
    pickup_renewal,
    returns,
    short_doors,
    sim_take,
    undo,
)
from fulfillment.views.amounts import fen_of
from omnichannel.kernel import clock

# What a person did on this page and may take back; cards and accounts have their own way.
UNDONE_HERE = (picking.STATION, sim_take.STATION, packing.STATION, pickup.STATION)


def lacking_of(posted, lines) -> dict[int, int]:
    """Fields good-<line>: the good pieces that are there; what is no number, or blank, is all of them."""
    found = {}
    for line in lines:
        text = posted.get(f"good-{line.pk}", "").strip()
        if text.isdecimal() and len(text) < 6:
            found[line.pk] = line.quantity - int(text)
    return found


def _accept(request, location_id, fo):
    acceptance.accept(fulfillment_id=fo.pk, actor=request.actor, now=clock.now())


def _refuse(request, location_id, fo):
    """Where the shelf is the reason, it is said how many good pieces are there."""
    reason = request.POST.get("reason", "")
    at_shelf = reason in acceptance.AT_THE_SHELF
    acceptance.refuse(
        fulfillment_id=fo.pk,
        actor=request.actor,
        reason=reason,
        lacking=lacking_of(request.POST, fo.lines.all()) if at_shelf else None,
        now=clock.now(),
    )
    messages.success(request, _("Refused. Another location is being found."))


def _pick(request, location_id, fo):
    serials = {
        int(name.removeprefix("serials-")): values.split()
        for name, values in request.POST.items()
        if name.startswith("serials-") and values.strip()
    }
    picking.pick_at_counter(
        actor=request.actor, location_id=location_id, code=fo.code, serials=serials, now=clock.now()
    )


def _short(request, location_id, fo):
    """Pieces that are missing or damaged; bound devices are ticked by their serials."""
    lines = list(fo.lines.all())
    serials = {line.pk: request.POST.getlist(f"gone-{line.pk}") for line in lines}
    lacking = lacking_of(request.POST, lines) | {pk: len(gone) for pk, gone in serials.items() if gone}
    told = short_doors.report_at_counter(
        actor=request.actor,
        location_id=location_id,
        code=fo.code,
        lacking=lacking,
        serials=serials,
        reason=request.POST.get("why", ""),
        now=clock.now(),
    )
    if told.goes_on:
        messages.success(request, _("Reported. What lacks is sent from elsewhere, the rest goes on."))
    else:
        messages.success(request, _("Reported. Another location is being found."))


def _undo(request, location_id, fo):
    undo.undo_of_parcel(
        actor=request.actor, location_id=location_id, code=fo.code, stations=UNDONE_HERE, now=clock.now()
    )
    messages.success(request, _("Taken back"))


def _card(request, location_id, fo):
    """The card is scanned once here: what was taken is opened at once."""
    iccid = request.POST.get("iccid", "")
    taken = sim_take.take(
        actor=request.actor, location_id=location_id, code=fo.code, iccid=iccid, now=clock.now()
    )
    if taken.state == FulfillmentState.SIM_TAKEN:
        _account(request, location_id, fo)


def _account(request, location_id, fo):
    account_opening.request(actor=request.actor, location_id=location_id, code=fo.code, now=clock.now())


def _undo_account(request, location_id, fo):
    reason = request.POST.get("reason", "")
    account_undo.ask(
        actor=request.actor, location_id=location_id, code=fo.code, reason=reason, now=clock.now()
    )
    messages.success(request, _("The network is asked to close the account."))


def _pack(request, location_id, fo):
    packing.pack_at_counter(actor=request.actor, location_id=location_id, code=fo.code, now=clock.now())


def _ready(request, location_id, fo):
    pickup.make_ready(actor=request.actor, location_id=location_id, code=fo.code, now=clock.now())
    messages.success(request, _("The customer has the pick-up code by text message."))


def _leave(request, location_id, fo):
    manifest = handover.give_at_counter(
        actor=request.actor,
        location_id=location_id,
        code=fo.code,
        received_by=request.POST.get("received_by", ""),
        now=clock.now(),
    )
    told = {"courier": manifest.courier.label, "manifest": manifest.code}
    if manifest.closed_at:
        messages.success(request, _("Handed to %(courier)s; manifest %(manifest)s is closed.") % told)
    else:
        text = _("Handed to %(courier)s. More is packed for this courier: go on, or close %(manifest)s.")
        messages.success(request, text % told)


def _pickup(request, location_id, fo):
    pickup.hand_over(
        actor=request.actor,
        location_id=location_id,
        code=fo.code,
        pickup_code=request.POST.get("pickup_code", ""),
        paid_fen=fen_of(request.POST.get("amount", "")) if fo.cod_fen else 0,
        means=request.POST.get("means", "cash"),
        name=request.POST.get("name", ""),
        id_tail=request.POST.get("id_tail", ""),
        seen=request.POST.get("seen", ""),
        now=clock.now(),
    )


def _new_code(request, location_id, fo):
    pickup_renewal.send_new_code(actor=request.actor, location_id=location_id, code=fo.code, now=clock.now())
    messages.success(request, _("The customer has a new pick-up code by text message."))


def _waybill(request, location_id, fo):
    couriers.name_waybill(
        actor=request.actor,
        location_id=location_id,
        code=fo.code,
        waybill=request.POST.get("waybill", ""),
    )
    messages.success(request, _("The waybill number is noted."))


def _back(request, location_id, fo):
    returns.receive_back(actor=request.actor, location_id=location_id, code=fo.code, now=clock.now())


ACTIONS = {
    "accept": _accept,
    "refuse": _refuse,
    "short": _short,
    "undo": _undo,
    "pick": _pick,
    "card": _card,
    "account": _account,
    "undo-account": _undo_account,
    "pack": _pack,
    "ready": _ready,
    "leave": _leave,
    "pickup": _pickup,
    "new-code": _new_code,
    "waybill": _waybill,
    "back": _back,
}
