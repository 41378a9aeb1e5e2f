"""GET /api/v1/stock: what can be had where and when. POST /api/v1/stock/sync: a store system's snapshot."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import BasePermission
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.queries import offerings
from members import queries as members
from members.channels import Channel
from omnichannel.kernel import clock

from ..queries.everywhere import Found, Spot, everywhere
from ..queries.sight import own_paths
from ..services.stock_sync import MOST_UNITS, Row, Snapshot, apply
from .serializers import RefusalOut
from .stock_serializers import (
    SkuStockOut,
    StockQueryIn,
    StockQueryOut,
    StockSyncDocIn,
    StockSyncIn,
    StockSyncOut,
)

# Systems that keep the books of a shelf; a shop's or kiosk's key may not change stock.
KEEPERS = (Channel.STORE, Channel.DEALER, Channel.MERCHANT_API, Channel.AGENCY, Channel.TILL)


class IsStaffOrChannel(BasePermission):
    """Somebody with a role, or a channel's system with its key."""

    def has_permission(self, request, view):
        return request.actor.is_staff or request.actor.institution_id is not None


class KeepsStock(BasePermission):
    """A system of stores, dealers, merchants or tills, with its key."""

    def has_permission(self, request, view):
        return request.actor.institution_id is not None and request.actor.channel in KEEPERS


class StockQuery(APIView):
    permission_classes = [IsStaffOrChannel]

    @extend_schema(
        operation_id="query_stock",
        parameters=[StockQueryIn],
        responses={200: StockQueryOut, 400: RefusalOut, 403: RefusalOut},
    )
    def get(self, request):
        """Salable units per location, nearest first, with the time by which they could be had.

        A dealer's person or system sees its own shelves and ours, no other dealer's.
        """
        values = request.query_params.dict() | {"sku": request.query_params.getlist("sku")}
        asked = StockQueryIn(data=values)
        asked.is_valid(raise_exception=True)
        wish = asked.validated_data
        found = everywhere(
            skus=wish["sku"],
            channel=request.actor.channel,
            spot=_spot(wish),
            now=clock.now(),
            city=wish["in_city"],
            within_km=wish["within_km"],
            by=wish["by"],
            way=wish["way"],
            own=own_paths(request.actor),
        )
        known = offerings.by_sku(wish["sku"])
        rows = [_of_sku(sku, sku in known, found.get(sku, [])) for sku in dict.fromkeys(wish["sku"])]
        return Response({"stock": SkuStockOut(rows, many=True).data})


def _spot(wish: dict) -> Spot:
    """The customer's place; raises PlaceUnknown for a city that does not exist."""
    if wish["latitude"] is not None:
        return Spot(wish["province"], wish["latitude"], wish["longitude"])
    if not wish["city"]:
        return Spot(wish["province"])
    return Spot(wish["province"], *members.locate(wish["province"], wish["city"]))


def _of_sku(sku: str, known: bool, found: list[Found]) -> dict:
    return {
        "sku": sku,
        "known": known,
        "salable": sum(each.stock.salable for each in found),
        "locations": [
            {
                "location": each.stock.code,
                "name": each.stock.label,
                "kind": each.stock.kind,
                "city": each.stock.city,
                "distance_km": each.stock.distance_km,
                "salable": each.stock.salable,
                "ready_at": each.promised.ready_at,
                "arrives_on": each.promised.arrives_on,
                "why_not": each.promised.why_not,
            }
            for each in found
        ],
    }


class StockSyncDoor(APIView):
    permission_classes = [KeepsStock]

    @extend_schema(
        operation_id="sync_stock",
        request=StockSyncDocIn,
        responses={200: StockSyncOut, 400: RefusalOut, 403: RefusalOut, 409: RefusalOut, 422: RefusalOut},
    )
    def post(self, request):
        """State what lies on your shelves. A number of a source counts once; an older one changes nothing.

        Rows that cannot be taken are named with their reason, the others are kept.
        """
        wish = StockSyncIn(data=request.data)
        wish.is_valid(raise_exception=True)
        values = wish.validated_data
        snapshot = Snapshot(
            source=values["source"],
            sequence=values["sequence"],
            basis=values["basis"],
            taken_at=values["taken_at"],
            rows=tuple(_row(each) for each in values["rows"]),
        )
        answer, known = apply(actor=request.actor, snapshot=snapshot, now=clock.now())
        return Response(answer, headers={"Idempotent-Replayed": "true"} if known else None)


def _row(said: dict) -> Row:
    units = said.get("quantity")
    whole = isinstance(units, int) and not isinstance(units, bool) and abs(units) <= 10 * MOST_UNITS
    return Row(_text(said.get("location"), 32), _text(said.get("sku"), 64), units if whole else None)


def _text(said, most: int) -> str:
    return str(said or "").replace("\0", "")[:most]
