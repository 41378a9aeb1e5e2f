"""Where the money of an institution goes."""

from collections.abc import Iterable
from dataclasses import dataclass

from members.models import Institution


@dataclass(frozen=True)
class Payee:
    """An institution's bank details; minimum_payout in fen."""

    id: int
    code: str
    name: str
    bank_account: str
    bank_name: str
    cnaps: str
    minimum_payout: int


def payees(ids: Iterable[int]) -> dict[int, Payee]:
    """Bank details by institution id; one query; unknown ids are absent."""
    columns = ("pk", "code", "name", "bank_account", "bank_name", "cnaps", "minimum_payout")
    rows = Institution.objects.filter(pk__in=set(ids)).values_list(*columns)
    return {row[0]: Payee(*row) for row in rows}
