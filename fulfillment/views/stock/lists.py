"""/stock/ and /stock/movements/: what lies where, and how it came and went."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from fulfillment import movement_words
from fulfillment.models import Place
from fulfillment.queries import stock_lists
from fulfillment.queries.owners import owners
from fulfillment.views.access import KINDS, stock_page
from members import queries as members
from omnichannel.kernel.filters import date_of

from .access import csv_file, frame, labels, page_of, paths_of, text_of, wants_csv

LEVEL_HEAD = (
    "sku", "article", "location", "name", "city", "owner", "bin", "on_hand", "reserved", "free", "coming",
)  # fmt: skip
MOVEMENT_HEAD = ("at", "sku", "quantity", "from", "to", "reason", "reference")


@stock_page
@require_GET
def levels(request):
    found = stock_lists.levels(
        paths_of(request),
        text=text_of(request, "q"),
        place=text_of(request, "place"),
        kind=text_of(request, "kind"),
        province=text_of(request, "province"),
        bin=text_of(request, "bin"),
        state=text_of(request, "state"),
    )
    if wants_csv(request):
        return csv_file("stock", LEVEL_HEAD, _level_rows(found), count=found.count())
    paging = page_of(request, found)
    owned = owners({row.location_id for row in paging["page"]})
    names = labels({row.sku for row in paging["page"]})
    rows = [(row, names.get(row.sku, row.sku), owned[row.location_id]) for row in paging["page"]]
    context = frame(
        request,
        "levels",
        rows=rows,
        kinds=members.kind_choices(KINDS),
        provinces=members.provinces(),
        **paging,
    )
    return render(request, "fulfillment/stock/levels.html", context)


def _level_rows(found):
    rows = list(found)
    names = labels({row.sku for row in rows})
    owned = owners({row.location_id for row in rows})
    for row in rows:
        yield (
            row.sku, names.get(row.sku, ""), row.code, row.place, row.city, owned[row.location_id].code,
            row.bin, row.on_hand, row.reserved, row.free, row.coming,
        )  # fmt: skip


@stock_page
@require_GET
def movements(request):
    found = stock_lists.movements(
        paths_of(request),
        text=text_of(request, "q"),
        place=text_of(request, "place"),
        reason=text_of(request, "reason"),
        begin=date_of(request, "begin"),
        end=date_of(request, "end"),
    )
    if wants_csv(request):
        rows = map(_movement_row, found.iterator(chunk_size=2000))
        return csv_file("movements", MOVEMENT_HEAD, rows, count=found.count())
    paging = page_of(request, found)
    names = labels({row.sku for row in paging["page"]})
    rows = [
        {
            "row": row,
            "label": names.get(row.sku, row.sku),
            "origin": _end(row.from_location, row.from_place),
            "goal": _end(row.to_location, row.to_place),
            "reason": movement_words.words(row.reason),
        }
        for row in paging["page"]
    ]
    context = frame(request, "movements", rows=rows, reasons=sorted(_reasons()), **paging)
    return render(request, "fulfillment/stock/movements.html", context)


def _reasons() -> list[tuple[str, str]]:
    return [(code, str(words)) for code, words in movement_words.WORDS.items()]


def _end(location, place: str) -> str:
    return location.label if location else str(Place(place).label)


def _movement_row(row):
    origin = row.from_location.code if row.from_location else row.from_place
    goal = row.to_location.code if row.to_location else row.to_place
    return row.at.isoformat(), row.sku, row.quantity, origin, goal, row.reason, row.reference
