"""Doors of the finance pages: who may come in, and what a filter in the address means."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.shortcuts import redirect, resolve_url

from omnichannel.kernel.errors import DomainError, NotAllowed, NotFound
from settlement import rights

ROWS = 50
READING = ("GET", "HEAD")


def finance_page(view: Callable) -> Callable:
    """Sign in first; then finance or audit only (NotAllowed is shown as a page). Partners go to their own.

    Whatever changes something is for the clerk and the lead alone, before the service asks again.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), resolve_url("members:staff-sign-in"))
        if request.method not in READING:
            rights.must_work(request.actor)
        elif request.actor.has(rights.PARTNER) and not request.actor.has(*rights.READERS):
            return redirect("settlement:own-statement")
        rights.must_read(request.actor)
        return view(request, *args, **kwargs)

    return guarded


def partner_page(view: Callable) -> Callable:
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), resolve_url("members:staff-sign-in"))
        return view(request, *args, **kwargs)

    return guarded


def tell(request, refusal: DomainError) -> None:
    """A refusal where the person works; what they may not see, or not do at all, is a page of its own."""
    if isinstance(refusal, NotFound) or refusal.code == NotAllowed.code:
        raise refusal
    messages.error(request, f"{refusal} ({refusal.code})")


def page_of(request, rows, *, size: int = ROWS) -> dict:
    """The page that the address asks for, and the page numbers to show."""
    paginator = Paginator(rows, size)
    page = paginator.get_page(request.GET.get("page"))
    return {"page": page, "pages": list(paginator.get_elided_page_range(page.number))}
