"""What the pages of dated tables share: the day a new version begins, publishing it, taking it back."""

from collections.abc import Callable
from datetime import date, timedelta

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from omnichannel.kernel import clock
from omnichannel.kernel.errors import DomainError, Invalid, NotAllowed


class DayWrong(Invalid):
    code = "day_invalid"
    message = gettext_lazy("“%(value)s” is not a day. Write it as 2026-11-21.")


def calendar(request, posted, refusal: DomainError | None) -> dict:
    """Today, the day a new version begins unless another was entered, and why that was refused."""
    today = clock.local_day(clock.now())
    tomorrow = (today + timedelta(days=1)).isoformat()
    return {
        "may_change": request.actor.has("operator"),
        "starts": (posted or {}).get("starts") or tomorrow,
        "tomorrow": tomorrow,
        "today": today,
        "refused": f"{refusal} ({refusal.code})" if refusal else "",
    }


def published(request, publish: Callable[[], object], *, done: str, then: str, show: Callable):
    """Publish and go on, or show the page again, its dialog open with what was entered and why not."""
    try:
        publish()
    except NotAllowed:
        raise
    except DomainError as refusal:
        return show(request, posted=request.POST, refusal=refusal)
    messages.success(request, done)
    return redirect(then)


def taken_back(request, withdraw: Callable[[], object], *, then: str):
    """Take a version back that has not begun, or say why not."""
    try:
        withdraw()
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, f"{refusal} ({refusal.code})")
    else:
        messages.success(request, _("Taken back; the version before goes on."))
    return redirect(then)


def day_of(request, field: str = "starts") -> date:
    """The day that was entered. Raises DayWrong."""
    text = request.POST.get(field, "").strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DayWrong(field=field, value=text[:20]) from None


def number_of(text: str, otherwise: DomainError, *, most: float = 1e6) -> float:
    """A number below `most`, usually a million. Raises `otherwise`."""
    try:
        value = float(text)
    except ValueError:
        raise otherwise from None
    if not -most < value < most:
        raise otherwise
    return value
