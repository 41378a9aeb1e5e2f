"""Category and search: the same list with facets, sorting and pages."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from catalog.queries import categories, listing
from catalog.queries.cards import SORTS
from catalog.queries.offerings import picture_address
from catalog.queries.sellable import FACETS
from members.channels import Channel
from omnichannel.kernel import clock
from orders.views.shop.frame import dressed, frame, product_url
from orders.views.shop.place import place_of

EAGER = 4


@require_GET
def category(request, slug: str):
    tree = categories.tree()
    node = tree.by_slug(slug)
    if node is None:
        raise Http404
    crumbs = [{"label": _("Home"), "url": "/"}]
    crumbs += [{"label": one.name, "url": f"/c/{one.slug}/"} for one in tree.crumbs(node)]
    context = {"node": node, "crumbs": crumbs, "beside": _beside(tree, node)}
    return _list(request, "orders/shop/category.html", context, category_ids=tree.ids_within(node))


def _beside(tree, node) -> list:
    """The categories below this one; at the end of a branch those next to it."""
    below = tree.children(node)
    return below if below or node.depth == 1 else tree.children(tree.crumbs(node)[-2])


@require_GET
def search(request):
    query = request.GET.get("q", "").strip()[:80]
    return _list(request, "orders/shop/search.html", {"query": query}, query=query)


def _list(request, template: str, context: dict, *, category_ids=(), query: str = ""):
    now, place = clock.now(), place_of(request)
    sort = request.GET.get("sort", "")
    found = listing.list_page(
        channel=Channel.WEB,
        now=now,
        category_ids=category_ids,
        query=query,
        facets={name: request.GET.getlist(name) for name in FACETS if request.GET.get(name)},
        sort=sort if sort in SORTS else "",
        page=_page(request),
    )
    context |= {
        "place": place,
        "found": found,
        "cards": dressed(found.cards, place=place, now=now, eager=EAGER),
        "facets": _facets(request, found),
        "chosen_count": sum(value.chosen for values in found.facets.values() for value in values),
        "clear_url": _address(request, {name: [] for name in FACETS}),
        "sorts": _sorts(request, sort, bool(query)),
        "page_obj": Paginator(range(found.total), listing.PAGE_SIZE).get_page(found.page),
    }
    return render(request, template, frame(request, **context))


def _page(request) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _facets(request, found) -> list[dict]:
    """For the facet component; a facet with a single value that is not chosen says nothing."""
    titles = {"kind": _("Kind"), "brand": _("Brand"), "storage": _("Storage"), "price": _("Price")}
    return [
        {"title": titles[name], "options": [_option(request, name, value) for value in values]}
        for name, values in found.facets.items()
        if len(values) > 1 or any(value.chosen for value in values)
    ]


def _option(request, name: str, value) -> dict:
    chosen = request.GET.getlist(name)
    wanted = [one for one in chosen if one != value.value] if value.chosen else [*chosen, value.value]
    url = _address(request, {name: wanted})
    return {"label": value.label, "url": url, "count": value.count, "chosen": value.chosen}


def _sorts(request, sort: str, is_search: bool) -> list[dict]:
    labels = [("", _("Best match"))] if is_search else [("", _("Popular"))]
    labels += [("new", _("New")), ("price", _("Price, low first")), ("-price", _("Price, high first"))]
    known = sort if sort in dict(labels) else ""
    return [
        {"label": label, "url": _address(request, {"sort": [code] if code else []}), "active": code == known}
        for code, label in labels
    ]


def _address(request, changes: dict[str, list[str]]) -> str:
    """This page's address with other parameters, from its first page on."""
    asked = {name: values for name, values in request.GET.lists() if name != "page"} | changes
    query = urlencode(asked, doseq=True)
    return f"{request.path}?{query}" if query else request.path


@require_GET
def suggest(request):
    """Rows for the type-ahead."""
    found = listing.suggest(request.GET.get("q", "")[:80])
    rows = [(one.label, product_url(one), picture_address(one.picture)) for one in found]
    return render(request, "orders/shop/_suggestions.html", {"rows": rows})
