"""Provider fees as a workbook."""

from django.utils.translation import gettext as _

from .ledger_exports import _workbook
from .provider_fees import Fees


def fees_xlsx(found: Fees, *, title: str) -> bytes:
    heads = [_("Provider"), _("Code"), _("Period"), _("Estimated"), _("Billed"), _("Variance"),
             _("Open at the end")]  # fmt: skip
    lines = [
        (row.label, row.code, row.period, row.estimate, row.billed, row.variance, row.open)
        for row in found.rows
    ]
    return _workbook(title, heads, lines, texts=3, summed=(3, 4, 5))
