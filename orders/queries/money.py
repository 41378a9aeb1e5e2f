"""The money of orders, for settlement."""

from orders.models import OrderIntake
from orders.values import MoneyLine, MoneyTerms


def money_terms(order_number: str) -> MoneyTerms:
    """One order's money as agreed, in fen. Raises OrderIntake.DoesNotExist for an unknown number."""
    return money_terms_of([order_number])[order_number]


def money_terms_of(order_numbers) -> dict[str, MoneyTerms]:
    """The same for many orders, in two queries; unknown numbers raise OrderIntake.DoesNotExist."""
    numbers = set(order_numbers)
    rows = (
        OrderIntake.objects.filter(number__in=numbers).select_related("institution").prefetch_related("terms")
    )
    found = {row.number: _terms(row) for row in rows}
    missing = numbers - found.keys()
    if missing:
        raise OrderIntake.DoesNotExist(", ".join(sorted(missing)))
    return found


def _terms(row: OrderIntake) -> MoneyTerms:
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
            )
            for line in lines
        ),
    )
