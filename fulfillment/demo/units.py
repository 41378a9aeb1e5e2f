"""Serial numbers with valid check digits. The issuer's digits belong to nobody."""

from stdnum import luhn

from .draws import draw


def serials_of(kind: str, sku: str, place: str, units: int) -> list[str]:
    """`units` IMEIs of 15 digits, ICCIDs of 20 or card numbers of 17, the same in every run.

    They differ per SKU and place. The number of a recharge card has no check digit.
    """
    if kind == "card":
        first = draw(0, 9_999_999, "card", sku, place) * 1_000
        return [f"2699{first + number:013d}" for number in range(units)]
    if kind == "imei":
        # Type allocation code: 86 and six digits per model, then a block of six digits per place.
        head = f"86{draw(0, 999_999, 'tac', sku):06d}"
        first = draw(0, 9_999, "imei", place) * 100 + draw(0, 89, "imei", sku, place)
        bodies = [f"{head}{(first + number) % 1_000_000:06d}" for number in range(units)]
    else:
        first = draw(0, 9_999_999, "iccid", sku, place) * 10_000
        bodies = [f"898699{first + number:013d}" for number in range(units)]
    return [body + luhn.calc_check_digit(body) for body in bodies]
