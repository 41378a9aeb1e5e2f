"""Provider fees as a workbook."""

from django.utils.translation import gettext as _

from .provider_fees import Fees
from .sheets import summed_xlsx


def fees_xlsx(found: Fees, *, title: str) -> bytes:
    heads = [_("Provider"), _("Code"), _("Period"), _("Estimated"), _("Billed"), _("Variance"),
             _("Open at the end")]  # fmt: skip
    lines = [
        (row.label, row.code, row.period, row.estimate, row.billed, row.variance, row.open)
        for row in found.rows
    ]
    return summed_xlsx(title, heads, lines, texts=3, summed=(3, 4, 5))
