"""Where somebody lands after signing in: one tile per workplace that the roles open."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from fulfillment.queries.carriers import hubs_of
from members.actors import Role
from members.queries.staff import roles_of

R = Role

DEALERS = "/dealers/"
# Also for whoever works at a hub that carries the last kilometres of a trunk line.
DELIVERIES = ("/courier/", "truck", _("Deliveries"), _("Today's parcels."))
WORKPLACES = (
    ((R.CLERK, R.STORE_MANAGER), "/clerk/", "shopping-bag", _("Counter"), _("Sell what lies anywhere.")),
    ((R.CLERK, R.STORE_MANAGER), "/store/", "store", _("Store inbox"), _("Accept, pack and hand over.")),
    ((R.WAREHOUSE, R.WAREHOUSE_LEAD), "/ops/", "package", _("Operations centre"), _("Waves and stations.")),
    ((R.STORE_MANAGER, R.OPERATOR), "/stock/", "boxes", _("Stock"), _("Shelves, transfers, counts.")),
    (
        (R.OPERATOR, R.WAREHOUSE, R.WAREHOUSE_LEAD, R.STORE_MANAGER, R.AUDITOR),
        "/serials/",
        "scan-barcode",
        _("Serial numbers"),
        _("Take in, trace, put aside."),
    ),
    (
        (R.OPERATOR, R.FINANCE_CLERK, R.FINANCE_LEAD, R.AUDITOR),
        DEALERS,
        "handshake",
        _("Dealer supply"),
        _("Orders on credit, invoices, sell-out."),
    ),
    ((R.COURIER,), *DELIVERIES),
    (
        (R.FINANCE_CLERK, R.FINANCE_LEAD, R.AUDITOR, R.PARTNER),
        "/finance/",
        "wallet",
        _("Finance"),
        _("Clearing, transfers, ledger."),
    ),
    (
        (R.OPERATOR, R.AUDITOR),
        "/routing/",
        "route",
        _("Routing"),
        _("Orders nobody can route, on a map."),
    ),
    (
        (R.OPERATOR, R.AUDITOR),
        "/ops/centres/",
        "warehouse",
        _("New centres"),
        _("Where volume justifies one."),
    ),
    (
        (R.OPERATOR, R.AUDITOR),
        "/ops/proofs/",
        "shield-check",
        _("Proofs of delivery"),
        _("Examine, take along, check a file."),
    ),
    ((R.OPERATOR,), "/admin/", "settings", _("Operations admin"), _("Products, orders, what is stuck.")),
    ((R.OPERATOR, R.AUDITOR), "/status/", "activity", _("Status"), _("Invariants and queues.")),
)


# What a role opens at an institution of this kind alone.
PLACES = {
    (R.PARTNER, "dealer"): (
        (DEALERS, "store", _("Dealer's desk"), _("Order, receive, pay.")),
        ("/clerk/", "shopping-bag", _("Accept business"), _("Top-ups, new numbers, phones.")),
        ("/clerk/orders/", "clipboard-list", _("My acceptance"), _("Order by order.")),
        ("/finance/acceptance/", "coins", _("Commission"), _("Cash, commission and net by day.")),
    ),
    (R.PARTNER, "supplier"): (("/suppliers/", "factory", _("Supplier"), _("Orders to you, what you list.")),),
    (R.STORE_MANAGER, "branch"): (
        (DEALERS, "handshake", _("Dealer supply"), _("Approve, follow, collect.")),
    ),
}


@login_required(login_url="members:staff-sign-in")
def role_home(request):
    """Go straight to the only workplace, to a dealer's desk or a supplier's orders; else show all of them."""
    actor = request.actor
    roles = roles_of(request.user.pk)
    special = [PLACES.get((role.role, role.institution.kind), ()) for role in roles]
    tiles = [tile for some in special for tile in some]
    tiles += [tile[1:] for tile in WORKPLACES if actor.has(*tile[0])]
    if hubs_of(actor) and not actor.has(R.COURIER):
        tiles.append(DELIVERIES)
    if request.user.is_superuser and not tiles:
        return redirect("admin:index")
    if tiles and "stay" not in request.GET and (len(tiles) == 1 or special[0]):
        return redirect(tiles[0][0])
    context = {
        "tiles": [{"href": t[0], "icon": t[1], "label": t[2], "text": t[3]} for t in tiles],
        "roles": roles,
    }
    return render(request, "omnichannel/role_home.html", context)
