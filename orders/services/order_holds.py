"""What a new order keeps for its customer: numbers and goods."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction

from catalog.queries.numbers import home_provinces
from catalog.services import numbers
from fulfillment.services import campaigns, posting, reservation
from fulfillment.services.reservation_promise import Holder
from fulfillment.values import AccountWish, Demand, Wanted
from members import queries as members
from members.values import Destination
from orders.models import LineTerms, OrderIntake
from orders.values import Quote, Terms


def hold_numbers(intake: OrderIntake, lines: Sequence[LineTerms], *, now: datetime) -> None:
    """The order becomes the holder of each number that its customer had chosen.

    A person who owns as many numbers as one may own is told before any money is asked for.
    """
    with_number = [line for line in lines if line.msisdn and line.is_goods]
    if not with_number:
        return
    for person in members.identity_refs([line.identity_id for line in with_number]).values():
        numbers.check_number_cap(person_key=person.person_key)
    for line in with_number:
        numbers.hand_over_hold(
            msisdn=line.msisdn,
            to=holder_of(intake.number),
            from_holders=(f"member:{intake.member_id}", f"basket:{intake.order.basket_id}"),
            minutes=settings.PAYMENT_MINUTES,
            dealer_id=intake.dealer_id,
            now=now,
        )


def holder_of(order_number: str) -> str:
    return f"order:{order_number}"


def hold_goods(
    intake: OrderIntake, lines: Sequence[LineTerms], quoted: Quote, terms: Terms, *, now: datetime
) -> None:
    """Hold all goods for this member: only so many unpaid, in a flash sale with admission.

    Of a posted parcel nothing is held but the agreement.
    """
    if quoted.posted:
        _hold_posted(intake, lines[0], quoted, now=now)
        return
    goods = [line for line in lines if line.is_goods]
    if goods:
        facts = {each.wish.sku: each.facts for each in quoted.lines if each.is_goods}
        demand = _demand(intake, goods, home_provinces(line.msisdn for line in goods if line.msisdn))
        holder = Holder(f"member:{intake.member_id}", campaigns.admissions(terms.admissions, now=now))
        reservation.reserve(demand=demand, expires_at=intake.expires_at, facts=facts, holder=holder, now=now)
        if holder.admissions:
            transaction.on_commit(partial(campaigns.make_way, holder.admissions), robust=True)


def _hold_posted(intake: OrderIntake, line: LineTerms, quoted: Quote, *, now: datetime) -> None:
    """The sender proved who they are at the counter; at the receiver's door anybody signs."""
    demand = replace(_demand(intake, (), {}), posted=True)
    posting.hold(demand=demand, posted=quoted.posted, line_id=line.pk, expires_at=intake.expires_at, now=now)


def _demand(intake: OrderIntake, goods: Sequence[LineTerms], homes: dict[str, str]) -> Demand:
    """homes: the province of each number, where alone its card is written."""
    return Demand(
        order_number=intake.number,
        channel=intake.channel,
        way=intake.way,
        destination=Destination.of_dict(intake.destination) if intake.destination else None,
        pickup_location_id=intake.pickup_location_id,
        lines=tuple(
            Wanted(line_id=line.pk, sku=line.sku, quantity=line.quantity, amount_fen=line.amount_fen)
            for line in goods
        ),
        cod_fen=intake.due_fen if intake.cod else 0,
        total_fen=intake.total_fen,
        needs_identity=any(line.identity_id for line in goods),
        accounts=tuple(
            AccountWish(
                line_id=line.pk,
                msisdn=line.msisdn,
                plan_sku=line.plan_sku,
                identity_id=line.identity_id,
                number_province=homes.get(line.msisdn, ""),
            )
            for line in goods
            if line.msisdn
        ),
        placed_at=intake.placed_at,
        source_hint=intake.institution_id,
        contact_phone=intake.contact_phone,
        contact_name=intake.contact_name,
    )
