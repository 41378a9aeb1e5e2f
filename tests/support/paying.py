"""Orders to pay for, made straight in the tables: placement has its own tests."""

from datetime import UTC, datetime, timedelta
from itertools import count

from django.contrib.auth import get_user_model
from oscar.apps.order.models import Line, Order

from members.actors import Actor, Grant
from members.models import Institution, Member
from members.services import points
from omnichannel.kernel.money import yuan
from orders.models import LineTerms, Means, OrderIntake, Payment, PaymentState
from orders.services import callbacks, payments
from orders.simulator import player

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
_numbers = count(1)


def institution(code: str, kind: str, parent: Institution | None = None) -> Institution:
    path = f"{parent.path if parent else ''}{code}/"
    found, _ = Institution.objects.get_or_create(
        code=code, defaults={"kind": kind, "name": code, "path": path, "parent": parent}
    )
    return found


def provider() -> Institution:
    return institution("pp-unipay", "provider")


def store(code: str = "st-sh-01") -> Institution:
    return institution(code, "store", institution("huatong", "carrier"))


def member(phone: str = "13900000001") -> Member:
    user, _ = get_user_model().objects.get_or_create(username=phone, phone=phone)
    found, _ = Member.objects.get_or_create(
        user=user, defaults={"joined_at": NOW, "joined_channel": "web", "name": "林晓"}
    )
    return found


def actor_of(person: Member) -> Actor:
    return Actor(user_id=person.pk, name="林晓")


def clerk_of(place: Institution, role: str = "clerk") -> Actor:
    return Actor(user_id=900, name="clerk", grants=frozenset({Grant(role, place.pk, place.path)}))


def operator() -> Actor:
    root = institution("huatong", "carrier")
    return Actor(user_id=901, name="operator", grants=frozenset({Grant("operator", root.pk, root.path)}))


def order(*amounts: int, shipping: int = 0, cod: bool = False, points_fen: int = 0, at: datetime = NOW):
    """An order that awaits payment, one line of a subscription (nothing to ship) per amount in fen."""
    amounts = amounts or (12345,)
    number, total, owner = f"HT26112199{next(_numbers):05d}", sum(amounts) + shipping, member()
    row = Order.objects.create(
        number=number,
        site_id=1,
        user_id=owner.pk,
        currency="CNY",
        total_incl_tax=yuan(total),
        total_excl_tax=yuan(total),
        date_placed=at,
    )
    intake = OrderIntake.objects.create(
        order=row,
        number=number,
        state="awaiting_payment",
        channel="web",
        member=owner,
        institution=store(),
        way="none",
        cod=cod,
        contact_phone="13900000001",
        total_fen=total,
        shipping_fen=shipping,
        points_fen=points_fen,
        placed_at=at,
        expires_at=at + timedelta(minutes=30),
    )
    for amount in amounts:
        _line(intake, amount)
    provider()
    return intake


def _line(intake: OrderIntake, amount: int) -> None:
    price = yuan(amount)
    line = Line.objects.create(
        order_id=intake.pk,
        partner_sku="MAG-1",
        title="Magazine",
        quantity=1,
        num_allocated=0,
        line_price_incl_tax=price,
        line_price_excl_tax=price,
        line_price_before_discounts_incl_tax=price,
        line_price_before_discounts_excl_tax=price,
    )
    LineTerms.objects.create(
        line=line,
        intake=intake,
        sku="MAG-1",
        title="Magazine",
        kind="subscription",
        is_goods=False,
        is_instant=False,
        seller_id=store().pk,
        quantity=1,
        unit_fen=amount,
        amount_fen=amount,
    )


def begun(intake: OrderIntake, *, at: datetime = NOW) -> Payment:
    return payments.start_unipay(order_number=intake.number, actor=actor_of(intake.member), now=at)


def deliver_at(at: datetime):
    """What the player hands call-backs to."""
    return lambda headers, body: callbacks.handle_callback(headers=headers, body=body, now=at)


def pay(payment: Payment, *, how: str = "now", at: datetime = NOW) -> list:
    return player.pay(out_trade_no=payment.out_trade_no, now=at, deliver=deliver_at(at), how=how)


def paid(*amounts: int, **facts) -> OrderIntake:
    """An order paid over the provider."""
    intake = order(*amounts, **facts)
    pay(begun(intake))
    intake.refresh_from_db()
    return intake


def with_points(intake: OrderIntake, amount_fen: int) -> None:
    """Pay a part with points, as placement does."""
    points.earn(member_id=intake.member_id, points=amount_fen, reference=f"gift:{intake.number}", now=NOW)
    reference = f"order:{intake.number}"
    points.burn(member_id=intake.member_id, points=amount_fen, reference=reference, now=NOW)
    Payment.objects.create(
        intake=intake,
        means=Means.POINTS,
        state=PaymentState.CAPTURED,
        out_trade_no=f"{intake.number}-POINTS",
        amount_fen=amount_fen,
        captured_fen=amount_fen,
        created_at=NOW,
        captured_at=NOW,
    )
