"""What the filters of a page mean, as its address says them."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from .errors import Invalid


class FilterInvalid(Invalid):
    code = "filter_invalid"
    message = _("%(value)s is not a date. Write it as 2026-11-21.")


def date_of(request, name: str) -> date | None:
    """A day of the address, None where it names none. Raises FilterInvalid for what is no day."""
    value = request.GET.get(name, "").strip()
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise FilterInvalid(field=name, value=value[:20]) from error
