"""The money of orders, for settlement."""

from django.db import connection

from omnichannel.kernel.money import fen
from orders.models import OrderIntake
from orders.values import MoneyLine, MoneyTerms


def money_terms(order_number: str) -> MoneyTerms:
    """One order's money as agreed, in fen. Raises OrderIntake.DoesNotExist for an unknown number."""
    return money_terms_of([order_number])[order_number]


def money_terms_of(order_numbers) -> dict[str, MoneyTerms]:
    """The same for many orders, in two queries, three where offers took something off.

    Unknown numbers raise OrderIntake.DoesNotExist.
    """
    numbers = set(order_numbers)
    rows = list(
        OrderIntake.objects.filter(number__in=numbers).select_related("institution").prefetch_related("terms")
    )
    off = _discounts(line.pk for row in rows for line in row.terms.all() if _is_reduced(line))
    found = {row.number: _terms(row, off) for row in rows}
    missing = numbers - found.keys()
    if missing:
        raise OrderIntake.DoesNotExist(", ".join(sorted(missing)))
    return found


_OFF = """
SELECT l.line_id, o.slug, l.amount FROM order_orderlinediscount l
JOIN order_orderdiscount d ON d.id = l.order_discount_id
JOIN offer_conditionaloffer o ON o.id = d.offer_id
WHERE l.line_id = ANY(%s) ORDER BY l.id
"""


def _is_reduced(line) -> bool:
    return line.unit_fen * line.quantity != line.amount_fen


def _discounts(line_ids) -> dict[int, list[tuple[str, int]]]:
    """(offer's slug, fen) of each line that an offer made cheaper."""
    wanted, found = list(line_ids), {}
    if wanted:
        with connection.cursor() as cursor:
            cursor.execute(_OFF, [wanted])
            for line_id, slug, amount in cursor.fetchall():
                found.setdefault(line_id, []).append((slug, fen(amount)))
    return found


def _terms(row: OrderIntake, off: dict[int, list[tuple[str, int]]]) -> MoneyTerms:
    lines = sorted(row.terms.all(), key=lambda terms: terms.pk)
    return MoneyTerms(
        order_number=row.number,
        channel=row.channel,
        member_id=row.member_id,
        attributed_institution_id=row.institution_id,
        attributed_path=row.institution.path if row.institution else "",
        province=row.province,
        placed_at=row.placed_at.isoformat(),
        total_fen=row.total_fen,
        shipping_fen=row.shipping_fen,
        cod=row.cod,
        lines=tuple(
            MoneyLine(
                line_id=line.pk,
                sku=line.sku,
                kind=line.kind,
                seller_id=line.seller_id,
                quantity=line.quantity,
                amount_fen=line.amount_fen,
                discounts=tuple(off.get(line.pk, ())),
            )
            for line in lines
        ),
    )
