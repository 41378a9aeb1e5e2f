"""Refunds on their way to the provider: outside transactions, tried again by the outbox."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import DomainError
from orders.events import RefundRequested
from orders.gateways import unipay
from orders.models import Refund, RefundState
from orders.services import refunds


class RefundInProgress(DomainError):
    code = "refund_in_progress"
    message = _("The provider is still working on this refund.")


def send(fact: RefundRequested, done: Callable[[], None], *, now: datetime) -> None:
    """Ask the provider for a refund and record the answer together with `done`.

    Raises what the provider raised, or RefundInProgress: the outbox comes back later, and after its last
    attempt the refund stays on the operators' list as failed.
    """
    row = Refund.objects.select_related("payment", "intake").get(pk=fact.refund_id)
    if row.state == RefundState.SUCCEEDED:
        done()
        return
    unfinished = Refund.objects.unfinished().filter(pk=row.pk)
    unfinished.update(state=RefundState.PENDING, attempts=F("attempts") + 1)
    try:
        answer = _ask(row, now=now)
    except DomainError as error:
        unfinished.update(state=RefundState.FAILED, last_error=str(error)[:500])
        raise
    with transaction.atomic():
        refunds.succeed(row, now=now, provider_reference=answer.refund_id)
        done()


def _ask(row: Refund, *, now: datetime) -> unipay.RefundAnswer:
    answer = unipay.provider().refund(
        out_trade_no=row.payment.out_trade_no,
        out_refund_no=row.out_refund_no,
        amount_fen=row.amount_fen,
        total_fen=row.payment.captured_fen,
        reason=row.reason,
        now=now,
    )
    if answer.status != "SUCCESS":
        raise RefundInProgress()
    return answer
