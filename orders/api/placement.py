"""The channels' door: translates in, calls one service, translates out."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import BasePermission
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.values import msisdn_of
from fulfillment.queries import stock
from fulfillment.queries.sight import own_paths
from members import queries as members
from members.services import addresses, identity, membership
from omnichannel.kernel import clock, idempotency
from omnichannel.kernel.errors import Invalid
from orders.api.cards import order_card
from orders.api.serializers import (
    AvailabilityOut,
    CancelIn,
    OrderListOut,
    OrderOut,
    PlaceOrderIn,
    Problem,
    QuoteIn,
    QuoteOut,
)
from orders.queries import orders
from orders.services import cancellation, cash, placement, quoting
from orders.values import Customer, Delivery, Source, Terms, Wish

PAGE = 50


class IsChannel(BasePermission):
    """A channel's system, known by its key."""

    def has_permission(self, request, view):
        return bool(getattr(request.actor, "institution_id", None))


class ChannelView(APIView):
    permission_classes = [IsChannel]

    @property
    def actor(self):
        return self.request.actor


def parsed(serializer_class, data) -> dict:
    serializer = serializer_class(data=data)
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data


def wishes_of(lines) -> list[Wish]:
    return [
        Wish(
            sku=line["sku"],
            quantity=line["quantity"],
            msisdn=msisdn_of(line["msisdn"]) if line["msisdn"] else "",
            plan_sku=line["plan_sku"],
            target_msisdn=msisdn_of(line["target_msisdn"]) if line["target_msisdn"] else "",
        )
        for line in lines
    ]


class Orders(ChannelView):
    @extend_schema(
        operation_id="place_order",
        request=PlaceOrderIn,
        responses={201: OrderOut, 400: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem},
    )
    def post(self, request):
        """Place an order. The same reference again answers with the first order; another body is refused."""
        wish = parsed(PlaceOrderIn, request.data)
        status, answer, replayed = idempotency.once(
            caller=self.actor.name,
            route="orders",
            key=wish["reference"],
            body=request.data,
            effect=lambda: (201, self._place(wish)),
        )
        return Response(answer, status=status, headers={"Idempotent-Replayed": "true"} if replayed else None)

    def _place(self, wish: dict) -> dict:
        now = clock.now()
        collected = wish["payment"]["means"] == "collected"
        placed = placement.place(
            actor=self.actor,
            wishes=wishes_of(wish["lines"]),
            customer=customer_of(wish["customer"], channel=self.actor.channel, now=now),
            delivery=delivery_of(wish["delivery"]),
            terms=Terms(
                means="cash" if collected else wish["payment"]["means"],
                shown_total=wish["shown_total_fen"],
                admissions=tuple(wish["admissions"]),
            ),
            source=Source(
                channel=self.actor.channel,
                institution_id=self.actor.institution_id,
                caller=self.actor.name,
                reference=wish["reference"],
            ),
            now=now,
        )
        if collected and placed.due_fen:
            cash.record_collected(
                order_number=placed.order_number,
                actor=self.actor,
                collector_id=self.actor.institution_id,
                amount_fen=placed.due_fen,
                now=now,
            )
        return order_card(orders.one(self.actor, placed.order_number))

    @extend_schema(
        operation_id="list_orders",
        parameters=[
            OpenApiParameter("reference", str, description="Only the order with this reference."),
            OpenApiParameter("before", str, description="Orders older than this number."),
        ],
        responses={200: OrderListOut, 403: Problem},
    )
    def get(self, request):
        """The channel's own orders, newest first, fifty a page."""
        found = orders.visible_to(self.actor).order_by("-pk").prefetch_related("terms", "events")
        if reference := request.query_params.get("reference"):
            found = found.filter(channel_reference=reference)
        if before := request.query_params.get("before"):
            found = found.filter(pk__lt=orders.one(self.actor, before).pk)
        page = list(found[: PAGE + 1])
        more = page[PAGE - 1].number if len(page) > PAGE else None
        return Response({"orders": [order_card(each) for each in page[:PAGE]], "next_before": more})


class OneOrder(ChannelView):
    @extend_schema(operation_id="read_order", responses={200: OrderOut, 403: Problem, 404: Problem})
    def get(self, request, number: str):
        """One order with its lines and history."""
        return Response(order_card(orders.one(self.actor, number)))


class CancelOrder(ChannelView):
    @extend_schema(
        operation_id="cancel_order", request=CancelIn, responses={200: OrderOut, 404: Problem, 409: Problem}
    )
    def post(self, request, number: str):
        """Cancel before hand-over; whatever was captured is refunded. Cancelling twice is once."""
        reason = parsed(CancelIn, request.data)["reason"]
        cancellation.cancel(order_number=number, actor=self.actor, reason=reason, now=clock.now())
        return Response(order_card(orders.one(self.actor, number)))


class QuoteOrder(ChannelView):
    @extend_schema(
        operation_id="quote", request=QuoteIn, responses={200: QuoteOut, 404: Problem, 409: Problem}
    )
    def post(self, request):
        """What these lines cost in this channel now, offers taken off; nothing is reserved."""
        wish = parsed(QuoteIn, request.data)
        quoted = quoting.quote(
            wishes_of(wish["lines"]),
            channel=self.actor.channel,
            institution_id=self.actor.institution_id,
            way=wish["way"],
            now=clock.now(),
        )
        lines = [
            {
                "sku": line.wish.sku,
                "quantity": line.wish.quantity,
                "unit_fen": line.unit_fen,
                "amount_fen": line.amount_fen,
                "price_reason": line.price_reason,
            }
            for line in quoted.lines
        ]
        return Response({"lines": lines, "shipping_fen": quoted.shipping_fen, "total_fen": quoted.total_fen})


class Availability(ChannelView):
    @extend_schema(
        operation_id="availability",
        parameters=[
            OpenApiParameter("sku", str, many=True, required=True),
            OpenApiParameter("province", str),
            OpenApiParameter("city", str),
        ],
        responses={200: AvailabilityOut, 400: Problem},
    )
    def get(self, request):
        """Salable stock per location, nearest first when a city is named.

        A dealer's system sees its own shelves and ours, no other dealer's.
        """
        skus = request.query_params.getlist("sku")
        if not 1 <= len(skus) <= 20:
            raise Invalid(field="sku")
        city = request.query_params.get("city")
        place = members.locate(request.query_params.get("province", ""), city) if city else (None, None)
        found = stock.availability(
            skus=skus,
            channel=self.actor.channel,
            latitude=place[0],
            longitude=place[1],
            own=own_paths(self.actor),
        )
        rows = [
            {
                "sku": sku,
                "location": each.code,
                "city": each.city,
                "distance_km": each.distance_km,
                "salable": each.salable,
            }
            for sku, locations in found.items()
            for each in locations
        ]
        return Response({"stock": rows})


def customer_of(data: dict, *, channel: str, now) -> Customer:
    """The member of this phone, made if new, with a verified identity where an ID number came along."""
    member_id = membership.join(phone=data["phone"], name=data["name"], channel=channel, now=now)
    identity_id = None
    if data["id_number"]:
        verified = identity.verify(
            member_id=member_id, name=data["name"], id_number=data["id_number"], now=now
        )
        identity_id = verified.identity_id
    return Customer(phone=data["phone"], name=data["name"], member_id=member_id, identity_id=identity_id)


def delivery_of(data: dict) -> Delivery:
    if data["way"] == "pickup":
        store = members.institution_by_code(data["store_code"])
        return Delivery(way="pickup", pickup_location_id=store.id)
    address = data["address"]
    if data["way"] == "none" or address is None:
        return Delivery(way=data["way"])
    return Delivery(way="ship", destination=addresses.destination(**address))
