"""What would it cost? The same answer for the basket page, the clerk, the API and the placement."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from catalog.queries.quotable import Quotable, quotables
from omnichannel.kernel.errors import DomainError, Invalid
from orders.models.intake import Way
from orders.services.offers import Discounts, Priced, discounts
from orders.values import Quote, QuotedLine, Saving, Wish

MOST_UNITS = 200
SIM, PLAN, PREPAID_CARD, POSTAGE = "sim", "plan", "prepaid_card", "postage"


class UnknownSku(DomainError):
    code = "sku_unknown"
    status = 404
    message = _("We do not know the article %(sku)s.")


class NotForSale(DomainError):
    code = "not_for_sale"
    message = _("%(sku)s is not on sale in this channel.")


class QuantityWrong(Invalid):
    code = "quantity_invalid"
    message = _("Choose a quantity from 1 to %(most)s.")


class ChoiceMissing(Invalid):
    code = "choice_missing"
    message = _("%(sku)s needs a %(what)s.")


class ChoiceUnfit(Invalid):
    code = "choice_not_possible"
    message = _("%(sku)s cannot be ordered with this number or plan.")


class NumberTwice(Invalid):
    code = "number_twice"
    message = _("A number can be ordered only once.")


def quote(
    wishes: Sequence[Wish],
    *,
    channel: str,
    institution_id: int | None = None,
    way: str = Way.SHIP,
    now: datetime,
) -> Quote:
    """Price the wishes in a channel, offers taken off, freight added; two statements.

    A SIM wish with a plan becomes two lines. Raises UnknownSku, NotForSale, QuantityWrong, ChoiceMissing,
    ChoiceUnfit, NumberTwice.
    """
    asked, (wishes, comes_with) = wishes, _with_plans(wishes)
    skus = [wish.sku for wish in wishes]
    known = quotables(skus=skus, channel=channel, institution_id=institution_id, now=now)
    facts = {sku: each.facts for sku, each in known.items()}
    for wish in wishes:
        _check(wish, facts)
    _check_choices(asked, facts)
    for wish in wishes:
        if known[wish.sku].tag is None:
            raise NotForSale(sku=wish.sku)
    off = discounts([_priced(wish, known[wish.sku]) for wish in wishes], now=now)
    lines = tuple(
        _line(wish, known[wish.sku], off, index, comes_with.get(index)) for index, wish in enumerate(wishes)
    )
    return Quote(lines=lines, shipping_fen=_shipping(lines, way), savings=_savings(off))


def _with_plans(wishes: Sequence[Wish]) -> tuple[list[Wish], dict[int, int]]:
    """Each SIM wish is followed by its plan; the map says which line index a plan comes with."""
    found, comes_with = [], {}
    for wish in wishes:
        found.append(wish)
        if wish.plan_sku:
            comes_with[len(found)] = len(found) - 1
            found.append(Wish(sku=wish.plan_sku, quantity=wish.quantity, msisdn=wish.msisdn))
    return found, comes_with


def _check(wish: Wish, facts) -> None:
    if wish.sku not in facts:
        raise UnknownSku(sku=wish.sku)
    if not 1 <= wish.quantity <= MOST_UNITS:
        raise QuantityWrong(most=MOST_UNITS)
    known = facts[wish.sku]
    if known.kind == POSTAGE:  # its price hangs on a parcel on a scale: services.posting
        raise NotForSale(sku=wish.sku)
    if known.kind == SIM and not (wish.msisdn and wish.plan_sku):
        raise ChoiceMissing(sku=wish.sku, what=_("number and plan"))
    if known.kind == SIM and wish.quantity != 1:
        raise QuantityWrong(most=1)
    if known.is_instant and not wish.target_msisdn:
        raise ChoiceMissing(sku=wish.sku, what=_("phone number"))


def _check_choices(asked: Sequence[Wish], facts) -> None:
    """Only a SIM carries a number and a plan, the plan is of its own brand, and no number comes twice."""
    for wish in asked:
        known, plan = facts[wish.sku], facts.get(wish.plan_sku)
        if known.kind != SIM and (wish.msisdn or wish.plan_sku):
            raise ChoiceUnfit(sku=wish.sku)
        if known.kind != PREPAID_CARD and wish.target_card is not None:
            raise ChoiceUnfit(sku=wish.sku)
        if plan is not None and (plan.kind != PLAN or plan.tier != known.tier):
            raise ChoiceUnfit(sku=wish.sku)
    chosen = [wish.msisdn for wish in asked if wish.msisdn]
    if len(chosen) != len(set(chosen)):
        raise NumberTwice()


def _priced(wish: Wish, known: Quotable) -> Priced:
    return Priced(
        product_id=known.facts.product_id,
        stockrecord_id=known.stockrecord_id,
        is_discountable=known.is_discountable,
        unit_fen=known.tag.amount,
        quantity=wish.quantity,
    )


def _line(wish: Wish, known: Quotable, off: Discounts, index: int, with_line: int | None) -> QuotedLine:
    facts, tag = known.facts, known.tag
    return QuotedLine(
        wish=wish,
        facts=facts,
        product_id=facts.product_id,
        stockrecord_id=known.stockrecord_id,
        title=facts.title,
        title_en=facts.title_en,
        kind=facts.kind,
        seller_id=facts.seller_id,
        is_goods=facts.is_goods,
        is_instant=facts.is_instant,
        needs_identity=facts.needs_identity,
        unit_fen=tag.amount,
        base_fen=tag.base,
        amount_fen=tag.amount * wish.quantity - off.by_line[index],
        price_reason=str(tag.reason),
        with_line=with_line,
        savings=off.of(index),
    )


def _shipping(lines: Sequence[QuotedLine], way: str) -> int:
    """Freight asked of the customer, fen: free from a basket value on, SIM cards always travel free."""
    goods = [line for line in lines if line.is_goods]
    if way != Way.SHIP or all(line.kind == SIM for line in goods):
        return 0
    value = sum(line.amount_fen for line in goods)
    return 0 if value >= settings.FREE_SHIPPING_FROM_FEN else settings.SHIPPING_FEE_FEN


def _savings(off: Discounts) -> tuple[Saving, ...]:
    return tuple(Saving(offer_id=pk, name=name, amount_fen=amount) for pk, name, amount in off.by_offer)
