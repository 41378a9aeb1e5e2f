"""For which sales a split rule may be, with their words, and how its shares are written."""

from django.utils.translation import gettext_lazy as _

from catalog.kinds import Kind

SHIPPING_KIND = "shipping"
OFFERING_KINDS = [*Kind.choices, (SHIPPING_KIND, _("delivery fee"))]
SELLER_KINDS = [
    ("carrier", _("carrier")),
    ("branch", _("branch")),
    ("store", _("store")),
    ("dealer", _("dealer")),
    ("merchant", _("merchant")),
    ("supplier", _("supplier")),
    ("chain", _("retail chain")),
]


def percent_text(ppm: int) -> str:
    """Parts per million as per cent, exactly: 12500 is 1.25."""
    return f"{ppm // 10_000}.{ppm % 10_000:04d}".rstrip("0").rstrip(".")
