"""What the stock pages show around themselves, what an address asks for, and files for spreadsheets."""

from collections.abc import Iterable, Iterator

from django.core.paginator import Paginator

from catalog.queries import offerings
from fulfillment.queries.stock_lists import waiting
from fulfillment.services.count_posting import APPROVERS
from fulfillment.services.transfers import GIVERS, READERS
from fulfillment.services.wrong_input import UnitsInvalid
from omnichannel.kernel import downloads
from omnichannel.kernel.tables import csv_lines

ROWS = 50


def paths_of(request) -> list[str]:
    """The institutions whose goods the actor may see."""
    return request.actor.paths(*READERS)


def frame(request, where: str, **context) -> dict:
    """What every stock page shows around itself: which page this is and what waits for the actor."""
    answering = request.actor.paths(*GIVERS, *APPROVERS)
    paths = paths_of(request)
    return {
        "where": where,
        "waiting": waiting(paths, answering, user_id=request.actor.user_id),
        "one_place": len(paths) == 1 and paths[0].count("/") > 1,
        "csv_query": csv_query(request),
        **context,
    }


def csv_query(request) -> str:
    """The address of the same list as a file: its filters, without the page."""
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


def whole(text: str, *, empty: int | None = None) -> int:
    """A whole number as people type it; raises UnitsInvalid."""
    text = text.strip().replace(",", "")
    if not text and empty is not None:
        return empty
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise UnitsInvalid(field="quantity")
    return int(text)


def labels(skus: Iterable[str]) -> dict[str, str]:
    """Article names by SKU in the language of the page, of what is not shown in the shop too; one query."""
    return {sku: facts.label for sku, facts in offerings.of_skus(skus).items()}


def csv_file(name: str, head: Iterable[str], rows: Iterable[Iterable], *, count: int):
    """A file of `count` rows that streams; text that a spreadsheet would reckon with is quoted."""
    return downloads.csv_file(_table(head, rows), f"{name}.csv", rows=count)


@csv_lines
def _table(head: Iterable[str], rows: Iterable[Iterable]) -> Iterator[Iterable]:
    yield head
    yield from rows
