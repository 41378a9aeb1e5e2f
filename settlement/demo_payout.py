"""The demo company's pay-out terms: a courier paid in larger sums, a dealer whose debts are carried."""

from datetime import datetime

from members.queries import institution_by_code
from settlement.models import PayoutTerms

from .demo import BEGIN

# institution, minimum in fen, collects, note
TERMS = [
    ("cr-star", 200_00, True, "合同约定累计满 200 元付款"),
    ("st-nb-01", 50_00, True, "小额门店按累计付款"),
    ("dl-yuexun", 1_00, False, "经销商欠款由后续收入抵补"),
]


def load(*, now: datetime) -> None:
    """Idempotent: what is there stays."""
    if PayoutTerms.objects.exists():
        return
    PayoutTerms.objects.bulk_create(
        PayoutTerms(
            institution_id=institution_by_code(code).id, valid_from=BEGIN, minimum_fen=fen,
            collects=collects, note=note, set_by="flead", set_at=now,
        )
        for code, fen, collects, note in TERMS
    )  # fmt: skip
