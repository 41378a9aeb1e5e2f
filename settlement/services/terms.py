"""An order's shares freeze when it is confirmed; who shipped it is fixed at hand-over."""

from datetime import date, datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from members.queries import institutions_by_ids
from omnichannel.kernel.errors import DomainError
from orders.queries.money import money_terms
from settlement.models import OrderShareTerms, ParcelPart

from . import funding, parcels
from .business_day import business_day_of, lock_current_day

SHIPPING_LINE = 0
SHIPPING_KIND = "shipping"


class NoRule(DomainError):
    code = "no_split_rule"
    message = _("No split rule fits a line of order %(order_number)s.")


# The line as it was, and its shares by the rule of the day; amount is what the customer pays and what
# another bears of its discount.
_FREEZE_LINES = """
WITH line AS MATERIALIZED (
    SELECT asked.*, amount - amount * %(fee_ppm)s / 1000000 AS net, rule.version_id
    FROM unnest(%(line_ids)s::bigint[], %(kinds)s::text[], %(sellers)s::bigint[], %(seller_kinds)s::text[],
                %(amounts)s::bigint[]) AS asked(line_id, kind, seller_id, seller_kind, amount)
    CROSS JOIN LATERAL settlement_rule_for(
        %(day)s, asked.kind, asked.seller_kind, %(channel)s, asked.seller_id, NULL) rule
    WHERE amount > 0
), kept AS (
    INSERT INTO settlement_ordertermsline
        (terms_id, line_id, kind, seller_id, seller_kind, rule_version_id, amount_fen, net_fen)
    SELECT %(terms)s, line_id, kind, seller_id, seller_kind, version_id, amount, net FROM line
)
INSERT INTO settlement_ordershare
    (terms_id, line_id, position, role, institution_id, rule_version_id, amount_fen)
SELECT %(terms)s, line.line_id, split.position, split.role,
       CASE split.role WHEN 'seller' THEN line.seller_id WHEN 'attributed_store' THEN %(attributed)s END,
       line.version_id, split.amount
FROM line CROSS JOIN LATERAL settlement_split(line.version_id, line.amount, line.net, %(absent)s) split
"""


@transaction.atomic
def freeze(*, order_number: str, now: datetime) -> OrderShareTerms:
    """Freeze the order's shares by the rules of the day it was placed; once. Raises NoRule."""
    known = OrderShareTerms.objects.filter(order_number=order_number).first()
    if known is not None:
        return known
    money = money_terms(order_number)
    funded = funding.borne(money)
    terms, is_new = OrderShareTerms.objects.get_or_create(
        order_number=order_number,
        defaults={
            "channel": money.channel,
            "province": money.province or "",
            "attributed_id": money.attributed_institution_id,
            "total_fen": money.total_fen + sum(one.amount_fen for one in funded),
            "cod": money.cod,
            "frozen_at": now,
        },
    )
    if is_new:
        funding.keep(terms, funded)
        _freeze_lines(terms, money, funded)
    return terms


def _freeze_lines(terms: OrderShareTerms, money, funded) -> None:
    extra = funding.by_line(funded)
    lines = [
        (line.line_id, line.kind, line.seller_id, line.amount_fen + extra.get(line.line_id, 0))
        for line in money.lines
    ]
    lines.append((SHIPPING_LINE, SHIPPING_KIND, None, money.shipping_fen))
    lines = [line for line in lines if line[3] > 0]
    if not lines:
        return
    sellers = institutions_by_ids(seller for _line, _kind, seller, _amount in lines)
    line_ids, kinds, seller_ids, amounts = map(list, zip(*lines, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            _FREEZE_LINES,
            {
                "terms": terms.pk,
                "attributed": terms.attributed_id,
                "line_ids": line_ids,
                "kinds": kinds,
                "sellers": seller_ids,
                "seller_kinds": [sellers[one].kind if one in sellers else "" for one in seller_ids],
                "amounts": amounts,
                "day": business_day_of(datetime.fromisoformat(money.placed_at)),
                "channel": money.channel,
                "fee_ppm": 0 if money.cod else settings_fee_ppm(),
                "absent": [] if terms.attributed_id else ["attributed_store"],
            },
        )
    _must_be_whole(terms)


def settings_fee_ppm() -> int:
    """The provider's fee that the base "net" assumes, in parts per million."""
    return settings.ASSUMED_PROVIDER_FEE_PPM


def _must_be_whole(terms: OrderShareTerms) -> None:
    shared = sum(terms.shares.values_list("amount_fen", flat=True))
    if shared != terms.total_fen:
        raise NoRule(order_number=terms.order_number)


@transaction.atomic
def fix_fulfiller(
    *, order_number: str, parcel: int, location_id: int, courier_id: int | None, now: datetime
) -> date:
    """Who hands a parcel over shipped what is in it; returns the day of the books."""
    day = lock_current_day()
    freeze(order_number=order_number, now=now)
    terms = OrderShareTerms.objects.select_for_update().get(order_number=order_number)
    parcels.fix(terms, parcel=parcel, location_id=location_id, courier_id=courier_id, day=day)
    return day


@transaction.atomic
def close_parcels(*, order_number: str) -> None:
    """Give away what waits for a parcel that will not leave any more. Orders in one parcel have none."""
    if not ParcelPart.objects.filter(terms__order_number=order_number, known_date=None).exists():
        return
    day = lock_current_day()
    terms = OrderShareTerms.objects.select_for_update().get(order_number=order_number)
    parcels.close(terms, day=day)
