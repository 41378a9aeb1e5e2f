"""Giving money back over the means by which it came, never more than came."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from members import queries as members
from members.actors import Actor, Role
from omnichannel.kernel import outbox
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.money import share_out
from orders.events import RefundMade, RefundRequested
from orders.models import LineTerms, Means, OrderIntake, Payment, Refund, RefundState
from orders.services import card_payment, card_sale, counters, points_payment
from orders.services.history import locked

SHIPPING = 0  # its line id in line amounts
LATE = "late"

LineAmounts = list[tuple[int, int]]


class RefundTooLarge(DomainError):
    code = "refund_exceeds_paid"
    message = _("That is more than was paid and not given back yet.")


class RefundNotDue(DomainError):
    code = "refund_not_due"
    message = _("This refund is not waiting for that.")


@transaction.atomic(savepoint=False)
def refund(
    *,
    order_number: str,
    line_amounts: Iterable[tuple[int, int]] | None,
    reason: str,
    actor: Actor,
    now: datetime,
    key: str = "",
    only_card: int | None = None,
) -> list[Refund]:
    """Give back fen per line id (0 is shipping), or with None everything that is left of what was paid.

    Shared over the captured payments in proportion to what each still holds. A key that was used for
    this order returns its refunds; without a key the caller has made sure of doing it once, under the
    order's lock. The sale of prepaid cards is taken off cards that nobody used (only_card names one).
    Raises RefundTooLarge, card_sale.CardUsed, card_sale.CardRefundUneven. Nothing paid, nothing done.
    """
    intake = locked(order_number)
    known = list(intake.refunds.select_related("payment").order_by("pk"))
    if key and any(row.key == key for row in known):
        return [row for row in known if row.key == key]
    payments = list(intake.payments.refundable().order_by("pk"))
    left = sum(payment.refundable_fen for payment in payments)
    wanted = (
        _what_is_left(intake, known, left) if line_amounts is None else _checked(intake, known, line_amounts)
    )
    total = sum(amount for _, amount in wanted)
    if total > left:
        raise RefundTooLarge(left_fen=left)
    if not total:
        return []
    if intake.sells_cards:
        card_sale.withdraw(intake, wanted, only_card=only_card, reason=reason, actor=actor, now=now)
    parts = share_out(total, [payment.refundable_fen for payment in payments])
    key = key or f"{len(known) + 1}"
    return [
        _request(payment, intake, amount, lines, key=key, reason=reason, actor=actor, now=now)
        for payment, amount, lines in zip(payments, parts, spread(wanted, parts), strict=True)
        if amount
    ]


def refund_payment(
    *, payment: Payment, intake: OrderIntake, reason: str, actor: Actor, now: datetime
) -> Refund:
    """Send back a whole payment that came too late, of an order that the caller has locked."""
    wanted = _in_proportion(_amounts(intake), payment.captured_fen)
    return _request(
        payment,
        intake,
        payment.captured_fen,
        wanted,
        key=f"{LATE}:{payment.pk}",
        reason=reason,
        actor=actor,
        now=now,
    )


def refund_points(
    *, intake: OrderIntake, line_amounts: LineAmounts, reason: str, actor: Actor, now: datetime
) -> list[Refund]:
    """Lines that were not taken, of an order paid at the door: what points had paid of them goes back.

    line_amounts: (line id, fen) as they cost. Of their sum R the courier leaves R × money ÷ total fen
    uncollected (fulfillment.services.part rounds the same way), the rest was points. The order is locked.
    """
    payment = intake.payments.refundable().filter(means=Means.POINTS).first()
    worth = sum(amount for _, amount in line_amounts)
    if payment is None or not worth:
        return []
    total = min(worth - worth * intake.due_fen // intake.total_fen, payment.refundable_fen)
    if not total:
        return []
    lines = _in_proportion(dict(line_amounts), total)
    key = f"{intake.refunds.count() + 1}"
    return [_request(payment, intake, total, lines, key=key, reason=reason, actor=actor, now=now)]


def _amounts(intake: OrderIntake) -> dict[int, int]:
    """Fen per line id, shipping included."""
    lines = LineTerms.objects.filter(intake=intake).order_by("pk").values_list("pk", "amount_fen")
    return {SHIPPING: intake.shipping_fen} | dict(lines)


def _still_there(intake: OrderIntake, known: Sequence[Refund]) -> dict[int, int]:
    """Fen per line that earlier refunds left; money that came too late does not count."""
    left = _amounts(intake)
    for row in known:
        if not row.key.startswith(LATE):
            for line_id, amount in row.line_amounts:
                left[line_id] -= amount
    return left


def _what_is_left(intake: OrderIntake, known: Sequence[Refund], total: int) -> LineAmounts:
    if not total:
        return []
    return _in_proportion(_still_there(intake, known), total)


def _in_proportion(amounts: dict[int, int], total: int) -> LineAmounts:
    """Share fen over lines by what they cost; exactly their amounts when these sum to the total."""
    parts = share_out(total, list(amounts.values()))
    return [(line_id, part) for line_id, part in zip(amounts, parts, strict=True) if part]


def _checked(intake: OrderIntake, known: Sequence[Refund], wanted: Iterable[tuple[int, int]]) -> LineAmounts:
    asked = [(line_id, amount) for line_id, amount in wanted if amount]
    left = _still_there(intake, known) if asked else {}
    for line_id, amount in asked:
        left[line_id] = left.get(line_id, 0) - amount
        if amount < 0 or left[line_id] < 0:
            raise RefundTooLarge(line_id=line_id)
    return asked


def spread(lines: Sequence[tuple[int, int]], parts: Sequence[int]) -> list[LineAmounts]:
    """Fill each part with lines in their order: every row sums to its part, every line to its amount."""
    waiting = list(lines)
    filled = []
    for part in parts:
        row: LineAmounts = []
        while part:
            line_id, amount = waiting[0]
            taken = min(amount, part)
            row.append((line_id, taken))
            part -= taken
            waiting[0] = (line_id, amount - taken)
            if amount == taken:
                waiting.pop(0)
        filled.append(row)
    return filled


_FIRST_STATE = {
    Means.UNIPAY: RefundState.REQUESTED,
    Means.POINTS: RefundState.PENDING,
    Means.PREPAID: RefundState.PENDING,
    Means.CASH: RefundState.DUE,
    Means.CARD: RefundState.DUE,
    Means.COD: RefundState.DUE,
}


def _request(payment, intake, amount, lines, *, key, reason, actor, now) -> Refund:
    covered = Payment.objects.filter(pk=payment.pk, captured_fen__gte=F("refunded_fen") + amount)
    if not covered.update(refunded_fen=F("refunded_fen") + amount):
        raise RefundTooLarge(left_fen=payment.refundable_fen)
    row = Refund.objects.create(
        payment=payment,
        intake=intake,
        key=key,
        out_refund_no=f"{payment.out_trade_no}-R{key}".replace(":", "-")[:64],
        state=_FIRST_STATE[payment.means],
        amount_fen=amount,
        line_amounts=lines,
        reason=reason[:200],
        requested_by=actor.label,
        requested_at=now,
    )
    if payment.means == Means.UNIPAY:
        outbox.publish(RefundRequested(row.pk, row.round))
    elif payment.means == Means.POINTS:
        points_payment.give_back(
            order_number=intake.number,
            amount_fen=amount,
            whole=amount == payment.refundable_fen,
            refund_id=row.pk,
            now=now,
        )
        succeed(row, now=now)
    elif payment.means == Means.PREPAID:
        card_payment.give_back(
            payment=payment,
            order_number=intake.number,
            amount_fen=amount,
            refund_id=row.pk,
            by=actor.label,
            now=now,
        )
        succeed(row, now=now)
    return row


def succeed(row: Refund, *, now: datetime, **facts) -> bool:
    """Mark a refund paid back and say so, once; `facts` are fields that are known now."""
    unfinished = Refund.objects.unfinished().filter(pk=row.pk)
    if not unfinished.update(state=RefundState.SUCCEEDED, succeeded_at=now, last_error="", **facts):
        return False
    payment = row.payment
    outbox.publish(
        RefundMade(
            refund_id=row.pk,
            payment_id=payment.pk,
            order_number=row.intake.number,
            means=payment.means,
            provider_id=payment.provider_id,
            collector_id=facts.get("collector_id"),
            amount_fen=row.amount_fen,
            line_amounts=[list(pair) for pair in row.line_amounts],
            occurred_at=now.isoformat(),
            our_reference=row.out_refund_no,
            provider_reference=facts.get("provider_reference") or row.provider_reference or "",
            for_cards=row.intake.sells_cards,
        )
    )
    row.refresh_from_db()
    return True


@transaction.atomic
def pay_out(*, refund_id: int, actor: Actor, store_id: int, now: datetime) -> Refund:
    """Who works at this counter hands out a refund that is due in cash.

    A dealer hands out what it sold or took itself; stores serve everybody. Raises RefundNotDue, NotAllowed.
    """
    row = Refund.objects.select_related("payment", "intake").get(pk=refund_id)
    locked(row.intake.number)
    counter = members.institution(store_id)
    counters.must_work_at(actor, counter)
    own = (row.intake.institution_id, row.payment.collector_id)
    if counter.kind == counters.DEALER and store_id not in own:
        raise RefundNotDue(refund_id=refund_id)
    due = Refund.objects.filter(pk=refund_id, state=RefundState.DUE)
    if not due.exists() or not succeed(row, now=now, collector_id=store_id, paid_by=actor.label):
        raise RefundNotDue(refund_id=refund_id)
    return row


@transaction.atomic
def try_again(*, refund_id: int, actor: Actor) -> Refund:
    """An operator sends a failed refund to the provider again. Raises RefundNotDue, NotAllowed."""
    actor.must_have(Role.OPERATOR)
    failed = Refund.objects.filter(pk=refund_id, state=RefundState.FAILED)
    if not failed.update(state=RefundState.REQUESTED, round=F("round") + 1):
        raise RefundNotDue(refund_id=refund_id)
    row = Refund.objects.get(pk=refund_id)
    outbox.publish(RefundRequested(row.pk, row.round))
    return row
