"""The customer takes a part of a parcel: which units stay in the van, and what is then still to pay."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.models import ClaimState, Delivery, FulfillmentLine, RefusalReason, RefusedUnits, SerialClaim
from fulfillment.services import cod_share
from fulfillment.services.doors import StepOrder, must_go_on, parcel_at_door
from fulfillment.services.wrong_input import NoReasonChosen
from members.actors import Actor
from omnichannel.kernel.errors import DomainError, Invalid


class PartInvalid(Invalid):
    code = "part_invalid"
    message = _("Say for each article how many are taken, from none to all of them.")


class NothingTaken(DomainError):
    code = "nothing_taken"
    message = _("Nothing of the parcel is taken: refuse it as a whole instead.")


class SerialsWanted(Invalid):
    code = "part_serials"
    message = _("Scan the serial numbers of the %(units)s pieces of %(sku)s that go back.")


@transaction.atomic
def keep_a_part(
    *,
    actor: Actor,
    code: str,
    taken: Mapping[int, int],
    reason: str,
    now: datetime,
    serials: Mapping[int, list[str]] | None = None,
) -> Delivery:
    """The customer takes `taken` units by fulfillment line id; the others go back. Before the signature.

    Said again it replaces what was said before; everything taken is no part. serials: those that go back, by
    line, where some of several serial units do. What is to pay shrinks by what the refused units cost in
    money. Raises PartInvalid, NothingTaken, SerialsWanted, NoReasonChosen, ParcelUnknown, StepOrder.
    """
    if reason not in RefusalReason.values:
        raise NoReasonChosen(field="reason")
    delivery = parcel_at_door(actor, code)
    must_go_on(delivery)
    if not delivery.arrived_at or delivery.signed_at:
        raise StepOrder()
    forget(delivery)
    lines = list(delivery.fulfillment.lines.order_by("line_id"))
    back = _going_back(lines, taken)
    if sum(back.values()) == sum(line.quantity for line in lines):
        raise NothingTaken()
    RefusedUnits.objects.bulk_create(
        RefusedUnits(
            delivery=delivery,
            line=line,
            quantity=back[line.pk],
            reason=reason,
            serials=_serials(line, back[line.pk], (serials or {}).get(line.pk, [])),
        )
        for line in lines
        if back[line.pk]
    )
    _owe_less(delivery, lines, back)
    return delivery


def forget(delivery: Delivery) -> None:
    """All of the parcel is wanted again, or it was another visit's choice."""
    RefusedUnits.objects.filter(delivery=delivery).delete()
    holders = delivery.fulfillment.lines.exclude(identity_id=None).order_by("line_id")
    delivery.cod_fen = delivery.fulfillment.cod_fen
    delivery.identity_id = holders.values_list("identity_id", flat=True).first()
    delivery.save(update_fields=["cod_fen", "identity_id"])


def _going_back(lines: list[FulfillmentLine], taken: Mapping[int, int]) -> dict[int, int]:
    if set(taken) - {line.pk for line in lines}:
        raise PartInvalid(field="taken")
    back = {line.pk: line.quantity - taken.get(line.pk, line.quantity) for line in lines}
    if any(not 0 <= back[line.pk] <= line.quantity for line in lines):
        raise PartInvalid(field="taken")
    return back


def _serials(line: FulfillmentLine, units: int, named: list[str]) -> list[str]:
    """The serials of units that go back: all of the line, or those that were scanned."""
    claims = SerialClaim.objects.filter(line=line, state=ClaimState.SHIPPED).order_by("serial__serial")
    held = list(claims.values_list("serial__serial", flat=True))
    if len(held) <= units:
        return held
    chosen = {serial.strip().upper() for serial in named}
    if len(chosen) != units or not chosen <= set(held):
        raise SerialsWanted(field="serials", units=units, sku=line.sku)
    return sorted(chosen)


def _owe_less(delivery: Delivery, lines: list[FulfillmentLine], back: Mapping[int, int]) -> None:
    """Cash and the person to identify follow what is kept."""
    delivery.cod_fen -= min(delivery.cod_fen, cod_share.of_units(delivery.fulfillment, lines, back))
    kept = [line for line in lines if back[line.pk] < line.quantity]
    delivery.identity_id = next((line.identity_id for line in kept if line.identity_id), None)
    delivery.save(update_fields=["cod_fen", "identity_id"])
