"""Two ways in for each step: a form with its page, or a kept step with its key, answered in JSON once."""

import hashlib
from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, JsonResponse

from fulfillment.services.identity_proof import IdentityDiffers, IdentityExhausted
from omnichannel.kernel import idempotency
from omnichannel.kernel.errors import DomainError, NotAllowed
from omnichannel.kernel.refusals import problem

# Not part of what was done: the same step sent again is older and may carry another token.
ENVELOPE = {"csrfmiddlewaretoken", "age"}
# Refusals that leave a trace (a counted attempt): the answer is kept with it.
FINAL = (IdentityDiffers, IdentityExhausted)


class SignedOut(NotAllowed):
    code = "signed_out"
    status = 401


def is_kept(request) -> bool:
    """Does the device keep this step until it is answered?"""
    return bool(request.headers.get("Idempotency-Key"))


def answer(
    request, route: str, act: Callable[[], object], *, again: Callable[[DomainError], HttpResponse]
) -> HttpResponse:
    """Do a step. A form gets what `act` returns, or the page again with the refusal; a kept step gets JSON.

    Steps and refusals of another's parcel (404) are told by the common page.
    """
    if is_kept(request):
        return _once(request, route, act)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    try:
        return act()
    except DomainError as error:
        if error.status in (403, 404):
            raise
        return again(error)


def _once(request, route: str, act: Callable[[], dict]) -> JsonResponse:
    """The same key is the same step: done once, answered alike however often it is sent."""
    if not request.user.is_authenticated:
        return _refusal(SignedOut())
    try:
        status, content, replayed = idempotency.once(
            caller=f"courier:{request.user.pk}",
            route=f"courier:{route}",
            key=request.headers["Idempotency-Key"],
            body=_body(request),
            effect=lambda: _effect(act),
        )
    except DomainError as error:
        return _refusal(error)
    return JsonResponse(content | {"replayed": replayed}, status=status)


def _effect(act: Callable[[], dict]) -> tuple[int, dict]:
    """What `act` did, or a final refusal with the trace that it left: both are committed with the answer."""
    try:
        return 200, act()
    except FINAL as error:
        return error.status, problem(error)


def _body(request) -> dict:
    fields = {name: value for name, value in request.POST.items() if name not in ENVELOPE}
    files = {name: hashlib.sha256(file.read()).hexdigest() for name, file in request.FILES.items()}
    for file in request.FILES.values():
        file.seek(0)
    return fields | files


def _refusal(error: DomainError) -> JsonResponse:
    headers = {"Retry-After": str(error.facts["retry_after"])} if error.facts.get("retry_after") else {}
    return JsonResponse(problem(error), status=error.status, headers=headers)
