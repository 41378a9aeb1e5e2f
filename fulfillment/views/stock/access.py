"""Doors of the stock pages: who comes in, which locations are theirs, what an address asks for."""

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.utils.translation import gettext_lazy as _

from catalog.queries import offerings
from fulfillment.queries.stock_lists import waiting
from fulfillment.services.count_posting import APPROVERS
from fulfillment.services.transfers import GIVERS, READERS, UnitsInvalid
from members.queries import institutions_of_kind
from members.values import InstitutionCard
from omnichannel.kernel.errors import Invalid

KINDS = ("warehouse", "store", "dealer", "merchant")
ROWS = 50
MOST_PLACES = 60
BOM = "\ufeff"


class DateInvalid(Invalid):
    code = "filter_invalid"
    message = _("%(value)s is not a date. Write it as 2026-11-21.")


def stock_page(view: Callable) -> Callable:
    """Sign in first; then whoever works with goods, and auditors. Raises NotAllowed."""

    @wraps(view)
    @login_required(login_url="members:staff-sign-in")
    def guarded(request, *args, **kwargs):
        request.actor.must_have(*READERS)
        return view(request, *args, **kwargs)

    return guarded


def paths_of(request) -> list[str]:
    """The institutions whose goods the actor may see."""
    return request.actor.paths(*READERS)


def own_places(request, *roles: str) -> list[InstitutionCard]:
    """Where the actor has one of the roles; at most sixty, for a choice on a page."""
    cards = {}
    for path in request.actor.paths(*roles):
        cards |= {card.id: card for card in institutions_of_kind(*KINDS, path=path)}
    return sorted(cards.values(), key=lambda card: (KINDS.index(card.kind), card.code))[:MOST_PLACES]


def frame(request, where: str, **context) -> dict:
    """What every stock page shows around itself: which page this is and what waits for the actor."""
    answering = request.actor.paths(*GIVERS, *APPROVERS)
    paths = paths_of(request)
    return {
        "where": where,
        "waiting": waiting(paths, answering, user_id=request.actor.user_id),
        "one_place": len(paths) == 1 and paths[0].count("/") > 1,
        "csv_query": _without_page(request),
        **context,
    }


def _without_page(request) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    query["format"] = "csv"
    return query.urlencode()


def page_of(request, rows, *, size: int = ROWS) -> dict:
    paginator = Paginator(rows, size)
    page = paginator.get_page(request.GET.get("page"))
    return {"page": page, "pages": list(paginator.get_elided_page_range(page.number))}


def wants_csv(request) -> bool:
    return request.GET.get("format") == "csv"


def text_of(request, name: str) -> str:
    return request.GET.get(name, "").strip()[:80]


def date_of(request, name: str) -> date | None:
    """Raises DateInvalid."""
    value = text_of(request, name)
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise DateInvalid(field=name, value=value[:20])


def whole(text: str, *, empty: int | None = None) -> int:
    """A whole number as people type it; raises UnitsInvalid."""
    text = text.strip().replace(",", "")
    if not text and empty is not None:
        return empty
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise UnitsInvalid(field="quantity")
    return int(text)


def labels(skus: Iterable[str]) -> dict[str, str]:
    """Article names by SKU, in the language of the page; one query."""
    return {sku: facts.label for sku, facts in offerings.by_sku(skus).items()}


class _Echo:
    def write(self, text: str) -> str:
        return text


def csv_file(name: str, head: Iterable[str], rows: Iterable[Iterable]) -> StreamingHttpResponse:
    """A file for spreadsheets that streams; text that a spreadsheet would reckon with is quoted."""
    response = StreamingHttpResponse(_lines(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _lines(head: Iterable[str], rows: Iterable[Iterable]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(head)
    for row in rows:
        yield writer.writerow([_cell(value) for value in row])


def _cell(value):
    risky = isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t"}
    return f"'{value}" if risky else value
