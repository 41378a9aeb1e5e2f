"""Where somebody lands after signing in: one tile per workplace that the roles open."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from members.models import StaffRole

R = StaffRole.Role

WORKPLACES = (
    ((R.CLERK, R.STORE_MANAGER), "/clerk/", "shopping-bag", _("Counter"), _("Sell what lies anywhere.")),
    ((R.CLERK, R.STORE_MANAGER), "/store/", "store", _("Store inbox"), _("Accept, pack and hand over.")),
    ((R.WAREHOUSE, R.WAREHOUSE_LEAD), "/ops/", "package", _("Operations centre"), _("Waves and stations.")),
    ((R.COURIER,), "/courier/", "truck", _("Deliveries"), _("Today's parcels.")),
    (
        (R.FINANCE_CLERK, R.FINANCE_LEAD, R.AUDITOR, R.PARTNER),
        "/finance/",
        "wallet",
        _("Finance"),
        _("Clearing, transfers, ledger."),
    ),
    ((R.OPERATOR,), "/admin/", "settings", _("Operations admin"), _("Products, orders, what is stuck.")),
    ((R.OPERATOR, R.AUDITOR), "/status/", "activity", _("Status"), _("Invariants and queues.")),
)


@login_required(login_url="members:staff-sign-in")
def role_home(request):
    """Go straight to the only workplace, or show all of them."""
    actor = request.actor
    tiles = [tile for tile in WORKPLACES if actor.has(*tile[0])]
    if request.user.is_superuser and not tiles:
        return redirect("admin:index")
    if len(tiles) == 1 and "stay" not in request.GET:
        return redirect(tiles[0][1])
    context = {
        "tiles": [{"href": t[1], "icon": t[2], "label": t[3], "text": t[4]} for t in tiles],
        "roles": request.user.staff_roles.select_related("institution"),
    }
    return render(request, "omnichannel/role_home.html", context)
