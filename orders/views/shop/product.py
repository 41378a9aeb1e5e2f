"""The product page: gallery, variants, price with its reason, stock near the visitor, what a SIM needs."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from catalog.kinds import GOODS_KINDS, INSTANT_KINDS, Kind
from catalog.queries import categories, detail, offerings, offers
from catalog.queries.offerings import picture_address
from fulfillment.queries import stock
from fulfillment.queries.campaigns import announced
from fulfillment.queries.nearby import STORE_WITHIN_KM
from fulfillment.queries.promised import Promised, promised
from members.channels import Channel
from omnichannel.kernel import clock
from orders.views.shop import choosing
from orders.views.shop.frame import frame, product_url
from orders.views.shop.near import near_store, to_door
from orders.views.shop.place import place_of
from orders.views.shop.promises import immaterial

MOST_PLACES = 5


@require_GET
def product(request, slug: str, pk: int):
    now, place = clock.now(), place_of(request)
    found = detail.product_detail(product_id=pk, channel=Channel.WEB, now=now)
    if found is None:
        raise Http404
    if slug != found.slug:
        return redirect("orders:product", slug=found.slug, pk=pk, permanent=True)
    chosen = found.variant(request.GET.get("sku"))
    context = {
        "place": place,
        "now": now,
        "product": found,
        "chosen": chosen,
        "crumbs": _crumbs(found),
        "pictures": _pictures(found, chosen),
        "is_instant": found.kind in INSTANT_KINDS,
    }
    more = _telecom if found.kind in {Kind.SIM, Kind.PLAN} else _goods
    context |= more(request, found, chosen, place, now)
    return render(request, "orders/shop/product.html", frame(request, **context))


def _crumbs(found) -> list[dict]:
    tree = categories.tree()
    node = next((node for node in tree.nodes if node.id in found.category_ids), None)
    nodes = tree.crumbs(node) if node else []
    crumbs = [{"label": one.name, "url": f"/c/{one.slug}/"} for one in nodes]
    return [{"label": _("Home"), "url": "/"}, *crumbs, {"label": found.title, "url": ""}]


def _pictures(found, chosen) -> list[str]:
    """The chosen variant's picture first, then the article's other views."""
    others = {variant.picture for variant in found.variants}
    first = chosen.picture if chosen and chosen.picture else ""
    names = [first, *(name for name in found.pictures if name not in others or name == first)]
    return [picture_address(name) for name in dict.fromkeys(names) if name] or [picture_address(found.slug)]


def _goods(request, found, chosen, place, now) -> dict:
    """Stock of all variants in one query, when it can be had in another, and the offers that run."""
    if found.kind not in GOODS_KINDS or chosen is None:
        return {"promise": immaterial(found.kind), "can_buy": chosen is not None}
    where = stock.availability(
        skus=[variant.sku for variant in found.variants],
        channel=Channel.WEB,
        latitude=place.lat,
        longitude=place.lon,
    )
    here = where.get(chosen.sku, [])
    stores = [one for one in here if one.kind == "store"]
    near = [one for one in stores if _is_near(one)][:MOST_PLACES]
    sent_from = next((one for one in here if one.kind != "store"), None)
    asked = [one.location_id for one in (*near, sent_from) if one is not None]
    terms = promised(asked, province=place.province, near=(place.lat, place.lon), now=now)
    return {
        "stores": [near_store(one, terms.get(one.location_id, Promised()), now=now) for one in near],
        "stores_elsewhere": len(stores) - len(near),
        "to_door": to_door(sent_from, terms.get(sent_from.location_id, Promised())) if sent_from else "",
        "most": min(sum(one.salable for one in here), 200),
        "can_buy": bool(here),
        "colours": _colours(found, chosen, where),
        "storages": _storages(found, chosen, where),
        "flash": announced([chosen.sku], channel=Channel.WEB, now=now).get(chosen.sku),
        "offers": offers.running(now=now) if found.kind in {Kind.DEVICE, Kind.ACCESSORY} else [],
    }


def _is_near(stock) -> bool:
    """A store without coordinates may be anywhere: it counts as further away."""
    return stock.distance_km is not None and stock.distance_km <= STORE_WITHIN_KM


def _colours(found, chosen, where) -> list[dict]:
    """One swatch per colour, leading to that colour in the same storage where there is one."""
    names = dict.fromkeys(variant.colour for variant in found.variants if variant.colour)
    return [_swatch(found, chosen, where, "colour", name, "storage") for name in names]


def _storages(found, chosen, where) -> list[dict]:
    names = dict.fromkeys(variant.storage for variant in found.variants if variant.storage)
    return [_swatch(found, chosen, where, "storage", name, "colour") for name in names]


def _swatch(found, chosen, where, field: str, name: str, other: str) -> dict:
    same = [variant for variant in found.variants if getattr(variant, field) == name]
    wanted = getattr(chosen, other)
    target = next((variant for variant in same if getattr(variant, other) == wanted), same[0])
    return {
        "label": name,
        "hex": target.colour_hex if field == "colour" else "",
        "href": f"?sku={target.sku}",
        "chosen": getattr(chosen, field) == name,
        "out": not where.get(target.sku),
    }


def _telecom(request, found, chosen, place, now) -> dict:
    """A SIM needs a number and a plan of its brand; a plan leads to its brand's SIM."""
    if found.kind == Kind.PLAN:
        sims = [one for one in offerings.of_kind(Kind.SIM) if one.tier == found.tier]
        return {
            "promise": immaterial(found.kind),
            "plans": offerings.plans(tier=found.tier),
            "sim_url": f"{product_url(_as_card(sims[0]))}?plan={chosen.sku}" if sims and chosen else "",
        }
    plans = offerings.plans(tier=found.tier)
    wanted = request.GET.get("plan", "")
    picked = next((plan for plan in plans if plan.sku == wanted), plans[0] if plans else None)
    return {
        "plans": plans,
        "picked": picked,
        "can_buy": chosen is not None and picked is not None,
        **choosing.context(request, place=place, now=now, with_cities=False),
    }


def _as_card(facts):
    return detail.Address(slug=facts.slug, product_id=facts.card_id)
