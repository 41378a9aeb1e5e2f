"""Files that people save or print. Each says how many rows it holds, for whoever records that it left."""

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"


def download(response: HttpResponseBase, name: str, *, rows: int) -> HttpResponseBase:
    """A file to save. rows: records in it, without heads and totals."""
    return _named(response, "attachment", name, rows)


def csv_file(lines: Iterator[str], name: str, *, rows: int) -> HttpResponseBase:
    """Lines that stream as they are made."""
    return download(StreamingHttpResponse(lines, content_type=CSV), name, rows=rows)


def xlsx_file(content: bytes, name: str, *, rows: int) -> HttpResponseBase:
    return download(HttpResponse(content, content_type=XLSX), name, rows=rows)


def pdf_file(content: bytes, name: str, *, rows: int) -> HttpResponseBase:
    return download(HttpResponse(content, content_type=PDF), name, rows=rows)


def paper(content: bytes, name: str, *, rows: int) -> HttpResponseBase:
    """A PDF that opens for printing; nobody keeps it."""
    response = HttpResponse(content, content_type=PDF, headers={"Cache-Control": "no-store"})
    return _named(response, "inline", name, rows)


def _named(response: HttpResponseBase, how: str, name: str, rows: int) -> HttpResponseBase:
    response["Content-Disposition"] = f'{how}; filename="{name}"'
    response.rows = rows
    return response
