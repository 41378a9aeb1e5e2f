"""POST /api/v1/courier-events: the signed web hook of courier companies."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from fulfillment.models import EventKind, EventOutcome, RefusalReason
from fulfillment.services import courier_feed, feed_signatures
from fulfillment.services.courier_news import News
from omnichannel.kernel import clock

from .serializers import RefusalOut

HEADERS = [
    OpenApiParameter("webhook-id", str, OpenApiParameter.HEADER, required=True),
    OpenApiParameter("webhook-timestamp", str, OpenApiParameter.HEADER, required=True),
    OpenApiParameter("webhook-signature", str, OpenApiParameter.HEADER, required=True),
]


class EventPlace(serializers.Serializer):
    name = serializers.CharField(max_length=80)
    latitude = serializers.FloatField(min_value=-90, max_value=90, required=False, allow_null=True)
    longitude = serializers.FloatField(min_value=-180, max_value=180, required=False, allow_null=True)

    def validate(self, attrs):
        if (attrs.get("latitude") is None) != (attrs.get("longitude") is None):
            raise serializers.ValidationError("latitude and longitude come together")
        return attrs


class CourierEventIn(serializers.Serializer):
    courier = serializers.CharField(max_length=32, help_text="code of the courier company")
    parcel = serializers.CharField(max_length=40, help_text="our parcel code, or the courier's waybill")
    kind = serializers.ChoiceField(choices=EventKind.choices)
    occurred_at = serializers.DateTimeField()
    place = EventPlace(required=False, allow_null=True, default=None)
    reason = serializers.ChoiceField(
        choices=RefusalReason.at_the_door(), required=False, default="", allow_blank=True
    )
    next_on = serializers.DateField(required=False, allow_null=True, default=None)
    signed_by = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    cod_fen = serializers.IntegerField(min_value=0, max_value=10**12, required=False, default=0)
    identity_checked = serializers.BooleanField(required=False, default=False)


class CourierEventOut(serializers.Serializer):
    event = serializers.CharField(source="event_id")
    outcome = serializers.ChoiceField(choices=EventOutcome.choices)
    times_received = serializers.IntegerField(source="deliveries")


class CourierEvents(APIView):
    authentication_classes: list = []
    permission_classes: list = []

    @extend_schema(
        operation_id="courier_event",
        parameters=HEADERS,
        request=CourierEventIn,
        responses={
            200: CourierEventOut,
            400: RefusalOut,
            401: RefusalOut,
            404: RefusalOut,
            409: RefusalOut,
            422: RefusalOut,
        },
        auth=[],
    )
    def post(self, request):
        """News of a parcel, signed: HMAC-SHA256 over `id.timestamp.body`, base64, as `v1,…`."""
        now = clock.now()
        message = feed_signatures.read(headers=request.headers, body=request.body, now=now)
        wish = CourierEventIn(data=message.body)
        wish.is_valid(raise_exception=True)
        event = courier_feed.take(message, _news(wish.validated_data), now=now)
        return Response(CourierEventOut(event).data)


def _news(values: dict) -> News:
    values = {name: value for name, value in values.items() if name != "courier"}
    place = values.pop("place") or {}
    return News(
        place=place.get("name", ""),
        latitude=place.get("latitude"),
        longitude=place.get("longitude"),
        **values,
    )
