"""Answers that a browser saves."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(response, name: str):
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
