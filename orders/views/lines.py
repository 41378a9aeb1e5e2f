"""Lines of baskets and orders made ready for templates: words, picture, address, amount in fen."""

from django.urls import reverse

from catalog.queries import offerings, prices
from catalog.values import OfferingFacts, worded
from orders.models import LineTerms
from orders.values import Quote, QuotedLine, Wish


def basket_rows(line_ids: list[int], quoted: Quote | None, *, holds: dict) -> list[dict]:
    """A row per basket line; a SIM's plan stands under its SIM. `holds`: number → kept until."""
    if quoted is None:
        return []
    plans = {line.with_line: line for line in quoted.lines if line.with_line is not None}
    tops = [(place, line) for place, line in enumerate(quoted.lines) if line.with_line is None]
    return [
        _row(pk, line.wish, line.facts, holds) | _priced(line, plans.get(place))
        for pk, (place, line) in zip(line_ids, tops, strict=True)
    ]


def unpriced_rows(wishes: list[tuple[int, Wish]]) -> list[dict]:
    """The lines of a basket that cannot be priced, so that the one at fault can be taken out."""
    known = offerings.by_sku([wish.sku for _pk, wish in wishes])
    return [_row(pk, wish, known.get(wish.sku), {}) for pk, wish in wishes]


def _row(pk: int, wish: Wish, offering: OfferingFacts | None, holds: dict) -> dict:
    return {
        "id": pk,
        "wish": wish,
        "offering": offering,
        "label": offering.label if offering else wish.sku,
        "picture": offering.picture if offering else "",
        "url": _url(offering) if offering else "",
        "held_until": holds.get(wish.msisdn),
    }


def _priced(line: QuotedLine, plan: QuotedLine | None) -> dict:
    together = line.amount_fen + (plan.amount_fen if plan else 0)
    return {"line": line, "plan": plan and _mini(plan, quantity=1), "total_fen": together}


def _url(offering: OfferingFacts) -> str:
    return reverse("orders:product", kwargs={"slug": offering.slug, "pk": offering.card_id})


def units(quoted: Quote | None) -> int:
    """How many pieces the buyer put in; a plan comes with its SIM."""
    return sum(line.wish.quantity for line in quoted.lines if line.with_line is None) if quoted else 0


def summary_lines(quoted: Quote) -> list[dict]:
    """Every quoted line, plans included, as _mini_lines.html shows them."""
    return [_mini(line, quantity=line.wish.quantity) for line in quoted.lines]


def _mini(line: QuotedLine, *, quantity: int) -> dict:
    return {
        "picture": line.facts.picture,
        "label": worded(line.title, line.title_en),
        "quantity": quantity,
        "number": line.wish.target_msisdn or (line.wish.msisdn if line.with_line is None else ""),
        "note": line.price_reason,
        "amount_fen": line.amount_fen,
    }


def order_lines(lines: list[LineTerms]) -> dict[int, dict]:
    """By line id, an order's lines as _mini_lines.html shows them; two queries however many."""
    pictures = offerings.pictures_of(line.sku for line in lines)
    said = prices.reasons_worded(line.price_reason for line in lines)
    return {
        line.pk: {
            "picture": pictures.get(line.sku, ""),
            "label": line.label,
            "quantity": line.quantity,
            "number": line.target_msisdn or (line.msisdn if line.comes_with_id is None else ""),
            "note": said.get(line.price_reason, line.price_reason),
            "amount_fen": line.amount_fen,
            "dropped": line.dropped,
        }
        for line in lines
    }
