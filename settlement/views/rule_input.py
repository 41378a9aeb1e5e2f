"""What people type on the pages of rules: percentages, amounts, dates, lines. Parsing only."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from members.queries import institution_by_code
from omnichannel.kernel.errors import Invalid
from omnichannel.kernel.money import fen
from settlement.services.rule_lines import MOST_FEN, MOST_LINES, LineSpec

PPM_OF_A_PERCENT = 10_000
NAMES = ("role", "kind", "percent", "base", "amount", "cap")


class PercentInvalid(Invalid):
    code = "percentage_invalid"
    message = _("%(value)s is not a percentage. Write it with at most four decimals, as 2.5.")


class AmountInvalid(Invalid):
    code = "amount_invalid"
    message = _("%(value)s is not an amount. Write it in yuan with at most two decimals, as 12.50.")


class DateInvalid(Invalid):
    code = "date_invalid"
    message = _("%(value)s is not a date. Write it as 2026-11-21.")


class NumberInvalid(Invalid):
    code = "number_invalid"
    message = _("%(value)s is not a whole number.")


def ppm_of(text: str) -> int:
    """2.5 -> 25000 parts per million; empty is 0. Raises PercentInvalid."""
    text = text.strip().removesuffix("%").strip()
    if not text:
        return 0
    try:
        scaled = Decimal(text) * PPM_OF_A_PERCENT
    except InvalidOperation as error:
        raise PercentInvalid(field="percent", value=text[:20]) from error
    if not scaled.is_finite() or scaled != scaled.to_integral_value() or abs(scaled) > 10**8:
        raise PercentInvalid(field="percent", value=text[:20])
    return int(scaled)


def fen_of(text: str) -> int:
    """12.50 -> 1250 fen; empty is 0. Raises AmountInvalid."""
    text = text.strip().replace(",", "")
    if not text:
        return 0
    try:
        amount = fen(text)
    except (ValueError, ArithmeticError) as error:
        raise AmountInvalid(field="amount", value=text[:20]) from error
    if not 0 <= amount <= MOST_FEN:
        raise AmountInvalid(field="amount", value=text[:20])
    return amount


def date_in(text: str, field: str = "valid_from") -> date:
    """Raises DateInvalid."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise DateInvalid(field=field, value=text[:20]) from error


def number_in(text: str, field: str) -> int:
    """Raises NumberInvalid."""
    if not text.strip().isdecimal() or len(text.strip()) > 9:
        raise NumberInvalid(field=field, value=text[:20])
    return int(text)


def institution_id_of(code: str) -> int | None:
    """None where nothing was typed; raises InstitutionUnknown."""
    return institution_by_code(code.strip()).id if code.strip() else None


def typed_lines(data) -> list[dict]:
    """The rows of the form as they were typed, empty ones too."""
    return [
        {"number": number} | {name: data.get(f"{name}-{number}", "").strip() for name in NAMES}
        for number in range(1, MOST_LINES + 1)
    ]


def lines_of(data) -> list[LineSpec]:
    """Lines in their order; a row without a party is left out. Raises PercentInvalid, AmountInvalid."""
    return [_spec(row) for row in typed_lines(data) if row["role"]]


def _spec(row: dict) -> LineSpec:
    base, _colon, after = row["base"].partition(":")
    kind = row["kind"]
    shared = kind in ("percentage", "capped")
    return LineSpec(
        role=row["role"],
        kind=kind,
        ppm=ppm_of(row["percent"]) if shared else 0,
        amount_fen=fen_of(row["amount"]) if kind == "fixed" else 0,
        cap_fen=fen_of(row["cap"]) if kind == "capped" else 0,
        base=(base or "gross") if shared else "gross",
        after=int(after) if shared and after.isdecimal() else 0,
    )


def rows_of(version) -> list[dict]:
    """A version's lines as its form shows them, for the next version to begin with."""
    rows = {row["number"]: row for row in typed_lines({})}
    for line in version.lines.all() if version else ():
        percent = f"{line.ppm / PPM_OF_A_PERCENT:.4f}".rstrip("0").rstrip(".") if line.ppm else ""
        base = f"remainder:{line.after}" if line.base == "remainder" else line.base
        rows[line.position] |= {
            "role": line.role, "kind": line.kind, "percent": percent, "base": base,
            "amount": f"{line.amount_fen / 100:.2f}" if line.amount_fen else "",
            "cap": f"{line.cap_fen / 100:.2f}" if line.cap_fen else "",
        }  # fmt: skip
    return list(rows.values())
