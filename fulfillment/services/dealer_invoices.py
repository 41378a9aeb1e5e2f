"""What a dealer owes and pays: an invoice per receipt, payments once per bank reference, matched together."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from members.actors import Actor
from omnichannel.kernel import clock, outbox
from omnichannel.kernel.errors import DomainError, Invalid

from ..events import DealerInvoiceIssued, DealerPaymentMatched, DealerPaymentRecorded
from ..models import (
    DealerInvoice,
    DealerOrder,
    DealerPayment,
    DealerReceipt,
    DealerTerms,
    PaymentKind,
    PaymentMatch,
)
from ..queries.dealers import MONEY
from .dealer_credit import DealerUnknown, locked_terms
from .dealer_holds import release_holds

NUMBER = "DI"
# A credit note is given, not received (dealer_credit_notes.py).
MONEY_KINDS = (PaymentKind.RECEIPT, PaymentKind.PREPAYMENT)


class AmountWrong(Invalid):
    code = "amount_invalid"
    message = _("The amount is more than nothing.")


class DayAhead(Invalid):
    code = "received_day_ahead"
    message = _("The money cannot have arrived later than today.")


class ReferenceMissing(Invalid):
    code = "bank_reference_missing"
    message = _("Type the bank's reference, at most 40 characters.")


class ReferenceUsed(DomainError):
    code = "bank_reference_used"
    message = _("Payment %(reference)s was recorded with another amount.")


class NothingToMatch(DomainError):
    code = "nothing_to_match"
    message = _("There is no payment left to match, or no open invoice.")


def issue(receipt: DealerReceipt, *, now: datetime) -> DealerInvoice | None:
    """The invoice for what a receipt took in, at the order's prices; None for an empty parcel."""
    lines = receipt.lines.select_related("line")
    amount = sum(each.received * each.line.unit_fen for each in lines)
    if not amount:
        return None
    return issue_amount(receipt.order, amount, receipt=receipt, now=now)


def issue_amount(
    order: DealerOrder, amount: int, *, receipt: DealerReceipt | None = None, now: datetime
) -> DealerInvoice:
    """An invoice over an amount in fen; without a receipt it is for a surplus that the dealer keeps."""
    today = clock.local_day(now)
    terms = DealerTerms.objects.get(pk=order.dealer_id)
    invoice = DealerInvoice.objects.create(
        order=order,
        receipt=receipt,
        dealer_id=order.dealer_id,
        amount_fen=amount,
        issued_on=today,
        due_on=today + timedelta(days=terms.payment_days),
    )
    invoice.number = f"{NUMBER}{today:%y%m%d}{invoice.pk:06d}"
    invoice.save(update_fields=["number"])
    outbox.publish(
        DealerInvoiceIssued(
            invoice_id=invoice.pk,
            invoice_number=invoice.number,
            order_number=order.number,
            dealer_id=order.dealer_id,
            branch_id=order.branch_id,
            amount_fen=amount,
            due_on=invoice.due_on.isoformat(),
            occurred_at=now.isoformat(),
        )
    )
    return invoice


@transaction.atomic
def record_payment(
    *,
    actor: Actor,
    dealer_id: int,
    kind: str,
    amount_fen: int,
    reference: str,
    received_on: date,
    now: datetime,
) -> DealerPayment:
    """Money arrived at the bank; orders on hold that it covers go on. The same reference is recorded once.

    Raises DealerUnknown, AmountWrong, DayAhead, ReferenceMissing, and ReferenceUsed (the same with another
    amount).
    """
    terms = _money_terms(actor, dealer_id)
    reference = reference.strip()
    if received_on > clock.local_day(now):
        raise DayAhead(field="received_on")
    if amount_fen <= 0 or kind not in MONEY_KINDS:
        raise AmountWrong(field="amount")
    if not 0 < len(reference) <= 40:
        raise ReferenceMissing(field="reference")
    payment, made = DealerPayment.objects.get_or_create(
        dealer_id=terms.pk,
        reference=reference,
        defaults={
            "kind": kind,
            "amount_fen": amount_fen,
            "received_on": received_on,
            "recorded_by": actor.label[:80],
            "recorded_at": now,
        },
    )
    if not made:
        if (payment.kind, payment.amount_fen) != (kind, amount_fen):
            raise ReferenceUsed(reference=reference)
        return payment
    outbox.publish(
        DealerPaymentRecorded(
            payment_id=payment.pk,
            dealer_id=terms.pk,
            kind=kind,
            amount_fen=amount_fen,
            reference=reference,
            occurred_at=_arrived(received_on, now).isoformat(),
        )
    )
    release_holds(dealer_id=terms.pk, actor=actor, now=now)
    return payment


def _arrived(received_on: date, now: datetime) -> datetime:
    """When the money came: what is recorded later keeps the day of the bank."""
    return min(now, clock.day_bounds(received_on)[1] - timedelta(seconds=1))


def _money_terms(actor: Actor, dealer_id: int) -> DealerTerms:
    """Finance of the branch or above it. Raises DealerUnknown."""
    terms = DealerTerms.objects.select_related("branch").filter(pk=dealer_id).first()
    if terms is None or not any(actor.can(role, terms.branch.path) for role in MONEY):
        raise DealerUnknown()
    return terms


@transaction.atomic
def match(*, actor: Actor, dealer_id: int, now: datetime) -> list[PaymentMatch]:
    """Set a dealer's payments against its open invoices, oldest against oldest due.

    Payments are used before prepayments. Raises DealerUnknown, NothingToMatch.
    """
    _money_terms(actor, dealer_id)
    locked_terms(dealer_id)
    invoices = DealerInvoice.objects.select_for_update().filter(
        dealer_id=dealer_id, paid_fen__lt=F("amount_fen")
    )
    payments = DealerPayment.objects.select_for_update().filter(
        dealer_id=dealer_id, matched_fen__lt=F("amount_fen")
    )
    made = _pair(
        list(invoices.order_by("due_on", "pk")), list(payments.order_by("-kind", "received_on", "pk"))
    )
    if not made:
        raise NothingToMatch()
    rows = [
        PaymentMatch(payment=payment, invoice=invoice, amount_fen=amount, who=actor.label[:80], at=now)
        for payment, invoice, amount in made
    ]
    return keep_matches(rows, dealer_id=dealer_id, now=now)


def keep_matches(rows: list[PaymentMatch], *, dealer_id: int, now: datetime) -> list[PaymentMatch]:
    """Write matches whose payments and invoices, locked by the caller, count them already."""
    for row in PaymentMatch.objects.bulk_create(rows):
        row.payment.save(update_fields=["matched_fen"])
        row.invoice.save(update_fields=["paid_fen"])
        outbox.publish(_news(row, dealer_id, now))
    return rows


def _pair(invoices: list[DealerInvoice], payments: list[DealerPayment]):
    """(payment, invoice, fen) until one side is used up; counts on the rows."""
    made, waiting = [], list(payments)
    for invoice in invoices:
        while invoice.left_fen and waiting:
            payment = waiting[0]
            amount = min(invoice.left_fen, payment.left_fen)
            invoice.paid_fen += amount
            payment.matched_fen += amount
            made.append((payment, invoice, amount))
            if not payment.left_fen:
                waiting.pop(0)
    return made


def _news(row: PaymentMatch, dealer_id: int, now: datetime) -> DealerPaymentMatched:
    return DealerPaymentMatched(
        match_id=row.pk,
        payment_id=row.payment_id,
        invoice_id=row.invoice_id,
        dealer_id=dealer_id,
        amount_fen=row.amount_fen,
        occurred_at=now.isoformat(),
    )
