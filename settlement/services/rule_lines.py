"""What the lines of a split rule may say. All of it is refused before anything is written.

Percentages are judged by the worst case: the provider takes no fee, no cap is reached, fixed amounts are
small, and whichever parties an order may lack are missing. Exact fractions, no rounding.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations

from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.errors import Invalid
from settlement.models import LineBase, LineKind, Role

MILLION = 1_000_000
MOST_LINES = 12
MOST_FEN = 10**11
# Whom an order may lack: nobody brought the sale, nothing is sent.
MAY_LACK = (Role.ATTRIBUTED_STORE, Role.FULFILLER, Role.COURIER)


class RuleInvalid(Invalid):
    code = "split_rule_invalid"


class LineInvalid(RuleInvalid):
    code = "rule_line_invalid"
    message = _("Line %(number)s: %(what)s")


class OverAHundred(RuleInvalid):
    code = "percentages_over_100"
    message = _("Line %(number)s: together with the lines before it more than 100 %% would be given away.")


class ResidualMissing(RuleInvalid):
    code = "residual_not_one"
    message = _("Exactly one party gets what is left; here %(found)s do.")


class PartyInvalid(RuleInvalid):
    code = "party_invalid"
    message = _("This party cannot have a share of a sale.")


class SellerMissing(RuleInvalid):
    code = "rule_without_seller"
    message = _(
        "The seller gets nothing. Give the seller a line, or what is left; for our own sales the platform."
    )


@dataclass(frozen=True)
class LineSpec:
    """ppm: parts per million of the base; amounts in fen. after: of "remainder"; 0 is the line before."""

    role: str
    kind: str
    ppm: int = 0
    amount_fen: int = 0
    cap_fen: int = 0
    base: str = LineBase.GROSS
    after: int = 0


def check_lines(lines: Sequence[LineSpec], *, seller_is_platform: bool = False) -> None:
    """Raise LineInvalid, PartyInvalid, ResidualMissing, OverAHundred or SellerMissing.

    seller_is_platform: the rule is for sales of the carrier itself, whose share is the platform's.
    """
    for number, line in enumerate(lines, start=1):
        _check_line(line, number)
    residuals = sum(line.kind == LineKind.RESIDUAL for line in lines)
    if residuals != 1:
        raise ResidualMissing(found=residuals)
    for absent in _subsets(MAY_LACK):
        worst_shares(lines, absent=absent)
    sellers = {Role.SELLER, Role.PLATFORM} if seller_is_platform else {Role.SELLER}
    if not sellers & {line.role for line in lines}:
        raise SellerMissing()


def worst_shares(lines: Sequence[LineSpec], *, absent: Sequence[str] = ()) -> list[Fraction]:
    """The part of a large payment that each line can take at most; raises OverAHundred."""
    left, after, shares = Fraction(1), [], []
    for number, line in enumerate(lines, start=1):
        share = Fraction(0)
        if line.kind in (LineKind.PERCENTAGE, LineKind.CAPPED) and line.role not in absent:
            share = Fraction(line.ppm, MILLION) * _base(line, left, after)
        left -= share
        if left < 0:
            raise OverAHundred(number=number)
        after.append(left)
        shares.append(share)
    return shares


def _base(line: LineSpec, left: Fraction, after: Sequence[Fraction]) -> Fraction:
    if line.base != LineBase.REMAINDER:
        return Fraction(1)
    return after[line.after - 1] if line.after else left


def _subsets(roles: Sequence[str]) -> Iterator[tuple]:
    return chain.from_iterable(combinations(roles, size) for size in range(len(roles) + 1))


def _check_line(line: LineSpec, number: int) -> None:
    if number > MOST_LINES:
        raise LineInvalid(number=number, what=_("a rule has at most %(most)s lines.") % {"most": MOST_LINES})
    if line.role in (Role.PROVIDER, Role.NOBODY) or line.role not in Role.values:
        raise PartyInvalid()
    if line.kind not in LineKind.values or line.base not in LineBase.values:
        raise LineInvalid(number=number, what=_("choose a kind and a base."))
    _check_amounts(line, number)
    if line.after and (line.base != LineBase.REMAINDER or not 0 < line.after < number):
        raise LineInvalid(number=number, what=_("what is left is taken after an earlier line."))


def _check_amounts(line: LineSpec, number: int) -> None:
    if line.kind in (LineKind.PERCENTAGE, LineKind.CAPPED) and not 0 < line.ppm <= MILLION:
        raise LineInvalid(number=number, what=_("the percentage must be above 0 and at most 100."))
    if line.kind == LineKind.FIXED and not 0 < line.amount_fen <= MOST_FEN:
        raise LineInvalid(number=number, what=_("enter the fixed amount."))
    if line.kind == LineKind.CAPPED and not 0 < line.cap_fen <= MOST_FEN:
        raise LineInvalid(number=number, what=_("enter the cap."))
