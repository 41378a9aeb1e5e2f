"""Answers that a browser saves. Every one that leaves finance is recorded, whichever view made it."""

from django.http import HttpResponse, StreamingHttpResponse

from omnichannel.kernel import clock
from settlement.services import audit_trail

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
EXPORTED = "file.exported"
_MOST = 12


def download(response, name: str):
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def csv_file(lines, name: str):
    """Lines that stream as they are made."""
    return download(StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), name)


def xlsx_file(content: bytes, name: str):
    return download(HttpResponse(content, content_type=XLSX), name)


def pdf_file(content: bytes, name: str):
    return download(HttpResponse(content, content_type=PDF), name)


def keep_export(request, response) -> None:
    """The doors of finance call this for every answer: a file that leaves stands in the audit trail."""
    said = response.headers.get("Content-Disposition", "")
    if not said.startswith("attachment"):
        return
    asked = {name: request.GET[name][:80] for name in list(request.GET)[:_MOST]}
    audit_trail.record(
        actor=request.actor,
        action=EXPORTED,
        subject=said.partition("filename=")[2].strip('"') or request.path,
        institution_id=getattr(response, "institution_id", None),
        details={"address": request.path, "asked": asked},
        now=clock.now(),
    )
