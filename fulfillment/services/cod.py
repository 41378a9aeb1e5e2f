"""Cash on delivery of a courier company, paid in to the carrier."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fulfillment.events import CodRemitted
from fulfillment.models import CodRemittance, Delivery
from members.actors import SYSTEM, Actor
from members.queries import institution
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError


class NothingToRemit(DomainError):
    code = "nothing_to_remit"
    message = _("There is no collected cash to pay in.")


@transaction.atomic
def remit(*, courier_id: int, now: datetime, actor: Actor = SYSTEM) -> CodRemittance:
    """Pay in everything a courier company collected and has not paid in yet, and publish CodRemitted.

    The courier's own people, operators and finance clerks may record it. Raises NothingToRemit, NotAllowed.
    """
    if not actor.has("operator", "finance_clerk"):
        actor.must_have("courier", path=institution(courier_id).path)
    rows = Delivery.objects.select_for_update(of=("self",)).cod_outstanding().filter(courier_id=courier_id)
    open_rows = list(rows.select_related("fulfillment__demand").order_by("pk"))
    if not open_rows:
        raise NothingToRemit()
    remittance = CodRemittance.objects.create(
        courier_id=courier_id,
        amount_fen=sum(row.cod_collected_fen for row in open_rows),
        remitted_at=now,
        remitted_by=actor.label[:80],
    )
    Delivery.objects.filter(pk__in=[row.pk for row in open_rows]).update(remittance=remittance)
    outbox.publish(
        CodRemitted(
            remittance_id=remittance.pk,
            courier_id=courier_id,
            amount_fen=remittance.amount_fen,
            order_numbers=sorted({row.fulfillment.demand.order_number for row in open_rows}),
            occurred_at=now.isoformat(),
        )
    )
    return remittance
