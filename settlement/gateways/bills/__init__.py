"""Statements of others, one parser per format: bytes in, checked rows out.

Nothing here touches the database. A parser yields rows and, after the last one, compares them with the
totals that the file states; whoever loads keeps the rows aside until then. Every refusal names the line.
"""

from .common import (
    AmountInvalid,
    BalanceBroken,
    Bill,
    BillCutOff,
    BillRefused,
    BillUnreadable,
    ColumnsMissing,
    Expected,
    OtherDay,
    OtherMerchant,
    Row,
    RowInvalid,
    RowTwice,
    TotalsDiffer,
    TotalsNeeded,
)
from .reading import read

__all__ = [
    "AmountInvalid",
    "BalanceBroken",
    "Bill",
    "BillCutOff",
    "BillRefused",
    "BillUnreadable",
    "ColumnsMissing",
    "Expected",
    "OtherDay",
    "OtherMerchant",
    "Row",
    "RowInvalid",
    "RowTwice",
    "TotalsDiffer",
    "TotalsNeeded",
    "read",
]
