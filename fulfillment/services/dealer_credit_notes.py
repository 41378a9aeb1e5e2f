"""A credit note takes back a part of an invoice: it pays like money, but none came."""

from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from members.actors import Actor, NotYours
from omnichannel.kernel import clock, outbox
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.money import display

from ..events import DealerCreditIssued
from ..models import DealerInvoice, DealerPayment, PaymentKind, PaymentMatch
from .dealer_credit import locked_terms
from .dealer_holds import release_holds
from .dealer_invoices import AmountWrong, keep_matches
from .wrong_input import ReasonMissing

LEAD = "finance_lead"


class InvoiceUnknown(NotYours):
    code = "dealer_invoice_unknown"
    message = _("There is no invoice %(number)s.")


class CreditTooLarge(DomainError):
    code = "credit_note_too_large"
    message = _("At most %(left)s of this invoice can still be credited.")


@transaction.atomic
def issue(*, actor: Actor, number: str, amount_fen: int, reason: str, now: datetime) -> DealerPayment:
    """Credit so much of an invoice (fen), at most what it asked for; a finance lead of the branch may.

    It is set against its own invoice first; the rest counts for others. Raises InvoiceUnknown, AmountWrong,
    ReasonMissing, CreditTooLarge.
    """
    invoice = _locked(actor, number)
    if amount_fen <= 0:
        raise AmountWrong(field="amount")
    if not reason.strip():
        raise ReasonMissing(field="reason")
    earlier = DealerPayment.objects.filter(
        dealer=invoice.dealer_id, kind=PaymentKind.CREDIT, reference__startswith=f"{invoice.number}-"
    )
    left = invoice.amount_fen - earlier.aggregate(fen=Sum("amount_fen", default=0))["fen"]
    if amount_fen > left:
        raise CreditTooLarge(left=display(left))
    credit = DealerPayment.objects.create(
        dealer_id=invoice.dealer_id,
        kind=PaymentKind.CREDIT,
        amount_fen=amount_fen,
        reference=f"{invoice.number}-{earlier.count() + 1}",
        reason=reason.strip()[:160],
        received_on=clock.local_day(now),
        recorded_by=actor.label[:80],
        recorded_at=now,
    )
    outbox.publish(_news(credit, invoice, now))
    _use(credit, invoice, actor, now)
    release_holds(dealer_id=invoice.dealer_id, actor=actor, now=now)
    return credit


def _locked(actor: Actor, number: str) -> DealerInvoice:
    """The invoice, locked after its dealer's terms."""
    found = (
        DealerInvoice.objects.select_related("order__branch").filter(number=number.strip().upper()).first()
    )
    if found is None or not actor.can(LEAD, found.order.branch.path):
        raise InvoiceUnknown(number=number.strip()[:32])
    locked_terms(found.dealer_id)
    return DealerInvoice.objects.select_for_update(of=("self",)).select_related("order").get(pk=found.pk)


def _use(credit: DealerPayment, invoice: DealerInvoice, actor: Actor, now: datetime) -> None:
    amount = min(credit.amount_fen, invoice.left_fen)
    if not amount:
        return
    credit.matched_fen, invoice.paid_fen = amount, invoice.paid_fen + amount
    row = PaymentMatch(payment=credit, invoice=invoice, amount_fen=amount, who=actor.label[:80], at=now)
    keep_matches([row], dealer_id=invoice.dealer_id, now=now)


def _news(credit: DealerPayment, invoice: DealerInvoice, now: datetime) -> DealerCreditIssued:
    return DealerCreditIssued(
        credit_id=credit.pk,
        credit_number=credit.reference,
        order_number=invoice.order.number,
        dealer_id=invoice.dealer_id,
        branch_id=invoice.order.branch_id,
        amount_fen=credit.amount_fen,
        reason=credit.reason,
        occurred_at=now.isoformat(),
    )
