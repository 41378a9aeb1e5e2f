"""One place where a DomainError becomes an answer: JSON for the API, a designed page for people."""

import logging

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from rest_framework import exceptions as drf
from rest_framework.response import Response
from rest_framework.views import set_rollback

from .errors import DomainError, Invalid

log = logging.getLogger(__name__)

_DRF_CODES = {
    400: "invalid",
    401: "not_authenticated",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
}


def problem(error: DomainError) -> dict:
    """The body of every refusal: {"error": {"code", "message", ...facts}}."""
    return {"error": {"code": error.code, "message": str(error), **error.facts}}


def _retry_header(error: DomainError) -> dict:
    seconds = error.facts.get("retry_after")
    return {"Retry-After": str(seconds)} if seconds else {}


def api_answer(exc, context):
    """Django REST framework's exception handler."""
    if isinstance(exc, DomainError):
        set_rollback()
        return Response(problem(exc), status=exc.status, headers=_retry_header(exc))
    if isinstance(exc, drf.APIException):
        set_rollback()
        code = _DRF_CODES.get(exc.status_code, exc.default_code)
        body = {"code": code, "message": _first_sentence(exc.detail)}
        if isinstance(exc, drf.ValidationError):
            body["fields"] = exc.detail
        headers = {"Retry-After": str(int(exc.wait))} if getattr(exc, "wait", None) else {}
        if getattr(exc, "auth_header", None):
            headers["WWW-Authenticate"] = exc.auth_header
        return Response({"error": body}, status=exc.status_code, headers=headers)
    return None


def _first_sentence(detail) -> str:
    while isinstance(detail, (dict, list)) and detail:
        detail = next(iter(detail.values())) if isinstance(detail, dict) else detail[0]
    return str(detail) if detail else _("Please check what you entered.")


class RefusalPages:
    """Middleware: a DomainError that a page let through becomes errors/domain.html with its status."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """The database takes no NUL character: an address with one is refused here, once for all pages."""
        if "\0" not in request.path and "%00" not in request.META.get("QUERY_STRING", ""):
            return None
        if request.path.startswith("/api/"):
            return JsonResponse(problem(Invalid()), status=Invalid.status)
        return self.process_exception(request, Invalid())

    def process_exception(self, request, exception):
        if not isinstance(exception, DomainError):
            return None
        log.info("refused %s %s: %s", request.method, request.path, exception.code)
        template = "errors/_refusal.html" if request.headers.get("HX-Request") else "errors/domain.html"
        context = {
            "code": exception.code,
            "message": str(exception),
            "status": exception.status,
            "retry_after": exception.facts.get("retry_after"),
        }
        response = render(request, template, context, status=exception.status)
        for name, value in _retry_header(exception).items():
            response[name] = value
        return response
