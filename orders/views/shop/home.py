"""The home page."""

from django.shortcuts import render

from catalog.kinds import Kind
from catalog.queries import cards, categories, offerings, offers
from catalog.queries.offerings import picture_address
from catalog.values import PlanCard
from members.channels import Channel
from omnichannel.kernel import clock
from orders.views.shop.frame import dressed, frame
from orders.views.shop.place import place_of

TILES = (
    "smartphones",
    "sim-cards",
    "plans",
    "data-packs",
    "top-up",
    "power",
    "cases",
    "festival",
    "crab",
    "presents",
    "reading",
    "living",
)
SHELVES = (
    ("devices", (Kind.DEVICE, Kind.ACCESSORY), 8),
    ("food", (Kind.FOOD,), 8),
    ("gifts", (Kind.GIFT, Kind.SUBSCRIPTION, Kind.MERCHANT_GOODS), 4),
)


def home(request):
    now, place = clock.now(), place_of(request)
    tree = categories.tree()
    shelves = {
        name: cards.shelf(kinds=kinds, channel=Channel.WEB, now=now, limit=limit)
        for name, kinds, limit in SHELVES
    }
    ready = dressed([card for found in shelves.values() for card in found], place=place, now=now)
    context = {
        "place": place,
        "tiles": [node for slug in TILES if (node := tree.by_slug(slug))],
        "shelves": _split(shelves, ready),
        "plans": _one_plan_per_tier(),
        "offers": offers.running(now=now),
        "sim_picture": picture_address("sim-youth"),
    }
    return render(request, "orders/shop/home.html", frame(request, **context))


def _split(shelves: dict, ready: list[dict]) -> dict[str, list[dict]]:
    """The dressed cards back in their shelves."""
    rest = iter(ready)
    return {name: [next(rest) for _card in found] for name, found in shelves.items()}


def _one_plan_per_tier() -> list[PlanCard]:
    """The middle plan of each customer brand."""
    tiers: dict[str, list[PlanCard]] = {}
    for plan in offerings.plans():
        tiers.setdefault(plan.tier, []).append(plan)
    return [found[len(found) // 2] for found in tiers.values()]
