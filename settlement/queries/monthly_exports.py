"""The month's statements of all institutions in one workbook."""

from datetime import date

from django.utils.translation import gettext as _

from .sheets import summed_xlsx


def everybody_xlsx(rows: list[dict], *, month: date) -> bytes:
    heads = [_("Code"), _("Institution"), _("Opening balance"), _("Movement"), _("Closing balance")]
    lines = [(row["code"], row["name"], row["opening"], row["moved"], row["closing"]) for row in rows]
    return summed_xlsx(f"{month:%Y-%m}", heads, lines, texts=2, summed=(2, 3, 4))
